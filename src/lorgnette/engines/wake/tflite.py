"""One TensorFlow Lite network by the C library that pyopen-wakeword brings: arrays in, arrays out.

The calls go through ctypes, which releases the GIL while the network runs. A network belongs to one thread.
"""

import ctypes
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lorgnette.core.errors import EngineError

type Float32 = NDArray[np.float32]

_FLOAT32 = 1
_OK = 0


def package() -> Path:
    """Where pyopen-wakeword lies, with `models/` and `lib/`; EngineError where it isn't installed."""
    spec = find_spec("pyopen_wakeword")
    folders = spec.submodule_search_locations if spec is not None else None
    if not folders:
        raise EngineError("pyopen-wakeword isn't installed: pip install 'lorgnette[wakeword]'")
    return Path(folders[0])


@cache
def _library() -> Any:
    from pyopen_wakeword.wakeword import TfLiteWakeWord

    found = sorted((package() / "lib").glob("*tensorflowlite_c.*"))
    if not found:
        raise EngineError("pyopen-wakeword has no TensorFlow Lite for this machine")
    return TfLiteWakeWord(found[0]).lib  # declares the functions' arguments and results


class Network:
    """`shape`: what its one input takes, for a network that leaves it open; else it is the file's own."""

    def __init__(self, path: Path, shape: Sequence[int] = ()) -> None:
        if not path.is_file():
            raise EngineError(f"there is no file {path}")
        self._library = library = _library()
        self._model = library.TfLiteModelCreateFromFile(str(path).encode())
        if not self._model:
            raise EngineError(f"{path} is no TensorFlow Lite network")
        self._interpreter = library.TfLiteInterpreterCreate(self._model, None)
        if not self._interpreter:
            raise EngineError(f"TensorFlow Lite can't run {path}")
        if shape:
            sizes = (ctypes.c_int32 * len(shape))(*shape)
            library.TfLiteInterpreterResizeInputTensor(self._interpreter, 0, sizes, len(shape))
        if library.TfLiteInterpreterAllocateTensors(self._interpreter) != _OK:
            raise EngineError(f"{path} doesn't take an input of the shape {tuple(shape)}")
        self._input = library.TfLiteInterpreterGetInputTensor(self._interpreter, 0)
        self._output = library.TfLiteInterpreterGetOutputTensor(self._interpreter, 0)
        if any(library.TfLiteTensorType(tensor) != _FLOAT32 for tensor in (self._input, self._output)):
            raise EngineError(f"{path} doesn't take and give 32 bit floats")
        self.input_shape = self._shape(self._input)
        self._result = np.empty(self._shape(self._output), np.float32)

    def run(self, values: Float32) -> Float32:
        """A copy of what the network gives."""
        library, values = self._library, np.ascontiguousarray(values, np.float32)
        sent = library.TfLiteTensorCopyFromBuffer(self._input, values.ctypes.data, values.nbytes)
        if sent != _OK or library.TfLiteInterpreterInvoke(self._interpreter) != _OK:
            raise EngineError(f"a network for {self.input_shape} refused {values.shape}")
        got = library.TfLiteTensorCopyToBuffer(self._output, self._result.ctypes.data, self._result.nbytes)
        if got != _OK:
            raise EngineError("a network's result has another size than it said")
        return self._result.copy()

    def close(self) -> None:
        """Free it; safe to call twice."""
        if self._interpreter:
            self._library.TfLiteInterpreterDelete(self._interpreter)
            self._library.TfLiteModelDelete(self._model)
            self._interpreter = self._model = None

    def _shape(self, tensor: Any) -> tuple[int, ...]:
        count = self._library.TfLiteTensorNumDims(tensor)
        return tuple(self._library.TfLiteTensorDim(tensor, number) for number in range(count))
