"""Tiny voices that hum: names, shapes and metadata as real ones have, so that the real loaders run.

A voice hums `HOP` samples a symbol, at a pitch that the symbol, the speaker and the style give.
"""

import json
import string
from pathlib import Path

import numpy as np
import onnx
from onnx import parser

HOP = 1600
RATE = 22_050
SYMBOLS = ["_", "^", "$", *" .,;:!?'-", *string.ascii_lowercase, *"æçðøŋœɐɑɒɔəɚɛɜɡɪɫɹɾʃʊʌʒʔʲʰˈˌː̃θβχᵻ"]
WORDS = ("hello", "your", "timer", "for", "five", "minutes", "is", "running", "again", "and")
"""What the voices that read a lexicon know."""
IDS = {symbol: number for number, symbol in enumerate(SYMBOLS)}

_HUM = """
  zero = Constant <value = int64 {{0}}> ()
  one = Constant <value = int64 {{1}}> ()
  flat_shape = Constant <value = int64[1] {{-1}}> ()
  hop = Constant <value = float {{{hop}.0}}> ()
  low = Constant <value = float {{0.03}}> ()
  step = Constant <value = float {{0.0006}}> ()
  size = Constant <value = float {{0.3}}> ()
  flat = Reshape ({symbols}, flat_shape)
  count = Size (flat)
  wide = Cast <to = 1> (count)
  long = Mul (hop, {length})
  many = Mul (wide, long)
  total = Cast <to = 7> (many)
  ticks = Range (zero, total, one)
  time = Cast <to = 1> (ticks)
  place = Div (time, long)
  index = Cast <to = 7> (place)
  last = Sub (count, one)
  safe = Min (index, last)
  symbol = Gather (flat, safe)
  note = Cast <to = 1> (symbol)
  higher = Mul (note, step)
  pitch = Add (low, higher)
  voiced = Mul (pitch, {factor})
  angle = Mul (time, voiced)
  wave = Sin (angle)
  hum = Mul (wave, size)
"""


def piper(folder: Path, name: str = "en_US-tiny-low", language: str = "en_US", speakers: int = 1) -> Path:
    """`name.onnx` and `name.onnx.json`, as piper-tts loads them."""
    sid = ", int64[1] sid" if speakers > 1 else ""
    factor = (
        """
  sid_wide = Cast <to = 1> (sid)
  half = Constant <value = float[1] {0.5}> ()
  sid_half = Mul (sid_wide, half)
  sid_more = Add (sid_half, half)
  twice = Add (sid_more, half)
  factor = Squeeze (twice)
"""
        if speakers > 1
        else "  factor = Constant <value = float {1.0}> ()"
    )
    text = f"""<ir_version: 8, opset_import: ["" : 15]>
tiny (int64[1, n] input, int64[1] input_lengths, float[3] scales{sid}) => (float[1, 1, 1, m] output) {{
  which = Constant <value = int64 {{1}}> ()
  length = Gather (scales, which)
{factor}
{_HUM.format(hop=256, symbols="input", length="length", factor="factor")}
  shape = Constant <value = int64[4] {{1, 1, 1, -1}}> ()
  output = Reshape (hum, shape)
}}"""
    path = folder / f"{name}.onnx"
    onnx.save(parser.parse_model(text), path)
    config = {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": language.replace("_", "-").lower() if language == "en_US" else language[:2]},
        "language": {"code": language},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {symbol: [number] for symbol, number in IDS.items()},
        "num_symbols": len(IDS),
        "num_speakers": speakers,
        "speaker_id_map": {f"speaker{number}": number for number in range(speakers)} if speakers > 1 else {},
    }
    Path(f"{path}.json").write_text(json.dumps(config), "utf-8")
    return path


def _described(model: onnx.ModelProto, **metadata: object) -> onnx.ModelProto:
    for key, value in metadata.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, str(value)
    return model


def _words(folder: Path, lexicon: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokens.txt").write_text("".join(f"{one} {number}\n" for one, number in IDS.items()), "utf-8")
    (folder / lexicon).write_text("".join(f"{word} {' '.join(word)}\n" for word in WORDS), "utf-8")


def kokoro(folder: Path, *, speakers: int = 2, tokens: int = 400, dim: int = 4) -> Path:
    """A folder as sherpa-onnx loads Kokoro from."""
    _words(folder, "lexicon-us-en.txt")
    text = f"""<ir_version: 8, opset_import: ["" : 15]>
tiny (int64[1, n] tokens, float[1, {dim}] style, float[1] speed) => (float[m] audio) {{
  quick = Squeeze (speed)
  unit = Constant <value = float {{1.0}}> ()
  length = Div (unit, quick)
  factor = ReduceMean <keepdims = 0> (style)
{_HUM.format(hop=256, symbols="tokens", length="length", factor="factor")}
  audio = Identity (hum)
}}"""
    model = _described(
        parser.parse_model(text),
        model_type="kokoro",
        sample_rate=24_000,
        version=1,
        n_speakers=speakers,
        has_espeak=1,
        voice="en-us",
        style_dim=f"{tokens},1,{dim}",
        speaker_names=",".join(f"s{number}" for number in range(speakers)),
    )
    onnx.save(model, folder / "model.onnx")
    styles = [np.full((tokens, 1, dim), 1.0 + number, np.float32) for number in range(speakers)]
    (folder / "voices.bin").write_bytes(np.concatenate(styles).tobytes())
    return folder


def vits(folder: Path) -> Path:
    """A folder as sherpa-onnx loads a VITS voice with a lexicon from."""
    _words(folder, "lexicon.txt")
    text = f"""<ir_version: 8, opset_import: ["" : 15]>
tiny (int64[1, n] x, int64[1] x_length, float[1] noise_scale, float[1] length_scale, float[1] noise_scale_w)
  => (float[1, 1, m] y) {{
  length = Squeeze (length_scale)
  factor = Constant <value = float {{1.0}}> ()
{_HUM.format(hop=HOP, symbols="x", length="length", factor="factor")}
  shape = Constant <value = int64[3] {{1, 1, -1}}> ()
  y = Reshape (hum, shape)
}}"""
    model = _described(
        parser.parse_model(text),
        model_type="vits",
        comment="icefall",
        language="English",
        sample_rate=RATE,
        n_speakers=1,
        add_blank=0,
    )
    onnx.save(model, folder / "model.onnx")
    return folder
