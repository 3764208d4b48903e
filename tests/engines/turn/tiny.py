"""A tiny network in the shape of Smart Turn v3: a loud end sounds unfinished."""

from pathlib import Path

import onnx
from onnx import parser

TEXT = """<ir_version: 8, opset_import: ["" : 15]>
tiny (float[B, 80, 800] input_features) => (float[B, 1] logits) {
  begin = Constant <value = int64[1] {780}> ()
  end = Constant <value = int64[1] {800}> ()
  axis = Constant <value = int64[1] {2}> ()
  last = Slice (input_features, begin, end, axis)
  level = ReduceMean <axes = [1, 2], keepdims = 0> (last)
  steep = Constant <value = float {-8.0}> ()
  scaled = Mul (level, steep)
  one = Constant <value = int64[1] {1}> ()
  column = Unsqueeze (scaled, one)
  logits = Sigmoid (column)
}"""


def smart_turn(folder: Path) -> Path:
    path = folder / "smart-turn.onnx"
    onnx.save(parser.parse_model(TEXT), path)
    return path
