"""Someone opens the page, speaks, types, touches, and is answered in the ear and before the eyes."""

import io
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from tests.web.conftest import CAMERA_COLOUR, Glasses
from tests.web.fake_hub import CODE, TOKEN, FakeHub, scenes

from lorgnette.core import events
from lorgnette.gateways.native.frames import RESENT
from lorgnette.media.codecs.opus import opus_available

pytestmark = pytest.mark.browser

type Make = Callable[..., Glasses]


def test_the_printed_address_pairs_once_and_leaves_no_secret_behind(make: Make, hub: FakeHub) -> None:
    one = make().open()
    assert one.page.url.endswith("/?test=hub")
    hello = hub.hellos[0]
    assert hello.token == TOKEN
    assert hello.capabilities.companion
    assert hello.capabilities.form == "everyday"
    assert hello.capabilities.display is None
    assert hello.capabilities.microphone
    assert hello.capabilities.microphone.aec == "hub"
    one.open(hash="")
    assert len(hub.hellos) == 2
    assert not one.trouble


def test_eight_digits_pair_and_a_wrong_code_is_explained(make: Make, hub: FakeHub) -> None:
    one = make(locale="de-DE")
    one.page.goto(hub.url)
    one.page.fill("#pair-code", "99999999")
    one.wait("document.querySelector('.trouble')?.textContent.includes('gilt nicht')")
    one.page.fill("#pair-code", f"{CODE[:4]} {CODE[4:]}")
    one.wait("window.lorgnette?.state.connection === 'online'")
    assert hub.hellos[0].token == TOKEN


def test_a_revoked_token_leads_back_to_pairing(make: Make, hub: FakeHub) -> None:
    one = make().open()
    one.js("localStorage.lorgnette = JSON.stringify({ token: 'revoked' })")
    one.page.goto(hub.url)
    one.wait("!document.querySelector('#pairing').hidden")
    assert "doesn’t know" in one.page.inner_text(".trouble")


def test_typed_words_are_answered_aloud_and_a_timer_runs(glasses: Glasses, hub: FakeHub) -> None:
    glasses.type("set a timer for five minutes")
    glasses.wait(lambda: hub.of(events.Played))
    assert hub.of(events.Typed)[0].text == "set a timer for five minutes"
    assert hub.of(events.Played) == [events.Played("u1", 0)]
    meter = glasses.js("lorgnette.meter")
    assert meter["sounded"] > 5
    assert meter["overruns"] == 0
    turn = glasses.wait("lorgnette.state.turns.find((t) => t.outcome === 'done')")
    assert turn["utterances"][0]["sentences"] == [
        {"index": 0, "text": "Timer, five minutes.", "heard": "yes"}
    ]
    assert glasses.page.inner_text(".card .part-value") in {"5:00", "4:59", "4:58"}
    assert "“Set a timer for five minutes”" in glasses.page.inner_text("#talk")
    before = glasses.page.inner_text(".card .part-value")
    glasses.wait(lambda: glasses.page.inner_text(".card .part-value") != before)
    assert not glasses.trouble


def test_the_trace_opens_on_a_tap_and_undo_is_said_in_words(glasses: Glasses, hub: FakeHub) -> None:
    hub.sentence_seconds = 0.2
    glasses.type("set a timer for five minutes")
    glasses.page.click(".strip")
    rows = glasses.page.locator(".steps tr").all_inner_texts()
    assert len(rows) == 6
    assert "310 ms" in rows[0].replace("\u00a0", " ")
    assert glasses.page.get_attribute(".strip", "aria-expanded") == "true"
    assert "0.46" in glasses.page.inner_text(".strip")
    glasses.page.click(".undo")
    glasses.wait(lambda: hub.of(events.Typed)[-1].text == "undo that")


def test_spoken_words_arrive_as_twenty_millisecond_frames_with_their_times(
    glasses: Glasses, hub: FakeHub
) -> None:
    hub.sentence_seconds = 0.2
    glasses.js("lorgnette.glasses.listen()")
    glasses.event("type === 'transcript'")
    glasses.event("type === 'listen.end'")
    glasses.wait("!lorgnette.state.listening")
    assert hub.of(events.ListenStart) == [events.ListenStart("push")]
    glasses.event("type === 'partial'")
    times = [time for _, _, time in hub.mic]
    steps = [b - a for a, b in itertools.pairwise(times)]
    assert all(15_000 < step < 25_000 for step in steps), steps
    samples = memoryview(bytes(hub.mic_audio)).cast("h")
    assert len(samples) == 320 * len(hub.mic)
    assert 8500 < max(samples) < 9500  # the file's 9000, unharmed by two resamplings


