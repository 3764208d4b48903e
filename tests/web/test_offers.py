"""A language model that the hub found beside it, on the page: one button, or put away."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.engines.llm.double import ChatDouble
from tests.engines.server import serving
from tests.web.conftest import Glasses
from tests.web.real_hub import RealHub
from tests.web.test_accessible import faults

from lorgnette.cli.model_file import ModelFile
from lorgnette.engines.llm.hosts import find_hosts

pytestmark = pytest.mark.browser

CARD = "[...document.querySelectorAll('#messages p')].find((p) => p.textContent.includes('qwen3:8b'))"

type Make = Callable[..., Glasses]


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealHub]:
    """A hub that finds a model and may write its configuration."""
    file = tmp_path / "lorgnette.toml"
    file.write_text("")

    async def offer(port: int) -> None:
        hub.here.hub.chat.offer(ModelFile([file]), lambda: find_hosts((("Ollama", port),), seconds=10))

    with RealHub() as hub:
        server = serving(ChatDouble("qwen3:8b"))
        double = hub.call(server.__aenter__())
        hub.call(offer(int(double.url.split(":")[2].removesuffix("/v1"))))
        try:
            yield hub
        finally:
            hub.call(server.__aexit__(None, None, None))


def opened(make: Make, real: RealHub, **options: object) -> Glasses:
    one = make(**options)
    one.page.goto(f"{real.url}?test=hub{real.first()}")
    one.wait("window.lorgnette && lorgnette.state.connection === 'online'")
    one.js("document.querySelector('dialog[open]')?.close()")
    one.wait(f"!!{CARD}")
    return one


def test_it_is_used_after_one_press_without_a_restart(make: Make, real: RealHub) -> None:
    one = opened(make, real)
    assert real.here.hub.mind.chat is None
    assert not faults(one)
    one.js(f"{CARD}.querySelector('button.quiet').click()")
    one.wait(f"{CARD}?.textContent.includes('thinks with qwen3:8b')")
    assert real.here.hub.mind.chat is not None
    assert not one.trouble


def test_its_button_speaks_the_pages_language_too(make: Make, real: RealHub) -> None:
    one = opened(make, real)
    one.js("lorgnette.glasses.setLanguage('de')")
    one.wait(f"{CARD}.querySelector('button.quiet').textContent === 'Nutzen'")
    assert one.js(f"{CARD}.querySelector('button.round').ariaLabel") == "Schließen"


def test_put_away_it_is_not_offered_again(make: Make, real: RealHub) -> None:
    one = opened(make, real)
    one.js(f"{CARD}.querySelector('button.round').click()")
    one.wait(f"!{CARD}")
    assert real.here.hub.chat.offers is not None
    one.wait(lambda: real.call(real.here.hub.chat.offers.look()) == [])
    assert real.here.hub.mind.chat is None
