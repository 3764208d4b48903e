"""Chips for onnxruntime: which execution providers there are, and which of them this machine really has.

Ours are `cpu` and `cuda`; a package brings another (CANN, OpenVINO, CoreML …) by the entry point group
`lorgnette.providers`, whose object is a `Provider`.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, entry_points, version
from typing import Any

from lorgnette.core.errors import ConfigError, EngineError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Provider:
    """`name`: as settings say it; `onnx`: as onnxruntime does; `brings`: the command that installs it."""

    name: str
    onnx: str
    brings: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


CPU = Provider("cpu", "CPUExecutionProvider")
CUDA = Provider(
    "cuda", "CUDAExecutionProvider", "pip uninstall onnxruntime && pip install 'onnxruntime-gpu[cuda,cudnn]'"
)


def providers() -> dict[str, Provider]:
    """All that are declared, by name, `cpu` first; one that is broken is left out with a message."""
    found = {CPU.name: CPU}
    for point in sorted(entry_points(group="lorgnette.providers"), key=lambda point: point.name):
        try:
            one = point.load()
            if not isinstance(one, Provider):
                raise TypeError(f"{one!r} is no Provider")
        except Exception as error:  # noqa: BLE001 - a broken package is switched off and the hub lives
            _log.warning("execution provider %s is switched off: %s", point.name, error)
        else:
            found.setdefault(one.name, one)
    return found


def onnx_built() -> tuple[str, ...]:
    """What this machine's onnxruntime was built with, by its own names; empty where it can't be loaded."""
    try:
        import onnxruntime

        return tuple(onnxruntime.get_available_providers())
    except Exception:  # noqa: BLE001 - a broken wheel fails in its own ways
        return ()


def onnx_providers() -> dict[str, bool]:
    """Every declared provider → whether onnxruntime has it; a device that answers is another question."""
    built = onnx_built()
    return {name: one.onnx in built for name, one in providers().items()}


def sherpa_providers() -> dict[str, bool]:
    """sherpa-onnx brings an onnxruntime of its own; its releases for CUDA say so in their version."""
    try:
        cuda = "cuda" in version("sherpa-onnx")
    except PackageNotFoundError:
        return {CPU.name: False, CUDA.name: False}
    return {CPU.name: True, CUDA.name: cuda}


def chosen(name: str) -> Provider:
    """`ConfigError` for one that nobody declares, `EngineError` for one that onnxruntime wasn't built for."""
    if name == CPU.name:
        return CPU
    known = providers()
    if name not in known:
        raise ConfigError(f"no execution provider is called {name!r}; there are: {', '.join(known)}")
    one = known[name]
    if one.onnx not in onnx_built():
        remedy = f": {one.brings}" if one.brings else ""
        raise EngineError(f"this machine's onnxruntime has no {one.onnx}{remedy}")
    return one


def taken(wanted: Provider, session_providers: Sequence[str]) -> None:
    """`EngineError` where a session silently runs on something else: onnxruntime falls back to the CPU."""
    if not session_providers or session_providers[0] != wanted.onnx:
        raise EngineError(f"{wanted.onnx} is there but doesn't start: its driver or its device is missing")
