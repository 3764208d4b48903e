"""The log: lines for people or JSON objects for programs, to standard error. Nobody's words are in it."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

TEXT: Final = "%(asctime)s %(levelname)-7s %(name)s  %(message)s"
QUIET: Final = ("uvicorn", "httpx", "httpcore", "httpx2", "httpcore2", "picows", "alembic", "asyncio")
"""Libraries that say too much below a warning, some of it with addresses and bodies."""


def logs(level: str, form: str = "text") -> None:
    """Set the log up; called once by each command. `form`: text or json."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(TEXT, "%H:%M:%S"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.captureWarnings(form == "json")
    if form == "json":
        sys.excepthook = _crashed
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


@contextmanager
def hushed() -> Iterator[None]:
    """For commands whose output says what goes wrong: the hub's log stays out of it."""
    log = logging.getLogger("lorgnette")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def for_programs() -> bool:
    """Whether the log is JSON, so that nothing else should be on standard error."""
    return any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers)


class JsonLines(logging.Formatter):
    """One object a line: `time` (UTC), `level`, `logger`, `message`, and `exception` where there was one."""

    def format(self, record: logging.LogRecord) -> str:
        import msgspec

        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": at.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _sound(record.getMessage()),
        }
        if record.exc_info:
            line["exception"] = _sound(self.formatException(record.exc_info))
        if record.stack_info:
            line["stack"] = _sound(record.stack_info)
        return msgspec.json.encode(line).decode()


def _sound(text: str) -> str:
    """Half of a surrogate pair, as a bad file name has it, is no JSON."""
    return text.encode("utf-8", "backslashreplace").decode()


def _crashed(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """What nobody caught goes into the log like everything else."""
    del trace
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("lorgnette").critical("the program broke off", exc_info=error)
