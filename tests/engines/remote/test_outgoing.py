"""What engines send is in the log of what went out: for the right wearer, with the bytes that arrived."""

import asyncio

import pytest
from tests.engines.llm.double import ChatDouble, chunk
from tests.engines.remote.double import SpeechDouble, tone
from tests.engines.remote.test_turns import question
from tests.engines.server import nobody, serving
from tests.engines.wyoming.double import line, until
from tests.engines.wyoming.double import serving as wyoming_serving

from lorgnette.app import Hub, HubSettings
from lorgnette.core.errors import EngineError
from lorgnette.core.outgoing import Behalf, Parcel, on
from lorgnette.engines.asr.transcriptions import Transcriptions
from lorgnette.engines.registry import EngineChoice
from lorgnette.engines.wyoming.recognizer import WyomingRecognizer
from lorgnette.session.local import LocalDevice


def test_a_turn_with_everything_elsewhere_is_three_entries_of_the_one_who_spoke(loop_run) -> None:
    async def work() -> None:
        async with (
            serving(SpeechDouble()) as ears,
            serving(SpeechDouble()) as voice,
            serving(ChatDouble()) as model,
        ):
            ears.then_text("tell me of lighthouses")
            voice.then(tone(0.5, 24_000))
            model.then(chunk({"content": "They shine."}))
            choice = EngineChoice(
                vad=("energy",),
                asr=("openai",),
                tts=("openai",),
                llm=("openai",),
                settings={
                    "asr.openai": {"url": ears.url},
                    "tts.openai": {"url": voice.url},
                    "llm.openai": {"url": model.url, "model": "qwen3-tiny"},
                },
            )
            async with Hub.open(HubSettings(engines=choice, realtime=False)) as hub:
                bob = await hub.people.add("Bob")
                async with LocalDevice(hub.sessions, bob.id) as device:
                    (result,) = await device.recorded(question())
                assert result["reply"] == "They shine."
                entries = await hub.privacy.log.entries(bob.id)
                owner = await hub.people.owner()
                assert await hub.privacy.log.entries(owner.id) == []
            assert [one.what for one in reversed(entries)] == ["speech", "conversation", "sentences"]
            assert {one.how for one in entries} == {"ok"}
            assert {one.reach for one in entries} == {"machine"}
            sizes = [int(double.headers[0]["content-length"]) for double in (ears, model, voice)]
            assert [one.size for one in reversed(entries)] == sizes

    loop_run(work())


@pytest.mark.parametrize(
    ("prepare", "how", "count"),
    [
        (lambda double: double.then_status(401), "refused", 1),
        (lambda double: double.then_status(503), "refused", 3),
        (lambda double: double.then_json({"words": "no text"}), "ok", 1),
    ],
    ids=["refused", "refused and tried again", "nonsense"],
)
def test_every_try_is_told(loop_run, prepare, how, count) -> None:
    async def work() -> None:
        told: list[Parcel] = []
        async with serving(SpeechDouble()) as double:
            prepare(double)
            engine = Transcriptions(double.url)
            with on(Behalf("ada", told.append)), pytest.raises(EngineError):
                await engine.recognize(tone(0.3, 16_000), "en")
            await engine.aclose()
        assert [(one.how, one.wearer) for one in told] == [(how, "ada")] * count
        assert all(one.size > 9_600 for one in told)

    loop_run(work())


def test_who_is_not_there_gets_nothing(loop_run) -> None:
    async def work() -> None:
        told: list[Parcel] = []
        engine = Transcriptions(f"http://127.0.0.1:{nobody()}/v1")
        with on(Behalf("ada", told.append)), pytest.raises(EngineError):
            await engine.recognize(tone(0.3, 16_000), "en")
        await engine.aclose()
        assert {(one.how, one.size) for one in told} == {("failed", 0)}

    loop_run(work())


def test_a_wyoming_server_hears_for_whom_the_utterance_was_opened(loop_run) -> None:
    async def script(reader, writer) -> None:
        await until(reader, "audio-stop")
        writer.write(line("transcript", {"text": "hello"}))

    async def work() -> None:
        told: list[Parcel] = []
        async with wyoming_serving(script) as double:
            engine = WyomingRecognizer(double.url)
            with on(Behalf("ada", told.append)):
                stream = engine.open("en")
            with on(Behalf("bob", told.append)):  # whoever's frame it is that begins the request
                stream.feed(tone(0.5, 16_000))
            assert (await stream.finish()).text == "hello"
            await engine.aclose()
        (parcel,) = told
        assert (parcel.wearer, parcel.what, parcel.how) == ("ada", "speech", "ok")
        assert parcel.size > 16_000

    loop_run(work())


def test_an_interrupted_answer_was_stopped(loop_run) -> None:
    async def work() -> None:
        told: list[Parcel] = []
        async with serving(SpeechDouble()) as double:
            double.then_json({"text": "late"}, pause=30)
            engine = Transcriptions(double.url)
            with on(Behalf("ada", told.append)):
                asking = asyncio.create_task(engine.recognize(tone(0.3, 16_000), "en"))
            await double.arrived.wait()
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            await engine.aclose()
        assert [one.how for one in told] == ["stopped"]

    loop_run(work())
