"""Scenes and displays of every kind, ordinary and hostile, for the tests of this room."""

import base64
from io import BytesIO
from typing import Any

from hypothesis import strategies as st
from PIL import Image

from lorgnette.core.forms import Display
from lorgnette.core.scenes import (
    Arrow,
    Bearing,
    Box,
    Caption,
    Card,
    Head,
    Label,
    ListScene,
    Picture,
    Plane,
    Progress,
    QRCode,
    World,
)

FRAME = Display(kind="png")
G1 = Display(kind="png", width=576, height=136, depth=1)
TEXT = Display(kind="text")


def data_uri(width: int = 40, height: int = 30) -> str:
    out = BytesIO()
    Image.new("RGB", (width, height), (90, 160, 220)).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


ORDINARY = {
    "caption": Caption(
        text="The train leaves at half past two from platform seven, twelve minutes late today."
    ),
    "partial": Caption(text="set a timer for five", who="wearer", final=False),
    "chinese": Caption(text="请在前面的路口右转，然后沿着人民路直行五百米，目的地在左侧。"),
    "speaker": Caption(text="See you tomorrow.", who="Anna"),
    "card": Card(title="Berlin", value="12 °C", lines=("Light rain",)),
    "clock": Card(value="14:32"),
    "ask": Card(title="Call", value="Mom?", actions=("Yes", "No"), tone="ask"),
    "pay": Card(
        title="Pay Bakery?", value="€12.50", lines=("Two rolls",), actions=("Yes", "No"), tone="alert"
    ),
    "list": ListScene(
        title="Shopping", items=("Milk", "Bread", "Eggs", "Tea", "Salt"), done=(0,), selected=2
    ),
    "timer": Progress(title="Pasta", start=0.0, due=300.0, total=300.0),
    "paused": Progress(title="Bread", left=3999.0, total=7200.0),
    "update": Progress(title="Update", fraction=0.4),
    "arrow": Arrow(turn=80.0, distance=120.0, street="Unter den Linden"),
    "back": Arrow(turn=180.0, distance=15.0),
    "qr": QRCode(data="https://example.com/pay/123456", title="Scan to pay"),
    "picture": Picture(source=data_uri(), alt="The sea"),
    "label": Label(text="Granny Smith", detail="€2.49/kg"),
    "boxed": Label(text="Granny Smith", detail="€2.49/kg", anchor=Box(0.3, 0.25, 0.3, 0.4)),
}

_HOSTILE = [
    "", " ", "x" * 10_000, "word " * 2_000, "字" * 10_000, "\x00\x07\x1b[31m", "\u202eevil\u202c",
    "مرحبا بالعالم " * 20, "שלום", "👩‍👩‍👧‍👦😀" * 50, "a\u200b\u200d\ufeffb", "e" + "\u0301" * 500,
    "\ud800", "…" * 50, "。，！？" * 20, "\n\n\t", "สวัสดี", "नमस्ते", "﷽", "𝕬𝖇𝖈", "\uffff", "((((((", "・・・",
    "Donaudampfschifffahrtsgesellschaftskapitän" * 3,
]  # fmt: skip
texts = st.one_of(st.sampled_from(_HOSTILE), st.text(max_size=60))
numbers = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(-1e4, 1e4),
    st.sampled_from([0.0, 1.0, -1.0, 1e300, 1e18]),
)
anchors = st.one_of(
    st.builds(Head, zone=st.sampled_from(["top", "side", "bottom"])),
    st.builds(Bearing, degrees=numbers, elevation=numbers),
    st.builds(Box, x=numbers, y=numbers, width=numbers, height=numbers),
    st.builds(Box, x=st.floats(0, 1), y=st.floats(0, 1), width=st.floats(0, 1), height=st.floats(0, 1)),
    st.builds(World, x=numbers, y=numbers, z=numbers),
    st.just(Plane()),
)
_common: dict[str, Any] = {"anchor": anchors, "tone": st.sampled_from(["calm", "ask", "alert"])}
_few = st.lists(texts, max_size=6).map(tuple)
_indexes = st.integers(-3, 10)
scenes = st.one_of(
    st.builds(
        Caption,
        text=texts,
        who=st.sampled_from(["hub", "wearer", "Anna", "😀"]),
        final=st.booleans(),
        **_common,
    ),
    st.builds(Card, title=texts, value=texts, lines=_few, actions=_few, **_common),
    st.builds(
        ListScene, title=texts, items=_few, done=st.lists(_indexes).map(tuple), selected=_indexes, **_common
    ),
    st.builds(
        Progress,
        title=texts,
        start=numbers,
        due=numbers,
        left=numbers,
        total=numbers,
        fraction=numbers,
        **_common,
    ),
    st.builds(Arrow, turn=numbers, distance=numbers, street=texts, **_common),
    st.builds(QRCode, data=texts, title=texts, **_common),
    st.builds(
        Picture,
        source=st.sampled_from(
            ["", "blob-1", data_uri(), "data:image/png;base64,AAAA", "data:image/png;base64,é"]
        ),
        alt=texts,
        **_common,
    ),
    st.builds(Label, text=texts, detail=texts, **_common),
)
pictures = st.one_of(
    st.sampled_from([FRAME, G1]),
    st.builds(
        Display,
        kind=st.just("png"),
        width=st.sampled_from([1, 7, 64, 128, 240, 640, 1000]),
        height=st.sampled_from([1, 5, 32, 64, 136, 400]),
        depth=st.sampled_from([1, 8, 24]),
    ),
)
pages = st.builds(Display, kind=st.just("text"), lines=st.integers(-1, 8), columns=st.integers(-1, 40))
languages = st.sampled_from(["en", "de", "zh", "zh-TW", "ja", "ar", "xx", ""])
