"""The gallery by HTTP: by token or by a link of the hub's; sealed, in ranges, each wearer's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from tests.hubs import Running, running
from tests.services.gallery.pictures import WEBM, picture


@asynccontextmanager
async def opened() -> AsyncIterator[tuple[Running, httpx.AsyncClient, str]]:
    """A hub with a picture, a client with the owner's token, and the picture's id."""
    async with running() as here:
        owner = await here.hub.people.owner()
        _, token = await here.hub.devices.pair(owner.id, "phone")
        shot = await here.hub.gallery.add(owner.id, picture(), "phone")
        base = f"http://127.0.0.1:{here.port}"
        async with httpx.AsyncClient(base_url=base, headers={"authorization": f"Bearer {token}"}) as client:
            yield here, client, shot.id


def test_listed_shown_saved_deleted_and_back(loop_run) -> None:
    async def work() -> None:
        async with opened() as (_, client, id):
            page = (await client.get("/v1/gallery")).json()
            assert [one["id"] for one in page["items"]] == [id]
            assert page["next"] == ""
            thumb = await client.get(f"/v1/gallery/{id}/thumb")
            assert thumb.headers["content-type"] == "image/jpeg"
            original = await client.get(f"/v1/gallery/{id}/original")
            assert original.content == picture()
            assert original.headers["content-disposition"].startswith("inline; ")
            saved = await client.get(f"/v1/gallery/{id}/original?save=1")
            assert saved.headers["content-disposition"].startswith("attachment; ")
            assert saved.headers["content-disposition"].endswith(".jpg")
            assert (await client.delete(f"/v1/gallery/{id}")).json()["undo_hours"] == 24
            for path in ("", "/thumb", "/original"):
                assert (await client.get(f"/v1/gallery/{id}{path}")).status_code == 404
            assert (await client.post(f"/v1/gallery/{id}/restore")).json()["id"] == id
            assert (await client.get(f"/v1/gallery/{id}")).json()["width"] == 640

    loop_run(work())


def test_what_is_given_out_can_be_nothing_but_a_picture_or_a_film(loop_run) -> None:
    async def work() -> None:
        async with opened() as (_, client, id):
            for path in ("thumb", "original"):
                headers = (await client.get(f"/v1/gallery/{id}/{path}")).headers
                assert headers["x-content-type-options"] == "nosniff"
                assert headers["content-security-policy"] == "default-src 'none'; sandbox"
                assert headers["cache-control"] == "private, no-store"
                assert headers["cross-origin-resource-policy"] == "same-origin"

    loop_run(work())


def test_a_film_is_played_in_ranges_by_a_link_without_a_token(loop_run) -> None:
    async def work() -> None:
        async with opened() as (here, client, _):
            owner = await here.hub.people.owner()
            reel = await here.hub.gallery.film(owner.id)
            await reel.write(WEBM)
            film = await reel.finish()
            assert film is not None
            link = (await client.post(f"/v1/gallery/{film.id}/link")).json()["url"]
            assert "Bearer" not in link
            async with httpx.AsyncClient(base_url=client.base_url) as player:
                part = await player.get(link, headers={"range": "bytes=4-9"})
                assert (part.status_code, part.content) == (206, WEBM[4:10])
                assert part.headers["content-type"] == "video/webm"
                assert (await player.get(link, headers={"range": "bytes=999999-"})).status_code == 416
                for wrong in (
                    link.replace("until=", "until=9"),
                    link.replace("wearer=", "wearer=x"),
                    link[:-1] + ("0" if link[-1] != "0" else "1"),
                    link.replace(film.id, "g-other"),
                    f"/v1/gallery/{film.id}/original?key=",
                    f"/v1/gallery/{film.id}/original?key=é&wearer={owner.id}&until=99999999999",
                    f"/v1/gallery/{film.id}/original",
                ):
                    assert (await player.get(wrong)).status_code == 403, wrong
                other = await player.get(link, headers={"origin": "https://elsewhere.example"})
                assert other.status_code == 403

    loop_run(work())


def test_nothing_is_another_wearers(loop_run) -> None:
    async def work() -> None:
        async with opened() as (here, client, id):
            other = await here.hub.people.add_temporary("guest")
            _, token = await here.hub.devices.pair(other.id, "theirs")
            client.headers["authorization"] = f"Bearer {token}"
            assert (await client.get("/v1/gallery")).json() == {"items": [], "next": ""}
            asks: list[Any] = [
                client.get(f"/v1/gallery/{id}"),
                client.get(f"/v1/gallery/{id}/thumb"),
                client.get(f"/v1/gallery/{id}/original"),
                client.delete(f"/v1/gallery/{id}"),
                client.post(f"/v1/gallery/{id}/restore"),
                client.post(f"/v1/gallery/{id}/link"),
            ]
            for ask in asks:
                assert (await ask).status_code == 404
            client.headers["authorization"] = "Bearer " + "x" * 43
            assert (await client.get("/v1/gallery")).status_code == 403

    loop_run(work())


@pytest.mark.parametrize("id", ["..%2f..%2fetc", "%00", "x" * 70, "a.b", "wishes"])
def test_names_that_are_none_are_not_found(loop_run, id: str) -> None:
    async def work() -> None:
        async with opened() as (_, client, _id):
            assert (await client.get(f"/v1/gallery/{id}/original")).status_code == 404
            assert (await client.get("/v1/gallery?limit=many")).status_code == 400
            assert (await client.get("/v1/gallery?before=nonsense")).status_code == 404

    loop_run(work())


def test_places_are_wished_for_by_each_wearer(loop_run) -> None:
    async def work() -> None:
        async with opened() as (_, client, _id):
            assert (await client.get("/v1/gallery/wishes")).json() == {"places": False}
            assert (await client.patch("/v1/gallery/wishes", json={"places": True})).status_code == 200
            assert (await client.get("/v1/gallery/wishes")).json() == {"places": True}
            assert (await client.patch("/v1/gallery/wishes", json={"places": "yes"})).status_code == 400

    loop_run(work())
