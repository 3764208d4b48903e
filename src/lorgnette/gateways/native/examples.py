"""One example of every message: they stand in docs/protocol.md, and a test sends them through the decoder."""

from typing import Any, Final

from lorgnette.core import events, scenes
from lorgnette.core.forms import Camera, Capabilities, Display, Microphone, Speaker
from lorgnette.gateways.native import messages

FROM_DEVICE: Final[tuple[Any, ...]] = (
    messages.Hello(
        token="…43 characters from pairing…",  # noqa: S106
        name="Ada's frames",
        agent="my-glasses/1.0",
        capabilities=Capabilities(
            form="ar",
            microphone=Microphone(codecs=("opus", "pcm16"), rate=48_000, listen="push", aec="device"),
            speaker=Speaker(codecs=("opus", "pcm16"), rate=48_000),
            camera=Camera(width=1280, height=720),
            display=Display(kind="json", width=640, height=400),
            inputs=("touch", "nod"),
            led=True,
            battery=True,
        ),
        resume=messages.Resume("c-x7Qm2hVb0sLd", 41),
    ),
    messages.Ack(42),
    messages.Ping(1_200_345),
    messages.Pong(887_122_003, 1_201_877),
    messages.Open(1),
    events.ListenStart("push"),
    events.ListenStop(),
    events.Typed("set a timer for five minutes", "en"),
    events.Touch("tap"),
    events.Nod("yes"),
    events.Location(47.1410, 9.5209, 8.0, 1.2),
    events.Heading(271.5),
    events.Pose((0.0, 1.6, 0.0), (0.0, 0.0, 0.0, 1.0)),
    events.Battery(0.82),
    events.Played("u-3fK9aQzP1xwe", 0),
    events.Setting("volume", 0.6),
    events.Photo("p-1"),
    events.Shutter("photo"),
    events.Capturing("k-4mVx82LqPz0s", "on"),
    events.Wear("w-1aXc9PqLm3zt", "2718"),
)

FROM_HUB: Final[tuple[Any, ...]] = (
    messages.Welcome(
        session="c-x7Qm2hVb0sLd",
        device="d-Hq83kfLw02mn",
        version=1,
        microphone=messages.AudioChoice("opus", 48_000),
        speaker=messages.AudioChoice("opus", 48_000),
        now=1_795_500_000.0,
        wake=("okay nabu",),
    ),
    messages.Ack(275, 1),
    messages.Problem("bad_media", "an odd number of bytes", 1),
    messages.GoAway(1.0, "the hub restarts"),
    events.Profile("w-1aXc9PqLm3zt", "Ada", "en", "Europe/Berlin", 0.7, 1.0),
    events.Wearers((events.Choice("w-1aXc9PqLm3zt", "Ada", pin=True),)),
    events.State("listening"),
    events.Partial("set a timer for"),
    events.Transcript("t-8dJw2kPq7bVc", "set a timer for five minutes", "en"),
    events.SpeechBegin("u-3fK9aQzP1xwe", "answer", "t-8dJw2kPq7bVc"),
    events.Sentence("u-3fK9aQzP1xwe", 0, "Timer, 5 minutes.", "t-8dJw2kPq7bVc"),
    events.SentenceEnd("u-3fK9aQzP1xwe", 0),
    events.SpeechEnd("u-3fK9aQzP1xwe", "done"),
    events.Earcon("thinking"),
    events.Show(
        "timer:s-5kQd",
        scenes.Progress(title="Timer", start=1_795_500_000.0, due=1_795_500_300.0, total=300.0),
    ),
    events.Hide("timer:s-5kQd"),
    events.VolumeChanged(0.6),
    events.MicClose("endpoint"),
    events.MicOpen(8.0),
    events.TurnDone(
        turn="t-8dJw2kPq7bVc",
        transcript="set a timer for five minutes",
        reply="Timer, 5 minutes.",
        outcome="done",
        tools=(
            {
                "skill": "timers",
                "tool": "set_timer",
                "arguments": {"duration": "PT5M"},
                "result": "Timer, 5 minutes.",
            },
        ),
        stages=(("endpoint", 0.0, 318.2), ("asr", 318.9, 362.4), ("mind", 362.9, 371.0)),
        undo=True,
    ),
    events.Forgotten(1_795_478_400.0),
    events.Notice("A voice engine failed; another one speaks now.", "warning"),
    events.Capture("k-4mVx82LqPz0s", "film", seconds=600.0, sound=True),
    events.CaptureStop("k-4mVx82LqPz0s"),
    events.CaptureGot("k-4mVx82LqPz0s", 17),
    events.CaptureLight(on=True, mode="film", since=1_795_500_000.0),
    events.GalleryChanged("g-0pTb61CnXr9a"),
)
