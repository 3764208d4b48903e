"""Contacts kept: put in as vCards, read from a real CardDAV server, each wearer their own."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.services.dav.radicale import PASSWORD, USER, radicale
from tests.store.databases import Place

from lorgnette.config import Secret
from lorgnette.core.clock import ManualClock
from lorgnette.sdk import NotFound
from lorgnette.services.dav import Account
from lorgnette.services.people import ContactsSection, PeopleService, cards
from lorgnette.store import People, Store

BOOK = (
    '<?xml version="1.0"?><D:mkcol xmlns:D="DAV:" xmlns:A="urn:ietf:params:xml:ns:carddav"><D:set><D:prop>'
    "<D:resourcetype><D:collection/><A:addressbook/></D:resourcetype><D:displayname>Friends</D:displayname>"
    "</D:prop></D:set></D:mkcol>"
)


def card(name: str, uid: str = "", phone: str = "1") -> str:
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"UID:{uid or name}", f"FN:{name}", f"N:{name}", f"TEL:{phone}")
    return "\r\n".join((*lines, "END:VCARD", ""))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


def test_cards_are_put_in_renewed_found_taken_along_and_removed(place: Place) -> None:
    async def work(store: Store) -> None:
        service = PeopleService(store, ContactsSection())
        ada = service.of("ada")
        assert await ada.take(list(cards(card("Anna") + card("Ben")))) == (2, 0)
        anna = (await ada.find("anna"))[0].person
        assert await ada.take(list(cards(card("Anna", phone="2") + card("Cleo")))) == (1, 1)
        assert (await ada.get(anna.id)).phones[0].value == "2"
        assert [one.name for one in await ada.everybody()] == ["Anna", "Ben", "Cleo"]
        assert len(list(cards("".join(await ada.cards())))) == 3
        eve = service.of("eve")
        assert await eve.everybody() == []
        for forbidden in (eve.get, eve.remove):
            with pytest.raises(NotFound):
                await forbidden(anna.id)
        await ada.remove(anna.id)
        assert await ada.find("anna") == []

    place.run(work)


def test_an_address_book_of_a_server_is_read_and_followed(server: str, loop_run) -> None:
    async def work() -> None:
        store = await Store.open("sqlite://", ManualClock())
        owner = await People(store).owner(name="Ada")
        account = Account(url=server, user=USER, password=Secret(PASSWORD))
        wrong = Account(url=server, user=USER, password=Secret("wrong"))
        service = PeopleService(store, ContactsSection(accounts={"cloud": account, "wrong": wrong}))
        await service.start()
        ada = service.of(owner.id)
        async with httpx.AsyncClient(base_url=server, auth=(USER, PASSWORD)) as other:
            (await other.request("MKCOL", "/ada/friends/", content=BOOK)).raise_for_status()
            for name in ("Anna", "Ben"):
                await other.put(f"/ada/friends/{name}.vcf", content=card(name))
            await service.once()
            assert [(one.name, one.source) for one in await ada.everybody()] == [
                ("Anna", "cloud"),
                ("Ben", "cloud"),
            ]
            ids = {one.name: one.id for one in await ada.everybody()}
            assert [one.trouble for one in await service.status()] == ["", "password"]
            await other.put("/ada/friends/Anna.vcf", content=card("Anna Berg", "Anna"))
            await other.delete("/ada/friends/Ben.vcf")
            await service.once()
            assert [(one.name, one.id) for one in await ada.everybody()] == [("Anna Berg", ids["Anna"])]
            with pytest.raises(NotFound):
                await ada.remove(ids["Anna"])
        await service.close()
        bare = PeopleService(store, ContactsSection())
        await bare.start()
        assert await bare.of(owner.id).everybody() == []
        await store.close()

    loop_run(work())


def test_a_file_is_read_and_followed(tmp_path: Path, loop_run) -> None:
    file = tmp_path / "people.vcf"
    file.write_text(card("Anna") + card("Ben"))

    async def work() -> None:
        store = await Store.open("sqlite://", ManualClock())
        owner = await People(store).owner(name="Ada")
        service = PeopleService(store, ContactsSection(accounts={"file": Account(url=f"file://{file}")}))
        await service.start()
        ada = service.of(owner.id)
        await service.once()
        assert [one.name for one in await ada.everybody()] == ["Anna", "Ben"]
        file.write_text(card("Anna Berg", "Anna"))
        await service.once()
        assert [one.name for one in await ada.everybody()] == ["Anna Berg"]
        with contextlib.suppress(FileNotFoundError):
            file.unlink()
        await service.once()
        assert (await service.status())[0].trouble == "unreachable"
        assert len(await ada.everybody()) == 1
        await store.close()

    loop_run(work())
