"""One utterance of the hub on its way to a speaker: sentences in, paced sound and captions out."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Literal

from lorgnette.core import events
from lorgnette.core.errors import LorgnetteError
from lorgnette.engines.protocols import Synthesizer
from lorgnette.render.speakable import speakable
from lorgnette.session.ports import Outlet
from lorgnette.session.router import Sink, Track
from lorgnette.session.said import Said

Kind = Literal["answer", "alarm", "call", "navigation", "notification", "music", "earcon"]


class Speech:
    """Speaks a `Said` from its first unheard sentence on; the next one is made while this one sounds.

    `on_first`: called when the first frame is on its way; `on_error`: an engine failed for one sentence, the
    words are still shown.
    """

    def __init__(
        self,
        said: Said,
        kind: Kind,
        synthesizer: Synthesizer,
        *,
        rate: float = 1.0,
        on_first: Callable[[], None] | None = None,
        on_chunk: Callable[[], None] | None = None,
        on_error: Callable[[LorgnetteError], None] | None = None,
        on_sentence: Callable[[str], None] | None = None,
        lead_in: bytes = b"",
    ) -> None:
        self.said = said
        self.kind = kind
        self.rate = rate
        self._synthesizer = synthesizer
        self._on_first = on_first
        self._on_chunk = on_chunk
        self._on_error = on_error
        self._on_sentence = on_sentence
        self._lead_in = lead_in
        self._changed = asyncio.Event()
        self._track: Track | None = None
        self._stopped = False
        self._outlet: Outlet | None = None
        self.began = False
        """Some of it was on its way to the ear."""

    # ── the words ──────────────────────────────────────────────────────────────────────────────────────

    def add(self, sentence: str) -> int:
        """One more sentence; gives its index."""
        self.said.sentences.append(sentence)
        self._changed.set()
        return len(self.said.sentences) - 1

    def complete(self) -> None:
        """No more sentences come."""
        self.said.complete = True
        self._changed.set()

    # ── the sound ──────────────────────────────────────────────────────────────────────────────────────

    def duck(self) -> None:
        if self._track is not None:
            self._track.gain.duck()

    def restore(self) -> None:
        if self._track is not None:
            self._track.gain.restore()

    def stop(self) -> None:
        """Fade out at once; `play` returns."""
        self._stopped = True
        if self._track is not None:
            self._track.stop()
        self._ended("stopped")
        self._changed.set()

    def release(self) -> None:
        """It never plays again: who made it, and waits to be told, is let go."""
        self._on_first = self._on_chunk = self._on_error = self._on_sentence = None
        self._track = None

    def again(self) -> None:
        """After `stop`: ready to play on from the last heard sentence, on whatever device."""
        self._stopped = False
        self._track = None

    async def play(self, sink: Sink | None, outlet: Outlet) -> bool:
        """Speak until everything sounded (True) or it was stopped (False). Without a sink: show only.

        Who stops it may cancel this as well: the engine then ends at once, not with its next chunk.
        """
        finished = False
        outlet.send(events.SpeechBegin(self.said.utterance, self.kind, self.said.turn))
        self._outlet = outlet
        try:
            finished = await (self._show(outlet) if sink is None else self._sound(sink, outlet))
        finally:
            self._ended("done" if finished else "stopped")
        return finished

    def _ended(self, reason: Literal["done", "stopped"]) -> None:
        """Tell the device, once: a stop can't wait until an engine has let go."""
        outlet, self._outlet = self._outlet, None
        if outlet is not None:
            outlet.send(events.SpeechEnd(self.said.utterance, reason))

    async def _sound(self, sink: Sink, outlet: Outlet) -> bool:
        track = self._track = Track()
        sink.add(track)
        try:
            return await self._speak(track, outlet)
        finally:
            track.stop() if self._stopped else track.end()

    async def _show(self, outlet: Outlet) -> bool:
        index = self.said.heard
        while not self._stopped:
            if index < len(self.said.sentences):
                self._begin(outlet, index, first=index == 0)
                outlet.send(events.SentenceEnd(self.said.utterance, index))
                index += 1
            elif self.said.complete:
                return True
            else:
                await self._wait()
        return False

    async def _speak(self, track: Track, outlet: Outlet) -> bool:
        said = self.said
        index, first = said.heard, True
        if self._lead_in:
            await track.write(self._lead_in)
            track.pad()
        while not self._stopped:
            if index < len(said.sentences):
                await self._sentence(track, outlet, index, first=first)
                index, first = index + 1, False
            elif said.complete:
                return await self._drained(track)
            else:
                await self._wait()
        return False

    async def _sentence(self, track: Track, outlet: Outlet, index: int, *, first: bool) -> None:
        said = self.said
        text = speakable(said.sentences[index], said.language)
        marked = False
        try:
            async with aclosing(self._synthesizer.speak(text, said.language, self.rate)) as chunks:
                async for chunk in chunks:
                    if self._stopped:
                        return
                    if not marked:
                        marked = True
                        if first and self._on_chunk is not None:
                            self._on_chunk()
                        track.mark(lambda: self._begin(outlet, index, first=first))
                    await track.write(chunk)
        except LorgnetteError as error:
            if self._on_error is not None:
                self._on_error(error)
        if not marked:
            track.mark(lambda: self._begin(outlet, index, first=first))
        track.pad()
        track.mark(lambda: outlet.send(events.SentenceEnd(said.utterance, index)))

    def _begin(self, outlet: Outlet, index: int, *, first: bool) -> None:
        said = self.said
        self.began = True
        outlet.send(events.Sentence(said.utterance, index, said.sentences[index], said.turn))
        if self._on_sentence is not None:
            self._on_sentence(said.sentences[index])
        if first and self._on_first is not None:
            self._on_first()

    async def _drained(self, track: Track) -> bool:
        over = asyncio.Event()
        track.mark(over.set)
        track.end()
        while not over.is_set() and not self._stopped:
            waiters = [asyncio.ensure_future(over.wait()), asyncio.ensure_future(self._changed.wait())]
            try:
                await asyncio.wait(waiters, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for waiter in waiters:
                    waiter.cancel()
            self._changed.clear()
        return not self._stopped

    async def _wait(self) -> None:
        await self._changed.wait()
        self._changed.clear()
