"""Chips by name: those that are declared, those that are here, and never silently another one."""

import pytest

from lorgnette.core.errors import ConfigError, EngineError
from lorgnette.engines.providers import (
    CPU,
    CUDA,
    chosen,
    onnx_built,
    onnx_providers,
    providers,
    sherpa_providers,
    taken,
)
from lorgnette.engines.registry import EngineChoice, build_engines
from lorgnette.engines.traits import Traits, described, traits_of
from lorgnette.engines.vad.energy import EnergyDetector
from lorgnette.engines.vad.silero import MODEL, session_of


def test_ours_are_declared_by_the_same_door_as_any() -> None:
    assert next(iter(providers())) == "cpu"
    assert providers()["cuda"] is CUDA
    assert onnx_providers()["cpu"] is True
    assert set(sherpa_providers()) == {"cpu", "cuda"}


def test_a_chip_that_is_not_here_is_an_error_with_its_remedy() -> None:
    assert chosen("cpu") is CPU
    with pytest.raises(ConfigError, match="no execution provider is called 'abacus'; there are: cpu, cuda"):
        chosen("abacus")
    if CUDA.onnx not in onnx_built():
        with pytest.raises(EngineError, match="onnxruntime-gpu"):
            session_of(MODEL, "cuda")


def test_falling_back_to_another_chip_is_no_success() -> None:
    taken(CUDA, ["CUDAExecutionProvider", "CPUExecutionProvider"])
    with pytest.raises(EngineError, match="doesn't start"):
        taken(CUDA, ["CPUExecutionProvider"])
    assert session_of(MODEL).get_providers() == ["CPUExecutionProvider"]


@pytest.mark.skipif(CUDA.onnx in onnx_built(), reason="this machine's onnxruntime has CUDA")
def test_a_detector_on_a_chip_that_is_missing_leaves_loudness_to_detect() -> None:
    settings = {"vad.silero": {"provider": "cuda"}}
    engines = build_engines(EngineChoice(asr=("canned",), tts=("canned",), settings=settings))
    assert isinstance(engines.vad, EnergyDetector)
    (off,) = [health for health in engines.health() if health.state == "off"]
    assert "CUDAExecutionProvider" in off.last_error


def test_a_factory_says_what_its_speed_depends_on() -> None:
    @described("some-library", pretends=True)
    def factory() -> None: ...

    assert traits_of(factory) == Traits("some-library", None, pretends=True)
    assert traits_of(print) == Traits()