def test_both_ways_speak_opus_where_both_sides_can(make: Make, hub: FakeHub) -> None:
    if not opus_available():
        pytest.skip("no libopus here")
    hub.codec = "opus"
    hub.sentence_seconds = 0.3
    one = make(permissions=["microphone"]).open()
    one.js("lorgnette.glasses.listen()")
    one.event("type === 'transcript'")
    one.wait(lambda: hub.of(events.Played))
    assert one.js("lorgnette.meter.sounded") > 3
    samples = memoryview(bytes(hub.mic_audio)).cast("h")
    assert 7500 < max(samples) < 10500
    assert not one.trouble


def test_escape_stops_the_voice_at_once_and_unheard_words_stay_unheard(
    glasses: Glasses, hub: FakeHub
) -> None:
    glasses.type("long story")
    glasses.wait(lambda: hub.of(events.Played))
    stopped = glasses.js("(() => { const at = lorgnette.now(); lorgnette.glasses.stop(); return at; })()")
    glasses.event("type === 'speech.end' && e.reason === 'stopped'")
    glasses.event("type === 'turn' && e.outcome === 'interrupted'")
    glasses.wait("lorgnette.meter.held === 0 && lorgnette.meter.rms === 0")
    assert glasses.js("lorgnette.meter.lastSoundAt") - stopped < 150_000
    assert events.Touch("tap") in hub.received
    heard = [s["heard"] for s in glasses.state["turns"][0]["utterances"][0]["sentences"]]
    assert heard[0] == "yes"
    assert heard[-1] == "cut"
    assert len(hub.of(events.Played)) == heard.count("yes")


def test_a_question_opens_the_microphone_and_the_hub_closes_it(glasses: Glasses, hub: FakeHub) -> None:
    hub.sentence_seconds = 0.2
    glasses.type("ask me")
    glasses.event("type === 'listen.open'")
    glasses.wait("lorgnette.state.listening")
    glasses.event("type === 'listen.end'")
    glasses.wait("!lorgnette.state.listening")


def test_the_round_button_is_held_to_talk_or_tapped_once(glasses: Glasses, hub: FakeHub) -> None:
    hub.answering = False
    mouse = glasses.page.mouse
    box = glasses.page.locator("#mic").bounding_box()
    assert box
    mouse.move(box["x"] + 30, box["y"] + 30)
    mouse.down()
    glasses.wait(lambda: len(hub.mic) > 20)
    mouse.up()
    glasses.wait(lambda: len(hub.of(events.ListenStop)) == 1)
    mouse.down()
    mouse.up()
    before = len(hub.mic)
    glasses.wait(lambda: len(hub.mic) > before + 20)
    assert glasses.state["listening"]
    mouse.down()
    mouse.up()
    glasses.wait(lambda: len(hub.of(events.ListenStop)) == 2)
    assert len(hub.of(events.ListenStart)) == 2


def test_an_open_microphone_keeps_streaming_while_it_is_on(make: Make, hub: FakeHub) -> None:
    hub.sentence_seconds = 0.2
    one = make(permissions=["microphone"]).open()
    one.page.click("#settings-open")
    one.page.click(".settings label:has(input[value=gate])")
    one.page.keyboard.press("Escape")
    one.wait(
        lambda: (
            hub.hellos[-1].capabilities.microphone and hub.hellos[-1].capabilities.microphone.listen == "gate"
        )
    )
    one.wait("lorgnette.state.connection === 'online'")
    one.page.click("#mic")
    one.event("type === 'turn'")
    assert one.state["listening"]
    before = len(hub.mic)
    one.wait(lambda: len(hub.mic) > before + 10)
    one.page.click("#mic")
    one.wait("!lorgnette.state.listening")


def test_a_hub_that_waits_for_a_word_offers_it_and_one_that_no_longer_can_ends_it(
    make: Make, hub: FakeHub
) -> None:
    hub.wake = ("okay nabu",)
    one = make(permissions=["microphone"]).open()
    one.page.click("#settings-open")
    one.page.click(".settings label:has(input[value=wake])")
    one.page.keyboard.press("Escape")
    one.wait(
        lambda: (
            hub.hellos[-1].capabilities.microphone and hub.hellos[-1].capabilities.microphone.listen == "wake"
        )
    )
    one.wait("lorgnette.state.connection === 'online'")
    one.page.click("#mic")
    one.wait(lambda: hub.of(events.ListenStart))
    assert hub.of(events.ListenStart)[-1].mode == "wake"
    hub.send(events.MicClose("cancelled"))
    one.wait("!lorgnette.state.listening")
    hub.wake = ()
    one.page.reload()
    one.wait("lorgnette.state.connection === 'online'")
    one.page.click("#settings-open")
    assert one.page.locator(".settings input[value=wake]").count() == 0
    assert one.page.locator(".settings input[value=push]").is_checked()


