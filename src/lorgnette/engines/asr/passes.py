"""PocketSphinx behind two questions: what does the grammar make of this audio, and what do free phones?

Scores of two passes are only comparable where both are measured against the same best senone of each frame,
hence `compallsen`; it also makes the scores independent of the beams (docs/decisions/0020).
"""

import math
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lorgnette.engines.asr.dither import dithered
from lorgnette.engines.asr.grammar import PHONE_WORDS, CompiledGrammar
from lorgnette.engines.asr.lexicon import Pronunciations, model_folder
from lorgnette.engines.asr.network import Network

FRAMES_PER_SECOND = 100
FREE_PHONE = 1e-20
"""Probability of one phone of free text: low, or it swallows every command that begins like its phrase."""
GAUSSIANS = 2
"""Gaussians a codebook that are scored: with one, a person's "set a timer" is lost; four cost more."""
_BEAMS = {"beam": 1e-60, "pbeam": 1e-60, "wbeam": 1e-40, "maxhmmpf": 5000}
"""The last bounds the work of a frame, whatever is in the grammar."""
_UNITS = 1e4
"""The library's log base is 1.0001: 1e4 of its units are one nat."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A word, phone or filler with its first and last frame (10 ms) and its acoustic log score."""

    word: str
    first: int
    last: int
    score: float

    @property
    def frames(self) -> int:
        return self.last - self.first + 1

    @property
    def middle(self) -> int:
        return (self.first + self.last) // 2

    @property
    def is_phone(self) -> bool:
        return self.word in PHONE_WORDS

    @property
    def is_filler(self) -> bool:
        """Silence or noise."""
        return self.word[0] in "<["


Segments = tuple[Segment, ...]


class Passes:
    """One PocketSphinx decoder with the grammar and a phone loop; it holds the GIL while it works."""

    def __init__(self, grammar: CompiledGrammar, gaussians: int = GAUSSIANS) -> None:
        from pocketsphinx import Decoder

        with tempfile.NamedTemporaryFile("w", suffix=".dict", encoding="utf-8") as file:
            file.write(_dictionary({**grammar.lexicon, **PHONE_WORDS}))
            file.flush()
            self._decoder: Any = Decoder(
                hmm=str(model_folder() / "en-us"),
                dict=file.name,
                lm=None,
                bestpath=False,
                compallsen=True,
                topn=gaussians,
                lw=1.0,
                wip=1.0,
                pip=1.0,
                loglevel="FATAL",
                **_BEAMS,
            )
        self._network = grammar.network
        self._add("grammar", grammar.network)
        share = 1 / len(PHONE_WORDS)
        loop = [(begin, 1, share, word) for begin in (0, 1) for word in PHONE_WORDS]
        self._decoder.add_fsg("phones", self._decoder.create_fsg("phones", 0, 2, [*loop, (1, 2, 1.0)]))

    def command(self, pcm: bytes) -> Segments:
        """The best sentence of the grammar; empty where none reaches its end."""
        return self._decode("grammar", pcm)

    def phones(self, pcm: bytes) -> Segments:
        """The best string of phones, whatever they say."""
        return self._decode("phones", pcm)

    def rival(self, pcm: bytes, words: tuple[str, ...]) -> Segments:
        """The best sentence of the grammar other than these words."""
        self._add("rival", self._network.without(words))
        try:
            return self._decode("rival", pcm)
        finally:
            self._decoder.activate_search("grammar")
            self._decoder.remove_search("rival")

    def _add(self, name: str, network: Network) -> None:
        final = network.states
        moves: list[tuple[Any, ...]] = [
            (begin, end, FREE_PHONE if word in PHONE_WORDS else 1.0, word)
            for begin, end, word in network.arcs
        ]
        moves += [(state, final, 1.0) for state in sorted(network.finals)]
        self._decoder.add_fsg(name, self._decoder.create_fsg(name, 0, final, moves))

    def _decode(self, search: str, pcm: bytes) -> Segments:
        decoder = self._decoder
        decoder.activate_search(search)
        decoder.reinit_feat()  # else the noise of the utterance before is subtracted from this one
        decoder.start_utt()
        decoder.process_raw(dithered(pcm), full_utt=True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return ()
        return tuple(
            Segment(part.word, part.start_frame, part.end_frame, _UNITS * math.log(max(part.ascore, 1e-300)))
            for part in decoder.seg()
            if part.word != "(NULL)" and part.end_frame >= part.start_frame >= 0
        )


def _dictionary(lexicon: Mapping[str, Pronunciations]) -> str:
    lines = [
        f"{word}{f'({number})' if number > 1 else ''} {phones}"
        for word, several in sorted(lexicon.items())
        for number, phones in enumerate(several, 1)
    ]
    return "\n".join(lines) + "\n"
