"""Tiny models with random weights in the shapes that sherpa-onnx loads: it runs them as it runs real ones.

Names, shapes and metadata are those of the exports that sherpa-onnx documents; the words mean nothing. All
are deaf to silence: a frame whose mean log-mel energy is low is blank, so a pause looks like one.
"""

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

F, I32, I64 = TensorProto.FLOAT, TensorProto.INT32, TensorProto.INT64

WORDS = ("▁TURN", "▁ON", "▁THE", "▁LIGHT", "S", "▁I", "'M", "▁PLEASE", "你", "好", "灯")
"""What the streaming and the offline transducer say: BPE pieces in upper case and Chinese characters."""
SAID = ("▁turn", "▁on", "▁the", "▁light", "s", "▁please", "你", "好", "灯", "。")
"""What SenseVoice says."""

QUIET = -12.0
"""Mean log-mel energy below which a frame is silence (digital silence is -15.9)."""


class Graph:
    """Nodes with names made up on the way."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def const(self, value: np.ndarray | np.generic) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def ints(self, *values: int) -> str:
        return self.const(np.array(values, np.int64))

    def op(self, kind: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        name = out or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def save(
        self,
        path: Path,
        inputs: Mapping[str, tuple[int, Sequence[Any]]],
        outputs: Mapping[str, tuple[int, Sequence[Any]]],
        metadata: Mapping[str, object],
    ) -> None:
        takes, gives = (
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in each.items()]
            for each in (inputs, outputs)
        )
        graph = helper.make_graph(self.nodes, path.stem, takes, gives, initializer=self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
        for key, value in metadata.items():
            entry = model.metadata_props.add()
            entry.key, entry.value = key, str(value)
        onnx.save(model, str(path))


def _scores(graph: Graph, frames: str, width: int, vocabulary: int, seed: int, first: int) -> str:
    """Frames [N, T, width] → scores [N, T, vocabulary]: random ones for the words, blank (0) in silence."""
    random = np.random.default_rng(seed)
    weights = random.normal(0, 2.0 / np.sqrt(width), (width, vocabulary)).astype(np.float32)
    weights[:, :first] = 0.0
    energy = graph.op("ReduceMean", frames, axes=[2], keepdims=1)
    words = graph.op("MatMul", graph.op("Sub", frames, energy), graph.const(weights))
    off = np.zeros(vocabulary, np.float32)
    off[0], off[1:first] = 5.0, -50.0
    hush = graph.op("Relu", graph.op("Sub", graph.const(np.float32(QUIET)), energy))
    blank = np.zeros(vocabulary, np.float32)
    blank[0] = 20.0
    shut = graph.op("Mul", hush, graph.const(blank))
    return graph.op("Add", graph.op("Add", words, graph.const(off)), shut)


def _tokens(path: Path, tokens: Sequence[str]) -> None:
    path.write_text("".join(f"{token} {n}\n" for n, token in enumerate(tokens)), encoding="utf-8")


def _predictor_and_joiner(folder: Path, stem: str, vocabulary: int) -> None:
    """Decoder and joiner of a transducer: what was said last is less likely to be said again."""
    decoder = Graph()
    table = np.zeros((vocabulary, vocabulary), np.float32)
    table[3:, 3:] = -4.0 * np.eye(vocabulary - 3)
    decoder.op(
        "ReduceSum",
        decoder.op("Gather", decoder.const(table), "y"),
        decoder.ints(1),
        out="decoder_out",
        keepdims=0,
    )
    decoder.save(
        folder / f"decoder-{stem}.onnx",
        {"y": (I64, ["N", 2])},
        {"decoder_out": (F, ["N", vocabulary])},
        {"context_size": 2, "vocab_size": vocabulary},
    )
    joiner = Graph()
    joiner.op("Add", "encoder_out", "decoder_out", out="logit")
    joiner.save(
        folder / f"joiner-{stem}.onnx",
        {"encoder_out": (F, ["N", vocabulary]), "decoder_out": (F, ["N", vocabulary])},
        {"logit": (F, ["N", vocabulary])},
        {"joiner_dim": vocabulary},
    )


def streaming_zipformer(folder: Path, words: Sequence[str] = WORDS, seed: int = 7) -> Path:
    """A streaming zipformer2 transducer: 32 frames a chunk, 8 steps each, with all states of a real one."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = ("<blk>", "<sos/eos>", "<unk>", *words)
    _tokens(folder / "tokens.txt", tokens)
    graph, length = Graph(), 32
    size, heads, query, value, kernel, left = 8, 1, 4, 4, 5, 16
    frames = graph.op("Slice", "x", graph.ints(0), graph.ints(length), graph.ints(1))
    frames = graph.op("Reshape", frames, graph.ints(-1, length // 4, 320))
    scores = _scores(graph, frames, 320, len(tokens), seed, 3)
    graph.op("Identity", scores, out="encoder_out")
    states: dict[str, tuple[int, list[object]]] = {
        "cached_key_0": (F, [left, "N", query * heads]),
        "cached_nonlin_attn_0": (F, [1, "N", left, 3 * size // 4]),
        "cached_val1_0": (F, [left, "N", value * heads]),
        "cached_val2_0": (F, [left, "N", value * heads]),
        "cached_conv1_0": (F, ["N", size, kernel // 2]),
        "cached_conv2_0": (F, ["N", size, kernel // 2]),
        "embed_states": (F, ["N", 128, 3, 19]),
        "processed_lens": (I64, ["N"]),
    }
    for name in states:
        if name == "processed_lens":
            graph.op("Add", name, graph.ints(length), out=f"new_{name}")
        else:
            graph.op("Identity", name, out=f"new_{name}")
    graph.save(
        folder / "encoder-epoch-1-avg-1-chunk-16-left-16.int8.onnx",
        {"x": (F, ["N", 45, 80]), **states},
        {"encoder_out": (F, ["N", 8, len(tokens)])} | {f"new_{name}": one for name, one in states.items()},
        {
            "model_type": "zipformer2",
            "version": 1,
            "T": 45,
            "decode_chunk_len": length,
            "num_encoder_layers": 1,
            "encoder_dims": size,
            "query_head_dims": query,
            "value_head_dims": value,
            "num_heads": heads,
            "cnn_module_kernels": kernel,
            "left_context_len": left,
        },
    )
    _predictor_and_joiner(folder, "epoch-1-avg-1-chunk-16-left-16", len(tokens))
    return folder


def offline_transducer(folder: Path, words: Sequence[str] = WORDS, seed: int = 11) -> Path:
    """A zipformer transducer that hears whole utterances."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = ("<blk>", "<sos/eos>", "<unk>", *words)
    _tokens(folder / "tokens.txt", tokens)
    graph = Graph()
    frames = graph.op("Reshape", _whole(graph, "x", 4), graph.ints(0, -1, 320))
    graph.op("Identity", _scores(graph, frames, 320, len(tokens), seed, 3), out="encoder_out")
    graph.op("Div", "x_lens", graph.ints(4), out="encoder_out_lens")
    graph.save(
        folder / "encoder-epoch-1-avg-1.int8.onnx",
        {"x": (F, ["N", "T", 80]), "x_lens": (I64, ["N"])},
        {"encoder_out": (F, ["N", "U", len(tokens)]), "encoder_out_lens": (I64, ["N"])},
        {"model_type": "zipformer2", "version": 1, "comment": "non-streaming zipformer2"},
    )
    _predictor_and_joiner(folder, "epoch-1-avg-1", len(tokens))
    return folder


def _whole(graph: Graph, x: str, parts: int) -> str:
    """`x` cut so that its second axis is a multiple of `parts`."""
    length = graph.op("Gather", graph.op("Shape", x), graph.ints(1))
    end = graph.op("Mul", graph.op("Div", length, graph.ints(parts)), graph.ints(parts))
    return graph.op("Slice", x, graph.ints(0), end, graph.ints(1))


def sense_voice(
    folder: Path, words: Sequence[str] = SAID, seed: int = 5, name: str = "model.int8.onnx"
) -> Path:
    """SenseVoice: four marks (language, mood, event, punctuation), then what the frames say."""
    folder.mkdir(parents=True, exist_ok=True)
    marks = ("<|zh|>", "<|en|>", "<|de|>", "<|NEUTRAL|>", "<|Speech|>", "<|withitn|>", "<|woitn|>")
    tokens = ("<unk>", *marks, *words)
    _tokens(folder / "tokens.txt", tokens)
    at = {token: n for n, token in enumerate(tokens)}
    size = len(tokens)
    graph = Graph()
    scores = _scores(graph, "x", 560, size, seed, 1 + len(marks))

    def mark(table: Mapping[int, str], index: str) -> str:
        rows = np.full((max(table) + 1, 1, size), -50.0, np.float32)
        for row, token in table.items():
            rows[row, 0, at[token]] = 50.0
        return graph.op("Gather", graph.const(rows), index)

    zero = graph.op("Mul", "language", graph.const(np.int32(0)))
    prefix = [
        mark({0: "<|zh|>", 3: "<|zh|>", 4: "<|en|>", 5: "<|en|>"}, "language"),
        mark({0: "<|NEUTRAL|>"}, zero),
        mark({0: "<|Speech|>"}, zero),
        mark({14: "<|withitn|>", 15: "<|woitn|>"}, "text_norm"),
    ]
    graph.op("Concat", *prefix, scores, out="logits", axis=1)
    graph.save(
        folder / name,
        {
            "x": (F, ["N", "T", 560]),
            "x_length": (I32, ["N"]),
            "language": (I32, ["N"]),
            "text_norm": (I32, ["N"]),
        },
        {"logits": (F, ["N", "U", size])},
        {
            "model_type": "sense_voice_ctc",
            "version": 1,
            "comment": "iic/SenseVoiceSmall",
            "vocab_size": size,
            "lfr_window_size": 7,
            "lfr_window_shift": 6,
            "normalize_samples": 1,  # the real one wants 0: here silence stays below QUIET
            "with_itn": 14,
            "without_itn": 15,
            "lang_auto": 0,
            "lang_zh": 3,
            "lang_en": 4,
            "lang_ja": 5,
            "lang_ko": 5,
            "lang_yue": 3,
            "neg_mean": ",".join(["0.0"] * 560),
            "inv_stddev": ",".join(["1.0"] * 560),
        },
    )
    return folder


def paraformer(
    folder: Path, words: Sequence[str] = ("turn", "on", "ligh@@", "ts", "你", "好"), seed: int = 3
) -> Path:
    """Paraformer: a token every other frame, whatever is heard."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = ("<blank>", "<s>", "</s>", *words, "<unk>")
    _tokens(folder / "tokens.txt", tokens)
    random = np.random.default_rng(seed)
    weights = random.normal(0, 1, (560, len(tokens))).astype(np.float32)
    weights[:, :3] = 0
    weights[:, -1] = 0
    graph = Graph()
    graph.op("MatMul", "speech", graph.const(weights), out="logits")
    graph.op("Identity", "speech_lengths", out="token_num")
    graph.save(
        folder / "model.int8.onnx",
        {"speech": (F, ["N", "T", 560]), "speech_lengths": (I32, ["N"])},
        {"logits": (F, ["N", "T", len(tokens)]), "token_num": (I32, ["N"])},
        {
            "model_type": "paraformer",
            "vocab_size": len(tokens),
            "lfr_window_size": 7,
            "lfr_window_shift": 6,
            "neg_mean": ",".join(["0.0"] * 560),
            "inv_stddev": ",".join(["1.0"] * 560),
        },
    )
    return folder


LANGUAGES = ("en", "de", "zh")


def whisper(
    folder: Path, words: Sequence[str] = (" turn", " on", " lights", " Licht", "你好"), seed: int = 2
) -> Path:
    """Whisper with one layer: a few words after the encoder's mean, then the end."""
    folder.mkdir(parents=True, exist_ok=True)
    layers, context, state, mels = 1, 64, 8, 80
    count = len(words)
    end, sot = count, count + 1
    languages = [sot + 1 + n for n in range(len(LANGUAGES))]
    translate, transcribe, blank, no_speech, no_timestamps = (languages[-1] + n for n in range(1, 6))
    size = no_timestamps + 1 + 1501
    lines = [f"{base64.b64encode(word.encode()).decode()} {n}" for n, word in enumerate(words)]
    (folder / "tiny-tokens.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    random = np.random.default_rng(seed)

    encoder = Graph()
    weights = random.normal(0, 0.3, (mels, state)).astype(np.float32)
    heard = encoder.op("MatMul", encoder.op("Transpose", "mel", perm=[0, 2, 1]), encoder.const(weights))
    cross = encoder.op("Unsqueeze", heard, encoder.ints(0))
    encoder.op("Identity", cross, out="n_layer_cross_k")
    encoder.op("Neg", cross, out="n_layer_cross_v")
    kind = [layers, 1, "T", state]
    encoder.save(
        folder / "tiny-encoder.int8.onnx",
        {"mel": (F, [1, mels, "T"])},
        {"n_layer_cross_k": (F, kind), "n_layer_cross_v": (F, kind)},
        {
            "model_type": "whisper-tiny",
            "n_mels": mels,
            "n_text_layer": layers,
            "n_text_ctx": context,
            "n_text_state": state,
            "n_vocab": size,
            "sot": sot,
            "eot": end,
            "blank_id": blank,
            "translate": translate,
            "transcribe": transcribe,
            "is_multilingual": 1,
            "no_timestamps": no_timestamps,
            "no_speech": no_speech,
            "sot_sequence": f"{sot},{languages[0]},{transcribe}",
            "all_language_tokens": ",".join(map(str, languages)),
            "all_language_codes": ",".join(LANGUAGES),
        },
    )

    decoder = Graph()
    after = np.full((size, size), -30.0, np.float32)  # what may follow a token
    after[:, :count] = random.normal(0, 1, (size, count))
    after[np.arange(count), np.arange(count)] = -30.0
    follow = decoder.op("Gather", decoder.const(after), "tokens")
    mean = decoder.op("ReduceMean", "in_n_layer_cross_k", axes=[0, 2], keepdims=0)
    weights = np.zeros((state, size), np.float32)
    weights[:, :count] = random.normal(0, 3, (state, count))
    told = decoder.op("Unsqueeze", decoder.op("MatMul", mean, decoder.const(weights)), decoder.ints(1))
    stop = np.zeros(size, np.float32)
    stop[end] = 5.0
    place = decoder.op("Mul", decoder.op("Cast", "offset", to=F), decoder.const(stop))
    decoder.op("Add", decoder.op("Add", follow, told), place, out="logits")
    for one in ("k", "v"):
        decoder.op("Identity", f"in_n_layer_self_{one}_cache", out=f"out_n_layer_self_{one}_cache")
    cache = [layers, "N", context, state]
    cross_kind = [layers, "N", "T", state]
    decoder.save(
        folder / "tiny-decoder.int8.onnx",
        {
            "tokens": (I64, ["N", "n"]),
            "in_n_layer_self_k_cache": (F, cache),
            "in_n_layer_self_v_cache": (F, cache),
            "in_n_layer_cross_k": (F, cross_kind),
            "n_layer_cross_v": (F, cross_kind),
            "offset": (I64, [1]),
        },
        {
            "logits": (F, ["N", "n", size]),
            "out_n_layer_self_k_cache": (F, cache),
            "out_n_layer_self_v_cache": (F, cache),
        },
        {},
    )
    return folder
