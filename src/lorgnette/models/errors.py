"""What can go wrong with a model's files."""

from lorgnette.core.errors import LorgnetteError


class ModelError(LorgnetteError):
    """A model can't be listed, fetched, checked or put in its place; the message says what to do."""


class Mismatch(ModelError):
    """The bytes that came are not the ones the catalogue names."""


class Refused(ModelError):
    """The server won't give the file; `again`: another try may help, `after` the seconds it asked for."""

    def __init__(self, detail: str, *, after: float | None = None, again: bool = False) -> None:
        super().__init__(detail)
        self.again = again
        self.after = after
