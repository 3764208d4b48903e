"""openWakeWord's features of one microphone: sound → mel frames → embeddings, 80 ms at a time.

Shapes and scales are those of openWakeWord's `utils.AudioFeatures`: the mel network sees 1280 new samples and
480 before them, its decibels are divided by ten and raised by two; the embedding network sees 76 frames, and
moves by eight.
"""

from collections.abc import Iterator

import numpy as np

from lorgnette.engines.wake.tflite import Float32, Network, package

CHUNK = 1280
LEAD = 480
FRAMES, BINS, STEP = 76, 32, 8
WIDTH = 96


class FeatureNetworks:
    """The two networks that all wake words share; `close` frees them."""

    def __init__(self) -> None:
        models = package() / "models"
        self._mel = Network(models / "melspectrogram.tflite", (1, LEAD + CHUNK))
        self._embedding = Network(models / "embedding_model.tflite", (1, FRAMES, BINS, 1))
        self.silent_frames = np.tile(self.frames(np.zeros(LEAD + CHUNK, np.float32))[-1], (FRAMES, 1))
        self.silent = self.embedding(self.silent_frames)
        """What silence looks like."""

    def frames(self, samples: Float32) -> Float32:
        """Eight mel frames of 1760 samples, as PCM16's numbers."""
        return self._mel.run(samples[None]).reshape(-1, BINS) / np.float32(10) + np.float32(2)

    def embedding(self, frames: Float32) -> Float32:
        return self._embedding.run(frames[None, :, :, None]).reshape(WIDTH)

    def close(self) -> None:
        self._mel.close()
        self._embedding.close()


class FeatureStream:
    """One microphone's state: begins as if it had been silent for ever. `length`: embeddings kept."""

    def __init__(self, networks: FeatureNetworks, length: int) -> None:
        self._networks = networks
        self._samples = np.zeros(LEAD, np.float32)
        self._frames = networks.silent_frames.copy()
        self.embeddings = np.tile(networks.silent, (length, 1))

    def push(self, window: bytes) -> Iterator[Float32]:
        """The last `length` embeddings, once for each 80 ms that are complete."""
        self._samples = np.concatenate((self._samples, np.frombuffer(window, "<i2")), dtype=np.float32)
        while len(self._samples) >= LEAD + CHUNK:
            fresh = self._networks.frames(self._samples[: LEAD + CHUNK])
            self._samples = self._samples[CHUNK:]
            self._frames = np.concatenate((self._frames[len(fresh) :], fresh))
            self.embeddings[:-1] = self.embeddings[1:]
            self.embeddings[-1] = self._networks.embedding(self._frames)
            yield self.embeddings
