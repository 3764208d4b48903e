"""The native protocol against a whole hub on a real socket."""

import asyncio
import json
import random

import pytest
from picows import WSMsgType, ws_connect
from tests.hubs import running
from tests.session.stage import loud, quiet

from lorgnette.core import events
from lorgnette.core.audio import FRAME_BYTES
from lorgnette.core.errors import Denied
from lorgnette.gateways.native.frames import MICROPHONE, pack
from lorgnette.gateways.native.softdevice import SoftDevice


async def until(condition, seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


def of(kind, events_):
    return [event for event in events_ if isinstance(event, kind)]


async def talk(device: SoftDevice, pcm: bytes, pace: float = 0.002) -> None:
    for start in range(0, len(pcm) - FRAME_BYTES + 1, FRAME_BYTES):
        device.microphone(pcm[start : start + FRAME_BYTES])
        await asyncio.sleep(pace)


def test_one_utterance_over_a_real_socket(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            seen, sound = [], bytearray()
            device = await here.device(on_event=seen.append, on_audio=lambda pcm, at: sound.extend(pcm))
            welcome = await device.connect(here.url)
            assert welcome.microphone.codec == "pcm16"
            device.event(events.ListenStart("always"))
            await talk(device, quiet(0.3) + loud(1.0) + quiet(1.2))
            await until(lambda: of(events.TurnDone, seen))
            assert of(events.TurnDone, seen)[0].tools[0]["skill"] == "clock"
            assert len(sound) > 16_000
            await device.close()

    loop_run(work())


def test_a_cut_line_resumes_with_the_missed_events_and_the_kept_audio(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            seen = []
            device = await here.device(on_event=seen.append)
            await device.connect(here.url)
            device.event(events.ListenStart("always"))
            await talk(device, quiet(0.3) + loud(0.5))
            device.drop()
            await device.closed.wait()
            device.event(events.Typed("set a timer for ten minutes"))
            await talk(device, loud(0.3) + quiet(0.1))
            welcome = await device.connect(here.url)
            assert welcome.resumed
            await until(lambda: of(events.TurnDone, seen))
            assert of(events.TurnDone, seen)[0].transcript == "set a timer for ten minutes"
            assert here.hub.gateway._links[welcome.session].mic_seq == device._mic_seq
            await device.close()

    loop_run(work())


def test_two_connections_of_one_device_leave_one(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            first = await here.device()
            await first.connect(here.url)
            second = SoftDevice(first.token)
            await second.connect(here.url)
            second.event(events.Typed("what time is it"))
            session = here.hub.sessions.live[0]
            assert len(session.attachments) == 1
            await first.close()
            await second.close()

    loop_run(work())


def test_nobody_enters_without_a_good_token_origin_and_version(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            with pytest.raises(Denied):
                await SoftDevice("x" * 43).connect(here.url)
            device = await here.device()
            await device.connect(here.url)
            owner = await here.hub.people.owner()
            (one,) = await here.hub.devices.devices(owner.id)
            await here.hub.devices.revoke(owner.id, one.id)
            await asyncio.wait_for(device.closed.wait(), 5)
            with pytest.raises(Denied):
                await device.connect(here.url)
            for headers in (
                {"Origin": "http://evil.example", "Sec-WebSocket-Protocol": "lorgnette.v1"},
                {"Sec-WebSocket-Protocol": "chat"},
            ):
                from picows import WSListener

                with pytest.raises(Exception, match=r"40[03]"):
                    await ws_connect(WSListener, here.url + "/v1/device", extra_headers=headers)

    loop_run(work())


def test_a_version_from_the_future_is_told_what_is_spoken(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            hello = {"type": "hello", "token": device.token, "capabilities": {}}
            hello |= {"version_min": 9, "version_max": 9}
            answers = await exchange(here.url, [json.dumps(hello).encode()])
            assert answers[0]["code"] == "bad_message"
            assert "versions 1 to 1" in answers[0]["detail"]

    loop_run(work())


async def exchange(url: str, texts: list[bytes]) -> list[dict]:
    """Raw text frames in, JSON out."""
    from picows import WSListener

    answers: list[dict] = []
    closed = asyncio.Event()

    class Raw(WSListener):
        def on_ws_frame(self, transport, frame) -> None:
            if frame.msg_type == WSMsgType.TEXT:
                answers.append(json.loads(frame.get_payload_as_bytes()))

        def on_ws_disconnected(self, transport) -> None:
            closed.set()

    transport, _ = await ws_connect(
        Raw, url + "/v1/device", extra_headers={"Sec-WebSocket-Protocol": "lorgnette.v1"}
    )
    for text in texts:
        transport.send(WSMsgType.TEXT, text)
    try:
        await asyncio.wait_for(closed.wait(), 0.5)
    except TimeoutError:
        transport.disconnect()
    return answers


def test_a_bad_media_payload_closes_its_channel_and_the_rest_goes_on(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            seen = []
            device = await here.device(on_event=seen.append)
            await device.connect(here.url)
            device.raw(WSMsgType.BINARY, pack(MICROPHONE, 1, 0, b"\x01" * 641))
            await until(lambda: device.problem)
            assert device.problem.channel == MICROPHONE
            device.event(events.Typed("what time is it"))
            await until(lambda: of(events.TurnDone, seen))
            await device.close()

    loop_run(work())


def test_malformed_events_are_refused_one_by_one_and_then_the_line_is_cut(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            await device.connect(here.url)
            bad = (b"{", b"[]", b'{"type":"nope"}', b'{"type":"touch","gesture":7}', b"\xff\xfe", b"1e999")
            for text in bad:
                device.raw(WSMsgType.TEXT, text)
            await until(lambda: device.problem)
            assert not device.closed.is_set()
            for _ in range(30):
                device.raw(WSMsgType.TEXT, b"{")
            await asyncio.wait_for(device.closed.wait(), 5)

    loop_run(work())


def test_a_random_byte_stream_a_flood_and_a_lying_clock_leave_the_others_alone(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            seen = []
            good = await here.device(on_event=seen.append)
            await good.connect(here.url)
            chance = random.Random(7)
            for round_ in range(12):
                other = await here.hub.people.add(f"w{round_}")
                bad = await here.device(
                    other.id,
                    clock_us=lambda: chance.getrandbits(63),  # a clock that lies
                )
                await bad.connect(here.url)
                for _ in range(120):
                    kind = chance.choice([WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.BINARY])
                    bad.raw(kind, chance.randbytes(chance.choice([0, 3, 16, 17, 40, 657, 5000])))
                if round_ % 3 == 0:
                    for _ in range(2500):
                        bad.microphone(bytes(FRAME_BYTES))
                await asyncio.sleep(0.01)
                bad.drop()
            # Not WebSocket at all.
            for data in (b"\x00" * 100, b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 3000, chance.randbytes(4000)):
                reader, writer = await asyncio.open_connection("127.0.0.1", here.port)
                writer.write(data)
                await asyncio.sleep(0.02)
                writer.close()
                del reader
            good.event(events.Typed("what time is it"))
            await until(lambda: of(events.TurnDone, seen))
            assert not good.closed.is_set()
            await good.close()

    loop_run(work())


def test_a_slow_reader_is_cut_off_and_can_resume(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device(plays=False)
            await device.connect(here.url)
            link = next(iter(here.hub.gateway._links.values()))
            device._hub_event = lambda event, seq: None  # never acknowledges
            for _ in range(300):
                link.send(events.Notice("x"))
            await asyncio.wait_for(device.closed.wait(), 5)
            assert len(link._unacked) <= 256
            assert here.hub.gateway._links

    loop_run(work())


def test_the_hub_says_goodbye_before_it_stops(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            await device.connect(here.url)
        await asyncio.wait_for(device.closed.wait(), 5)
        assert device.went_away

    loop_run(work())
