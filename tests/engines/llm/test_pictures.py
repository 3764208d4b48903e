"""Pictures go out small, upright and as data URLs, or not at all."""

import base64
import io

import pytest
from PIL import Image

from lorgnette.core.errors import MediaError
from lorgnette.engines.llm.pictures import UNSEEN, part, without


def picture(size, kind="JPEG", **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def opened(one) -> Image.Image:
    head, _, data = one["image_url"]["url"].partition(";base64,")
    assert head.startswith("data:image/")
    return Image.open(io.BytesIO(base64.b64decode(data)))


def test_a_small_picture_goes_as_it_is():
    small = picture((640, 480))
    assert part(small)["image_url"]["url"].endswith(base64.b64encode(small).decode())


def test_a_large_one_is_made_smaller():
    image = opened(part(picture((4000, 3000))))
    assert image.size == (1280, 960)


def test_a_picture_that_lies_is_set_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(part(picture((2000, 1000), exif=exif))).size == (640, 1280)


def test_a_kind_that_servers_dont_know_becomes_a_jpeg():
    assert opened(part(picture((64, 64), "BMP"))).format == "JPEG"


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", picture((640, 480))[:300]], ids=["empty", "text", "cut"]
)
def test_what_is_no_picture_is_told(data):
    with pytest.raises(MediaError):
        opened(part(data)).load()


def test_for_a_model_that_cant_see_a_note_stands_there():
    content = [{"type": "text", "text": "what is this?"}, part(picture((8, 8)))]
    plain, told = without([{"role": "system", "content": "x"}, {"role": "user", "content": content}])
    assert plain == {"role": "system", "content": "x"}
    assert told["content"] == f"what is this?\n{UNSEEN}"
