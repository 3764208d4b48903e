"""openWakeWord: small networks over shared features, one a wake word; some come with pyopen-wakeword."""

from collections.abc import Sequence
from pathlib import Path

from lorgnette.core.errors import EngineError
from lorgnette.engines.wake.features import WIDTH, FeatureNetworks, FeatureStream
from lorgnette.engines.wake.slots import WakeSlots
from lorgnette.engines.wake.tflite import Network, package

TAILS = {"hey jarvis": 0.18, "okay nabu": 0.3, "alexa": 0.1, "hey mycroft": 0.25, "hey rhasspy": 0.18}
"""How many seconds behind the end of the word its network is sure of it, most often (benchmarks/wake.py)."""
TAIL = 0.2
_SHARED = frozenset({"melspectrogram", "embedding_model"})


class OpenWakeWords(WakeSlots):
    """`WakeDetector`. `words`: names of the package's models, or paths of others; `threshold`: 0–1."""

    def __init__(self, words: Sequence[str] = (), threshold: float = 0.5) -> None:
        if not words:
            raise EngineError("no wake word is named: wake_openwakeword.words")
        self._paths = {_said(path): path for path in map(_path, words)}
        self._threshold = threshold
        super().__init__("openwakeword", self._networks)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._paths)

    def _networks(self) -> "_Networks":
        return _Networks(self._paths, self._threshold)


class _Networks:
    """Loaded in the thread."""

    def __init__(self, paths: dict[str, Path], threshold: float) -> None:
        self.features = FeatureNetworks()
        self.threshold = threshold
        self.words: dict[str, Network] = {}
        for word, path in paths.items():
            network = Network(path)
            shape = network.input_shape
            if len(shape) != 3 or shape[0] != 1 or shape[2] != WIDTH:
                raise EngineError(f"{path} takes {shape} and not openWakeWord's embeddings")
            self.words[word] = network
        self.length = max(network.input_shape[1] for network in self.words.values())

    def spotter(self) -> "_Spotter":
        return _Spotter(self)


class _Spotter:
    """One microphone."""

    def __init__(self, networks: _Networks) -> None:
        self._networks = networks
        self._stream = FeatureStream(networks.features, networks.length)

    def push(self, window: bytes) -> tuple[str, float, float] | None:
        networks = self._networks
        for embeddings in self._stream.push(window):
            for word, network in networks.words.items():
                sure = float(network.run(embeddings[None, -network.input_shape[1] :]).flat[0])
                if sure >= networks.threshold:
                    return word, sure, TAILS.get(word, TAIL)
        return None


def bundled() -> tuple[str, ...]:
    """The wake words whose models the package brings; EngineError where it isn't installed."""
    names = {path.stem for path in (package() / "models").glob("*.tflite")}
    return tuple(sorted(names - _SHARED))


def _path(word: str) -> Path:
    if word.endswith(".tflite"):
        path = Path(word).expanduser()
        if not path.is_file():
            raise EngineError(f"there is no file {path}")
        return path
    name = word.strip().lower().replace(" ", "_")
    if name not in bundled():
        known = ", ".join(bundled())
        raise EngineError(f"pyopen-wakeword has no model {word!r}; it has {known}, or give a path")
    return package() / "models" / f"{name}.tflite"


def _said(path: Path) -> str:
    """`hey_jarvis_v0.1.tflite` → `hey jarvis`."""
    return path.stem.partition("_v0")[0].replace("_", " ").strip()
