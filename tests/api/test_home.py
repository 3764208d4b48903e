"""The hub on the home network: real TLS to devices and pages, a plain door that knows only `/trust`."""

import asyncio
import contextlib
import socket
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address

import httpx
import pytest
import uvloop
from tests.hubs import CANNED
from tests.lan.handshake import trusting

from lorgnette.api.home import HomeNetwork, Ports
from lorgnette.api.trust import trust_routes
from lorgnette.app import Hub, HubSettings
from lorgnette.core import events
from lorgnette.core.audio import FRAME_BYTES
from lorgnette.core.errors import ConfigError
from lorgnette.gateways.native.softdevice import SoftDevice
from lorgnette.lan import Authority, GivenCertificate, HomeCertificates

LIVING = ip_address("127.0.0.2")
ATTIC = ip_address("127.0.0.3")


def free_ports() -> Ports:
    """Two ports that are free on the addresses of these tests."""
    with socket.socket() as one, socket.socket() as other:
        one.bind((str(LIVING), 0))
        other.bind((str(LIVING), 0))
        return Ports(one.getsockname()[1], other.getsockname()[1])


@dataclass
class AtHome:
    hub: Hub
    network: HomeNetwork
    ports: Ports
    tls: ssl.SSLContext
    heard: list = field(default_factory=list)

    async def device(self, **more) -> SoftDevice:
        owner = await self.hub.people.owner()
        _, token = await self.hub.devices.pair(owner.id, "test")
        return SoftDevice(token, **more)

    def https(self, address=LIVING, **more) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=f"https://{address}:{self.ports.https}", verify=self.tls, **more)

    def plain(self, address=LIVING, **more) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=f"http://{address}:{self.ports.plain}", **more)


@contextlib.asynccontextmanager
async def at_home(folder, addresses, certificates=None, announcement=None):
    """`addresses`: a list that the test may change, as the machine's own do."""
    async with Hub.open(HubSettings(engines=CANNED)) as hub:
        ports = free_ports()
        certificates = certificates or HomeCertificates(folder / "tls", "kitchen", hub.clock.now())
        network = HomeNetwork(
            ports,
            certificates,
            hub.doorkeeper,
            hub.clock.now,
            find=lambda: tuple(addresses),
            announcement=announcement,
        )
        app = hub.api.app(more=trust_routes(certificates.authority, network.reached))
        async with network.open(app, hub.gateway.upgrade, hub.gateway.drain):
            authority = certificates.authority
            tls = trusting(authority.pem) if authority is not None else ssl.create_default_context()
            yield AtHome(hub, network, ports, tls)


async def conversation(folder) -> None:
    """Typed words, their answer with sound, microphone audio, and a resumed connection: all over TLS."""
    async with at_home(folder, [LIVING]) as home:
        heard: list = []
        sound = bytearray()
        said = asyncio.Event()

        def take(event) -> None:
            heard.append(event)
            if isinstance(event, events.SentenceEnd):
                said.set()

        device = await home.device(on_event=take, on_audio=lambda pcm, _: sound.extend(pcm))
        url = f"wss://{LIVING}:{home.ports.https}"
        await device.connect(url, tls=home.tls)
        device.event(events.Typed("set a timer for five minutes", "en"))
        async with asyncio.timeout(10):
            await said.wait()
        assert any(isinstance(event, events.Sentence) for event in heard)
        assert sound
        for _ in range(50):
            device.microphone(bytes(FRAME_BYTES))
        device.drop()
        await device.closed.wait()
        welcome = await device.connect(url, tls=home.tls)
        assert welcome.resumed
        await device.close()


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_a_device_converses_over_tls_on_either_loop(tmp_path, run) -> None:
    run(asyncio.wait_for(conversation(tmp_path), 60))


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_a_device_that_does_not_trust_the_authority_hangs_up(tmp_path, run) -> None:
    async def work() -> None:
        async with at_home(tmp_path, [LIVING]) as home:
            device = await home.device()
            with pytest.raises(ssl.SSLCertVerificationError):
                await device.connect(f"wss://{LIVING}:{home.ports.https}", tls=ssl.create_default_context())
            assert home.hub.gateway.connections == 0

    run(asyncio.wait_for(work(), 60))


def test_nothing_but_tls_is_spoken_on_the_devices_port(loop_run, tmp_path) -> None:
    async def work() -> None:
        async with at_home(tmp_path, [LIVING]) as home:
            async with httpx.AsyncClient() as http:
                with pytest.raises(httpx.HTTPError):
                    await http.get(f"http://{LIVING}:{home.ports.https}/")
            async with home.https() as http:
                assert (await http.get("/healthz")).text == "ok\n"
                assert "Lorgnette" in (await http.get("/")).text
                assert (await http.get("/trust")).status_code == 200
                assert (await http.get("/v1/devices")).status_code == 403

    loop_run(work())


def test_only_the_hubs_own_names_are_answered(loop_run, tmp_path) -> None:
    async def work() -> None:
        async with at_home(tmp_path, [LIVING]) as home, home.https() as https, home.plain() as plain:
            for http in (https, plain):
                for host in ("evil.example", "8.8.8.8", "kitchen", "kitchen.local.evil.example"):
                    answer = await http.get("/", headers={"host": f"{host}:{home.ports.https}"})
                    assert answer.status_code == 403, host
            for host in ("kitchen.local", "KITCHEN.lan", str(LIVING)):
                assert (await https.get("/", headers={"host": host})).status_code == 200, host
            stranger = {"origin": "https://evil.example"}
            assert (await https.get("/", headers=stranger)).status_code == 403

    loop_run(work())


