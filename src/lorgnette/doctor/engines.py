"""The engines: each is made, says or hears one sentence, and the time is taken."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Final

from lorgnette.core.audio import BYTES_PER_SECOND, FRAME_BYTES, seconds_of
from lorgnette.core.errors import ConfigError, LorgnetteError
from lorgnette.doctor.attending import check_attending
from lorgnette.doctor.finding import Finding, State
from lorgnette.doctor.patient import Patient
from lorgnette.engines.protocols import Recognizer, Synthesizer
from lorgnette.engines.registry import Engines, build_engines
from lorgnette.gauge import Book

AREA: Final = "engines"
SECONDS: Final = 20.0
"""For one engine: it loads, and starts its processes."""
SAID: Final = {"de": "Wie spät ist es?", "en": "What time is it?", "zh": "现在几点？"}
REMEDY: Final = (
    "lorgnette config set speech.{kind} openai,{now} && lorgnette config set {kind}_openai.url http://…/v1"
)
"""Or any other engine; this one takes every server that speaks OpenAI's protocol."""
_WINDOW = bytes(1024)


async def check_engines(patient: Patient) -> AsyncGenerator[Finding]:
    """Starts engines of its own, as the hub would, and ends them. Remote ones are asked too."""
    try:
        engines = build_engines(patient.engines, patient.sentences)
    except ConfigError as error:
        yield Finding(
            AREA,
            "choice",
            "missing",
            error.detail,
            "the hub can't start",
            "lorgnette config show",
            needed=True,
        )
        return
    try:
        engines.start()
        async for finding in _around(engines, patient):
            yield finding
        voices, ears = [], []  # those that answered
        sound = b""
        for voice in getattr(engines.synthesizer, "engines", ()):
            finding, heard = await _voice(voice, patient)
            sound = sound or heard
            if finding.state == "ok":
                voices.append(voice)
            yield finding
        for ear in getattr(engines.recognizer, "engines", ()):
            finding = await _ear(ear, sound, patient)
            if finding.state == "ok":
                ears.append(ear)
            yield finding
        if not ears:
            means = "nobody is heard; what is typed is answered"
            yield Finding(
                AREA, "ears", "missing", "none", means, _remedy("asr", patient, patient.language), needed=True
            )
        if not voices:
            means = "nothing is said; what is shown can be read"
            yield Finding(
                AREA,
                "voice",
                "missing",
                "none",
                means,
                _remedy("tts", patient, patient.language),
                needed=True,
            )
        for language in patient.languages:
            yield _language(language, ears, voices, patient)
    finally:
        await engines.aclose()


async def _around(engines: Engines, patient: Patient) -> AsyncGenerator[Finding]:
    """What is switched off, and the ears beside the recogniser."""
    for health in engines.health():
        if health.state == "off":
            fix = next((one.command for one in patient.models if one.engine == health.engine), "")
            yield Finding(AREA, health.engine, "missing", health.last_error, "it is switched off", fix)
    yield await _detector(engines)
    async for finding in check_attending(engines):
        yield finding


async def _detector(engines: Engines) -> Finding:
    name = type(engines.vad).__name__
    began = time.monotonic()
    answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def done(probability: float) -> None:
        if not answered.done():
            answered.set_result(probability)

    try:
        slot = engines.vad.open()
        engines.vad.submit(slot, _WINDOW, done)
        async with asyncio.timeout(SECONDS):
            await answered
        engines.vad.close(slot)
    except (LorgnetteError, TimeoutError, OSError) as error:
        return Finding(
            AREA,
            f"vad {name}",
            "missing",
            _said(error),
            "nobody is heard",
            "pip install onnxruntime",
            needed=True,
        )
    return Finding(AREA, f"vad {name}", "ok", f"answers; loaded in {_ms(began)}")


async def _voice(voice: Synthesizer, patient: Patient) -> tuple[Finding, bytes]:
    """What it says is what the recognisers are asked, so English where it can."""
    name = f"tts {voice.name}"
    language = "en" if "en" in voice.languages else next(iter(sorted(voice.languages)), patient.language)
    text = SAID.get(language, "1 2 3")
    try:
        async with asyncio.timeout(SECONDS):
            await _spoken(voice, text, language)  # loads it
            began = time.monotonic()
            sound, first = await _spoken(voice, text, language)
    except (LorgnetteError, TimeoutError, OSError) as error:
        return Finding(
            AREA,
            name,
            "missing",
            _said(error),
            "the next voice, or none, speaks",
            _without("tts", voice.name, patient),
        ), b""
    found = f"{seconds_of(sound):.1f} s of speech in {_ms(began)}, first sound after {first * 1000:.0f} ms"
    finding = Finding(AREA, name, "ok", found, _measured("tts", voice.name, patient))
    return finding, sound if language == "en" else b""


