"""Words while the wearer speaks, on the page: they grow, the transcript takes their place, or they go."""

from tests.web.conftest import Glasses
from tests.web.fake_hub import FakeHub

from lorgnette.core import events

CAPTION = "(document.querySelector('.hud-caption')?.textContent ?? '')"


def test_words_grow_until_the_transcript_takes_their_place(glasses: Glasses, hub: FakeHub) -> None:
    hub.answering = False
    for words in ("set a", "set a timer", "set a timer for five"):
        hub.tell(events.Partial(words))
        glasses.wait(f"{CAPTION}.toLowerCase() === '{words}'")
    assert glasses.js("document.querySelectorAll('[data-partial]').length") == 1
    hub.tell(events.Transcript("t1", "set a timer for five minutes", "en"))
    glasses.wait(f"{CAPTION}.toLowerCase().includes('five minutes')")
    assert glasses.js("document.querySelectorAll('[data-partial]').length") == 0
    assert not glasses.trouble


def test_words_that_came_to_nothing_are_taken_back(glasses: Glasses, hub: FakeHub) -> None:
    hub.answering = False
    hub.tell(events.Transcript("t1", "what time is it", "en"))
    hub.tell(events.Partial("and then"))
    glasses.wait(f"{CAPTION}.toLowerCase() === 'and then'")
    glasses.wait("document.querySelectorAll('[data-partial]').length === 1")
    hub.tell(events.Partial(""))
    glasses.wait(f"{CAPTION} === ''")
    glasses.wait("document.querySelectorAll('[data-partial]').length === 0")
    hub.tell(events.Partial(""))
    hub.tell(events.Transcript("t2", "stop", "en"))
    glasses.wait(f"{CAPTION}.toLowerCase().includes('stop')")
    assert not glasses.trouble