def test_without_a_microphone_the_page_says_so_and_typing_works(make: Make, hub: FakeHub) -> None:
    one = make().open()
    one.js("(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no')); })()")
    one.page.click("#mic")
    one.wait("document.querySelector('#messages').textContent.includes('no microphone')")
    assert not one.state["listening"]
    one.type("set a timer for five minutes")
    one.event("type === 'turn'")


def test_controls_tell_the_hub_what_the_wearer_does(glasses: Glasses, hub: FakeHub) -> None:
    page = glasses.page
    page.click("text=Nod")
    page.click("text=Shake")
    page.focus(".dial")
    page.keyboard.press("ArrowRight")
    page.focus(".pad")
    page.keyboard.press("ArrowUp")
    page.fill("#place", "47,1410 9,5209")
    page.keyboard.press("Tab")
    page.check("#battery .check input")
    box = page.locator("#temple").bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 250, box["y"] + 22, steps=3)
    page.mouse.up()
    page.dblclick("#temple")
    glasses.wait(lambda: events.Touch("double_tap") in hub.received and hub.of(events.Location))
    glasses.wait(lambda: events.Location(47.141, 9.5209, 5) in hub.received)
    assert events.Nod("yes") in hub.received
    assert events.Nod("no") in hub.received
    assert events.Touch("swipe_forward") in hub.received
    assert events.Touch("tap") not in hub.received
    assert events.Heading(5) in hub.received
    assert events.Battery(0.82, charging=True) in hub.received


def test_settings_reach_the_hub_and_the_page_changes_its_language(glasses: Glasses, hub: FakeHub) -> None:
    page = glasses.page
    page.click("#settings-open")
    page.click("[data-section=me]")
    page.click(".settings label:has(input[value=de])")
    assert page.inner_text("#settings-title") == "Einstellungen"
    assert page.get_attribute("html", "lang") == "de"
    page.click("[data-section=speech]")
    page.focus("#set-volume")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    glasses.wait(lambda: events.Setting("volume", 0.75) in hub.received)
    assert events.Setting("language", "de") in hub.received
    assert page.get_attribute("#say", "placeholder") == "Sag oder schreib es"
    glasses.wait("Math.abs(lorgnette.state.volume - 0.75) < 0.01")


def test_ar_shows_scenes_over_the_camera_where_they_belong(glasses: Glasses, hub: FakeHub) -> None:
    glasses.page.click("#forms label:has(input[value=ar])")
    glasses.wait(lambda: len(hub.hellos) == 2 and hub.hellos[1].capabilities.display)
    glasses.wait("lorgnette.state.connection === 'online'")
    assert hub.hellos[1].capabilities.form == "ar"
    glasses.wait(
        "!document.querySelector('#camera').hidden && document.querySelector('#camera').videoWidth === 640"
    )
    hub.tell(*scenes())
    glasses.wait("lorgnette.state.hud.length > 3")
    zones = dict(glasses.state["hud"])
    assert zones["nav"] == "top"
    assert zones["ask"] == "side"
    assert "timer" not in zones  # one card at a time: the one that asks
    assert zones["there"] == "bearing"
    assert zones["box"] == "box"
    assert glasses.js("getComputedStyle(document.querySelector('#field')).mixBlendMode") == "plus-lighter"
    left = glasses.js("document.querySelector('[data-scene=there]').getBoundingClientRect().left")
    glasses.page.focus(".dial")
    glasses.page.keyboard.press("ArrowRight")
    assert glasses.js("document.querySelector('[data-scene=there]').getBoundingClientRect().left") < left
    hub.tell(events.Hide("ask"))
    glasses.wait("lorgnette.state.hud.some(([id]) => id === 'pic')")
    hub.tell(events.Partial("what does this"))
    glasses.wait("document.querySelector('.hud-caption').textContent === 'What does this'")
    glasses.page.click("#gestures >> text=Picture")
    glasses.wait(lambda: hub.images)
    name, jpeg = hub.images[0]
    assert hub.of(events.Capturing)[0] == events.Capturing(name, "on")
    seen = Image.open(io.BytesIO(jpeg)).convert("RGB")
    assert seen.size == (640, 480)
    assert all(abs(a - b) < 20 for a, b in zip(seen.getpixel((320, 240)), CAMERA_COLOUR, strict=True))
    assert not glasses.trouble


