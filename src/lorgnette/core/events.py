"""The vocabulary between a device and the hub; every gateway translates its wire to these and back.

Audio isn't here: it goes as PCM frames beside the events. Ids are short strings; times are the device's
own microseconds unless said otherwise.
"""

from typing import Annotated, Any, Literal

import msgspec

from lorgnette.core.people import Output
from lorgnette.core.scenes import Scene

Text = Annotated[str, msgspec.Meta(max_length=4000)]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]

# ── from a device ──────────────────────────────────────────────────────────────────────────────────────


class ListenStart(msgspec.Struct, frozen=True, tag="listen.start"):
    """The microphone opens. `mode`: who decides what is meant for the hub, see "When the hub listens"."""

    mode: Literal["push", "wake", "gate", "always"] = "push"


class ListenStop(msgspec.Struct, frozen=True, tag="listen.stop"):
    """The microphone closes; what was said so far is one utterance."""


class Typed(msgspec.Struct, frozen=True, tag="typed"):
    """Words typed instead of spoken. `language`: empty = the wearer's."""

    text: Text
    language: Annotated[str, msgspec.Meta(max_length=35)] = ""


class Touch(msgspec.Struct, frozen=True, tag="touch"):
    """A touch strip, button or key."""

    gesture: Literal[
        "tap", "double_tap", "long_press", "swipe_forward", "swipe_back", "swipe_up", "swipe_down"
    ]


class Nod(msgspec.Struct, frozen=True, tag="nod"):
    """The head says yes or no."""

    answer: Literal["yes", "no"]


class Location(msgspec.Struct, frozen=True, tag="location"):
    """WGS-84 degrees, accuracy in metres (68 %), speed in m/s."""

    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    accuracy: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    speed: Annotated[float, msgspec.Meta(ge=0)] | None = None


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """Degrees clockwise from true north in which the wearer looks."""

    degrees: Annotated[float, msgspec.Meta(ge=0, le=360)]


class Pose(msgspec.Struct, frozen=True, tag="pose"):
    """Head pose in the session's world frame: metres, and a unit quaternion (x, y, z, w)."""

    position: tuple[float, float, float]
    orientation: tuple[float, float, float, float]


class Battery(msgspec.Struct, frozen=True, tag="battery"):
    """0–1, and whether it charges."""

    level: Annotated[float, msgspec.Meta(ge=0, le=1)]
    charging: bool = False


class Played(msgspec.Struct, frozen=True, tag="played"):
    """The device finished playing sentence `index` of `utterance`: it was heard."""

    utterance: Id
    index: Annotated[int, msgspec.Meta(ge=0)]


class Setting(msgspec.Struct, frozen=True, tag="setting"):
    """The wearer changed something on the device: volume 0–1, language, form, speech rate 0.5–2, echo."""

    name: Literal["volume", "language", "rate", "form", "listen"]
    value: str | float


class Photo(msgspec.Struct, frozen=True, tag="photo"):
    """A picture that the hub didn't ask for was taken; its bytes came on the camera channel as `image`."""

    image: Id
    mime: Literal["image/jpeg", "image/png", "image/webp"] = "image/jpeg"


class Shutter(msgspec.Struct, frozen=True, tag="shutter"):
    """The shutter was pressed: the hub has a picture taken, or a film begun; a film that runs ends."""

    mode: Literal["photo", "film"] = "photo"


class Capturing(msgspec.Struct, frozen=True, tag="camera"):
    """What the camera does about the hub's `camera.take` with this id.

    on: it sees, and its light is on · off: it is dark again, and everything was sent · denied: the wearer or
    the system doesn't let it · absent: there is none · failed: it broke.
    """

    id: Id
    state: Literal["on", "off", "denied", "absent", "failed"]


class Wear(msgspec.Struct, frozen=True, tag="wear"):
    """Somebody takes this shared device: `wearer` of one of the hub's `wearers`, empty gives it back."""

    wearer: Annotated[str, msgspec.Meta(max_length=64)] = ""
    pin: Annotated[str, msgspec.Meta(max_length=8)] = ""


FromDevice = (
    ListenStart
    | ListenStop
    | Typed
    | Touch
    | Nod
    | Location
    | Heading
    | Pose
    | Battery
    | Played
    | Setting
    | Photo
    | Shutter
    | Capturing
    | Wear
)

# ── to a device ────────────────────────────────────────────────────────────────────────────────────────


StateName = Literal["idle", "listening", "thinking", "speaking", "asking", "recording"]


class State(msgspec.Struct, frozen=True, tag="state"):
    """What the hub does for this wearer now; drives the LED and the page's status."""

    state: StateName


class Partial(msgspec.Struct, frozen=True, tag="partial"):
    """Words recognised so far; latest wins."""

    text: str
    turn: str = ""


class Transcript(msgspec.Struct, frozen=True, tag="transcript"):
    """What the wearer said, final."""

    turn: str
    text: str
    language: str
    typed: bool = False


class SpeechBegin(msgspec.Struct, frozen=True, tag="speech.begin"):
    """An utterance of the hub starts on the speaker channel."""

    utterance: str
    kind: Literal["answer", "alarm", "call", "navigation", "notification", "music", "earcon"] = "answer"
    turn: str = ""


class Sentence(msgspec.Struct, frozen=True, tag="sentence"):
    """Sentence `index` of the utterance; its first audio is the next frame. Without a speaker: just shown."""

    utterance: str
    index: int
    text: str
    turn: str = ""