async def _spoken(voice: Synthesizer, text: str, language: str) -> tuple[bytes, float]:
    began, first, sound = time.monotonic(), 0.0, b""
    async with aclosing(voice.speak(text, language)) as chunks:
        async for chunk in chunks:
            first = first or time.monotonic() - began
            sound += chunk
    return sound, first


async def _ear(ear: Recognizer, sound: bytes, patient: Patient) -> Finding:
    """Hears what the voice said; what it makes of a synthetic voice is shown and not judged."""
    name = f"asr {ear.name}"
    language = "en" if "en" in ear.languages else next(iter(sorted(ear.languages)), "en")
    pcm = sound or bytes(BYTES_PER_SECOND)
    try:
        async with asyncio.timeout(SECONDS):
            await _heard(ear, language, bytes(BYTES_PER_SECOND // 2))  # loads it
            began = time.monotonic()
            answer = await _heard(ear, language, pcm)
    except (LorgnetteError, TimeoutError, OSError) as error:
        return Finding(
            AREA,
            name,
            "missing",
            _said(error),
            "the next recogniser, or none, hears",
            _without("asr", ear.name, patient),
        )
    heard = f"“{answer.text}”" if answer.text else "nothing it is sure of"
    found = f"hears {heard} in {_ms(began)} ({seconds_of(pcm):.1f} s of {language})"
    return Finding(AREA, name, "ok", found, _measured("asr", ear.name, patient))


async def _heard(ear: Recognizer, language: str, pcm: bytes) -> Any:
    stream = ear.open(language)
    for at in range(0, len(pcm), FRAME_BYTES):
        stream.feed(pcm[at : at + FRAME_BYTES])
    return await stream.finish()


def _language(language: str, ears: list[Any], voices: list[Any], patient: Patient) -> Finding:
    hears = [ear.name for ear in ears if language in ear.languages]
    speaks = [voice.name for voice in voices if language in voice.languages]
    found = f"heard by {', '.join(hears) or 'nobody'}, spoken by {', '.join(speaks) or 'nobody'}"
    if hears and speaks:
        return Finding(AREA, f"language {language}", "ok", found)
    own = language == patient.language.partition("-")[0].lower()
    known = ", ".join(sorted({name for ear in ears for name in ear.languages})) or "no language"
    means = "" if hears else f"{language} is typed only: the recognisers here know {known}"
    state: State = "missing" if own else "warning"
    fix = _remedy("tts" if hears else "asr", patient, language)
    return Finding(AREA, f"language {language}", state, found, means, fix)


def _measured(kind: str, engine: str, patient: Patient) -> str:
    """What `lorgnette bench` found on this machine, the newest figure of each language."""
    rows = sorted(Book.open(patient.data).of(kind, engine), key=lambda one: one.taken)
    latest = {one.language: one for one in rows if one.rtf is not None}
    if not latest:
        return ""
    parts = [
        f"{one.rtf:.2g} × real time in {language}"
        + (
            f" ({one.error:.0%} wrong{' of a synthetic voice' if one.synthetic else ''})"
            if one.error is not None
            else ""
        )
        for language, one in sorted(latest.items())
    ]
    return f"measured on {rows[-1].taken[:10]}: {', '.join(parts)}"


def _chosen(kind: str, patient: Patient) -> tuple[str, ...]:
    return patient.engines.asr if kind == "asr" else patient.engines.tts


def _without(kind: str, name: str, patient: Patient) -> str:
    """What helps where an engine doesn't answer."""
    others = ",".join(one for one in _chosen(kind, patient) if one != name)
    return f"start it, or do without: lorgnette config set speech.{kind} '{others}'"


def _remedy(kind: str, patient: Patient, language: str) -> str:
    """The command that brings a model for it, or else one that adds a server to what is chosen now."""
    code = language.partition("-")[0].lower()
    for model in sorted(patient.models, key=lambda one: not one.here):
        if model.kind == kind and (code in model.languages or not model.languages):
            return model.command
    now = _chosen(kind, patient)
    return REMEDY.format(kind=kind, now=",".join(name for name in now if name != "openai"))


def _ms(began: float) -> str:
    return f"{(time.monotonic() - began) * 1000:.0f} ms"


def _said(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer in {SECONDS:g} s"
    return (error.detail if isinstance(error, LorgnetteError) else str(error)).splitlines()[0][:300]
