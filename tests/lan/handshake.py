"""A TLS handshake in memory: what a device's OpenSSL says of a certificate, without a socket."""

import ssl
from pathlib import Path

from cryptography import x509

from lorgnette.lan.certificates import server_context


def trusting(authority_pem: bytes) -> ssl.SSLContext:
    """A device that trusts this authority and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=authority_pem.decode())
    return context


def serving(pem: bytes, folder: Path) -> ssl.SSLContext:
    """A server with this key and certificate."""
    file = folder / "leaf.pem"
    file.write_bytes(pem)
    context = server_context()
    context.load_cert_chain(file)
    return context


def shake(server: ssl.SSLContext, client: ssl.SSLContext, name: str) -> x509.Certificate:
    """The certificate that was shown; `ssl.SSLCertVerificationError` where the device refuses it."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    there = server.wrap_bio(to_server, to_client, server_side=True)
    here = client.wrap_bio(to_client, to_server, server_hostname=name)
    for _ in range(4):
        for side in (here, there):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    shown = here.getpeercert(binary_form=True)
    assert shown is not None
    return x509.load_der_x509_certificate(shown)
