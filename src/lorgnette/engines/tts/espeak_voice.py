"""eSpeak NG itself, inside its worker process: text in, 16 kHz PCM chunks out as they are made.

eSpeak NG is GPL-3.0 and is only ever loaded here, in a process of its own; nothing of the hub links with it.
"""

import ctypes
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.audio import RATE
from lorgnette.media.resample import make_resampler

NORMAL_WPM = 165
"""Words a minute at rate 1. eSpeak takes 80 to 450."""

VOICES: Mapping[str, str] = {"en": "en-us", "en-gb": "en", "zh": "cmn", "zh-tw": "cmn", "zh-hk": "yue"}
"""Language → eSpeak's voice where they differ; else the language's own code is its voice."""

_GAINS_DB: Mapping[str, float] = {"cmn": -1.3}
"""What brings a voice to about −20 dBFS RMS over its speech; the others are within 1 dB by themselves."""
_KNEE = 0.75
"""Above this the level is bent, so that a loud vowel never clips."""

_BUFFER_MS = 30
_CHUNK_SECONDS = 0.5
"""After the first chunk, which goes out at once, pieces of half a second: less work here and for the hub."""
_QUIET = 0.004
_LEAD_SAMPLES, _TAIL_SAMPLES = RATE * 5 // 1000, RATE * 60 // 1000

_SYNCHRONOUS, _UTF8, _CHARACTERS, _RATE_PARAMETER = 2, 1, 1, 1
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

type Emit = Callable[[bytes], bool]


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


class Shaper:
    """eSpeak's samples → the hub's: resampled, levelled, without the silence around the sentence."""

    def __init__(self, rate: int, gain_db: float, emit: Emit) -> None:
        self._resampler = make_resampler(rate, RATE)
        self._raw = bytearray()
        self._enough = int(rate * _CHUNK_SECONDS) * 2
        self._gain = np.float32(10 ** (gain_db / 20) / 32768)
        self._emit = emit
        self._begun = False
        self._open = True
        self._silence = np.empty(0, np.float32)  # may be the sentence's end: kept back until sound follows
        self._ready = bytearray()
        self._samples = 0
        self.error: BaseException | None = None

    @property
    def seconds(self) -> float:
        return self._samples / RATE

    def push(self, pcm: bytes) -> bool:
        """Samples as they come; False once nobody listens."""
        self._raw += pcm
        if not self._samples or len(self._raw) >= self._enough:
            self._shape(self._resampler.push(self._raw))
            self._raw = bytearray()
            self._send()
        return self._open

    def end(self) -> None:
        """The rest, and a short tail of silence."""
        if self.error is not None:
            raise self.error
        if not self._open:
            return
        self._shape(self._resampler.push(self._raw))
        self._shape(self._resampler.flush())
        self._give(self._silence[:_TAIL_SAMPLES])
        self._send()

    def _shape(self, pcm: bytes) -> None:
        wave = np.frombuffer(pcm, np.int16) * self._gain
        loud = np.flatnonzero(np.abs(wave) > _QUIET)
        if not len(loud):
            if self._begun:
                self._silence = np.concatenate((self._silence, wave))
            return
        begin = 0
        if not self._begun:
            self._begun = True
            begin = max(0, int(loud[0]) - _LEAD_SAMPLES)
        end = int(loud[-1]) + 1
        self._give(self._silence)
        self._give(wave[begin:end])
        self._silence = wave[end:]

    def _give(self, wave: NDArray[np.float32]) -> None:
        if not len(wave):
            return
        size = np.abs(wave)
        over = size > _KNEE
        if over.any():
            bent = _KNEE + (1 - _KNEE) * np.tanh((size[over] - _KNEE) / (1 - _KNEE))
            wave = wave.copy()
            wave[over] = np.copysign(bent, wave[over])
        self._ready += np.rint(wave * 32767).astype("<i2").tobytes()

    def _send(self) -> None:
        if self._ready:
            self._samples += len(self._ready) // 2
            self._open = self._emit(bytes(self._ready))
            self._ready.clear()
