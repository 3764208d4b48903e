"""Numbering, resending and clocks of the wire, run where they live: in Chromium."""

import pytest
from tests.web.conftest import Modules

from lorgnette.gateways.native import frames as wire

pytestmark = pytest.mark.browser


def test_a_frame_is_what_the_hub_packs(modules: Modules) -> None:
    time = 1_795_500_166_890_123
    expected = wire.pack(wire.MICROPHONE, 70_000, time, b"\x01\x02\x03", wire.RESENT | wire.GAP)
    got = modules(
        """
        const { pack, unpack, MICROPHONE, RESENT, GAP } = await import("/js/frames.js");
        const frame = pack(MICROPHONE, 70000, argument, new Uint8Array([1, 2, 3]), RESENT | GAP);
        const { channel, flags, seq, time, payload } = unpack(frame.buffer);
        const back = [channel, flags, seq, time, ...payload];
        return { bytes: [...frame], back, short: unpack(new ArrayBuffer(7)) };
        """,
        time,
    )
    assert bytes(got["bytes"]) == expected
    assert got["back"] == [1, 6, 70_000, time, 1, 2, 3]
    assert got["short"] is None


def test_events_are_numbered_kept_and_told_once(modules: Modules) -> None:
    got = modules(
        """
        const { Outbox } = await import("/js/outbox.js");
        const box = new Outbox();
        const sent = (mic = Infinity) => {
          const out = [];
          for (let e; (e = box.next(mic)); ) { box.posted(e); out.push([e.seq, e.event.type]); }
          return out;
        };
        box.push({ type: "listen.start" }, 0);
        box.push({ type: "typed" });
        const first = sent();
        box.push({ type: "heading", degrees: 1 });
        box.push({ type: "heading", degrees: 2 });
        box.push({ type: "listen.stop" }, 30);
        const held = sent(29);
        box.ack(1);
        box.resume(2);
        const again = sent(30);
        box.push({ type: "listen.start" }, 40);
        const third = sent(40);
        box.push({ type: "typed" });
        const listens = box.listens;
        box.restart(38);
        const anew = sent(0);
        return { first, held, again, third, listens, anew };
        """,
    )
    assert got["first"] == [[1, "listen.start"], [2, "typed"]]
    assert got["held"] == [[3, "heading"]]
    assert got["again"] == [[3, "heading"], [4, "listen.stop"]]
    assert got["third"] == [[5, "listen.start"]]
    assert got["listens"]
    assert got["anew"] == [[1, "listen.start"], [2, "typed"]]


def test_microphone_frames_go_again_after_a_break_and_no_faster_than_the_hub_can_take(
    modules: Modules,
) -> None:
    got = modules(
        """
        const { MicRing } = await import("/js/micring.js");
        const { unpack } = await import("/js/frames.js");
        const ring = new MicRing();
        const frame = new Uint8Array(4);
        const read = ({ buffer }) => { const { seq, flags } = unpack(buffer); return [seq, flags]; };
        const drain = (now, until) => [...ring.drain(now, 1e9, until)].map(read);
        for (let i = 0; i < 10; i += 1) ring.push(i, frame);
        const first = drain(1);
        ring.ack(4);
        ring.resume(6);
        ring.push(10, frame);
        const again = drain(2);
        ring.resume(6);
        for (let i = 0; i < 600; i += 1) ring.push(i, frame);
        const size = ring.size, burst = drain(3).length, later = drain(3.1).length;
        const shift = ring.restart(true);
        const anew = drain(9)[0];
        ring.restart(false);
        return { first, again, size, burst, later, shift, anew, empty: ring.size };
        """,
    )
    assert [seq for seq, _ in got["first"]] == list(range(1, 11))
    assert got["again"] == [[7, 2], [8, 2], [9, 2], [10, 2], [11, 0]]
    assert got["size"] == 500
    assert got["burst"] == 50
    assert got["later"] == 40
    assert got["shift"] == 111
    assert got["anew"][0] == 1
    assert got["anew"][1] & 2
    assert got["empty"] == 0


def test_the_hub_clock_is_found_through_queues_and_drift(modules: Modules) -> None:
    got = modules(
        """
        const { HubClock } = await import("/js/clock.js");
        const clock = new HubClock();
        const offset = 5_000_000_000, drift = 80e-6;
        let seed = 7;
        const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
        let now = 0;
        for (let i = 0; i < 60; i += 1) {
          now += 5e6;
          const there = 1000 + (random() < 0.6 ? random() * 40000 : 0);
          const back = 1000 + (random() < 0.5 ? random() * 30000 : 0);
          clock.add(now, now + there + offset + (now + there) * drift, now + there + back);
        }
        return { error: clock.offset(now) - offset - now * drift, drift: clock.drift };
        """,
    )
    assert abs(got["error"]) < 2500
    assert abs(got["drift"] - 80e-6) < 40e-6
