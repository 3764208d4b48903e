"""What a device of each form has, as far as a skill can tell."""

from collections.abc import Mapping
from typing import Final

from lorgnette.core.forms import Camera, Capabilities, Display, Form, Microphone, Speaker

FORMS: Final[Mapping[Form, Capabilities]] = {
    "everyday": Capabilities(microphone=Microphone(), speaker=Speaker(), inputs=("touch",)),
    "ar": Capabilities(
        form="ar",
        microphone=Microphone(),
        speaker=Speaker(),
        camera=Camera(),
        display=Display(),
        inputs=("touch", "nod"),
        pose=True,
        heading=True,
    ),
    "text-hud": Capabilities(
        form="text-hud", microphone=Microphone(), display=Display(kind="text"), inputs=("button",)
    ),
    "phone": Capabilities(
        form="phone",
        microphone=Microphone(),
        speaker=Speaker(),
        camera=Camera(),
        display=Display(width=390, height=844),
        inputs=("touch", "text"),
        location=True,
        companion=True,
    ),
    "audio": Capabilities(form="audio", microphone=Microphone(), speaker=Speaker()),
}
