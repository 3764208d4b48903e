"""A tiny Kaldi model with random weights as Vosk loads it: network as text, graph as OpenFst's bytes.

Thirteen cepstra go through one affine layer to a score for silence and for each word; the graph lets any word
follow any other. Its words mean nothing, but the real loader, features, decoder and lattice run.
"""

import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np

WORDS = ("licht", "an", "aus", "bitte", "uhr", "fünf")
_CEPSTRA = 13
_MAGIC = 2125659606
_EXPANDED_MUTABLE = 3


def kaldi(folder: Path, words: Sequence[str] = WORDS, seed: int = 4) -> Path:
    """am, graph and conf below `folder`."""
    for name in ("am", "graph", "conf"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    phones = len(words) + 1  # the first is silence
    (folder / "am" / "final.mdl").write_text(_transitions(phones) + _network(phones, seed))
    (folder / "graph" / "HCLG.fst").write_bytes(_graph(phones))
    symbols = "".join(f"{word} {n}\n" for n, word in enumerate(("<eps>", *words)))
    (folder / "graph" / "words.txt").write_text(symbols, encoding="utf-8")
    (folder / "conf" / "mfcc.conf").write_text(
        "--use-energy=false\n--dither=0\n--num-ceps=13\n--num-mel-bins=23\n"
    )
    (folder / "conf" / "model.conf").write_text(
        "--min-active=20\n--max-active=300\n--beam=10.0\n--lattice-beam=2.0\n--acoustic-scale=1.0\n"
        "--frame-subsampling-factor=3\n--endpoint.silence-phones=1\n"
        "--endpoint.rule2.min-trailing-silence=0.5\n--endpoint.rule3.min-trailing-silence=1.0\n"
        "--endpoint.rule4.min-trailing-silence=2.0\n"
    )
    return folder


def _transitions(phones: int) -> str:
    """One state a phone: transition 2p-1 stays in phone p, 2p leaves it."""
    listed = " ".join(str(phone) for phone in range(1, phones + 1))
    triples = "".join(f"{phone} 0 {phone - 1} \n" for phone in range(1, phones + 1))
    logs = " ".join(["0"] + ["-0.6931472"] * (2 * phones))
    return (
        f"<TransitionModel> \n<Topology> \n<TopologyEntry> \n<ForPhones> \n{listed} \n</ForPhones> \n"
        "<State> 0 <PdfClass> 0 <Transition> 0 0.5 <Transition> 1 0.5 </State> \n<State> 1 </State> \n"
        f"</TopologyEntry> \n</Topology> \n<Triples> {phones} \n{triples}</Triples> \n"
        f"<LogProbs> \n [ {logs} ]\n</LogProbs> \n</TransitionModel> \n"
    )


def _network(phones: int, seed: int) -> str:
    """Silence by loudness alone (the first cepstrum), words by the other cepstra."""
    random = np.random.default_rng(seed)
    weights = np.zeros((phones, _CEPSTRA))
    weights[1:, 1:] = random.normal(0, 0.12, (phones - 1, _CEPSTRA - 1))
    weights[0, 0] = -0.2
    bias = np.zeros(phones)
    bias[0] = 10.0
    rows = "\n  ".join(" ".join(f"{value:.6f}" for value in row) for row in weights)
    return (
        f"<Nnet3> \ninput-node name=input dim={_CEPSTRA}\n"
        "component-node name=affine component=affine input=input\n"
        "output-node name=output input=affine\n\n"
        "<NumComponents> 1 \n<ComponentName> affine <FixedAffineComponent> <LinearParams>  [\n"
        f"  {rows} ]\n<BiasParams>  [ {' '.join(map(str, bias))} ]\n</FixedAffineComponent> \n</Nnet3> \n"
        "<LeftContext> 0 <RightContext> 0 <Priors>  [ ]\n"
    )


def _graph(phones: int) -> bytes:
    """State 0: between words. State p: in word p. Vector format, version 2, tropical weights."""
    between = [(2, 0, 0.5, 0)] + [(2 * phone, phone - 1, 3.0, phone - 1) for phone in range(2, phones + 1)]
    states = [(0.0, between)]
    states += [
        (float("inf"), [(2 * phone - 1, 0, 0.1, phone - 1), (0, 0, 0.5, 0)]) for phone in range(2, phones + 1)
    ]
    arcs = sum(len(each) for _, each in states)
    out = struct.pack("<i", _MAGIC) + _text("vector") + _text("standard")
    out += struct.pack("<iiQqqq", 2, 0, _EXPANDED_MUTABLE, 0, len(states), arcs)
    for final, each in states:
        out += struct.pack("<fq", final, len(each))
        for arc in each:
            out += struct.pack("<iifi", *arc)
    return out


def _text(text: str) -> bytes:
    return struct.pack("<i", len(text)) + text.encode()
