"""The gallery on the page, before a real hub: in a hand, by keys, in three languages, without faults."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.services.gallery.pictures import WEBM, exif, picture
from tests.web.conftest import Glasses
from tests.web.real_hub import RealHub
from tests.web.test_accessible import faults

pytestmark = pytest.mark.browser

type Make = Callable[..., Glasses]


@pytest.fixture(scope="module")
def real() -> Iterator[RealHub]:
    with RealHub() as hub:
        yield hub


@pytest.fixture
def filled(real: RealHub) -> Iterator[RealHub]:
    """Three pictures on two days and a film; emptied afterwards."""

    async def fill() -> None:
        gallery = real.here.hub.gallery
        for number, day in enumerate(("2026:03:01", "2026:03:01", "2026:03:02")):
            written = exif(taken=f"{day} 1{number}:00:00")
            await gallery.add(real.owner, picture(size=(800 + number, 600), exif=written), "frame")
        reel = await gallery.film(real.owner, "frame")
        await reel.poster(picture(size=(480, 270)))
        await reel.write(WEBM)
        await reel.finish()

    async def empty() -> None:
        for shot in await real.gallery.recent(200):
            await real.gallery.delete(shot.id)

    real.call(empty())
    real.call(fill())
    yield real
    real.call(empty())


def opened(make: Make, real: RealHub, **options: object) -> Glasses:
    """A page of the real hub, with its gallery open."""
    one = make(**options)
    one.page.goto(f"{real.url}?test=hub{real.first()}")
    one.wait("window.lorgnette && lorgnette.state.connection === 'online'")
    one.js("document.querySelector('dialog[open]')?.close()")
    one.page.click("#gallery-open")
    one.wait("document.querySelector('#gallery').open")
    return one


def items(one: Glasses) -> list[str]:
    return one.js("[...document.querySelectorAll('.gallery-grid li button')].map((b) => b.ariaLabel)")


def test_days_and_pictures_newest_first_with_thumbnails(make: Make, filled: RealHub) -> None:
    one = opened(make, filled)
    one.wait("document.querySelectorAll('.gallery-grid img').length === 4")
    names = items(one)
    assert names[0].startswith("Film, ")
    assert [name.split(",")[1].strip() for name in names[1:]] == [
        "2 March 2026 at 12:00",
        "1 March 2026 at 11:00",
        "1 March 2026 at 10:00",
    ]
    assert one.js("document.querySelectorAll('.gallery-days h3').length") == 3
    assert not one.trouble


def test_the_viewer_by_keys_deletes_and_takes_back(make: Make, filled: RealHub) -> None:
    one = opened(make, filled)
    one.wait("document.querySelectorAll('.gallery-grid li').length === 4")
    one.page.click(".gallery-grid li >> nth=1")
    one.wait("document.querySelector('.viewer img')?.naturalWidth === 802")
    one.page.keyboard.press("ArrowRight")
    one.wait("document.querySelector('.viewer img')?.naturalWidth === 801")
    one.page.keyboard.press("Delete")
    one.wait("document.querySelector('.viewer img')?.naturalWidth === 800")
    assert len(filled.call(filled.gallery.recent())) == 3
    one.page.click(".gallery-toast >> text=Undo")
    one.wait("document.querySelector('.viewer img')?.naturalWidth === 801")
    assert len(filled.call(filled.gallery.recent())) == 4
    one.page.keyboard.press("Escape")
    assert one.js("document.querySelector('#gallery').open")  # back to all first
    assert one.js("document.activeElement.closest('li')?.dataset.id")
    one.page.keyboard.press("Escape")
    one.wait("!document.querySelector('#gallery').open")
    assert not one.trouble


def test_a_swipe_goes_on_and_the_original_is_saved_under_its_time(
    make: Make, filled: RealHub, tmp_path: Path
) -> None:
    one = opened(make, filled, viewport={"width": 390, "height": 780}, accept_downloads=True)
    one.wait("document.querySelectorAll('.gallery-grid li').length === 4")
    one.page.click(".gallery-grid li >> nth=1")
    one.wait("document.querySelector('.viewer img')?.naturalWidth === 802")
    one.page.mouse.move(300, 400)
    one.page.mouse.down()
    one.page.mouse.move(120, 410, steps=4)
    one.page.mouse.up()
    one.wait("document.querySelector('.viewer img')?.naturalWidth === 801")
    with one.page.expect_download() as wait:
        one.page.click(".viewer [aria-label=Save]")
    assert wait.value.suggested_filename == "2026-03-01 11.00.00.jpg"
    wait.value.save_as(tmp_path / "saved.jpg")
    assert (tmp_path / "saved.jpg").read_bytes().startswith(b"\xff\xd8\xff")


def test_what_is_taken_or_deleted_elsewhere_comes_and_goes_here(make: Make, filled: RealHub) -> None:
    one = opened(make, filled)
    one.wait("document.querySelectorAll('.gallery-grid li').length === 4")
    shot = filled.call(filled.gallery.recent(1))[0]

    async def elsewhere() -> None:
        from lorgnette.core.events import GalleryChanged

        await filled.gallery.delete(shot.id)
        filled.here.hub._gallery_changed(filled.owner, GalleryChanged(shot.id, "deleted"))

    filled.call(elsewhere())
    one.wait("document.querySelectorAll('.gallery-grid li').length === 3")


def test_places_are_off_until_the_wearer_wants_them(make: Make, filled: RealHub) -> None:
    one = opened(make, filled)
    one.wait("document.querySelectorAll('.gallery-grid li').length === 4")
    assert not one.page.is_checked("#gallery-places")
    one.page.click(".gallery-wishes .check")
    one.wait(lambda: filled.call(filled.gallery.places()))
    filled.call(filled.gallery.want_places(wanted=False))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "“Take a picture.”"), ("de", "„Mach ein Foto.“"), ("zh", "“拍张照。”")]
)
def test_an_empty_gallery_teaches_what_to_say(make: Make, real: RealHub, language: str, words: str) -> None:
    one = opened(make, real, locale=language)
    prefs = f"{{...JSON.parse(localStorage.lorgnette), language: '{language}'}}"
    one.js(f"localStorage.setItem('lorgnette', JSON.stringify({prefs}))")
    one.page.reload()
    one.wait("window.lorgnette && lorgnette.state.connection === 'online'")
    one.page.click("#gallery-open")
    one.wait("document.querySelector('.gallery-empty')?.checkVisibility()")
    assert one.page.inner_text(".gallery-empty .say") == words
    assert faults(one) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_and_everything_fits_in_a_hand(make: Make, filled: RealHub, scheme: str) -> None:
    one = opened(
        make, filled, viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce"
    )
    one.wait("document.querySelectorAll('.gallery-grid img').length === 4")
    assert faults(one) == []
    one.page.click(".gallery-grid li >> nth=1")
    one.wait("document.querySelector('.viewer img')?.naturalWidth === 802")
    assert faults(one) == []
    one.page.click(".viewer [aria-label=Delete]")
    one.wait("!document.querySelector('.gallery-toast').hidden")
    assert faults(one) == []
    outside = one.js(
        """[...document.querySelectorAll('#gallery *')].filter((e) => e.checkVisibility())
          .map((e) => [e.className, e.getBoundingClientRect()])
          .filter(([, r]) => r.width && (r.right > innerWidth + 1 || r.left < -1)).map(([name]) => name)"""
    )
    assert outside == []
    small = one.js(
        """[...document.querySelectorAll('.viewer button, .gallery-toast button')]
          .filter((e) => e.checkVisibility())
          .map((e) => [e.ariaLabel ?? e.textContent, e.getBoundingClientRect()])
          .filter(([, r]) => r.height < 43.5 || r.width < 43.5).map(([name]) => name)"""
    )
    assert small == []
