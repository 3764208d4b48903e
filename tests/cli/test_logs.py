"""The log for programs: one JSON object a line whatever is logged, and nobody's words in it."""

import asyncio
import io
import json
import logging
import re

import pytest
from tests.hubs import CANNED, running

from lorgnette.app import HubSettings
from lorgnette.cli.logs import JsonLines


@pytest.fixture
def lines():
    """A logger and what it wrote as JSON."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    logger = logging.Logger("room")  # noqa: LOG001 - one that nobody else has
    logger.addHandler(handler)
    return logger, lambda: [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_record_is_one_line_with_time_level_logger_and_message(lines) -> None:
    logger, read = lines
    logger.warning("the %s is %d ms late\nand more", "loop", 20)
    (line,) = read()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line == {"level": "warning", "logger": "room", "message": "the loop is 20 ms late\nand more"}


def test_an_exception_stays_on_its_line(lines) -> None:
    logger, read = lines
    try:
        raise ValueError("odd\nthing")
    except ValueError:
        logger.exception("it broke", stack_info=True)
    (line,) = read()
    assert line["exception"].startswith("Traceback")
    assert line["exception"].endswith("ValueError: odd\nthing")
    assert "test_logs" in line["stack"]


@pytest.mark.parametrize("text", ["\ud800 half", "\x00\x1b[31m", '"quoted" \\ 眼镜'])
def test_odd_letters_lose_no_line(lines, text) -> None:
    logger, read = lines
    logger.error("%s", text)
    (line,) = read()
    assert line["level"] == "error"


def test_what_a_wearer_says_writes_and_shows_is_in_no_log(loop_run, caplog) -> None:
    said = (
        "remember that the xylophone is in the cellar",
        "show my notes about xylophone",
        "forget the note about zeppelin",
        "put zeppelin on the xylophone list",
        "take zeppelin off the xylophone list",
        "what is on the zeppelin list",
        "cancel the zeppelin timer",
        "the zeppelin is nonsense that no command covers",
    )

    async def work() -> str:
        async with running(HubSettings(engines=CANNED, realtime=False)) as here:
            owner = await here.hub.people.owner()
            _, token = await here.hub.devices.pair(owner.id, "Zeppelin glasses")
            for text in said:
                await here.hub.front.turn(owner.id, {"text": text, "language": "en"})
            device = await here.device()
            await device.connect(here.url)
            await device.close()
            await asyncio.sleep(0)
            return token

    with caplog.at_level(logging.DEBUG):
        token = loop_run(work())
    written = " ".join(JsonLines().format(record) for record in caplog.records).lower()
    assert caplog.records
    for private in ("xylophone", "zeppelin", "cellar", token.lower()):
        assert private not in written
