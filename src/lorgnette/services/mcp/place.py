"""How an outside server is reached: a program on this machine, or an address."""

import os
import re
from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from lorgnette.config.secret import Secret
from lorgnette.core.errors import ConfigError

_HEADER: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")

Text = Annotated[str, Meta(max_length=1000)]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """`command` for a program, `url` for an address: exactly one of them.

    `environment`: what the program gets beside PATH, HOME and the language; `headers`: what goes with each
    request. Values may be `env:NAME` and `file:/path`. `network`: the program may reach the network;
    `folders`: it may read these; `login`: the server asks who somebody is, by OAuth.
    """

    command: Annotated[tuple[Text, ...], Meta(max_length=64)] = ()
    environment: Annotated[Mapping[Text, Text], Meta(max_length=32)] = {}
    network: bool = False
    folders: Annotated[tuple[Text, ...], Meta(max_length=16)] = ()
    url: Text = ""
    headers: Annotated[Mapping[Text, Text], Meta(max_length=16)] = {}
    login: bool = False

    def checked(self) -> "Place":
        """Itself. `ConfigError` says what can't be."""
        if bool(self.command) == bool(self.url):
            raise ConfigError("a server is either --url URL or -- COMMAND …")
        for name in self.environment:
            if not _VARIABLE.fullmatch(name):
                raise ConfigError(f"{name!r} is no name of a variable")
        if self.command:
            return self
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise ConfigError("the URL begins with http:// or https:// and holds no name or password")
        for name in self.headers:
            if not _HEADER.fullmatch(name):
                raise ConfigError(f"{name!r} is no name of a header")
        return self

    @property
    def host(self) -> str:
        """Who hears what the tools are asked; empty: a program here."""
        return urlsplit(self.url).hostname or "" if self.url else ""

    @property
    def shown(self) -> str:
        """For lists and logs: without a query, which may hold a key."""
        if self.url:
            parts = urlsplit(self.url)
            return f"{parts.scheme}://{parts.netloc}{parts.path}"
        return " ".join(self.command)

    def sent(self) -> dict[str, str]:
        """The headers with their secrets. `ConfigError` where one isn't there."""
        found = {name: Secret(said).reveal() for name, said in self.headers.items()}
        for name, value in found.items():
            if not (value.isascii() and value.isprintable()):
                raise ConfigError(f"the header {name} holds what no header can carry")
        return found

    def variables(self, environ: Mapping[str, str] | None = None) -> dict[str, str]:
        """The program's whole environment."""
        environ = os.environ if environ is None else environ
        given = {name: environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in environ}
        return given | {name: Secret(said).reveal(environ) for name, said in self.environment.items()}

    @property
    def literal(self) -> list[str]:
        """Names of what holds a secret itself where a reference would do."""
        every = {**self.environment, **self.headers}
        return [name for name, said in every.items() if Secret(said).literal and self.url]