def test_the_plain_door_hands_out_the_certificate_and_sends_everything_else_on(loop_run, tmp_path) -> None:
    async def work() -> None:
        async with at_home(tmp_path, [LIVING]) as home, home.plain() as http:
            page = await http.get("/trust")
            assert page.status_code == 200
            assert home.network.reached()["fingerprint"][:23] in page.text
            handed = await http.get("/trust/lorgnette-ca.crt")
            assert handed.headers["content-type"] == "application/x-x509-ca-cert"
            assert ssl.PEM_cert_to_DER_cert(handed.text) in home.tls.get_ca_certs(binary_form=True)
            for path in ("/", "/v1/me?x=1", "//evil.example/x", "/trust/../v1/me"):
                answer = await http.get(path)
                assert answer.status_code == 307
                assert answer.headers["location"].startswith(f"https://{LIVING}:{home.ports.https}/")
            named = await http.get("/x", headers={"host": "kitchen.local:80"})
            assert named.headers["location"] == f"https://kitchen.local:{home.ports.https}/x"
            answer = await http.post("/v1/pair", json={"code": "12345678"})
            assert answer.status_code == 403
            upgrade = {
                "connection": "upgrade",
                "upgrade": "websocket",
                "sec-websocket-version": "13",
                "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
            }
            assert (await http.get("/v1/device", headers=upgrade)).status_code != 101

    loop_run(work())


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def test_the_hub_follows_its_addresses_without_a_restart(tmp_path, run) -> None:
    async def work() -> None:
        addresses = [LIVING]
        async with at_home(tmp_path, addresses) as home:
            device = await home.device()
            await device.connect(f"wss://{LIVING}:{home.ports.https}", tls=home.tls)
            addresses[:] = [ATTIC]
            await home.network.look()
            assert home.network.addresses == (ATTIC,)
            assert home.network.reached()["url"] == f"https://{ATTIC}:{home.ports.https}/"
            async with home.https(ATTIC) as http:
                assert (await http.get("/healthz")).status_code == 200
                assert (await http.get("/", headers={"host": str(LIVING)})).status_code == 403
            async with home.plain(ATTIC) as http:
                assert (await http.get("/trust")).status_code == 200
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection(str(LIVING), home.ports.https)
            device.drop()
            await device.closed.wait()
            welcome = await device.connect(f"wss://{ATTIC}:{home.ports.https}", tls=home.tls)
            assert welcome.resumed
            await device.close()

    run(asyncio.wait_for(work(), 60))


def test_an_address_that_is_taken_is_told_and_the_others_are_served(loop_run, tmp_path, caplog) -> None:
    caplog.set_level("WARNING")

    async def work() -> None:
        addresses = [LIVING]
        async with at_home(tmp_path, addresses) as home:
            with socket.socket() as other:
                other.bind((str(ATTIC), home.ports.https))
                other.listen()
                addresses.append(ATTIC)
                await home.network.look()
                await home.network.look()
                assert home.network.addresses == (LIVING,)
            await home.network.look()
            assert home.network.addresses == (LIVING, ATTIC)

    loop_run(work())
    assert caplog.text.count("can't be used") == 1


def test_with_a_certificate_of_ones_own_its_name_is_the_address_and_trust_is_gone(loop_run, tmp_path) -> None:
    async def work() -> None:
        world = Authority.new("kitchen", datetime.now(UTC))
        (tmp_path / "own.pem").write_bytes(world.issue(["*.lan", "hub.lan"], [], datetime.now(UTC)))
        own = GivenCertificate(tmp_path / "own.pem", tmp_path / "own.pem")
        async with at_home(tmp_path, [LIVING], own) as home, home.plain() as plain:
            assert home.network.reached() == {"url": f"https://hub.lan:{home.ports.https}/"}
            named = {"host": f"hub.lan:{home.ports.https}"}
            answer = await plain.get("/trust", headers=named)
            assert answer.headers["location"] == f"https://hub.lan:{home.ports.https}/trust"
            async with httpx.AsyncClient(verify=trusting(world.pem)) as http:
                url, sni = f"https://{LIVING}:{home.ports.https}", {"sni_hostname": "hub.lan"}
                assert (await http.get(f"{url}/", headers=named, extensions=sni)).status_code == 200
                assert (await http.get(f"{url}/trust", headers=named, extensions=sni)).status_code == 404

    loop_run(work())


class Heard:
    """An announcement that keeps what it was told."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[tuple] = asyncio.Queue()
        self.closed = False

    async def update(self, addresses) -> None:
        self.told.put_nowait(tuple(addresses))

    async def close(self) -> None:
        self.closed = True


def test_what_is_announced_is_where_the_hub_answers_and_is_taken_back(loop_run, tmp_path) -> None:
    async def work() -> None:
        heard = Heard()
        async with at_home(tmp_path, [LIVING, ATTIC], announcement=heard):
            assert await heard.told.get() == (LIVING, ATTIC)
        assert heard.closed

    loop_run(work())


def test_without_any_private_address_the_start_says_so(loop_run, tmp_path) -> None:
    async def work() -> None:
        with pytest.raises(ConfigError, match="no private address"):
            async with at_home(tmp_path, []):
                pass

    loop_run(work())
