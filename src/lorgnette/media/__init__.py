"""Sound as buffers: codecs, resampling, mixing, reordering, echo control, earcons. Pure functions, no I/O."""

from lorgnette.media.codecs import (
    Decoder,
    Encoder,
    available_codecs,
    make_decoder,
    make_encoder,
    opus_available,
)
from lorgnette.media.earcons import EARCONS, LOOPS, earcon
from lorgnette.media.echo import Aligner, EchoCanceller, echo_available, open_aligner
from lorgnette.media.jitter import Frame, Gap, JitterBuffer
from lorgnette.media.level import WINDOW, EnergyGate, level_db, levels_db
from lorgnette.media.mixer import (
    DUCK_DB,
    DUCK_RAMP_MS,
    SILENCE_DB,
    STOP_RAMP_MS,
    UNDUCK_RAMP_MS,
    Gain,
    apply,
    mix,
)
from lorgnette.media.resample import Resampler, make_resampler
from lorgnette.media.selfecho import is_echo_of
from lorgnette.media.wav import read_audio, wav_bytes, write_wav

__all__ = [
    "DUCK_DB",
    "DUCK_RAMP_MS",
    "EARCONS",
    "LOOPS",
    "SILENCE_DB",
    "STOP_RAMP_MS",
    "UNDUCK_RAMP_MS",
    "WINDOW",
    "Aligner",
    "Decoder",
    "EchoCanceller",
    "Encoder",
    "EnergyGate",
    "Frame",
    "Gain",
    "Gap",
    "JitterBuffer",
    "Resampler",
    "apply",
    "available_codecs",
    "earcon",
    "echo_available",
    "is_echo_of",
    "level_db",
    "levels_db",
    "make_decoder",
    "make_encoder",
    "make_resampler",
    "mix",
    "open_aligner",
    "opus_available",
    "read_audio",
    "wav_bytes",
    "write_wav",
]
