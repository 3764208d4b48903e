"""What wearers allowed, in the store: each their own, kept as long as it should be, and forgotten."""

from datetime import timedelta

import msgspec
import pytest
from tests.store.databases import Place

from lorgnette.core.errors import NotFound
from lorgnette.core.taint import Source
from lorgnette.sdk import Consent, SkillError
from lorgnette.services.consent import ConsentSection, ConsentService
from lorgnette.services.privacy import PrivacyService
from lorgnette.store import Journal, Store

ASKED = Consent(
    id="k-1",
    at=1_000.0,
    tool="messages.send_message",
    question="Send Anna: “hello”?",
    to="mailto:anna@example.org",
    who="Anna",
    sources=(Source("page", "example.org"),),
)


def test_a_question_is_kept_once_and_its_answer_with_it(place: Place) -> None:
    async def work(store: Store) -> None:
        service = ConsentService(store, ConsentSection())
        ada, bob = service.of("ada"), service.of("bob")
        await ada.note(ASKED)
        answered = msgspec.structs.replace(ASKED, answer="yes", how="nod", result="Sent.")
        await ada.note(answered)
        assert await ada.log() == [answered]
        assert await bob.log() == []
        await bob.note(msgspec.structs.replace(ASKED, answer="no"))  # somebody else's id changes nothing
        assert await ada.log() == [answered]

    place.run(work)


def test_a_rule_is_for_one_tool_and_one_recipient_of_one_wearer(place: Place) -> None:
    async def work(store: Store) -> None:
        service = ConsentService(store, ConsentSection())
        ada, bob = service.of("ada"), service.of("bob")
        rule = await ada.allow(ASKED.tool, ASKED.to, "Anna")
        renamed = await ada.allow(ASKED.tool, ASKED.to, "Anna again")
        assert (renamed.id, renamed.who) == (rule.id, "Anna again")
        assert await ada.allow(ASKED.tool, ASKED.to, "Anna") == rule
        assert await ada.allows(ASKED.tool, ASKED.to) == rule
        assert await ada.allows("mail.send", ASKED.to) is None
        assert await ada.allows(ASKED.tool, "mailto:other@example.org") is None
        assert await ada.allows(ASKED.tool, "") is None
        assert await bob.allows(ASKED.tool, ASKED.to) is None
        with pytest.raises(NotFound):
            await bob.revoke(rule.id)
        with pytest.raises(SkillError):
            await ada.allow(ASKED.tool, "", "nobody")
        await ada.revoke(rule.id)
        assert await ada.rules() == []

    place.run(work)


def test_the_log_grows_old_and_rules_do_not(place: Place) -> None:
    async def work(store: Store) -> None:
        service = ConsentService(store, ConsentSection(days=30))
        ada, now = service.of("ada"), store.clock.now()
        for days in (31, 29):
            at = (now - timedelta(days=days)).timestamp()
            await ada.note(msgspec.structs.replace(ASKED, id=f"k-{days}", at=at))
        await ada.allow(ASKED.tool, ASKED.to, "Anna")
        await service.prune()
        assert [one.id for one in await ada.log()] == ["k-29"]
        assert len(await ada.rules()) == 1

    place.run(work)


def test_both_are_counted_and_forgotten(place: Place) -> None:
    async def work(store: Store) -> None:
        ada = ConsentService(store, ConsentSection()).of("ada")
        await ada.note(ASKED)
        await ada.allow(ASKED.tool, ASKED.to, "Anna")
        estate = PrivacyService(store, Journal(store), {}).estate
        kept = {one.name: one.count for one in await estate.kept("ada", ("consents", "rules"))}
        assert kept == {"consents": 1, "rules": 1}
        await estate.forget("ada", ("consents", "rules"))
        assert await ada.log() == []
        assert await ada.rules() == []

    place.run(work)
