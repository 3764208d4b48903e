"""An address that was judged is spoken to by TLS under the page's own name, and only with its certificate."""

import asyncio
import datetime as dt
import ipaddress
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lorgnette.services.web import Strangers, Unanswered


def certificate(name: str, folder) -> tuple[str, str]:
    """(certificate, key) of this name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / f"{name}.pem", folder / f"{name}.key"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return str(chain), str(secret)


def test_the_name_is_what_tls_asks_for_and_checks(loop_run, tmp_path) -> None:
    chain, secret = certificate("page.example", tmp_path)
    asked: list[str | None] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-type: text/plain\r\n\r\nhello")
        await writer.drain()
        writer.close()

    async def resolve(host: str, port: int):
        return [ipaddress.ip_address("127.0.0.1")]

    async def work() -> None:
        served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        served.load_cert_chain(chain, secret)
        served.sni_callback = lambda _socket, name, _context: asked.append(name)
        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=served)
        port = server.sockets[0].getsockname()[1]
        get = Strangers(resolve=resolve, allowed=lambda _: True)
        get._tls = asyncio.ensure_future(asyncio.to_thread(ssl.create_default_context, cafile=chain))
        async with server:
            page = await get.get(f"https://page.example:{port}/")
            assert (page.body, page.host) == (b"hello", "page.example")
            with pytest.raises(Unanswered):
                await get.get(f"https://other.example:{port}/")  # whose certificate that isn't
        assert asked == ["page.example", "other.example"]

    loop_run(work())
