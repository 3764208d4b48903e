"""Gestures, the HUD's geometry and the languages, run where they live: in Chromium."""

import pytest
from tests.web.conftest import Modules

pytestmark = pytest.mark.browser


def test_a_finger_is_split_into_gestures(modules: Modules) -> None:
    got = modules(
        """
        const { Gestures } = await import("/js/gestures.js");
        const told = [];
        let timers = [], eager = false;
        const g = new Gestures((name) => told.push(name), {
          eager: () => eager,
          set: (work, ms) => timers.push({ work, ms }) - 1,
          clear: (id) => { if (timers[id]) timers[id].work = () => {}; },
        });
        const due = () => { const now = timers; timers = []; for (const t of now) t.work(); };
        const swipe = (dx, dy) => {
          g.down(100, 100);
          g.move(100 + dx, 100 + dy);
          g.up(100 + dx, 100 + dy, 0);
          due();
        };
        g.down(0, 0); g.up(1, 1, 1000); due();
        g.down(0, 0); g.up(0, 0, 2000); g.down(0, 0); g.up(0, 0, 2150); due();
        g.down(0, 0); due(); g.up(0, 0, 3000);
        swipe(60, 5); swipe(-60, 5); swipe(4, -50); swipe(4, 50);
        g.down(0, 0); due(); g.cancel();
        eager = true;
        g.down(0, 0); g.up(0, 0, 5000);
        return told;
        """,
    )
    assert got == [
        "tap", "double_tap", "hold", "release",
        "swipe_forward", "swipe_back", "swipe_up", "swipe_down",
        "hold", "release", "tap",
    ]  # fmt: skip


def test_the_hud_never_shows_more_than_four_lines(modules: Modules) -> None:
    got = modules(
        """
        const { lines } = await import("/js/geometry.js");
        const out = [];
        for (const caption of [0, 1, 2]) for (const top of [false, true]) for (const side of [false, true])
          for (const asks of [false, true]) {
            const room = lines({ caption, top, side, asks });
            out.push([room.caption + room.top + room.side, side && room.side]);
          }
        return out;
        """,
    )
    assert all(total <= 4 for total, _ in got)
    assert all(side is False or side >= 1 for _, side in got)


def test_things_of_the_world_stand_where_they_are(modules: Modules) -> None:
    got = modules(
        """
        const { bearingInField, boxInField, turn } = await import("/js/geometry.js");
        return {
          ahead: bearingInField(90, 0, 90), right: bearingInField(5, 0, 355),
          behind: bearingInField(200, 0, 0),
          turns: [turn(350, 10), turn(10, 350), turn(0, 180)],
          box: boxInField({ x: 0.25, y: 0.25, width: 0.5, height: 0.5 }, { width: 640, height: 480 },
            { left: 0, top: 0, width: 640, height: 480 }, { left: 0, top: 40, width: 640, height: 400 }),
        };
        """,
    )
    assert got["ahead"] == {"x": 50, "y": 50, "edge": ""}
    assert 80 < got["right"]["x"] < 85
    assert got["behind"]["edge"] == "left"
    assert got["turns"][:2] == [20, -20]
    assert got["box"] == {"x": 25, "y": 20, "w": 50, "h": 60}


def test_every_language_has_every_string_with_the_same_places_to_fill(modules: Modules) -> None:
    tables = modules(
        """
        const { LANGUAGES } = await import("/js/i18n.js");
        const places = (text) => [...text.matchAll(/\\{(\\w+)\\}/g)].map((m) => m[1]).sort().join();
        const marked = (table) =>
          Object.fromEntries(Object.entries(table).map(([key, text]) => [key, [places(text), text]]));
        return Object.fromEntries(Object.entries(LANGUAGES).map(([code, table]) => [code, marked(table)]));
        """,
    )
    english = {key: places for key, (places, _) in tables["en"].items()}
    for code in ("de", "zh"):
        assert {key: places for key, (places, _) in tables[code].items()} == english, code
    for code, table in tables.items():
        assert not [key for key, (_, text) in table.items() if "'" in text or '"' in text], (
            f"straight quotes in {code}"
        )
        assert not [key for key, (_, text) in table.items() if not text.strip()], code


def test_times_distances_and_quotes_are_those_of_the_language(modules: Modules) -> None:
    got = modules(
        """
        const i = await import("/js/i18n.js");
        const out = {};
        for (const code of ["en", "de", "zh"]) {
          i.setLanguage(code);
          out[code] = [
            i.timeLeft(299.2), i.timeLeft(3905), i.timeLeft(-3), i.distance(338), i.distance(1240),
            i.quote("x"),
            i.took(4.25), i.took(460), i.percent(0.82), i.wind(91), document.documentElement.lang,
          ].map((text) => text.replace(/\\s/g, " "));
        }
        return out;
        """,
    )
    assert got["en"] == [
        "5:00",
        "1:05:05",
        "0:00",
        "340 m",
        "1.2 km",
        "“x”",
        "4.3 ms",
        "0.46 s",
        "82%",
        "E",
        "en",
    ]
    assert got["de"][3:9] == ["340 m", "1,2 km", "„x“", "4,3 ms", "0,46 s", "82 %"]
    assert got["zh"][3:6] == ["340米", "1.2公里", "“x”"]
    assert got["zh"][-1] == "zh-Hans"
