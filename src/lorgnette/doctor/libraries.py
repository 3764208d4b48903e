"""Libraries that may be there: codecs, the echo canceller, inference, the fast server parts."""

from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from lorgnette.core.errors import MediaError
from lorgnette.doctor.finding import Finding, State
from lorgnette.doctor.patient import Patient

AREA: Final = "libraries"
PLAIN: Final = ("CPUExecutionProvider", "AzureExecutionProvider")
"""What every build of onnxruntime has."""


def check_libraries(_: Patient) -> Iterator[Finding]:
    """Loads each of them: a second."""
    yield _onnxruntime()
    yield _chips()
    yield _opus()
    yield _echo()
    yield _imported("uvloop", "the loop is Python's own: slower with many devices")
    yield _imported("picows", "devices can't connect: it carries the WebSockets", needed=True)


def _onnxruntime() -> Finding:
    try:
        import onnxruntime

        providers: list[str] = onnxruntime.get_available_providers()
    except Exception as error:  # noqa: BLE001 - a broken wheel fails in its own ways
        means = "voice detection falls back to loudness alone"
        return Finding(
            AREA, "onnxruntime", "missing", _said(error), means, "pip install --force-reinstall onnxruntime"
        )
    more = [name.removesuffix("ExecutionProvider") for name in providers if name not in PLAIN]
    found = f"{onnxruntime.__version__}: {', '.join([*more, 'CPU'])}"
    return Finding(AREA, "onnxruntime", "ok", found)


def _chips() -> Finding:
    """Execution providers that are declared; a card that none of them uses is said."""
    from lorgnette.engines.providers import onnx_providers, providers

    here = onnx_providers()
    lacks = [name for name, there in here.items() if not there]
    found = ", ".join(name for name, there in here.items() if there) or "none"
    found += f"; not here: {', '.join(lacks)}" if lacks else ""
    card = any(Path(path).exists() for path in ("/dev/nvidia0", "/dev/nvidiactl"))
    if card and "cuda" in lacks:
        means, fix = "there is an NVIDIA card, and onnxruntime can't use it", providers()["cuda"].brings
        return Finding(AREA, "chips", "warning", found, means, fix)
    return Finding(
        AREA, "chips", "ok", found, "lorgnette bench vad measures each" if len(here) > len(lacks) + 1 else ""
    )


def _opus() -> Finding:
    from lorgnette.media.codecs.libopus import libopus

    try:
        name = libopus().opus_get_version_string().decode()
    except MediaError:
        means = "sound goes to devices as plain PCM: eight times as much"
        return Finding(AREA, "libopus", "missing", "none", means, "sudo apt install libopus0")
    return Finding(AREA, "libopus", "ok", name)


def _echo() -> Finding:
    from lorgnette.media.echo import open_aligner

    aligner = open_aligner()
    if aligner is None:
        means = "devices that don't cancel their echo are half duplex: a tap interrupts, speech doesn't"
        return Finding(AREA, "echo canceller", "missing", "none", means, "pip install pywebrtc-audio")
    return Finding(AREA, "echo canceller", "ok", f"pywebrtc-audio {_version('pywebrtc-audio')}")


def _imported(name: str, means: str, *, needed: bool = False) -> Finding:
    load: Callable[[str], object] = __import__
    try:
        load(name)
    except Exception as error:  # noqa: BLE001 - a broken wheel fails in its own ways
        state: State = "missing" if needed else "warning"
        return Finding(AREA, name, state, _said(error), means, f"pip install {name}", needed=needed)
    return Finding(AREA, name, "ok", _version(name))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "there"


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]
