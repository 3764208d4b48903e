import hashlib
from pathlib import Path

import numpy as np

from lorgnette.engines.vad.silero import MODEL, OnnxModel, session_of

PUBLISHED = Path(__file__).with_name("silero_vad_16k_op15.onnx")
NOTICE = MODEL.with_name("NOTICE")


class Published:
    """The network as it comes in the silero-vad package."""

    def __init__(self) -> None:
        self._session = session_of(PUBLISHED)

    def run(self, windows, state):
        rate = np.array(16_000, np.int64)
        out = self._session.run(None, {"input": windows, "state": state, "sr": rate})
        return out[0][:, 0], out[1]


def test_the_rewritten_network_says_what_the_published_one_says(shared):
    import soundfile

    speech, _ = soundfile.read(shared / "data/speech/jfk.flac", dtype="float32")
    gains = np.array([1, 0.1, 0.003, 4, 0, 1, 0.5], np.float32)[:, None]
    starts = np.array([0, 9000, 20_000, 31_000, 0, 40_000, 52_000])
    one, other = OnnxModel(), Published()
    states = [np.zeros((2, len(starts), 128), np.float32)] * 2
    spoken = 0
    for turn in range(150):
        windows = np.stack([speech[at + turn * 512 : at + turn * 512 + 576] for at in starts]) * gains
        ours, states[0] = one.run(windows, states[0])
        theirs, states[1] = other.run(windows, states[1])
        np.testing.assert_allclose(ours, theirs, atol=1e-4)
        spoken += int((ours > 0.5).sum())
    assert spoken > 100


def test_noise_at_any_batch_size_agrees_too():
    rng = np.random.default_rng(8)
    one, other = OnnxModel(), Published()
    for batch in (1, 2, 5, 64):
        windows = rng.normal(0, 0.2, (batch, 576)).astype(np.float32)
        state = rng.normal(0, 1, (2, batch, 128)).astype(np.float32)
        for ours, theirs in zip(one.run(windows, state), other.run(windows, state), strict=True):
            np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_the_files_are_those_that_the_notice_names():
    notice = NOTICE.read_text()
    for path in (MODEL, PUBLISHED):
        assert f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" in notice
