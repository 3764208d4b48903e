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
    """A root that devices trust, and the issuer under it with the key.

    The root signs its one issuer and its key is forgotten, never written: some systems pass over the
    constraints of a root that a person installed, and all heed those of an issuer. Whoever has the issuer's
    key (0600) can pose as any machine at home.
    """

    def __init__(
        self, certificate: x509.Certificate, issuer: x509.Certificate, key: ec.EllipticCurvePrivateKey
    ) -> None:
        self.certificate = certificate
        self.issuer = issuer
        self._key = key

    @classmethod
    def open(cls, folder: Path, label: str, now: datetime) -> Self:
        """The one in `folder`, else a new one for the machine called `label`. `ConfigError` if it is broken.

        A damaged or expired one is never replaced by itself: every device would have to trust anew.
        """
        if not (folder / CERTIFICATE).exists():  # the key alone: the first start was cut off
            made = cls.new(label, now)
            made.save(folder)
            return made
        try:
            root, issuer = x509.load_pem_x509_certificates((folder / CERTIFICATE).read_bytes())
            key = _ec(serialization.load_pem_private_key((folder / KEY).read_bytes(), None))
        except (OSError, ValueError, TypeError) as error:
            raise ConfigError(f"the hub's certificate authority in {folder} is damaged: {error}") from None
        if issuer.public_key() != key.public_key():
            raise ConfigError(f"{KEY} in {folder} is not the key of {CERTIFICATE}")
        if root.not_valid_after_utc <= now:
            raise ConfigError(f"the hub's certificate authority has expired; remove {folder} for a new one")
        return cls(root, issuer, key)

    @classmethod
    def new(cls, label: str, now: datetime) -> Self:
        """For ten years."""
        root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        permitted: list[x509.GeneralName] = [
            x509.DNSName(one) for one in (f"{label}.local", *DOMAINS, "localhost")
        ]
        permitted += [x509.IPAddress(network) for network in PRIVATE]
        root_name, issuer_name = _name(f"Lorgnette ({label})"), _name(f"Lorgnette issuer ({label})")

        def signed(name: x509.Name, own: ec.EllipticCurvePrivateKey, *, below: int) -> x509.Certificate:
            return (
                _builder(name, root_name, own.public_key(), now, ROOT_DAYS)
                .add_extension(x509.BasicConstraints(ca=True, path_length=below), critical=True)
                .add_extension(_usage(signs_certificates=True), critical=True)
                .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
                .add_extension(x509.NameConstraints(permitted, None), critical=True)
                .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
                .add_extension(
                    x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
                )
                .sign(root_key, hashes.SHA256())
            )

        return cls(signed(root_name, root_key, below=1), signed(issuer_name, key, below=0), key)

    def save(self, folder: Path) -> None:
        """The key first: certificates that lie there are complete."""
        write_private(folder / KEY, _pem_of(self._key))
        write_private(folder / CERTIFICATE, self.pem + self.issuer.public_bytes(serialization.Encoding.PEM))

    @property
    def pem(self) -> bytes:
        """The root as devices install it."""
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
        """A key, its certificate for a server and the issuer's, as one PEM.

        Names beyond the constraints are not refused here, but by whoever checks the chain.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        subjects: list[x509.GeneralName] = [x509.DNSName(name) for name in names]
        subjects += [x509.IPAddress(address) for address in addresses]
        certificate = (
            _builder(_name("Lorgnette hub"), self.issuer.subject, key.public_key(), now, LEAF_DAYS)
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
        chain = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in (certificate, self.issuer))
        return _pem_of(key) + chain

    def signed(self, certificate: x509.Certificate) -> bool:
        """Whether a certificate is this authority's."""
        try:
            certificate.verify_directly_issued_by(self.issuer)
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
