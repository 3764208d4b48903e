"""Settings: what they change, where it is kept, and that nothing typed or focused is lost on the way."""

from collections.abc import Callable

import pytest
from tests.web.conftest import Glasses
from tests.web.fake_hub import FakeHub

from lorgnette.core import events

pytestmark = pytest.mark.browser

type Make = Callable[..., Glasses]


def section(one: Glasses, name: str) -> None:
    if not one.js("document.querySelector('#settings').open"):
        one.page.click("#settings-open")
    one.page.click(f"[data-section={name}]")


def test_what_is_the_wearers_is_kept_by_the_hub_and_what_is_the_devices_here(
    glasses: Glasses, hub: FakeHub
) -> None:
    me = hub.household.me
    section(glasses, "me")
    glasses.page.fill("#set-name", "Alexandra")
    glasses.page.keyboard.press("Enter")
    glasses.wait(lambda: me["name"] == "Alexandra")
    glasses.page.click("[data-setting=formal] label:nth-child(2)")
    glasses.wait(lambda: me["formal"] is True)
    glasses.page.select_option("#set-zone", "Asia/Shanghai")
    glasses.wait(lambda: me["zone"] == "Asia/Shanghai")
    glasses.page.click(".check:has(#set-quiet)")
    glasses.wait(lambda: me["quiet"] == {"from": "22:00", "until": "07:00", "days": []})
    glasses.wait("document.activeElement.id === 'set-quiet'")
    glasses.page.fill("#set-quiet-from", "23:30")
    glasses.page.click(".days label:has([value=SU])")
    glasses.wait(lambda: me["quiet"] and me["quiet"]["days"] == ["MO", "TU", "WE", "TH", "FR", "SA"])
    assert me["quiet"]["from"] == "23:30"
    section(glasses, "speech")
    glasses.page.click("[data-setting=output] label:nth-child(3)")
    glasses.wait(lambda: me["output"] == "speech")
    assert glasses.js("document.documentElement.dataset.output") == "speech"
    section(glasses, "reading")
    glasses.page.click("[data-setting=contrast] label:nth-child(2)")
    glasses.page.click("[data-setting=hand] label:nth-child(2)")
    section(glasses, "device")
    glasses.page.click("[data-setting=form] label:nth-child(2)")
    assert glasses.state["form"] == "ar"
    assert glasses.page.is_checked("#forms input[value=ar]")
    glasses.page.fill("#set-device-name", "Desk")
    glasses.page.keyboard.press("Enter")
    glasses.wait(lambda: hub.household.devices[0]["name"] == "Desk")
    glasses.page.reload()
    glasses.wait("window.lorgnette && lorgnette.state.connection === 'online'")
    look = glasses.js("({ ...document.documentElement.dataset })")
    assert look["contrast"] == "more"
    assert look["hand"] == "left"
    glasses.wait("document.documentElement.dataset.output === 'speech'")
    assert not glasses.trouble


def test_what_the_hub_refuses_is_told_and_taken_back(glasses: Glasses, hub: FakeHub) -> None:
    section(glasses, "me")
    glasses.page.fill("#set-name", "Robin")
    glasses.page.keyboard.press("Enter")
    glasses.wait("document.querySelector('#settings .settings-say').textContent.length > 5")
    assert glasses.page.input_value("#set-name") == "Alex"
    hub.down()
    glasses.page.fill("#set-name", "Kim")
    glasses.page.keyboard.press("Enter")
    glasses.wait("document.querySelector('#settings .settings-say').textContent.includes('answer')")
    assert glasses.page.input_value("#set-name") == "Alex"
    hub.up()


def test_devices_are_renamed_removed_and_joined_by_one_more(glasses: Glasses, hub: FakeHub) -> None:
    section(glasses, "devices")
    assert glasses.page.locator(".entry-name").all_inner_texts() == ["Browser glasses", "Old phone"]
    glasses.page.click("summary:has-text('Old phone')")
    glasses.page.fill("#set-name-d2", "Kitchen phone")
    glasses.page.keyboard.press("Enter")
    glasses.wait("document.querySelectorAll('.entry-name')[1]?.textContent === 'Kitchen phone'")
    if not glasses.page.is_visible("text=Remove this device"):
        glasses.page.click("summary:has-text('Kitchen phone')")
    glasses.page.click("text=Remove this device")
    assert len(hub.household.devices) == 2, "the first press only asks"
    glasses.page.click("text=Really remove it?")
    glasses.wait(lambda: len(hub.household.devices) == 1)
    glasses.page.click("text=Show a code")
    glasses.wait("document.querySelector('.pairing-words .code')?.textContent === '8765 4321'")
    assert glasses.page.is_visible(".qr")
    assert "https://192.0.2.7:8765/" in glasses.page.inner_text(".pairing-words")