def test_a_lost_connection_goes_on_where_it_was(glasses: Glasses, hub: FakeHub) -> None:
    hub.answering = False
    session = glasses.state["session"]
    glasses.js("lorgnette.glasses.listen()")
    glasses.wait(lambda: len(hub.mic) > 30)
    glasses.js("(() => { lorgnette.cut(); lorgnette.glasses.type('while away'); })()")
    glasses.wait(lambda: len(hub.hellos) == 2 and hub.of(events.Typed))
    seen = len(hub.mic)
    glasses.wait(lambda: len(hub.mic) > seen + 20)
    assert hub.hellos[1].resume
    assert hub.hellos[1].resume.session == session
    assert [seq for seq, _, _ in hub.mic] == list(range(1, len(hub.mic) + 1))  # nothing lost, nothing twice
    assert len(hub.of(events.Typed)) == 1
    assert len(hub.of(events.ListenStart)) == 1
    hub.tell(events.State("thinking"))
    glasses.wait("lorgnette.state.hub === 'thinking'")
    assert "Connected" in glasses.page.inner_text("#status")


def test_a_killed_hub_is_found_again_and_an_open_microphone_is_opened_again(
    glasses: Glasses, hub: FakeHub
) -> None:
    hub.answering = False
    glasses.js("lorgnette.glasses.listen()")
    glasses.wait(lambda: len(hub.mic) > 40)
    hub.down(forget=True)
    glasses.wait("lorgnette.state.connection !== 'online'")
    glasses.js("lorgnette.glasses.type('while the hub was away')")
    before = len(hub.mic)
    hub.up()
    glasses.wait(lambda: hub.of(events.Typed))
    glasses.wait(lambda: len(hub.mic) > before + 20)
    assert [start.mode for start in hub.of(events.ListenStart)] == ["push", "push"]
    assert hub.mic[before][0] == 1
    assert hub.mic[before][1] & RESENT
    assert len(hub.of(events.Typed)) == 1
    times = [time for _, _, time in hub.mic[before:]]
    assert times == sorted(times)


def test_a_goaway_is_followed_and_resumed(glasses: Glasses, hub: FakeHub) -> None:
    from lorgnette.gateways.native.messages import GoAway

    hub.raw(GoAway(0.1))
    glasses.wait(lambda: len(hub.hellos) == 2)
    assert hub.hellos[1].resume


def test_the_clock_and_the_acknowledgements_keep_going(glasses: Glasses, hub: FakeHub) -> None:
    glasses.wait("lorgnette.state.clock.known")
    assert 0 < glasses.state["clock"]["trip"] < 200_000
    hub.tell(*(events.Partial(f"word {n}") for n in range(40)))
    glasses.wait(lambda: hub.acks and hub.acks[-1].seq >= 40)


def test_text_of_the_hub_is_never_markup(glasses: Glasses, hub: FakeHub) -> None:
    nasty = "<img src=x onerror=alert(1)><b>bold</b>"
    hub.tell(
        events.Transcript("t9", nasty, "en"),
        events.Sentence("u9", 0, nasty, "t9"),
        events.Notice(nasty),
        *({"type": "show", "id": "x", "scene": {"kind": "card", "title": nasty, "value": nasty}},),  # type: ignore[arg-type]
    )
    glasses.wait("document.querySelector('.card .part-title')?.textContent.includes('<img')")
    assert glasses.js("document.querySelectorAll('#page b, #page img:not(.brand img)').length") == 0


def test_unknown_events_and_scenes_do_no_harm(glasses: Glasses, hub: FakeHub) -> None:
    odd: list[Any] = [
        {"type": "show", "id": "a", "scene": {"kind": "hologram"}},
        {"type": "tomorrow", "what": 1},
        {"type": "sentence.end", "utterance": "none", "index": 3},
        {"type": "speech.end", "utterance": "none"},
        {"type": "hide", "id": "never"},
    ]
    hub.tell(*odd)
    glasses.type("set a timer for five minutes")
    glasses.event("type === 'turn'")
    assert not glasses.trouble


def test_nothing_is_asked_of_anybody_but_the_hub(glasses: Glasses, hub: FakeHub) -> None:
    glasses.type("set a timer for five minutes")
    glasses.event("type === 'turn'")
    assert {url.split("/")[2] for url in glasses.asked} == {f"127.0.0.1:{hub.port}"}
