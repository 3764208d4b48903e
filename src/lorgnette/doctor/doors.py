"""The ways in: the port, the private socket, and who may hear what goes through."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from lorgnette.doctor.finding import Finding
from lorgnette.doctor.patient import LOOPBACK, Patient
from lorgnette.doctor.ports import Taken, tried

AREA: Final = "doors"
LONGEST_PATH: Final = 107
"""Bytes of a unix socket's path on Linux."""


def check_doors(patient: Patient) -> Iterator[Finding]:
    """Opens nothing but the hub's own port, for a moment."""
    yield _port(patient)
    yield from _home_ports(patient)
    yield _socket(patient)
    yield _encrypted(patient)


def _port(patient: Patient) -> Finding:
    place = f"{patient.host}:{patient.port}"
    if patient.running is not None:
        ours = patient.running.get("port")
        if ours == patient.port or not patient.port:
            return Finding(AREA, "port", "ok", f"{place}, our hub answers there (port {ours})")
        found = f"our hub answers at port {ours}, the configuration says {patient.port}"
        return Finding(AREA, "port", "warning", found, "it changes at its next start")
    if not patient.port:
        return Finding(AREA, "port", "ok", "a free one is taken at the start")
    taken = tried(patient.host, patient.port)
    if taken is not None:
        fix = _mend(taken, "hub.port", patient.port)
        return Finding(
            AREA, "port", "missing", f"{place}: {taken}", "the hub can't start there", fix, needed=True
        )
    return Finding(AREA, "port", "ok", f"{place} is free")


def _home_ports(patient: Patient) -> Iterator[Finding]:
    """HTTPS and the way to the certificate, at each address at home."""
    if not patient.network.lan or not patient.port:
        return
    for what, key, port in zip(
        ("HTTPS at home", "/trust at home"), ("port", "trust_port"), patient.home_ports, strict=True
    ):
        if what.startswith("/trust") and patient.network.certificate:
            continue
        shut = {host: taken for host in patient.home if (taken := tried(host, port)) is not None}
        at = f"port {port} at {', '.join(patient.home) or 'no address'}"
        if not patient.home:
            yield Finding(AREA, what, "warning", at, "nobody at home reaches the hub", "join a network")
        elif not shut:
            yield Finding(AREA, what, "ok", f"{at} is free")
        elif patient.running is not None:
            yield Finding(AREA, what, "ok", f"{at}: taken while our hub runs")
        else:
            found = "; ".join(f"{host}:{port}: {taken}" for host, taken in shut.items())
            means = "other devices don't reach the hub there"
            fix = _mend(next(iter(shut.values())), f"network.{key}", port)
            yield Finding(AREA, what, "missing", found, means, fix, needed=len(shut) == len(patient.home))


def _mend(taken: Taken, name: str, port: int) -> str:
    other = f"lorgnette config set {name} {_other(port)}"
    if taken.privileged:
        return f"lorgnette config set {name} {port + 8000 if port < 1024 else _other(port)}"
    return other


def _socket(patient: Patient) -> Finding:
    path = patient.socket
    if len(os.fsencode(path)) > LONGEST_PATH:
        found = f"{path} is longer than {LONGEST_PATH} bytes"
        means = "the hub can't start: commands reach it there"
        return Finding(AREA, "socket", "missing", found, means, "export XDG_RUNTIME_DIR=…", needed=True)
    if patient.running is not None:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
        if mode & 0o077:
            return Finding(AREA, "socket", "warning", f"{path} is open to others", "", f"chmod 600 {path}")
        return Finding(AREA, "socket", "ok", f"the hub answers at {path}")
    place = path.parent
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        found = f"{place} can't be written"
        fix = f"chown $(id -un) {place}"
        return Finding(AREA, "socket", "missing", found, "commands reach the hub there", fix, needed=True)
    return Finding(AREA, "socket", "ok", "no hub runs here now")


def _encrypted(patient: Patient) -> Finding:
    network = patient.network
    if patient.host not in LOOPBACK:
        found = f"plain HTTP for everybody who reaches {patient.host}"
        means = "browsers give no microphone there, and others may listen"
        fix = "lorgnette config set hub.host 127.0.0.1 && lorgnette up --lan"
        return Finding(AREA, "TLS", "warning", found, means, fix)
    if not network.lan:
        found = "not needed: the hub answers on this machine alone"
        return Finding(AREA, "TLS", "ok", found, fix="for other devices at home: lorgnette up --lan")
    path = Path(network.certificate).expanduser() if network.certificate else patient.data / "tls" / "hub.pem"
    if not path.exists() and not network.certificate:
        return Finding(AREA, "TLS", "ok", "HTTPS at home; the certificate is made at the next start")
    return _certificate(path, own=bool(network.certificate))


def _certificate(path: Path, *, own: bool) -> Finding:
    from cryptography import x509

    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        fix = "lorgnette config set network.certificate …" if own else f"rm {path}"
        return Finding(AREA, "TLS", "missing", f"{path}: {error}", "no HTTPS at home", fix, needed=True)
    ends = certificate.not_valid_after_utc
    days = (ends - datetime.now(UTC)).days
    found = f"HTTPS at home, certificate until {ends:%Y-%m-%d}"
    if days < 0:
        means = "devices refuse it" if own else "it is renewed at the next start"
        return Finding(AREA, "TLS", "missing" if own else "warning", found, means, needed=own)
    if own and days < 14:
        return Finding(AREA, "TLS", "warning", found, f"it ends in {days} days", "renew it")
    return Finding(AREA, "TLS", "ok", found)


def _other(port: int) -> int:
    return port + 1 if port < 65535 else port - 1
