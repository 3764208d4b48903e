import asyncio
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lorgnette.core.errors import ProtocolError
from lorgnette.engines.wyoming.events import LONGEST_LINE, Event, encode, read
from lorgnette.engines.wyoming.messages import Info, Model, format_of, info, info_of


def parse(data: bytes) -> list[Event]:
    async def run() -> list[Event]:
        reader = asyncio.StreamReader(limit=LONGEST_LINE)
        reader.feed_data(data)
        reader.feed_eof()
        found = []
        while (event := await read(reader)) is not None:
            found.append(event)
        return found

    return asyncio.run(run())


def test_an_event_is_a_line_with_lengths_then_data_then_payload():
    assert encode(Event("audio-chunk", {"rate": 16_000}, b"ab\n")) == (
        b'{"type":"audio-chunk","data_length":14,"payload_length":3}\n{"rate":16000}ab\n'
    )
    assert encode(Event("describe")) == b'{"type":"describe"}\n'


def test_what_is_written_is_what_is_read():
    sent = [Event("describe"), Event("transcript", {"text": "五分钟\n"}), Event("audio-chunk", {}, bytes(9))]
    assert parse(b"".join(encode(event) for event in sent)) == sent


def test_data_in_the_line_is_merged_with_data_behind_it():
    assert parse(b'{"type": "x", "version": "1", "data": {"a": 1, "b": 1}, "data_length": 7}\n{"b":2}') == [
        Event("x", {"a": 1, "b": 2})
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b'{"type": "x"',
        b"\n",
        b"[]\n",
        b'{"data": {}}\n',
        b'{"type": 5}\n',
        b'{"type": "x", "data_length": 5}\n[1,2]',
        b'{"type": "x", "data_length": 9}\n{"a"',
        b'{"type": "x", "data_length": -1}\n',
        b'{"type": "x", "payload_length": 5}\nabc',
        b'{"type": "x", "payload_length": 999999999999}\n',
        b'{"type": "x", "payload_length": "5"}\nabcde',
        b'{"type": "x", "data": ' + b"[" * 60_000 + b"\n",
        b"x" * (3 * LONGEST_LINE),
        b'{"type": "x", "data": {"a": "' + b"x" * LONGEST_LINE + b'"}}\n',
        b'{"type": "x\xff"}\n',
    ],
)
def test_what_is_malformed_oversized_or_cut_is_a_protocol_error(data):
    with pytest.raises(ProtocolError):
        parse(data)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_events_or_a_protocol_error(data):
    with contextlib.suppress(ProtocolError):
        parse(data)


def test_what_a_server_has_survives_the_wire():
    has = Info((Model("a", ("de", "en")),), (Model("b", ("zh",)), Model("c", ("de",))))
    assert info_of(parse(encode(info(has)))[0]) == has
    assert has.voice("de-AT") == "c"
    assert has.voice("fr") == ""
    assert has.languages("asr") == {"de", "en"}


def test_a_servers_list_is_read_forgivingly():
    piper = {"name": "de_DE-thorsten-medium", "languages": ["de_DE"], "installed": True}
    data = {
        "tts": [{"voices": [piper, {"name": "x", "languages": ["en"], "installed": False}, 5, {"name": 1}]}],
        "asr": "none",
    }
    assert info_of(Event("info", data)) == Info((), (Model("de_DE-thorsten-medium", ("de",)),))


@pytest.mark.parametrize("bad", [{}, {"rate": "x"}, {"rate": True, "width": 2, "channels": 1}, {"rate": -1}])
def test_sound_without_a_format_is_a_protocol_error(bad):
    with pytest.raises(ProtocolError):
        format_of(Event("audio-start", bad))
