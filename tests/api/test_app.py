"""The HTTP door of a whole hub: nothing but pairing, pages and health answers without a token."""

import httpx
import pytest
from tests.hubs import Running, running


def client(here: Running, token: str = "", **more) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{here.port}", headers=headers | more)


async def paired(here: Running) -> str:
    owner = await here.hub.people.owner()
    _, token = await here.hub.devices.pair(owner.id, "test")
    return token


def test_every_endpoint_but_three_wants_a_token(loop_run) -> None:
    async def work() -> None:
        async with running() as here, client(here) as http:
            for method, path in (
                ("GET", "/v1/me"),
                ("GET", "/v1/devices"),
                ("DELETE", "/v1/devices/x"),
                ("PATCH", "/v1/devices/x"),
                ("POST", "/v1/pairing"),
                ("GET", "/v1/turns"),
                ("GET", "/v1/turns/x"),
                ("GET", "/v1/status"),
            ):
                assert (await http.request(method, path)).status_code == 403, path
            assert (await http.post("/v1/run", content=b"")).status_code in (404, 405), (
                "only on the private socket"
            )
            assert (await http.get("/healthz")).text == "ok\n"
            assert (await http.get("/readyz")).status_code == 200
            page = await http.get("/")
            assert page.status_code == 200
            assert "default-src 'self'" in page.headers["content-security-policy"]
            assert (await http.get("/../app.py")).status_code == 404

    loop_run(work())


def test_pairing_over_http_gives_a_token_that_can_be_taken_back(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            owner = await here.hub.people.owner()
            async with client(here) as http:
                body = {"code": here.hub.desk.code(owner.id), "name": "my  glasses\n"}
                answer = (await http.post("/v1/pair", json=body)).json()
                assert (await http.post("/v1/pair", json=body)).status_code == 403
                assert (await http.post("/v1/pair", content=b"{")).status_code == 400
                assert (await http.post("/v1/pair", json={"code": "1" * 500})).status_code == 400
            async with client(here, answer["token"]) as http:
                devices = (await http.get("/v1/devices")).json()
                assert [one["name"] for one in devices] == ["my glasses"]
                assert (await http.get("/v1/me")).json()["role"] == "owner"
                assert (await http.patch(f"/v1/devices/{answer['device']}", json={"name": "frames"})).json()[
                    "name"
                ] == "frames"
                await http.delete(f"/v1/devices/{answer['device']}")
                assert (await http.get("/v1/devices")).status_code == 403

    loop_run(work())


def test_one_wearer_sees_nothing_of_another(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            stranger = await here.hub.people.add("Eve", "guest")
            _, token = await here.hub.devices.pair(stranger.id, "eve's")
            owner_token = await paired(here)
            owner = await here.hub.people.owner()
            await here.hub.front.turn(owner.id, {"text": "what time is it"})
            async with client(here, owner_token) as http:
                (turn,) = (await http.get("/v1/turns?limit=5")).json()
                (device,) = (await http.get("/v1/devices")).json()
            async with client(here, token) as http:
                assert (await http.get("/v1/turns")).json() == []
                assert (await http.get(f"/v1/turns/{turn['id']}")).status_code == 404
                assert (await http.delete(f"/v1/devices/{device['id']}")).status_code == 404
                assert (await http.get("/v1/status")).status_code == 403
                assert (await http.post("/v1/pairing", json={"wearer": owner.id})).status_code == 403

    loop_run(work())


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_strangers_are_turned_away(loop_run, headers) -> None:
    async def work() -> None:
        async with running() as here, client(here) as http:
            assert (await http.post("/v1/pair", headers=headers, content=b"{}")).status_code == 403

    loop_run(work())


def test_a_body_without_end_is_cut_off(loop_run) -> None:
    async def work() -> None:
        async def endless():
            for _ in range(200):
                yield bytes(64 * 1024)

        async with running() as here, client(here) as http:
            try:
                answer = await http.post("/v1/pair", content=endless())
            except httpx.HTTPError:
                return  # cut off before all was sent
            assert answer.status_code == 413

    loop_run(work())


def test_an_error_inside_says_nothing_of_the_inside(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            token = await paired(here)

            async def broken(*_: object) -> None:
                raise RuntimeError("secret detail")

            here.hub.journal.turns = broken
            async with client(here, token) as http:
                answer = await http.get("/v1/turns")
            assert answer.status_code == 500
            assert "secret" not in answer.text

    loop_run(work())


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"code":' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"code":"\xff"}',
        b'{"code":7}',
        b"",
        b"{",
    ],
    ids=["depth", "nested", "no utf-8", "number", "empty", "cut"],
)
def test_a_body_that_is_no_request_is_told_so_in_json(loop_run, body) -> None:
    async def work() -> None:
        async with running() as here, client(here) as http:
            answer = await http.post("/v1/pair", content=body)
            assert answer.status_code == 400
            assert answer.json()["error"]
            assert (await http.get("/v1/nowhere")).status_code == 404
            assert (await http.put("/v1/me")).json()["error"] == "Method Not Allowed"

    loop_run(work())


def test_a_name_is_one_visible_line_of_bounded_length(loop_run) -> None:
    async def work() -> None:
        async with running() as here:
            token = await paired(here)
            owner = await here.hub.people.owner()
            (device,) = await here.hub.devices.devices(owner.id)
            async with client(here, token) as http:
                path = f"/v1/devices/{device.id}"
                for name in ("x" * 81, "x" * 1_000_000, "", " \n\u200b "):
                    assert (await http.patch(path, json={"name": name})).status_code == 400
                assert (await http.patch(path, json={"name": "x" * 3_000_000})).status_code == 413
                renamed = await http.patch(path, json={"name": "  Ada’s\n\u202e眼镜\x00 "})
                assert renamed.json()["name"] == "Ada’s 眼镜"

    loop_run(work())


@pytest.mark.parametrize(
    "path", ["/../app.py", "/%2e%2e/app.py", "/..%2fapp.py", "/js/..%2f..%2fapp.py", "//etc/passwd", "/%00"]
)
def test_no_path_leads_out_of_the_pages(loop_run, path) -> None:
    async def work() -> None:
        async with running() as here, client(here) as http:
            answer = await http.get(path)
            assert answer.status_code == 404
            assert "lorgnette" not in answer.text

    loop_run(work())
