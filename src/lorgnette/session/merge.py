"""What a wearer's devices can do together. Pure."""

from collections.abc import Iterable

from lorgnette.core.forms import Capabilities, Form

RANK: dict[Form, int] = {"ar": 4, "text-hud": 3, "everyday": 2, "phone": 1, "audio": 0}


def merged(devices: Iterable[Capabilities]) -> Capabilities:
    """Capabilities of all together: the richest form, any device's microphone, display, camera and senses."""
    best = Capabilities(form="audio")
    for number, one in enumerate(devices):
        form = one.form if number == 0 or RANK[one.form] > RANK[best.form] else best.form
        best = Capabilities(
            form=form,
            microphone=best.microphone or one.microphone,
            speaker=best.speaker or one.speaker,
            camera=best.camera or one.camera,
            display=best.display or one.display,
            inputs=tuple(dict.fromkeys((*best.inputs, *one.inputs))),
            led=best.led or one.led,
            location=best.location or one.location,
            heading=best.heading or one.heading,
            pose=best.pose or one.pose,
            battery=best.battery or one.battery,
            companion=best.companion or one.companion,
        )
    return best
