"""What an ONNX file says of itself, read without loading the network in it.

A file is a protobuf message: numbered fields one after another. The graph, nearly all of the file, is one of
them and is leapt over (https://protobuf.dev/programming-guides/encoding, onnx.proto: `metadata_props = 14`).
"""

from pathlib import Path
from typing import BinaryIO

from lorgnette.core.errors import EngineError

_METADATA = 14
_KEY, _VALUE = 1, 2
_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_LONGEST = 1 << 20
"""Bytes of one entry; the longest known are lists of some hundred numbers."""


def onnx_metadata(path: Path) -> dict[str, str]:
    """Key → value, as written by whoever exported it; EngineError where the file isn't ONNX."""
    found: dict[str, str] = {}
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            while file.tell() < size:
                number, kind = _tag(file)
                if kind == _BYTES:
                    length = _varint(file)
                    if length > size - file.tell():
                        raise ValueError("a field is longer than the file")
                    if number == _METADATA and length <= _LONGEST:
                        key, value = _entry(file.read(length))
                        found[key] = value
                    else:
                        file.seek(length, 1)
                elif kind == _VARINT:
                    _varint(file)
                elif kind in {_EIGHT, _FOUR}:
                    file.seek(8 if kind == _EIGHT else 4, 1)
                else:
                    raise ValueError(f"a field of kind {kind}")
    except (OSError, ValueError) as error:
        raise EngineError(f"{path} can't be read as an ONNX model: {error}") from error
    return found


def _entry(data: bytes) -> tuple[str, str]:
    texts = {_KEY: "", _VALUE: ""}
    at = 0
    while at < len(data):
        number, at = data[at] >> 3, at + 1
        length, at = _length(data, at)
        texts[number] = data[at : at + length].decode("utf-8", "replace")
        at += length
    return texts[_KEY], texts[_VALUE]


def _length(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data):
        byte = data[at]
        value, shift, at = value | (byte & 127) << shift, shift + 7, at + 1
        if byte < 128:
            break
    return value, at


def _tag(file: BinaryIO) -> tuple[int, int]:
    tag = _varint(file)
    if not tag >> 3:
        raise ValueError("a field without a number")
    return tag >> 3, tag & 7


def _varint(file: BinaryIO) -> int:
    value = 0
    for shift in range(0, 70, 7):
        byte = file.read(1)
        if not byte:
            raise ValueError("it ends in the midst of a number")
        value |= (byte[0] & 127) << shift
        if byte[0] < 128:
            return value
    raise ValueError("a number without an end")
