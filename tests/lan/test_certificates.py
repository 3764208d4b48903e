"""The certificate follows addresses and time on one living context; a given one follows its files."""

import os
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from tests.lan.handshake import shake, trusting

from lorgnette.core.errors import ConfigError
from lorgnette.lan.authority import Authority
from lorgnette.lan.certificates import GivenCertificate, HomeCertificates

NOW = datetime.now(UTC)
FIRST = (ip_address("192.168.1.5"),)
SECOND = (ip_address("192.168.7.9"), ip_address("fd00::9"))


def test_an_address_that_changes_renews_the_leaf_on_the_same_context(tmp_path) -> None:
    home = HomeCertificates(tmp_path / "tls", "kitchen", NOW)
    device = trusting(home.authority.pem)
    assert home.refresh(FIRST, NOW)
    before = shake(home.context, device, "192.168.1.5")
    assert not home.refresh(FIRST, NOW)
    assert home.refresh(SECOND, NOW)
    after = shake(home.context, device, "192.168.7.9")
    assert shake(home.context, device, "fd00::9").serial_number == after.serial_number != before.serial_number
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        shake(home.context, device, "192.168.1.5")
    for name in ("kitchen.local", "kitchen.lan", "localhost", "127.0.0.1"):
        shake(home.context, device, name)


def test_the_same_leaf_serves_after_a_restart(tmp_path) -> None:
    first = HomeCertificates(tmp_path / "tls", "kitchen", NOW)
    first.refresh(FIRST, NOW)
    again = HomeCertificates(tmp_path / "tls", "kitchen", NOW)
    assert not again.refresh(FIRST, NOW)
    device = trusting(first.authority.pem)
    assert shake(again.context, device, "192.168.1.5") == shake(first.context, device, "192.168.1.5")
    assert (tmp_path / "tls" / "hub.pem").stat().st_mode & 0o777 == 0o600


def test_it_is_renewed_thirty_days_before_its_end(tmp_path) -> None:
    home = HomeCertificates(tmp_path / "tls", "kitchen", NOW)
    home.refresh(FIRST, NOW)
    assert not home.refresh(FIRST, NOW + timedelta(days=365))
    assert home.refresh(FIRST, NOW + timedelta(days=367))


@pytest.mark.parametrize("left", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_leaf_that_was_damaged_is_made_anew(tmp_path, left) -> None:
    HomeCertificates(tmp_path / "tls", "kitchen", NOW).refresh(FIRST, NOW)
    (tmp_path / "tls" / "hub.pem").write_bytes(left)
    again = HomeCertificates(tmp_path / "tls", "kitchen", NOW)
    assert again.refresh(FIRST, NOW)
    shake(again.context, trusting(again.authority.pem), "192.168.1.5")


def test_a_leaf_of_another_authority_is_made_anew(tmp_path) -> None:
    folder = tmp_path / "tls"
    HomeCertificates(folder, "kitchen", NOW).refresh(FIRST, NOW)
    (folder / "ca.pem").unlink()
    again = HomeCertificates(folder, "kitchen", NOW)
    assert again.refresh(FIRST, NOW)
    shake(again.context, trusting(again.authority.pem), "192.168.1.5")


def test_a_machine_that_was_renamed_keeps_the_names_that_can_be_vouched_for(tmp_path, caplog) -> None:
    caplog.set_level("WARNING")
    HomeCertificates(tmp_path / "tls", "kitchen", NOW)
    renamed = HomeCertificates(tmp_path / "tls", "attic", NOW)
    assert "kitchen.local" in renamed.names
    assert "attic.local" not in renamed.names
    assert "attic" in caplog.text
    renamed.refresh(FIRST, NOW)
    shake(renamed.context, trusting(renamed.authority.pem), "192.168.1.5")


def given(folder, authority: Authority, name: str) -> None:
    """What ACME's client leaves: chain and key in two files."""
    pem = authority.issue([name], [], NOW)
    key, _, chain = pem.partition(b"-----BEGIN CERTIFICATE-----")
    for file, content in (("chain.pem", b"-----BEGIN CERTIFICATE-----" + chain), ("key.pem", key)):
        (folder / file).write_bytes(content)
        given.at += 10
        os.utime(folder / file, (given.at, given.at))


given.at = 1_000_000_000


def test_a_given_certificate_is_read_again_when_its_files_change(tmp_path) -> None:
    world = Authority.new("kitchen", NOW)
    device = trusting(world.pem)
    given(tmp_path, world, "hub.lan")
    own = GivenCertificate(tmp_path / "chain.pem", tmp_path / "key.pem")
    assert own.refresh(FIRST, NOW)
    assert own.authority is None
    assert own.names == ("hub.lan",)
    before = shake(own.context, device, "hub.lan")
    assert not own.refresh(SECOND, NOW)
    given(tmp_path, world, "hub.lan")
    assert own.refresh(FIRST, NOW)
    assert shake(own.context, device, "hub.lan").serial_number != before.serial_number


def test_half_a_renewal_leaves_the_old_certificate_in_service(tmp_path) -> None:
    world = Authority.new("kitchen", NOW)
    given(tmp_path, world, "hub.lan")
    own = GivenCertificate(tmp_path / "chain.pem", tmp_path / "key.pem")
    own.refresh(FIRST, NOW)
    old_key = (tmp_path / "key.pem").read_bytes()
    given(tmp_path, world, "hub.lan")
    new_key = (tmp_path / "key.pem").read_bytes()
    (tmp_path / "key.pem").write_bytes(old_key)
    with pytest.raises(ConfigError, match=r"network\.certificate"):
        own.refresh(FIRST, NOW)
    shake(own.context, trusting(world.pem), "hub.lan")
    (tmp_path / "key.pem").write_bytes(new_key)
    assert own.refresh(FIRST, NOW)
    shake(own.context, trusting(world.pem), "hub.lan")


def test_a_certificate_that_is_missing_is_one_sentence(tmp_path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        GivenCertificate(tmp_path / "chain.pem", tmp_path / "key.pem").refresh(FIRST, NOW)
