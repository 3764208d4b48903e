"""Sound: where browsers give their microphone, what this machine has itself, which codecs devices may use."""

import grp
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

from lorgnette.core.audio import Codec
from lorgnette.doctor.finding import Finding
from lorgnette.doctor.patient import LOOPBACK, Patient
from lorgnette.media.codecs import available_codecs

AREA: Final = "sound"
SHOWN: Final = 4


def check_sound(patient: Patient) -> Iterator[Finding]:
    """Opens no device."""
    yield _browsers(patient)
    yield _machine()
    yield _codecs()


def _browsers(patient: Patient) -> Finding:
    """Browsers give a microphone to secure contexts only: this machine's own addresses, or HTTPS."""
    name, port = "browsers", patient.port or "…"
    if patient.host not in LOOPBACK:
        addresses = patient.home[:SHOWN] or (patient.host,)
        here = ", ".join(f"http://{_netloc(one)}:{port}" for one in addresses)
        means = f"none at {here}: without HTTPS no browser gives one"
        fix = "lorgnette config set hub.host 127.0.0.1 && lorgnette up --lan"
        return Finding(AREA, name, "warning", f"a microphone at http://127.0.0.1:{port}", means, fix)
    found = f"a microphone at http://127.0.0.1:{port} and http://localhost:{port}, after a yes in the browser"
    if not patient.network.lan:
        return Finding(AREA, name, "ok", found, "other devices reach nothing", "lorgnette up --lan")
    https, _ = patient.home_ports
    others = ", ".join(f"https://{_netloc(one)}:{https}" for one in patient.home[:SHOWN])
    if not others:
        return Finding(AREA, name, "warning", found, "this machine has no address at home", "join a network")
    first = "" if patient.network.certificate else ", once they trust the hub (/trust)"
    return Finding(AREA, name, "ok", found, f"other devices at {others}{first}")


def _machine() -> Finding:
    """The hub hears through devices; a microphone here is for a browser on this machine."""
    name, means = "this machine", "the hub itself needs none: it hears through its devices"
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    servers = [
        title
        for title, path in (
            ("PipeWire", runtime / "pipewire-0"),
            ("PulseAudio", runtime / "pulse" / "native"),
        )
        if path.exists()
    ]
    devices = sorted(Path("/dev/snd").glob("pcm*c")) if Path("/dev/snd").is_dir() else []
    if not servers and not devices:
        return Finding(AREA, name, "ok", "no microphone, no sound server", means)
    shut = [one for one in devices if not os.access(one, os.R_OK | os.W_OK)]
    found = ", ".join([*servers, f"{len(devices)} microphones by ALSA"])
    if shut and not servers:
        group = "" if _in_audio() else " (you aren't in the group audio)"
        fix = "sudo usermod -aG audio $(id -un)   # then log in again"
        return Finding(AREA, name, "warning", f"{found}; {shut[0]} can't be opened{group}", means, fix)
    return Finding(AREA, name, "ok", found, means)


def _codecs() -> Finding:
    here = available_codecs()
    lacks = [name for name in get_args(Codec) if name not in here]
    found = f"{', '.join(here)}; not here: {', '.join(lacks) or 'none'}"
    if "opus" not in here:
        return Finding(AREA, "codecs", "warning", found, "plain PCM: 256 kbit/s", "sudo apt install libopus0")
    means = "devices that only know LC3 can't be heard" if "lc3" in lacks else ""
    return Finding(AREA, "codecs", "ok", found, means)


def _in_audio() -> bool:
    try:
        return grp.getgrnam("audio").gr_gid in os.getgroups()
    except KeyError:
        return False


def _netloc(address: str) -> str:
    return f"[{address}]" if ":" in address else address
