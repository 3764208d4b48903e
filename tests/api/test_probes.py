"""What a service manager, a balancer and Prometheus are told, and who may ask."""

import re
from dataclasses import replace

import httpx
import pytest
from prometheus_client import parser as plain
from prometheus_client.openmetrics import parser as openmetrics
from tests.hubs import CANNED, Running, running

from lorgnette.app import HubSettings
from lorgnette.core import events
from lorgnette.engines.health import Health

TOKEN = "t" * 40
SETTINGS = HubSettings(engines=CANNED, metrics_token=TOKEN)
AWAY = {"X-Forwarded-For": "203.0.113.9"}


def client(here: Running, **headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{here.port}", headers=headers)


def value(text: str, sample: str) -> float:
    (found,) = re.findall(rf"^{re.escape(sample)} (\S+)$", text, re.MULTILINE)
    return float(found)


async def token_of(here: Running, wearer: str) -> str:
    _, token = await here.hub.devices.pair(wearer, "reader")
    return token


def test_a_hub_that_is_well_says_so_under_any_name(loop_run) -> None:
    async def work() -> None:
        async with running() as here, client(here, Host="10.1.2.3:8765") as http:
            alive = await http.get("/healthz")
            assert (alive.status_code, alive.text) == (200, "ok\n")
            assert alive.headers["cache-control"] == "no-store"
            ready = await http.get("/readyz")
            assert (ready.status_code, ready.json()) == (200, {"ready": True, "reasons": []})
            assert (await http.get("/v1/me")).status_code == 403
            assert (await http.get("/metrics")).status_code == 403

    loop_run(work())


@pytest.mark.parametrize("state", ["failing", "starting"])
def test_a_needed_engine_that_fails_makes_it_unready_with_the_reason_and_no_detail(loop_run, state) -> None:
    async def work() -> None:
        async with running() as here, client(here) as http:
            (engine,) = here.hub.engines.recognizer.engines
            engine.health = lambda: Health("canned", state, last_error="a path of this machine")
            answer = await http.get("/readyz")
            assert answer.status_code == 503
            assert answer.json() == {"ready": False, "reasons": [{"part": "asr", "why": state}]}
            assert "path" not in answer.text
            text = (await http.get("/metrics")).text
            assert value(text, "lorgnette_ready") == 0
            assert value(text, 'lorgnette_engine_up{kind="asr",engine="canned"}') == 0
            assert "path" not in text

    loop_run(work())


def test_while_it_drains_it_is_unready_and_serves_whom_it_has(loop_run) -> None:
    async def work() -> None:
        async with running() as here, client(here) as http:
            device = await here.device()
            await device.connect(here.url)
            here.hub.gateway.refuse()
            assert (await http.get("/readyz")).json()["reasons"] == [{"part": "hub", "why": "draining"}]
            assert (await http.get("/healthz")).status_code == 200
            assert not device.closed.is_set()
            await here.hub.gateway.drain()
            await device.closed.wait()
            assert device.went_away

    loop_run(work())


def test_a_hub_that_is_full_sends_new_wearers_elsewhere(loop_run) -> None:
    async def work() -> None:
        async with running(replace(SETTINGS, max_sessions=1)) as here, client(here) as http:
            assert (await http.get("/readyz")).status_code == 200
            device = await here.device()
            await device.connect(here.url)
            assert (await http.get("/readyz")).json()["reasons"] == [{"part": "hub", "why": "busy"}]
            await device.close()

    loop_run(work())


def test_metrics_count_what_happened_and_hold_no_word_of_it(loop_run) -> None:
    async def work() -> None:
        async with running() as here, client(here) as http:
            stranger = await here.hub.people.add("Zebediah", "wearer")
            device = await here.device(stranger.id)
            await device.connect(here.url)
            await here.hub.front.turn(stranger.id, {"text": "what time is it"})
            text = (await http.get("/metrics")).text
            assert value(text, 'lorgnette_turns_total{outcome="done"}') == 1
            assert value(text, 'lorgnette_turns_total{outcome="failed"}') == 0
            assert value(text, "lorgnette_sessions") == 1
            assert value(text, "lorgnette_connections") == 1
            assert value(text, 'lorgnette_reply_delay_seconds_count{input="text"}') == 1
            assert value(text, 'lorgnette_turn_stage_seconds_bucket{stage="mind",le="+Inf"}') == 1
            assert value(text, "process_resident_memory_bytes") > 1_000_000
            for private in ("Zebediah", stranger.id, device.welcome.device, "what time"):
                assert private not in text
            await device.close()

    loop_run(work())


def test_both_formats_are_read_by_prometheus_itself(loop_run) -> None:
    async def work() -> None:
        async with running() as here, client(here) as http:
            owner = await here.hub.people.owner()
            await here.hub.front.turn(owner.id, {"text": "what time is it"})
            new = await http.get(
                "/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"}
            )
            assert new.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
            assert new.text.endswith("# EOF\n")
            old = await http.get("/metrics")
            assert old.headers["content-type"].startswith("text/plain; version=0.0.4")
            found = {one.name for one in openmetrics.text_string_to_metric_families(new.text)}
            assert found == {one.name for one in plain.text_string_to_metric_families(old.text)}
            assert len(found) > 25

    loop_run(work())


