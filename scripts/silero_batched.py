"""Rewrites the published Silero VAD network so that many sessions are one matrix product each layer.

    uv run --with onnx python scripts/silero_batched.py SILERO_VAD_16K_OP15.ONNX OUT.ONNX

The published graph runs its convolutions once per session, on four columns each, which uses a fraction of a
processor's arithmetic. Here frames of all sessions are rows of one product per layer, time-major; the
windowed Fourier transform is folded at its symmetry, which halves it; branches that 16 kHz never takes are
gone. The weights are the same numbers, and the results agree to rounding (tests/engines/vad/test_model.py).
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 15


class Graph:
    """Nodes and weights, collected in order."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.count = 0

    def weight(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def ints(self, *values: int) -> str:
        self.count += 1
        return self.weight(f"i{self.count}", np.array(values, np.int64))

    def add(self, op: str, *inputs: str, outputs: int = 1, **attributes: Any) -> list[str]:
        self.count += 1
        names = [f"{op.lower()}{self.count}_{n}" for n in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names

    def one(self, op: str, *inputs: str, **attributes: Any) -> str:
        return self.add(op, *inputs, **attributes)[0]

    def cut(self, value: str, begin: int, end: int, axis: int, step: int = 1) -> str:
        return self.one("Slice", value, self.ints(begin), self.ints(end), self.ints(axis), self.ints(step))

    def layer(self, value: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        product = self.one("Gemm", value, self.weight(name, weight), self.weight(f"{name}.bias", bias))
        return self.one("Relu", product)


def fourier(graph: Graph, basis: np.ndarray) -> str:
    """Magnitudes [4·B, 129] of the four frames of each window, all sessions' first frame first."""
    real, imaginary = basis[:129, 0].T, basis[129:, 0].T  # [256, 129]
    half = 128
    mirrored = real[:half:-1]  # rows 255 … 129 beside rows 1 … 127
    assert np.abs(real[0]).max() < 1e-6, "the window begins with 0"
    assert np.abs(mirrored - real[1:half]).max() < 1e-5
    assert np.abs(imaginary[:half:-1] + imaginary[1:half]).max() < 1e-5
    assert np.abs(imaginary[half]).max() < 1e-5
    padded = graph.one("Pad", "input", graph.ints(0, 0, 0, 64), mode="reflect")
    frames = [graph.cut(padded, at * 128, at * 128 + 256, 1) for at in range(4)]
    rows = graph.one("Concat", *frames, axis=0)
    front, middle = graph.cut(rows, 1, half, 1), graph.cut(rows, half, half + 1, 1)
    back = graph.cut(rows, 255, half, 1, -1)
    even = graph.one("Concat", graph.one("Add", front, back), middle, axis=1)
    odd = graph.one("Sub", front, back)
    cosines = graph.one("MatMul", even, graph.weight("cosines", real[1 : half + 1]))
    sines = graph.one("MatMul", odd, graph.weight("sines", imaginary[1:half]))
    power = graph.one("Add", graph.one("Mul", cosines, cosines), graph.one("Mul", sines, sines))
    return graph.one("Sqrt", power)


def encoder(graph: Graph, magnitudes: str, weights: dict[str, np.ndarray]) -> str:
    """The four convolutions over time as products of rows that lie side by side; [B, 128] at the end."""

    def parts(number: int) -> tuple[np.ndarray, np.ndarray]:
        kernel = weights[f"model.encoder.{number}.reparam_conv.weight"]  # [out, in, 3]
        return kernel.transpose(2, 1, 0), weights[f"model.encoder.{number}.reparam_conv.bias"]

    def stacked(taps: np.ndarray) -> np.ndarray:
        return taps.reshape(-1, taps.shape[2])

    taps, bias = parts(0)  # stride 1, one frame of zeros on either side
    t = graph.add("Split", magnitudes, outputs=4, axis=0)
    zero = graph.one("Mul", t[0], graph.weight("zero", np.zeros((), np.float32)))
    before = graph.one("Concat", zero, *t[:3], axis=0)
    after = graph.one("Concat", *t[1:], zero, axis=0)
    rows = graph.one("Concat", before, magnitudes, after, axis=1)
    value = graph.layer(rows, "encoder0", stacked(taps), bias)

    taps, bias = parts(1)  # stride 2: (-, 0, 1) and (1, 2, 3)
    t = graph.add("Split", value, outputs=4, axis=0)
    zero = graph.one("Mul", t[0], "zero")
    first = graph.one("Concat", zero, t[0], t[1], axis=1)
    second = graph.one("Concat", t[1], t[2], t[3], axis=1)
    value = graph.layer(graph.one("Concat", first, second, axis=0), "encoder1", stacked(taps), bias)

    taps, bias = parts(2)  # stride 2: (-, 0, 1)
    t = graph.add("Split", value, outputs=2, axis=0)
    value = graph.layer(graph.one("Concat", *t, axis=1), "encoder2", stacked(taps[1:]), bias)

    taps, bias = parts(3)  # one frame is left: (-, 0, -)
    return graph.layer(value, "encoder3", taps[1], bias)


def decoder(graph: Graph, value: str, weights: dict[str, np.ndarray]) -> None:
    def gates(name: str) -> np.ndarray:
        """torch's order i, f, g, o → ONNX's i, o, f, c."""
        i, f, g, o = np.split(weights[f"model.decoder.rnn.{name}"], 4)
        return np.concatenate([i, o, f, g])

    h, c = graph.add("Split", "state", outputs=2, axis=0)
    inputs = graph.one("Unsqueeze", value, graph.ints(0))
    w = graph.weight("lstm.w", gates("weight_ih")[None])
    r = graph.weight("lstm.r", gates("weight_hh")[None])
    b = graph.weight("lstm.b", np.concatenate([gates("bias_ih"), gates("bias_hh")])[None])
    _, h, c = graph.add("LSTM", inputs, w, r, b, "", h, c, outputs=3, hidden_size=128)
    graph.nodes.append(helper.make_node("Concat", [h, c], ["stateN"], axis=0))
    last = graph.one("Relu", graph.one("Squeeze", h, graph.ints(0)))
    out = graph.weight("out", weights["model.decoder.decoder.2.weight"][0])
    logit = graph.one("Gemm", last, out, graph.weight("out.bias", weights["model.decoder.decoder.2.bias"]))
    graph.nodes.append(helper.make_node("Sigmoid", [logit], ["output"]))


def rewritten(source: onnx.ModelProto) -> onnx.ModelProto:
    """The same network for batches."""
    weights = {each.name: numpy_helper.to_array(each) for each in source.graph.initializer}
    graph = Graph()
    decoder(
        graph, encoder(graph, fourier(graph, weights["model.stft.forward_basis_buffer"]), weights), weights
    )
    made = helper.make_graph(
        graph.nodes,
        "silero_vad_16k_batched",
        [
            helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", 576]),
            helper.make_tensor_value_info("state", TensorProto.FLOAT, [2, "batch", 128]),
        ],
        [
            helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", 1]),
            helper.make_tensor_value_info("stateN", TensorProto.FLOAT, [2, "batch", 128]),
        ],
        graph.weights,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    model.doc_string = "Silero VAD 6.2.3 (MIT, Silero Team), graph rewritten for batches"
    onnx.checker.check_model(model, full_check=True)
    return model


if __name__ == "__main__":
    onnx.save(rewritten(onnx.load(sys.argv[1])), Path(sys.argv[2]))
