"""The sections `matrix`, `mail` and `messages` of `lorgnette.toml`."""

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta

from lorgnette.config import Secret, Section

Security = Literal["tls", "starttls", "none"]


class MessagesSection(Section, frozen=True, kw_only=True):
    """Messages and notifications that come in."""

    keep_days: Annotated[
        float, Meta(gt=0, le=3650, description="Days that messages and notifications are kept.")
    ] = 30.0
    say: Annotated[
        Literal["all", "urgent", "none"],
        Meta(description="Which of them are said as they come; the others wait to be asked for."),
    ] = "all"


class MatrixSection(Section, frozen=True, kw_only=True):
    """A Matrix account. Encrypted rooms need a proxy such as Pantalaimon, whose address is the url."""

    url: Annotated[str, Meta(description="The home server, as https://matrix.example.org.")] = ""
    token: Annotated[Secret, Meta(description="The account's access token.")] = Secret()
    wearer: Annotated[str, Meta(description="Whose account it is, by name; empty: the owner's.")] = ""

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The home server."""
        return ((self.url, ("message",)),) if self.url else ()


class MailSection(Section, frozen=True, kw_only=True):
    """An e-mail account: SMTP to send, IMAP to hear of what comes; either may be left out."""

    address: Annotated[str, Meta(description="The account's address, as anna@example.org.")] = ""
    sender: Annotated[str, Meta(max_length=80, description="The name on what is sent.")] = ""
    user: Annotated[str, Meta(description="The account's user name; empty: its address.")] = ""
    password: Annotated[Secret, Meta(description="Its password.")] = Secret()
    wearer: Annotated[str, Meta(description="Whose account it is, by name; empty: the owner's.")] = ""
    smtp_host: Annotated[str, Meta(description="The server that sends.")] = ""
    smtp_port: Annotated[int, Meta(ge=1, le=65535, description="Its port.")] = 465
    smtp_security: Annotated[Security, Meta(description="How the line to it is kept private.")] = "tls"
    imap_host: Annotated[str, Meta(description="The server that has the inbox.")] = ""
    imap_port: Annotated[int, Meta(ge=1, le=65535, description="Its port.")] = 993
    imap_security: Annotated[Security, Meta(description="How the line to it is kept private.")] = "tls"
    poll_minutes: Annotated[
        float, Meta(ge=0.5, le=1440, description="Minutes between two looks into the inbox.")
    ] = 5.0

    def asked(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Both servers."""
        found = []
        for scheme, host, security in (
            ("smtp", self.smtp_host, self.smtp_security),
            ("imap", self.imap_host, self.imap_security),
        ):
            if host:
                found.append((f"{scheme}{'' if security == 'none' else 's'}://{host}", ("message",)))
        return found
