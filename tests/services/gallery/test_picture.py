"""What a picture is, by its bytes alone; what is none, or too much, is refused."""

import contextlib
import io
import struct
import zlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.services.gallery.pictures import exif, picture

from lorgnette.core.errors import MediaError
from lorgnette.services.gallery.picture import MAX_WHOLE_PIXELS, seen
from lorgnette.services.gallery.unplaced import unplaced


@pytest.mark.parametrize(
    ("kind", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_each_kind_is_known_by_its_bytes(kind: str, mime: str) -> None:
    looked = seen(picture(kind))
    assert (looked.mime, looked.width, looked.height) == (mime, 640, 400)
    small = Image.open(io.BytesIO(looked.thumb))
    assert small.format == "JPEG"
    assert max(small.size) <= 480


def test_a_picture_that_lies_on_its_side_is_stood_up() -> None:
    looked = seen(picture(exif=exif(orientation=6)))
    assert (looked.width, looked.height) == (400, 640)
    small = Image.open(io.BytesIO(looked.thumb)).convert("RGB")
    assert small.height > small.width
    top, bottom = small.getpixel((10, 10)), small.getpixel((10, small.height - 10))
    assert top[0] > top[1]  # the red half is up
    assert bottom[1] > bottom[0]


def test_the_time_is_the_cameras_by_its_offset_or_the_wearers_zone() -> None:
    written = exif(taken="2026:07:01 12:00:00", offset="+02:00")
    assert seen(picture(exif=written)).taken == datetime(2026, 7, 1, 10, tzinfo=UTC).timestamp()
    written = exif(taken="2026:07:01 12:00:00")
    there = ZoneInfo("Asia/Shanghai")
    expected = datetime(2026, 7, 1, 12, tzinfo=there).timestamp()
    assert seen(picture(exif=written), "Asia/Shanghai").taken == expected
    assert seen(picture(exif=exif(taken="1970:01:01 00:00:00"))).taken is None
    assert seen(picture(exif=exif(taken="yesterday"))).taken is None


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is enormous."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + bytes(100),
        b"\xff\xd8\xff<html>",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x10\0\0\0WEBPVP8X",
        picture()[:300],
        bomb(100_000, 100_000),
        bomb(30_000, 100),
        bomb(MAX_WHOLE_PIXELS // 1000 + 1, 1000),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_picture_or_too_much_of_one_is_refused(data: bytes) -> None:
    with pytest.raises(MediaError) as refused:
        seen(data)
    assert refused.value.phrase == "error-gallery-unreadable"


@given(st.binary(max_size=400), st.integers(0, 600))
@settings(max_examples=60, deadline=None)
def test_damage_anywhere_is_refused_or_read_but_never_breaks_anything(junk: bytes, at: int) -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = picture(kind, (40, 30), exif=exif(placed=True))
        data = whole[:at] + junk + whole[at + len(junk) :]
        for look in (seen, unplaced):
            with contextlib.suppress(MediaError):
                look(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_without_a_place_the_picture_is_the_same_but_for_that(kind: str) -> None:
    written = exif(taken="2026:07:01 12:00:00", orientation=6, placed=True)
    data = picture(kind, exif=written)
    assert seen(data).placed
    clean = unplaced(data)
    looked = seen(clean)
    assert not looked.placed
    assert (looked.width, looked.height) == (400, 640)
    if kind == "JPEG":
        assert looked.taken == seen(data).taken
    before, after = (Image.open(io.BytesIO(one)) for one in (data, clean))
    assert before.tobytes() == after.tobytes()
    assert unplaced(clean) == clean or kind == "PNG"


def test_a_place_in_xmp_or_beside_the_image_goes_too() -> None:
    note = b"<x:xmpmeta><exif:GPSLatitude>60,10.2N</exif:GPSLatitude></x:xmpmeta>"
    assert b"GPSLatitude" in picture(xmp=note)
    assert b"GPSLatitude" not in unplaced(picture(xmp=note))
    assert b"GPSLatitude" not in unplaced(picture("WEBP", xmp=note))
