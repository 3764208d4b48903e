"""Errors that speak twice: one sentence for the wearer, one detail for the log."""


class LorgnetteError(Exception):
    """Base of every error of the hub.

    `phrase` is the key of a Fluent phrase that is said to the wearer (`error-*`, in every language pack);
    the message is the detail for the log and for a developer's terminal.
    """

    phrase = "error-unexpected"

    def __init__(self, detail: str, *, phrase: str | None = None, **values: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.values = values
        if phrase is not None:
            self.phrase = phrase


class ConfigError(LorgnetteError):
    """A setting is unknown, malformed or contradicts another."""

    phrase = "error-config"


class ProtocolError(LorgnetteError):
    """A peer sent something outside its protocol's bounds."""

    phrase = "error-device"


class MediaError(LorgnetteError):
    """Audio or an image can't be decoded."""

    phrase = "error-media"


class EngineError(LorgnetteError):
    """An engine failed, timed out or is missing; `retryable` says whether a second try may help."""

    phrase = "error-engine"

    def __init__(
        self, detail: str, *, retryable: bool = False, phrase: str | None = None, **values: object
    ) -> None:
        super().__init__(detail, phrase=phrase, **values)
        self.retryable = retryable


class Busy(LorgnetteError):
    """The hub or a bounded queue can't take more now."""

    phrase = "error-busy"


class Denied(LorgnetteError):
    """The caller isn't allowed to do this."""

    phrase = "error-denied"


class NotFound(LorgnetteError):
    """A thing that was named doesn't exist; a skill answers with the nearest one."""

    phrase = "error-not-found"


class StoreError(LorgnetteError):
    """The store can't be opened, is newer than this program, or refused a write."""

    phrase = "error-store"


class SkillError(LorgnetteError):
    """A skill can't do what was asked; its phrase says what to do next."""

    phrase = "error-skill"
