"""The household's own certificate authority: it can vouch for a home network, and for nothing else."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from lorgnette.core.errors import ConfigError
from lorgnette.lan.addresses import DOMAINS, PRIVATE, Address
from lorgnette.lan.files import write_private

CERTIFICATE: Final = "ca.pem"
KEY: Final = "ca.key"
ROOT_DAYS: Final = 3650
LEAF_DAYS: Final = 396
"""A day less than the 397 that browsers take at most."""
EARLIER: Final = timedelta(hours=1)
"""Clocks of phones are not all right."""


class Authority:
    """A root certificate and its key. Whoever has the key can pose as any machine at home: it is 0600."""

    def __init__(self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        self.certificate = certificate
        self._key = key

    @classmethod
    def open(cls, folder: Path, label: str, now: datetime) -> Self:
        """The one in `folder`, else a new one for the machine called `label`. `ConfigError` if it is broken.

        A damaged or expired one is never replaced by itself: every device would have to trust anew.
        """
        certificate, key = folder / CERTIFICATE, folder / KEY
        if not certificate.exists():  # the key alone: the first start was cut off
            made = cls.new(label, now)
            made.save(folder)
            return made
        try:
            found = cls(
                x509.load_pem_x509_certificate(certificate.read_bytes()),
                _ec(serialization.load_pem_private_key(key.read_bytes(), None)),
            )
        except (OSError, ValueError, TypeError) as error:
            raise ConfigError(f"the hub's certificate authority in {folder} is damaged: {error}") from None
        if found.certificate.public_key() != found._key.public_key():
            raise ConfigError(f"{KEY} in {folder} is not the key of {CERTIFICATE}")
        if found.certificate.not_valid_after_utc <= now:
            raise ConfigError(f"the hub's certificate authority has expired; remove {folder} for a new one")
        return found

    @classmethod
    def new(cls, label: str, now: datetime) -> Self:
        """A root for ten years."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(f"Lorgnette ({label})")
        permitted: list[x509.GeneralName] = [
            x509.DNSName(one) for one in (f"{label}.local", *DOMAINS, "localhost")
        ]
        permitted += [x509.IPAddress(network) for network in PRIVATE]
        certificate = (
            _builder(name, name, key.public_key(), now, ROOT_DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.NameConstraints(permitted, None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        return cls(certificate, key)

    def save(self, folder: Path) -> None:
        """The key first: a certificate that lies there is complete."""
        write_private(folder / KEY, _pem_of(self._key))
        write_private(folder / CERTIFICATE, self.pem)

    @property
    def pem(self) -> bytes:
        """The certificate as devices install it."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        """SHA-256 as systems show it, as AB:CD:EF."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    @property
    def label(self) -> str:
        """The machine's name when this was made: another `.local` name can't be vouched for."""
        constraints = self.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
        names = x509.GeneralNames(constraints.permitted_subtrees or []).get_values_for_type(x509.DNSName)
        return next((name.removesuffix(".local") for name in names if name.endswith(".local")), "")

    def issue(self, names: Sequence[str], addresses: Sequence[Address], now: datetime) -> bytes:
        """A key and its certificate for a server, as one PEM.

        Names beyond the constraints are not refused here, but by whoever checks the chain.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        subjects: list[x509.GeneralName] = [x509.DNSName(name) for name in names]
        subjects += [x509.IPAddress(address) for address in addresses]
        certificate = (
            _builder(_name("Lorgnette hub"), self.certificate.subject, key.public_key(), now, LEAF_DAYS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName(subjects), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
            )
            .sign(self._key, hashes.SHA256())
        )
        return _pem_of(key) + certificate.public_bytes(serialization.Encoding.PEM)

    def signed(self, certificate: x509.Certificate) -> bool:
        """Whether a certificate is this authority's."""
        try:
            certificate.verify_directly_issued_by(self.certificate)
        except (ValueError, TypeError, InvalidSignature):
            return False
        return True


def subjects(certificate: x509.Certificate) -> tuple[tuple[str, ...], tuple[Address, ...]]:
    """The names and the addresses that a server's certificate is for."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return (), ()
    addresses = (ip_address(str(one)) for one in found.get_values_for_type(x509.IPAddress))
    return tuple(found.get_values_for_type(x509.DNSName)), tuple(addresses)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now - EARLIER + timedelta(days=days))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Lorgnette"),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
        ]
    )


def _pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _ec(key: object) -> ec.EllipticCurvePrivateKey:
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the key is of another kind")
    return key