class SentenceEnd(msgspec.Struct, frozen=True, tag="sentence.end"):
    """The last audio of sentence `index` was sent; the device answers `played` once it sounded."""

    utterance: str
    index: int


class SpeechEnd(msgspec.Struct, frozen=True, tag="speech.end"):
    """done: all was sent; stopped: the device drops what it still holds, at once."""

    utterance: str
    reason: Literal["done", "stopped"] = "done"


class Earcon(msgspec.Struct, frozen=True, tag="earcon"):
    """A short sound; its audio comes on the speaker channel, the name is for captions and LEDs."""

    name: str


class Show(msgspec.Struct, frozen=True, tag="show"):
    """Show a scene under `id`, replacing what had that id.

    `pages` (text displays) and `image` (data URI, raster displays) hold it rendered for this display.
    """

    id: str
    scene: Scene
    pages: tuple[tuple[str, ...], ...] | None = None
    image: str = ""


class Hide(msgspec.Struct, frozen=True, tag="hide"):
    """Take the scene with this id away."""

    id: str


class VolumeChanged(msgspec.Struct, frozen=True, tag="volume"):
    """The playback volume, 0–1, that the device applies."""

    level: float


class MicClose(msgspec.Struct, frozen=True, tag="listen.end"):
    """The hub has heard enough: a pushed microphone closes."""

    reason: Literal["endpoint", "timeout", "cancelled"] = "endpoint"


class MicOpen(msgspec.Struct, frozen=True, tag="listen.open"):
    """The hub asked something and listens for `seconds`."""

    seconds: float = 8.0


class TurnDone(msgspec.Struct, frozen=True, tag="turn"):
    """A turn ended: what was said and done, and its trace for the waterfall (stage, begin ms, end ms)."""

    turn: str
    transcript: str
    reply: str
    outcome: Literal["done", "interrupted", "cancelled", "failed", "not_understood", "proposed"]
    tools: tuple[dict[str, Any], ...] = ()
    stages: tuple[tuple[str, float, float], ...] = ()
    undo: bool = False


class Profile(msgspec.Struct, frozen=True, tag="profile"):
    """Who the device belongs to now and how it is set.

    Another `wearer` than before: whatever the device still shows or keeps of the former one goes at once.
    `text_size`: 1 = as designed; `output`: captions = nothing sounds, speech = show no captions or scenes;
    `formal`: Sie, 您; `shared`: several may take it; `nobody`: no one has.
    """

    wearer: str
    name: str
    language: str
    zone: str
    volume: float
    rate: float
    text_size: float = 1.0
    output: Output = "both"
    formal: bool = False
    shared: bool = False
    nobody: bool = False


class Choice(msgspec.Struct, frozen=True):
    """Somebody who may take a shared device; `pin`: it asks for one."""

    wearer: str
    name: str
    pin: bool = False


class Wearers(msgspec.Struct, frozen=True, tag="wearers"):
    """To a shared device alone: who may take it by `wear`, and who has; `worn`: empty for nobody."""

    people: tuple[Choice, ...] = ()
    worn: str = ""


class Forgotten(msgspec.Struct, frozen=True, tag="forgotten"):
    """The wearer had the hub forget what was said; the device, too. `since`: epoch seconds, 0 = ever."""

    since: float = 0.0


class Notice(msgspec.Struct, frozen=True, tag="notice"):
    """One sentence about the hub itself, e.g. that a setting is missing."""

    text: str
    level: Literal["info", "warning", "error"] = "info"


class Capture(msgspec.Struct, frozen=True, tag="camera.take"):
    """Take a picture or begin a film, light first; the bytes go on the camera channel under `id`.

    The device answers `camera`. A film is sent while it is taken, at least once a second, and ends at
    `camera.stop`, after `seconds`, or when the device can't go on. `sound`: with the microphone's sound.
    """

    id: str
    mode: Literal["photo", "film"] = "photo"
    seconds: float = 0.0
    sound: bool = False


class CaptureStop(msgspec.Struct, frozen=True, tag="camera.stop"):
    """End the film with this id, or forget about the picture; what was taken so far is still sent."""

    id: str


class CaptureGot(msgspec.Struct, frozen=True, tag="camera.got"):
    """Chunks of `id` up to `chunk` are safe, and what comes next is `chunk` + 1.

    `over`: nothing more is wanted under this id.
    """

    id: str
    chunk: int
    over: bool = False


class CaptureLight(msgspec.Struct, frozen=True, tag="camera.light"):
    """One of the wearer's cameras takes something, or no more: every device shows it.

    `since`: UTC epoch seconds at which it began.
    """

    on: bool
    mode: Literal["photo", "film"] = "photo"
    since: float = 0.0


class GalleryChanged(msgspec.Struct, frozen=True, tag="gallery"):
    """A picture or film of the wearer's was kept, deleted or brought back."""

    id: str
    change: Literal["kept", "deleted", "restored"] = "kept"


ToDevice = (
    State
    | Partial
    | Transcript
    | SpeechBegin
    | Sentence
    | SentenceEnd
    | SpeechEnd
    | Earcon
    | Show
    | Hide
    | VolumeChanged
    | MicClose
    | MicOpen
    | TurnDone
    | Profile
    | Wearers
    | Forgotten
    | Notice
    | Capture
    | CaptureStop
    | CaptureGot
    | CaptureLight
    | GalleryChanged
)
