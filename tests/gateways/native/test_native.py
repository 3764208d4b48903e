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
from lorgnette.core.errors import Denied, ProtocolError
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
            assert answers[0]["code"] == "version"
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
            bad += (b'{"type":"typed","text":"\xff"}',)
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


def test_a_microphone_that_runs_while_the_line_comes_back_is_heard_in_order(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            await device.connect(here.url)
            device.event(events.ListenStart("always"))
            device.drop()
            await device.closed.wait()
            returning = asyncio.create_task(device.connect(here.url))
            spoken = 0
            while not returning.done():
                device.microphone(bytes(640))
                device.event(events.Battery(0.5))
                spoken += 1
                await asyncio.sleep(0)
            welcome = await returning
            assert welcome.resumed
            assert device.problem is None
            device.microphone(bytes(640))
            link = here.hub.gateway._links[welcome.session]
            await until(lambda: link.mic_seq == spoken + 1 and link.event_seq == spoken + 1)
            assert link.intake._order.tally.lost == 0
            await device.close()

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


def test_an_older_window_of_the_same_device_is_told_that_it_was_replaced(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            seen = []
            first = await here.device()
            await first.connect(here.url)
            second = SoftDevice(first.token, on_event=seen.append)
            await second.connect(here.url)
            await asyncio.wait_for(first.closed.wait(), 5)
            assert first.problem.code == "replaced"
            assert here.hub.gateway.links == 1
            second.event(events.Typed("what time is it"))
            await until(lambda: of(events.TurnDone, seen))
            await second.close()

    loop_run(work())


def test_one_device_at_several_doors_at_once_leaves_one_connection(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            first = await here.device()
            doors = [first, *(SoftDevice(first.token) for _ in range(5))]
            await asyncio.gather(*(door.connect(here.url) for door in doors), return_exceptions=True)
            await until(lambda: here.hub.gateway.connections == 1)
            assert here.hub.gateway.links == 1
            assert len(here.hub.sessions.live[0].attachments) == 1
            (open_,) = [door for door in doors if not door.closed.is_set()]
            await open_.close()

    loop_run(work())


def test_two_who_resume_the_same_at_once_leave_one_and_it_works(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            seen = []
            device = await here.device(on_event=seen.append)
            welcome = await device.connect(here.url)
            device.drop()
            await device.closed.wait()
            twins = [SoftDevice(device.token, on_event=seen.append) for _ in range(2)]
            for twin in twins:
                twin.welcome, twin._arrived = welcome, device._arrived
            await asyncio.gather(*(twin.connect(here.url) for twin in twins), return_exceptions=True)
            await until(lambda: here.hub.gateway.connections == 1)
            link = here.hub.gateway._links[welcome.session]
            assert link.wire is not None
            assert link.attachment.connected
            (left,) = [twin for twin in twins if not twin.closed.is_set()]
            left.event(events.Typed("what time is it"))
            await until(lambda: of(events.TurnDone, seen))
            await left.close()

    loop_run(work())


def test_a_line_that_breaks_while_the_door_opens_is_not_taken_for_open(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            welcome = await device.connect(here.url)
            device.drop()
            await device.closed.wait()
            await until(lambda: not here.hub.gateway.connections)
            verify = here.hub.devices.verify

            async def slow(token: str):
                found = await verify(token)
                device.drop()
                await device.closed.wait()
                await until(lambda: not here.hub.gateway.connections)
                return found

            here.hub.devices.verify = slow
            with pytest.raises(ProtocolError):
                await device.connect(here.url)
            await asyncio.sleep(0.05)
            link = here.hub.gateway._links[welcome.session]
            assert link.wire is None
            assert link.expires
            assert not link.attachment.connected

    loop_run(work())


def test_a_token_that_is_revoked_while_the_door_opens_lets_nobody_in(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            owner = await here.hub.people.owner()
            (one,) = await here.hub.devices.devices(owner.id)
            attach = here.hub.sessions.attach

            async def slow(*arguments):
                await here.hub.devices.revoke(owner.id, one.id)
                return await attach(*arguments)

            here.hub.sessions.attach = slow
            with pytest.raises(Denied):
                await device.connect(here.url)
            assert here.hub.gateway.links == 0
            assert not here.hub.sessions.live[0].attachments

    loop_run(work())


def test_a_store_that_fails_is_no_open_connection_without_an_answer(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()

            async def broken(token: str):
                raise RuntimeError("disk")

            here.hub.devices.verify = broken
            with pytest.raises(ProtocolError):
                await device.connect(here.url)
            assert device.problem.code == "internal"
            assert "disk" not in device.problem.detail
            await until(lambda: not here.hub.gateway.connections)

    loop_run(work())


def test_a_device_that_missed_more_than_was_kept_starts_afresh(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            welcome = await device.connect(here.url)
            link = here.hub.gateway._links[welcome.session]
            await until(lambda: not link._unacked)
            device.drop()
            await device.closed.wait()
            await until(lambda: link.wire is None)
            for number in range(300):
                link.send(events.Notice(str(number)))
            again = await device.connect(here.url)
            assert not again.resumed
            assert again.session != welcome.session
            await device.close()

    loop_run(work())


def test_numbers_beyond_reason_harm_only_their_sender(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            seen = []
            device = await here.device(on_event=seen.append)
            await device.connect(here.url)
            huge = b"9" * 400
            for text in (
                b'{"type":"touch","gesture":"tap","seq":"one"}',
                b'{"type":"touch","gesture":"tap","seq":-5}',
                b'{"type":"touch","gesture":"tap","seq":9223372036854775807}',
                b'{"type":"pong","t":1,"at":' + huge + b"}",
                b'{"type":"pong","t":-1,"at":9223372036854775807}',
                b'{"type":"ping","t":' + huge + b"}",
                b'{"type":"ack","seq":' + huge + b"}",
                b'{"type":"ack","seq":99999999}',
                b'{"type":"played","utterance":"u","index":' + huge + b"}",
            ):
                device.raw(WSMsgType.TEXT, text)
            for seq in (2**31, 2**32 - 2, 2**32 - 1, 5):
                device.raw(WSMsgType.BINARY, pack(MICROPHONE, seq, 2**64 - 1, bytes(FRAME_BYTES)))
            device.raw(WSMsgType.TEXT, b'{"type":"channel.open","channel":1}')
            device.microphone(bytes(FRAME_BYTES))
            await until(lambda: here.hub.gateway._links[device.welcome.session].mic_seq == 1)
            device.event(events.Typed("what time is it"))
            await until(lambda: of(events.TurnDone, seen))
            assert not device.closed.is_set()
            await device.close()

    loop_run(work())


def test_frames_before_the_welcome_and_a_second_hello_are_refused(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            early = await exchange(here.url, [b'{"type":"touch","gesture":"tap"}'])
            assert early[0]["code"] == "unauthorized"
            hello = {"type": "hello", "token": device.token, "capabilities": {}}
            twice = await exchange(here.url, [json.dumps(hello).encode()] * 2)
            assert {answer.get("code") for answer in twice} >= {"bad_message"}
            assert [answer for answer in twice if answer["type"] == "welcome"]

    loop_run(work())


def test_small_frames_without_end_are_a_flood(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            await device.connect(here.url)
            for seq in range(1, 20_000):
                device.raw(WSMsgType.BINARY, pack(MICROPHONE, seq * 20, 0, b"\x00\x00"))
                if device.closed.is_set():
                    break
                if not seq % 500:
                    await asyncio.sleep(0)
            await asyncio.wait_for(device.closed.wait(), 5)

    loop_run(work())


def test_a_device_that_never_answers_a_ping_is_not_asked_more_often(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            pings = []

            def deaf(data: bytes) -> None:
                if b'"ping"' in data:
                    pings.append(data)
                elif b'"welcome"' in data:
                    SoftDevice._text(device, data)

            device._text = deaf
            await device.connect(here.url)
            await asyncio.sleep(2.7)
            assert len(pings) == 3
            await device.close()

    loop_run(work())


def test_a_peer_that_does_not_read_is_let_go_and_holds_no_memory(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            device = await here.device()
            await device.connect(here.url)
            link = next(iter(here.hub.gateway._links.values()))
            device._transport.underlying_transport.pause_reading()
            for _ in range(40_000):
                if link.wire is None:
                    break
                link.audio(bytes(FRAME_BYTES), 0)
                await asyncio.sleep(0)
            await until(lambda: link.wire is None)
            assert here.hub.gateway.connections == 0
            device.drop()

    loop_run(work())
