"""Mail against servers on loopback: a real SMTP sink, and an inbox."""

import asyncio
import contextlib
from email.message import EmailMessage

import pytest
from tests.services.messages.mail_double import Inbox, Sink, imap, smtp

from lorgnette.core.errors import EngineError, SkillError
from lorgnette.services.messages import Mail, MailSection
from lorgnette.services.messages.mail import read, subject_of


def mail(*, smtp: int = 1, imap: int = 1, password: str = "") -> Mail:
    section = MailSection(
        address="ada@example.org",
        sender="Ada Lovelace",
        smtp_host="127.0.0.1",
        smtp_port=smtp,
        smtp_security="none",
        imap_host="127.0.0.1",
        imap_port=imap,
        imap_security="none",
        poll_minutes=0.5,
    )
    return Mail(section, password)


def letter(text: str = "Hello Ada", **more: str) -> bytes:
    message = EmailMessage()
    message["From"] = more.get("sender", "Anna Berg <anna@example.org>")
    message["Subject"] = more.get("subject", "Saturday")
    message.set_content(text, subtype=more.get("subtype", "plain"))
    return message.as_bytes()


def test_a_mail_arrives_with_its_words_its_subject_and_its_key() -> None:
    async def scene() -> None:
        sink = Sink()
        async with smtp(sink) as port:
            await mail(smtp=port).send("mailto:anna@example.org", "Grüße aus Köln, ich komme später", "k-1")
        (got,) = sink.letters
        assert got["To"] == "anna@example.org"
        assert got["From"] == "Ada Lovelace <ada@example.org>"
        assert got["Message-ID"] == "<k-1@example.org>"
        assert got["Subject"] == "Grüße aus Köln, ich komme später"
        assert got.get_content().strip() == "Grüße aus Köln, ich komme später"
        assert sink.to == ["anna@example.org"]

    asyncio.run(scene())


@pytest.mark.parametrize(("answer", "again"), [("451 try later", True), ("550 no such user", False)])
def test_a_server_that_refuses_is_believed(answer: str, again: bool) -> None:
    async def scene() -> None:
        sink = Sink()
        sink.answer = answer
        async with smtp(sink) as port:
            with pytest.raises(EngineError) as refused:
                await mail(smtp=port).send("mailto:anna@example.org", "x", "k")
        assert refused.value.retryable is again

    asyncio.run(scene())


def test_a_server_that_hangs_up_after_the_words_leaves_it_open_whether_they_arrived() -> None:
    async def scene() -> None:
        sink = Sink()
        sink.hang_up = True
        async with smtp(sink) as port:
            with pytest.raises(SkillError) as unsure:
                await mail(smtp=port).send("mailto:anna@example.org", "x", "k")
        assert unsure.value.phrase == "error-message-unsure"
        assert len(sink.letters) == 1

    asyncio.run(scene())


def test_a_server_that_is_away_may_be_tried_again_and_a_bad_address_never_goes() -> None:
    async def scene() -> None:
        with pytest.raises(EngineError) as away:
            await mail(smtp=9).send("mailto:anna@example.org", "x", "k")
        assert away.value.retryable
        for bad in ("anna", "a@b\r\nBcc: eve@example.org", "anna@example.org, eve@example.org"):
            with pytest.raises(SkillError) as wrong:
                await mail(smtp=9).send(f"mailto:{bad}", "x", "k")
            assert wrong.value.phrase == "error-message-address"

    asyncio.run(scene())


def test_the_first_look_says_where_we_are_and_later_ones_what_is_new() -> None:
    async def scene() -> None:
        inbox = Inbox()
        inbox.messages = {3: letter("old")}
        async with imap(inbox) as port:
            way = mail(imap=port, password=inbox.password)
            async with contextlib.aclosing(way.listen("")) as batches:
                first = await anext(batches)
            assert (first.mark, first.items) == ("7:3", ())
            async with contextlib.aclosing(way.listen(first.mark)) as batches:
                assert (await anext(batches)).items == ()
            inbox.messages[4] = letter()
            async with contextlib.aclosing(way.listen(first.mark)) as batches:
                second = await anext(batches)
            (hello,) = second.items
            assert second.mark == "7:4"
            assert (hello.sender, hello.title, hello.text.strip()) == ("Anna Berg", "Saturday", "Hello Ada")
            assert hello.address == "mailto:anna@example.org"
            wrong = mail(imap=port, password="other")
            with pytest.raises(EngineError):
                async with contextlib.aclosing(wrong.listen("")) as batches:
                    await anext(batches)

    asyncio.run(scene())


def test_html_is_read_as_words_and_rubbish_breaks_nothing() -> None:
    page = read(letter("<style>p{}</style><p>Hello &amp; <b>welcome</b></p>", subtype="html"), "1")
    assert page.text.split() == ["Hello", "&", "welcome"]
    assert read(b"\xff\xfe\0 no mail at all", "2").address == ""
    cut = read(b"From: =?utf-8?b?////?= <a@b.example>\nContent-Type: text/plain; charset=nope\n\nx", "3")
    assert cut.channel == "Mail"


def test_the_subject_ends_at_a_word() -> None:
    assert subject_of("Hello\nthere") == "Hello there"
    long = subject_of("word " * 30)
    assert len(long) <= 60
    assert long.endswith("word")
