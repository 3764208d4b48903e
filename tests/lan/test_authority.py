"""The household's authority vouches for home and nothing else: OpenSSL and a second verifier say so."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import verification
from tests.lan.handshake import serving, shake, trusting

from lorgnette.core.errors import ConfigError
from lorgnette.lan.authority import Authority, subjects

NOW = datetime.now(UTC)

AT_HOME = [
    "kitchen.local",
    "kitchen.lan",
    "kitchen.home.arpa",
    "kitchen.internal",
    "localhost",
    "192.168.1.5",
    "10.0.0.1",
    "172.31.255.254",
    "169.254.3.4",
    "127.0.0.1",
    "::1",
    "fd12:3456::5",
]
ELSEWHERE = [
    "example.org",
    "local",
    "other.local",
    "kitchen.local.example.org",
    "notlan",
    "kitchen",
    "8.8.8.8",
    "172.32.0.1",
    "192.169.0.1",
    "2001:db8::1",
    "fc00::1",
]


def is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def leaf_for(authority: Authority, name: str) -> bytes:
    names = ["kitchen.local"] if is_address(name) else [name]
    return authority.issue(names, [ip_address(name)] if is_address(name) else [], NOW)


def verified(authority: Authority, leaf: x509.Certificate, name: str) -> None:
    """By the verifier of `cryptography`, which shares no code with OpenSSL's."""
    subject = x509.IPAddress(ip_address(name)) if is_address(name) else x509.DNSName(name)
    builder = verification.PolicyBuilder().store(verification.Store([authority.certificate])).time(NOW)
    builder.build_server_verifier(subject).verify(leaf, [authority.issuer])


@pytest.mark.parametrize("name", AT_HOME)
def test_a_machine_at_home_is_vouched_for(tmp_path, name) -> None:
    authority = Authority.new("kitchen", NOW)
    pem = leaf_for(authority, name)
    leaf = shake(serving(pem, tmp_path), trusting(authority.pem), name)
    verified(authority, leaf, name)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_leaf_for_anything_else_is_refused_even_with_the_key(tmp_path, name) -> None:
    authority = Authority.new("kitchen", NOW)
    pem = leaf_for(authority, name)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake(serving(pem, tmp_path), trusting(authority.pem), name)
    with pytest.raises(verification.VerificationError):
        verified(authority, x509.load_pem_x509_certificate(pem), name)


def test_a_forbidden_name_beside_good_ones_spoils_the_leaf(tmp_path) -> None:
    authority = Authority.new("kitchen", NOW)
    pem = authority.issue(["kitchen.local", "example.org"], [ip_address("192.168.1.5")], NOW)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake(serving(pem, tmp_path), trusting(authority.pem), "kitchen.local")


def test_a_leaf_cannot_vouch_for_another(tmp_path) -> None:
    authority = Authority.new("kitchen", NOW)
    lengths = [
        one.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length
        for one in (authority.certificate, authority.issuer)
    ]
    assert lengths == [1, 0]
    other = Authority.new("kitchen", NOW)
    pem = leaf_for(other, "kitchen.local")
    with pytest.raises(ssl.SSLCertVerificationError):
        shake(serving(pem, tmp_path), trusting(authority.pem), "kitchen.local")
    assert not authority.signed(x509.load_pem_x509_certificate(pem))


def test_constraints_are_critical_and_lifetimes_are_what_systems_take() -> None:
    authority = Authority.new("kitchen", NOW)
    for one in (authority.certificate, authority.issuer):
        assert one.extensions.get_extension_for_class(x509.NameConstraints).critical
    leaf = x509.load_pem_x509_certificate(leaf_for(authority, "kitchen.local"))
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=397)
    root = authority.certificate
    assert root.not_valid_after_utc - root.not_valid_before_utc == timedelta(days=3650)
    assert subjects(leaf) == (("kitchen.local",), ())


def test_it_is_made_once_and_its_key_is_for_this_user_only(tmp_path) -> None:
    folder = tmp_path / "tls"
    made = Authority.open(folder, "kitchen", NOW)
    assert stat.S_IMODE((folder / "ca.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    again = Authority.open(folder, "renamed", NOW)
    assert again.fingerprint == made.fingerprint
    assert again.label == "kitchen"
    assert len(made.fingerprint.split(":")) == 32


def test_a_first_start_that_was_cut_off_is_made_up_for(tmp_path) -> None:
    folder = tmp_path / "tls"
    folder.mkdir()
    (folder / "ca.key").write_bytes(b"half")
    (folder / "ca.key.new").write_bytes(b"half")
    assert Authority.open(folder, "kitchen", NOW).label == "kitchen"


def test_a_damaged_one_is_never_replaced_by_itself(tmp_path) -> None:
    folder = tmp_path / "tls"
    Authority.open(folder, "kitchen", NOW)
    before = (folder / "ca.pem").read_bytes()
    (folder / "ca.key").write_bytes(b"not a key")
    with pytest.raises(ConfigError, match="damaged"):
        Authority.open(folder, "kitchen", NOW)
    Authority.open(tmp_path / "other", "kitchen", NOW)
    (folder / "ca.key").write_bytes((tmp_path / "other" / "ca.key").read_bytes())
    with pytest.raises(ConfigError, match="not the key"):
        Authority.open(folder, "kitchen", NOW)
    (folder / "ca.key").unlink()
    with pytest.raises(ConfigError, match="damaged"):
        Authority.open(folder, "kitchen", NOW)
    assert (folder / "ca.pem").read_bytes() == before


def test_an_expired_one_says_what_to_do(tmp_path) -> None:
    Authority.open(tmp_path / "tls", "kitchen", NOW - timedelta(days=3651))
    with pytest.raises(ConfigError, match="expired; remove"):
        Authority.open(tmp_path / "tls", "kitchen", NOW)


def test_the_key_that_is_kept_cannot_speak_for_the_root(tmp_path) -> None:
    made = Authority.open(tmp_path / "tls", "kitchen", NOW)
    kept = b"".join(file.read_bytes() for file in (tmp_path / "tls").iterdir())
    assert kept.count(b"PRIVATE KEY-----") == 2  # one key, its two lines
    key = serialization.load_pem_private_key((tmp_path / "tls" / "ca.key").read_bytes(), None)
    assert key.public_key() == made.issuer.public_key() != made.certificate.public_key()
