"""E-mail: out by SMTP, in by IMAP; one account."""

import asyncio
import contextlib
import imaplib
import re
import ssl
from collections.abc import AsyncGenerator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING, Final

from lorgnette.core.errors import EngineError, LorgnetteError, SkillError
from lorgnette.core.outgoing import leaving
from lorgnette.sdk import Recipient
from lorgnette.services.messages.way import Batch, Incoming

if TYPE_CHECKING:
    from lorgnette.services.messages.sections import MailSection

NAME: Final = "mailto"
SECONDS: Final = 15.0
LARGEST: Final = 200_000
"""Bytes of a message that are read; what comes behind is attachments."""
MOST: Final = 20
"""Messages that are taken in at once; older ones are left to the mail program."""
ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,253}")
SUBJECT: Final = 60


class Mail:
    """Implements `Way`. Addresses: "mailto:anna@example.org"."""

    name = NAME
    repeatable = False  # nobody can tell whether a server that fell silent has taken it

    def __init__(self, section: "MailSection", password: str) -> None:
        self._section = section
        self._password = password

    async def send(self, address: str, text: str, key: str) -> None:
        """Plain text; the subject is its first words."""
        import aiosmtplib

        to = address.partition(":")[2]
        if ADDRESS.fullmatch(to) is None:
            raise SkillError(f"{to!r} is no mail address", phrase="error-message-address")
        section = self._section
        letter = EmailMessage(policy=policy.SMTP)
        letter["From"] = formataddr((section.sender, section.address))
        letter["To"] = to
        letter["Subject"] = subject_of(text)
        letter["Message-ID"] = f"<{key}@{section.address.partition('@')[2]}>"
        letter.set_content(text)
        data = letter.as_bytes()
        begun = False
        smtp = aiosmtplib.SMTP(
            hostname=section.smtp_host,
            port=section.smtp_port,
            use_tls=section.smtp_security == "tls",
            start_tls=section.smtp_security == "starttls",
            timeout=SECONDS,
        )
        with leaving(section.smtp_host, "message", len(data)) as parcel:
            try:
                async with smtp:
                    if self._password:
                        await smtp.login(section.user or section.address, self._password)
                    begun = True
                    await smtp.sendmail(section.address, [to], data)
            except aiosmtplib.SMTPAuthenticationError as error:
                parcel.how = "refused"
                raise SkillError(str(error), phrase="error-message-account", way="Mail") from None
            except aiosmtplib.SMTPResponseException as error:
                parcel.how = "refused"
                raise EngineError(
                    f"{error.code} {error.message}", retryable=400 <= error.code < 500
                ) from None
            except aiosmtplib.SMTPRecipientsRefused as error:
                parcel.how = "refused"
                codes = [one.code for one in error.recipients]
                raise EngineError(str(error), retryable=all(400 <= code < 500 for code in codes)) from None
            except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as error:
                parcel.how = "failed"
                detail = f"{type(error).__name__}: {error}"
                if begun:
                    raise SkillError(detail, phrase="error-message-unsure") from None
                raise EngineError(detail, retryable=True) from None

    async def find(self, who: str) -> list[Recipient]:
        """An address that was said or typed as such."""
        return [Recipient(name=who, address=f"{NAME}:{who}")] if ADDRESS.fullmatch(who) else []

    async def listen(self, mark: str) -> AsyncGenerator[Batch]:
        """The inbox, looked at every so often. `mark`: "<uidvalidity>:<highest uid>"."""
        if not self._section.imap_host:
            await asyncio.Event().wait()
        while True:
            with leaving(self._section.imap_host, "inquiry"):
                batch = await asyncio.to_thread(self._look, mark)
            yield batch
            mark = batch.mark
            await asyncio.sleep(self._section.poll_minutes * 60)

    async def close(self) -> None:
        """No connection is kept."""

    def _look(self, mark: str) -> Batch:
        """In a thread: imaplib is synchronous, and a look every few minutes is no load."""
        section = self._section
        try:
            client = (imaplib.IMAP4_SSL if section.imap_security == "tls" else imaplib.IMAP4)(
                section.imap_host, section.imap_port, timeout=SECONDS
            )
            with contextlib.closing(_Closing(client)):
                if section.imap_security == "starttls":
                    client.starttls(ssl.create_default_context())
                client.login(section.user or section.address, self._password)
                client.select("INBOX", readonly=True)
                return self._new(client, mark)
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            raise EngineError(
                f"{section.imap_host}: {type(error).__name__}: {error}", retryable=True
            ) from None

    def _new(self, client: imaplib.IMAP4, mark: str) -> Batch:
        validity = (client.response("UIDVALIDITY")[1] or [b"0"])[0]
        valid = validity.decode("ascii", "replace") if isinstance(validity, bytes) else "0"
        known, _, last = mark.partition(":")
        begin = int(last) + 1 if known == valid and last.isdecimal() else 0
        found = client.uid("SEARCH", f"UID {begin or 1}:*")[1]
        uids = sorted({int(uid) for uid in (found[0] or b"").split() if int(uid) >= begin})
        highest = max([begin - 1, *uids])
        if not begin:  # the first look only says where we are
            return Batch(f"{valid}:{highest}")
        items = []
        for uid in uids[-MOST:]:
            parts = client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)")[1]
            data = next((part[1] for part in parts if isinstance(part, tuple)), None)
            if isinstance(data, bytes):
                items.append(read(data, f"{valid}:{uid}"))
        return Batch(f"{valid}:{highest}", tuple(items))


class _Closing:
    def __init__(self, client: imaplib.IMAP4) -> None:
        self._client = client

    def close(self) -> None:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            self._client.logout()


def subject_of(text: str) -> str:
    """The first words, to a word's end."""
    line = " ".join(text.split())
    if len(line) <= SUBJECT:
        return line
    return line[:SUBJECT].rpartition(" ")[0] or line[:SUBJECT]


def read(data: bytes, key: str) -> Incoming:
    """A message as it is told; what can't be read in it is left out."""
    letter = message_from_bytes(data, policy=policy.default)
    try:
        name, address = parseaddr(str(letter.get("From", "")))
        title = str(letter.get("Subject", ""))
        body = letter.get_body(("plain", "html"))
        text = body.get_content() if body is not None else ""
        html = body is not None and body.get_content_type() == "text/html"
    except (LookupError, ValueError, AttributeError, LorgnetteError):
        name, address, title, text, html = "", "", "", "", False
    return Incoming(
        key=key,
        channel="Mail",
        kind="message",
        sender=name or address,
        title=title,
        text=_plain(text) if html else text,
        address=f"{NAME}:{address}" if ADDRESS.fullmatch(address) else "",
    )


def _plain(html: str) -> str:
    """The words of a page, good enough to be read aloud."""
    from html import unescape

    bare = re.sub(r"(?is)<(script|style|head)\b.*?(</\1>|$)", " ", html)
    return unescape(re.sub(r"(?s)<[^>]{0,2000}>", " ", bare))
