"""One model of a catalogue: its files, each with address, size and published hash."""

from pathlib import PurePosixPath
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from lorgnette.models.address import checked
from lorgnette.models.errors import ModelError

MOST: int = 200 << 30
"""Bytes of the largest file that an entry may name."""
OURS = (".part", ".journal", ".lock")
"""Endings that a download uses for itself."""

type Kind = Literal["asr", "tts", "wake", "vad", "llm"]

Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$", max_length=80)]
Name = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]*(/[A-Za-z0-9][A-Za-z0-9._+-]*)*$", max_length=200)
]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Meta(ge=1, le=MOST)]


class ModelFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file. `path`: where it lies in the model's folder; `bytes`: its exact size.

    `unpack`: it is an archive, and `path` is the folder that is made of it, without a single folder that
    holds everything; `unpacked`: bytes that at most come out.
    """

    path: Name
    url: str
    bytes: Size
    sha256: Hash
    unpack: Literal["", "zip", "tar.gz", "tar.bz2"] = ""
    unpacked: Annotated[int, Meta(ge=0, le=MOST)] = 0

    def __post_init__(self) -> None:
        if self.path.endswith(OURS):
            raise ValueError(f"{self.path}: files may not end in {', '.join(OURS)}")
        if bool(self.unpack) != bool(self.unpacked):
            raise ValueError(f"{self.path}: unpack and unpacked need each other")
        try:
            checked(self.url, local=True)
        except ModelError as error:
            raise ValueError(str(error)) from error


class Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry. `source`: where the hashes were published; `engine`: the adapter that runs it.

    `terms`: where the licence can be read, if its name doesn't say it. `use`: settings that
    `lorgnette models use` writes, section.key = value; `{folder}` in a value is where the model lies.
    """

    id: Id
    kind: Kind
    engine: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    languages: tuple[Language, ...] = ()
    licence: Annotated[str, Meta(min_length=1)]
    source: Annotated[str, Meta(min_length=8)]
    files: Annotated[tuple[ModelFile, ...], Meta(min_length=1, max_length=200)]
    about: str = ""
    terms: str = ""
    use: dict[str, str] = {}

    def __post_init__(self) -> None:
        paths = [PurePosixPath(file.path) for file in self.files]
        paths += [PurePosixPath(f"{file.path}.{file.unpack}") for file in self.files if file.unpack]
        for path in paths:
            if paths.count(path) > 1:
                raise ValueError(f"{path} is there twice")
            if any(parent in paths for parent in path.parents):
                raise ValueError(f"{path} lies in a file")

    @property
    def bytes(self) -> int:
        """All files together, as they are fetched."""
        return sum(file.bytes for file in self.files)

    @property
    def kept(self) -> int:
        """All files together, as they lie here."""
        return sum(file.unpacked or file.bytes for file in self.files)
