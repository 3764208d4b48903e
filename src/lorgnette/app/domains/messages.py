"""Messages and notifications: said and shown as they come, and sent by the wearer's accounts."""

import logging
from typing import TYPE_CHECKING, Final

from lorgnette.api.messages import MessagesApi
from lorgnette.api.notices import NoticeApi
from lorgnette.app.served import Served
from lorgnette.core.scenes import Card
from lorgnette.core.speech import Message
from lorgnette.sdk import Messages, Received, Recipient
from lorgnette.sdk.people import People, meant
from lorgnette.services.messages import (
    Letter,
    Mail,
    MailSection,
    Matrix,
    MatrixSection,
    MessagesSection,
    Post,
    Way,
    WearerMessages,
)
from lorgnette.services.people import WearerPeople

if TYPE_CHECKING:
    from lorgnette.app.hub import Hub

log = logging.getLogger(__name__)

SHOWN_SECONDS: Final = 12.0
ALOUD: Final = 200
"""Characters of a notification that are said unasked; the rest is there to be asked for."""


def messages(hub: "Hub") -> Served:
    """`POST /v1/notify` always; Matrix and mail where an account is set up."""
    section = hub.settings.section(MessagesSection)
    ways: dict[str, list[Way]] = {}
    telling = _Telling(hub, section.say)
    post = Post(
        hub.store, ways, telling.came, telling.lost, hub.privacy.log.note, keep_days=section.keep_days
    )

    async def start() -> None:
        matrix, mail = hub.settings.section(MatrixSection), hub.settings.section(MailSection)
        if matrix.url:
            await whose(matrix.wearer, Matrix(matrix.url, matrix.token.reveal() if matrix.token else ""))
        if mail.address:
            await whose(mail.wearer, Mail(mail, mail.password.reveal() if mail.password else ""))
        await post.recover()

    async def whose(name: str, way: Way) -> None:
        people = await hub.people.all()
        found = [one for one in people if one.name == name or (not name and one.role == "owner")]
        if found:
            ways.setdefault(found[0].id, []).append(way)
        else:
            log.warning("nobody here is called %r: their account is left out", name)

    def of(wearer: str) -> WearerMessages:
        return WearerMessages(hub.store, post, _Contacts(hub), wearer)

    return Served(
        bound={Messages: of},
        api=MessagesApi(of, NoticeApi(post, hub.clock.steady)),
        start=start,
        run=post.run,
        prune=post.prune,
        close=post.close,
    )


class _Telling:
    """What is said and shown unasked. `say`: which of it is said."""

    def __init__(self, hub: "Hub", say: str) -> None:
        self._hub = hub
        self._say = say

    async def came(self, wearer: str, one: Received) -> None:
        hub, who = self._hub, one.sender or one.channel
        person = await hub.people.wearer(wearer)
        text = ": ".join(part for part in (one.title, " ".join(one.text.split())) if part)
        if len(text) > ALOUD:
            text = text[:ALOUD].rpartition(" ")[0] + " …"
        urgent = one.priority == "urgent"
        session = hub.sessions.of(wearer)
        if session is not None and (urgent or person.quiet_until(hub.clock.now()) is None):
            card = Card(title=who[:60], lines=(text,) if text else (), ttl=SHOWN_SECONDS)
            session.show(f"message:{one.id}", card)
        if one.priority == "low" or self._say == "none" or (self._say == "urgent" and not urgent):
            return
        key = "notice" if text else "notice-bare"
        said = hub.words.say(key, person.language, formal=person.formal, who=who, text=text)
        id = f"m-{one.id}-{int(one.at * 1000)}"
        await hub.sessions.tell(Message(id, wearer, said, person.language, urgent=urgent))

    async def lost(self, letter: Letter) -> None:
        hub = self._hub
        person = await hub.people.wearer(letter.wearer)
        key = "message-unsure" if letter.state == "going" else "message-lost"
        text = hub.words.say(key, person.language, formal=person.formal, who=letter.to.name)
        await hub.sessions.tell(Message(f"m-{letter.id}-lost", letter.wearer, text, person.language))


class _Contacts:
    """The wearer's contacts, as far as one can write to them."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub

    async def reachable(self, wearer: str, who: str) -> list[Recipient]:
        people = self._hub.service(People, wearer)
        assert isinstance(people, WearerPeople)
        found = await people.find(who)
        clear = meant(found)
        persons = [clear] if clear is not None else [one.person for one in found]
        return [
            Recipient(name=person.name, address=f"mailto:{mail.value}")
            for person in persons
            for mail in person.mails[:1]
        ]
