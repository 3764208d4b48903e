"""eSpeak NG itself, inside its worker process: text in, 16 kHz PCM chunks out as they are made.

eSpeak NG is GPL-3.0 and is only ever loaded here, in a process of its own; nothing of the hub links with it.
"""

import ctypes
from collections.abc import Mapping
from typing import Any

from lorgnette.engines.tts.shaper import Emit, Shaper

NORMAL_WPM = 165
"""Words a minute at rate 1. eSpeak takes 80 to 450."""

VOICES: Mapping[str, str] = {"en": "en-us", "en-gb": "en", "zh": "cmn", "zh-tw": "cmn", "zh-hk": "yue"}
"""Language → eSpeak's voice where they differ; else the language's own code is its voice."""

_GAINS_DB: Mapping[str, float] = {"cmn": -1.3}
"""What brings a voice to about −20 dBFS RMS over its speech; the others are within 1 dB by themselves."""
_BUFFER_MS = 30
_SYNCHRONOUS, _UTF8, _CHARACTERS, _RATE_PARAMETER = 2, 1, 1, 1
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class EspeakVoice:
    """One eSpeak in one process. `voices` overrides `VOICES` (language → eSpeak voice: "de": "de+f3")."""

    def __init__(self, voices: Mapping[str, str] | None = None) -> None:
        import espeakng_loader

        self._voices = {**VOICES, **(voices or {})}
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._library.espeak_Synth.argtypes = [
            *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int),
            *(ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p),
        ]
        data = espeakng_loader.get_data_path().encode()
        self._rate = self._library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data, 0)
        if self._rate <= 0:
            raise RuntimeError(f"eSpeak NG can't start with the data in {data.decode()}")
        self._callback = _CALLBACK(self._heard)  # kept: the library holds only a pointer
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""
        self._shaper: Shaper | None = None
        self.synthesize("ready", "en", 1.0, lambda _: True)  # the first call makes tables: 20 ms

    def synthesize(self, text: str, language: str, rate: float, emit: Emit) -> float:
        """Speak `text`; returns how many seconds of audio were made. Stops when `emit` says False."""
        voice = self._choose(language)
        speed = min(450, max(80, round(NORMAL_WPM * rate)))
        self._library.espeak_SetParameter(_RATE_PARAMETER, speed, 0)
        shaper = self._shaper = Shaper(self._rate, _GAINS_DB.get(voice.partition("+")[0], 0.0), emit)
        words = text.replace("\0", " ").encode("utf-8", "replace")
        failed = self._library.espeak_Synth(words, len(words) + 1, 0, _CHARACTERS, 0, _UTF8, None, None)
        self._shaper = None
        if failed:
            raise RuntimeError(f"eSpeak NG failed on {len(text)} characters (code {failed})")
        shaper.end()
        return shaper.seconds

    def _choose(self, language: str) -> str:
        tag = language.lower()
        primary = tag.partition("-")[0]
        for name in (self._voices.get(tag), self._voices.get(primary), primary):
            if name is not None and (
                name == self._voice or self._library.espeak_SetVoiceByName(name.encode()) == 0
            ):
                self._voice = name
                return name
        self._voice = ""
        raise RuntimeError(f"eSpeak NG has no voice for {language!r}")

    def _heard(self, samples: Any, count: int, _events: Any) -> int:
        """ESpeak's callback; 1 makes it stop. Nothing may be raised into C."""
        shaper = self._shaper
        if shaper is None:
            return 1
        if not samples or count <= 0:
            return 0
        try:
            return 0 if shaper.push(ctypes.string_at(samples, count * 2)) else 1
        except BaseException as error:  # noqa: BLE001 - raised again by `end`
            shaper.error = error
            return 1