def test_the_owner_adds_somebody_and_gives_them_a_code(glasses: Glasses, hub: FakeHub) -> None:
    section(glasses, "people")
    glasses.page.fill("#set-person", "Mika")
    glasses.page.click("button:text-is('Add')")
    glasses.wait("document.querySelectorAll('.entry').length === 3")
    glasses.page.click("summary:has-text('Mika')")
    glasses.page.click(".entry:has-text('Mika') >> text=Show a code")
    glasses.wait(lambda: ("POST", "/v1/pairing", {"wearer": "w-mika"}) in hub.household.requests)
    glasses.page.click(".entry:has-text('Mika') >> text=Remove with everything of theirs")
    glasses.page.click(".entry:has-text('Mika') >> text=Really? It can’t be undone")
    glasses.wait("document.querySelectorAll('.entry').length === 2")


def test_nobody_but_the_owner_sees_people(make: Make, hub: FakeHub) -> None:
    hub.household.me["role"] = "guest"
    one = make().open()
    one.page.click("#settings-open")
    one.wait("document.querySelectorAll('.settings-nav button').length === 11")
    section(one, "me")
    assert not one.page.is_visible("#set-shareable"), "a guest isn't taken on shared devices"
    assert not any(path == "/v1/people" for _, path, _ in hub.household.requests)


def test_on_a_phone_one_page_at_a_time_and_escape_goes_one_step_back(make: Make) -> None:
    one = make(viewport={"width": 390, "height": 844}).open()
    one.page.click("#settings-open")
    assert one.page.is_visible(".settings-nav")
    one.page.keyboard.press("Enter")
    assert not one.page.is_visible(".settings-nav")
    assert one.js("document.activeElement.id") == "settings-title"
    one.page.keyboard.press("Escape")
    assert one.page.is_visible(".settings-nav")
    assert one.js("document.activeElement.dataset.section") == "device"
    one.page.keyboard.press("Escape")
    assert not one.page.is_visible("#settings")
    assert one.js("document.activeElement.id") == "settings-open", "the focus is where it came from"


def test_another_language_keeps_dialog_and_focus(glasses: Glasses, hub: FakeHub) -> None:
    section(glasses, "me")
    glasses.page.focus("[name=set-language][value=en]")
    glasses.page.keyboard.press("ArrowRight")
    glasses.wait("document.querySelector('#settings-title').textContent === 'Einstellungen'")
    assert glasses.js("document.activeElement.value") == "de"
    assert glasses.js("document.querySelector('link[rel=manifest]').href").endswith("manifest.de.webmanifest")
    glasses.wait(lambda: any(one.name == "language" for one in hub.of(events.Setting)))


def test_the_screen_stays_on_only_while_the_glasses_are_worn(make: Make) -> None:
    one = make(permissions=["microphone", "camera"])
    one.page.add_init_script(
        """window.locks = 0;
        Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => {
          window.locks += 1;
          const lock = new EventTarget();
          lock.released = false;
          lock.release = async () => {
            lock.released = true; window.locks -= 1; lock.dispatchEvent(new Event('release'));
          };
          window.taken = lock;
          return lock;
        } } });"""
    )
    one.open()
    assert one.js("locks") == 0
    one.page.click("#forms label:has(input[value=ar])")
    one.wait("locks === 1")
    one.page.evaluate("taken.release()")  # what the system does to a page that isn't seen
    one.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    one.wait("locks === 1")
    section(one, "device")
    one.page.click(".check:has(#set-awake)")
    one.wait("locks === 0")
    one.page.click(".check:has(#set-awake)")
    one.wait("locks === 1")
    one.page.keyboard.press("Escape")
    one.page.click("#forms label:has(input[value=everyday])")
    one.wait("locks === 0")
    one.js("lorgnette.glasses.listen()")
    one.wait("locks === 1")
    one.js("lorgnette.glasses.stopListening()")
    one.wait("locks === 0")


def test_installing_is_offered_where_the_browser_offers_it(make: Make) -> None:
    one = make().open()
    section(one, "device")
    assert (
        not one.page.is_visible("text=Install >> nth=0")
        or one.page.locator("button:text-is('Install')").count() == 0
    )
    one.js(
        """(() => {
          const offer = new Event('beforeinstallprompt', { cancelable: true });
          offer.prompt = () => (window.prompted = true);
          offer.userChoice = Promise.resolve({ outcome: 'accepted' });
          dispatchEvent(offer);
        })()"""
    )
    one.page.click("button:text-is('Install')")
    assert one.js("prompted")


def test_each_browser_gets_its_own_steps(modules: Callable[..., object]) -> None:
    agents = {
        "ios": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1",
        "safari": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15",
        "menu": "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
    }
    got = modules(
        """
        const { way } = await import("/js/install.js");
        return Object.fromEntries(Object.entries(argument).map(([k, agent]) => [k, way(agent, 0)]));
        """,
        agents,
    )
    assert got == {name: name for name in agents}