def test_from_elsewhere_metrics_are_the_operators_and_the_owners(loop_run) -> None:
    async def work() -> None:
        async with running(SETTINGS) as here:
            owner = await here.hub.people.owner()
            guest = await here.hub.people.add("Eve", "guest")
            owners, guests = await token_of(here, owner.id), await token_of(here, guest.id)
            async with client(here, Host="hub.example:8765", **AWAY) as http:
                for shown, status in (
                    (f"Bearer {TOKEN}", 200),
                    (f"Bearer {owners}", 200),
                    (f"Bearer {guests}", 403),
                    (f"Bearer {TOKEN[:-1]}", 403),
                    (f"Basic {TOKEN}", 403),
                    ("Bearer", 403),
                ):
                    answer = await http.get("/metrics", headers={"Authorization": shown})
                    assert answer.status_code == status, shown
                    assert ("lorgnette_ready" in answer.text) is (status == 200)
                assert (
                    await http.get("/v1/me", headers={"Authorization": f"Bearer {TOKEN}"})
                ).status_code == 403

    loop_run(work())


@pytest.mark.parametrize(
    "headers",
    [
        AWAY,
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "http://evil.example"},
        {"Host": "[::1"},
    ],
    ids=lambda headers: " ".join(headers.values()),
)
def test_who_comes_through_a_proxy_or_under_another_name_is_not_on_this_machine(loop_run, headers) -> None:
    async def work() -> None:
        async with running() as here, client(here, **headers) as http:
            answer = await http.get("/metrics")
            assert answer.status_code == 403
            assert "lorgnette_ready" not in answer.text

    loop_run(work())


def test_without_a_token_of_its_own_an_empty_one_opens_nothing(loop_run) -> None:
    async def work() -> None:
        async with running() as here, client(here, **AWAY) as http:
            for shown in ("Bearer", "bearer x"):
                assert (await http.get("/metrics", headers={"Authorization": shown})).status_code == 403

    loop_run(work())


def test_a_turn_by_voice_is_timed_from_the_end_of_speech(loop_run) -> None:
    async def work() -> None:
        heard: list[events.TurnDone] = []
        async with running() as here, client(here) as http:
            owner = await here.hub.people.owner()
            loud = (b"\x00\x40" * 8 + b"\x00\xc0" * 8) * 1000 + bytes(32_000 * 2)
            heard.extend(await here.hub.front.turn(owner.id, {"pcm": loud}))
            text = (await http.get("/metrics")).text
            assert heard
            assert value(text, 'lorgnette_reply_delay_seconds_count{input="voice"}') == len(heard)
            assert value(text, 'lorgnette_turn_stage_seconds_count{stage="endpoint"}') == len(heard)

    loop_run(work())
