import pytest

from lorgnette.core.errors import Busy, EngineError
from lorgnette.engines.chain import COOLDOWN, FallbackRecognizer, FallbackSynthesizer, FellBack
from lorgnette.engines.health import Health
from lorgnette.engines.protocols import Recognition


class Voice:
    """Says its name, `good` times per sentence before it fails."""

    def __init__(self, name, languages=("en",), error=None, good=0):
        self.name, self.languages, self.error, self.good = name, frozenset(languages), error, good
        self.sentences = 0

    async def speak(self, text, language, rate=1.0):
        self.sentences += 1
        for _ in range(self.good if self.error else 2):
            yield self.name.encode()
        if self.error:
            raise self.error

    def start(self): ...

    async def aclose(self): ...

    def health(self):
        return Health(self.name, "ready")


class Ill(Voice):
    def health(self):
        return Health(self.name, "failing")


class Restarting(Voice):
    """Has lost its only worker; the next one is being started."""

    def health(self):
        return Health(self.name, "starting", restarts=1)


class Starting(Voice):
    def health(self):
        return Health(self.name, "starting")


class Ear:
    def __init__(self, name, languages=("en",), error=None):
        self.name, self.languages, self.error = name, frozenset(languages), error

    def open(self, language):
        return Hearing(self, language)


class Hearing:
    partial = ""

    def __init__(self, ear, language):
        self.ear, self.language, self.audio = ear, language, b""

    def feed(self, pcm):
        self.audio += pcm

    async def peek(self):
        return await self.finish()

    async def finish(self):
        if self.ear.error:
            raise self.ear.error
        return Recognition(self.audio.decode(), self.language, engine=self.ear.name)

    def cancel(self): ...


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def broken(detail="crashed"):
    return EngineError(detail, retryable=True)


async def said(chain, language="en"):
    return [chunk async for chunk in chain.speak("Hello.", language)]


def test_a_voice_that_fails_in_mid_sentence_is_replaced_and_that_is_told_once(loop_run):
    told: list[FellBack] = []
    first, second = Voice("first", error=broken(), good=1), Voice("second")
    chain = FallbackSynthesizer([first, second], told.append)

    async def run():
        return await said(chain), await said(chain)

    one, two = loop_run(run())
    assert one == [b"first", b"second", b"second"]
    assert two == [b"second", b"second"]
    assert first.sentences == 1
    assert told == [FellBack("tts", "first", "second", "crashed")]


def test_a_voice_that_failed_gets_another_chance_after_a_while(loop_run):
    clock, told = Clock(), []
    first = Voice("first", error=broken())
    chain = FallbackSynthesizer([first, Voice("second")], told.append, clock=clock)

    async def run():
        await said(chain)
        first.error = None
        clock.now += COOLDOWN + 1
        again = await said(chain)
        first.error = broken("again")
        await said(chain)
        return again

    assert loop_run(run()) == [b"first", b"first"]
    assert [change.detail for change in told] == ["crashed", "again"]


def test_the_last_voice_that_fails_raises_and_is_still_tried_next_time(loop_run):
    told = []
    only = Voice("only", error=broken())
    chain = FallbackSynthesizer([only], told.append)

    async def run():
        for _ in range(2):
            with pytest.raises(EngineError):
                await said(chain)

    loop_run(run())
    assert only.sentences == 2
    assert told == [FellBack("tts", "only", "", "crashed")]


def test_a_busy_voice_is_passed_over_and_not_called_broken(loop_run):
    told = []
    chain = FallbackSynthesizer([Voice("first", error=Busy("full")), Voice("second")], told.append)
    assert loop_run(said(chain)) == [b"second", b"second"]
    assert told == []


def test_languages_and_health_choose_the_voice(loop_run):
    chain = FallbackSynthesizer([Voice("german", ["de"]), Ill("ill"), Voice("english"), Voice("last")])

    async def run():
        assert await said(chain, "en-GB") == [b"english", b"english"]
        assert await said(chain, "de-AT") == [b"german", b"german"]
        with pytest.raises(EngineError, match="no voice for zh"):
            await said(chain, "zh")

    loop_run(run())
    assert chain.languages == {"de", "en"}


def test_nobody_waits_for_a_worker_that_is_restarted_while_another_can_speak(loop_run):
    assert loop_run(said(FallbackSynthesizer([Restarting("a"), Voice("b")]))) == [b"b"] * 2
    assert loop_run(said(FallbackSynthesizer([Restarting("a")]))) == [b"a"] * 2
    assert (
        loop_run(said(FallbackSynthesizer([Starting("a"), Voice("b")]))) == [b"a"] * 2
    )  # at the hub's start


def test_an_utterance_goes_to_the_next_recogniser_whole(loop_run):
    told = []
    chain = FallbackRecognizer([Ear("first", error=broken()), Ear("second")], told.append)

    async def run():
        stream = chain.open("en-US")
        stream.feed(b"what ")
        assert await stream.peek() is None
        stream.feed(b"time")
        return await stream.finish()

    assert loop_run(run()) == Recognition("what time", "en-US", engine="second")
    assert told == [FellBack("asr", "first", "second", "crashed")]


def test_when_every_recogniser_fails_the_last_error_is_raised(loop_run):
    chain = FallbackRecognizer([Ear("first", error=broken()), Ear("second", error=broken("both"))])

    async def run():
        stream = chain.open("en")
        stream.feed(b"x")
        await stream.finish()

    with pytest.raises(EngineError, match="both"):
        loop_run(run())


def test_a_language_that_nobody_hears_is_rejected_by_none(loop_run):
    async def run():
        stream = FallbackRecognizer([Ear("english")]).open("zh")
        stream.feed(b"x")
        assert await stream.peek() is None
        return await stream.finish()

    assert loop_run(run()) == Recognition("", "zh", 0.0, "reject", engine="none")


def test_one_recogniser_alone_costs_nothing():
    assert isinstance(FallbackRecognizer([Ear("only"), Ear("other", ["de"])]).open("en"), Hearing)


def test_the_next_ear_hears_the_whole_utterance_again_up_to_a_minute(loop_run):
    chain = FallbackRecognizer([Ear("first", error=broken()), Ear("second")])

    async def run():
        stream = chain.open("en")
        for second in range(70):
            stream.feed(chr(ord("A") + second % 26).encode() * 32_000)
        return await stream.finish()

    heard = loop_run(run())
    assert heard.engine == "second"
    assert (heard.text[0], len(heard.text)) == ("A", 60 * 32_000)
