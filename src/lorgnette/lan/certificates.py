"""What the hub shows on the home network: a leaf of its own authority, or a certificate that was given."""

import logging
import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Protocol

from cryptography import x509

from lorgnette.core.errors import ConfigError
from lorgnette.lan.addresses import Address, in_order, names_of, netloc
from lorgnette.lan.authority import Authority, subjects
from lorgnette.lan.files import write_private

log = logging.getLogger(__name__)

LEAF: Final = "hub.pem"
RENEW: Final = timedelta(days=30)
"""Before its end; a given certificate that gets so near to it is told of."""
ALWAYS: Final = (ip_address("127.0.0.1"), ip_address("::1"))


class Certificates(Protocol):
    """The TLS context of every listener. `refresh` changes its certificate: new connections get that one."""

    context: ssl.SSLContext

    @property
    def authority(self) -> Authority | None:
        """What devices have to trust first; None where the world's authorities vouch."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Names under which the certificate is good."""
        ...

    def refresh(self, addresses: Sequence[Address], now: datetime) -> bool:
        """Renew what is due or no longer fits; True if there is a new certificate. Reads and writes files."""
        ...


class HomeCertificates:
    """Signed by the household's own authority, made at the first use."""

    def __init__(self, folder: Path, label: str, now: datetime) -> None:
        self.context = server_context()
        self._folder = folder
        self._authority = Authority.open(folder, label, now)
        self._current: x509.Certificate | None = None
        own = self._authority.label
        if own != label:
            log.warning(
                "this machine is called %s now, and the hub's authority vouches for %s.local: "
                "remove %s for a new one, which every device has to trust anew",
                *(label, own, folder),
            )
        self._names = names_of(own)

    @property
    def authority(self) -> Authority:
        return self._authority

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def refresh(self, addresses: Sequence[Address], now: datetime) -> bool:
        names = (*self._names, "localhost")
        wanted = in_order({*addresses, *ALWAYS})
        if self._current is None:
            self._current = self._kept()
        if self._fits(self._current, names, wanted, now):
            return False
        data = self._authority.issue(names, wanted, now)
        path = self._folder / LEAF
        write_private(path, data)
        self.context.load_cert_chain(path)
        self._current = x509.load_pem_x509_certificate(data)
        return True

    def _kept(self) -> x509.Certificate | None:
        """The one of the last run; None if there is none that can be used."""
        path = self._folder / LEAF
        try:
            found = x509.load_pem_x509_certificate(path.read_bytes())
            self.context.load_cert_chain(path)
        except (OSError, ValueError, ssl.SSLError):
            return None
        return found if self._authority.signed(found) else None

    @staticmethod
    def _fits(
        one: x509.Certificate | None, names: Sequence[str], addresses: Sequence[Address], now: datetime
    ) -> bool:
        if one is None or not one.not_valid_before_utc <= now < one.not_valid_after_utc - RENEW:
            return False
        has = subjects(one)
        return set(has[0]) == set(names) and set(has[1]) == set(addresses)


class GivenCertificate:
    """Of an authority that devices know already (ACME, a company); read again when its files change."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self.context = server_context()
        self._certificate = certificate
        self._key = key
        self._seen: tuple[float, float] | None = None
        self._names: tuple[str, ...] = ()

    @property
    def authority(self) -> None:
        return None

    @property
    def names(self) -> tuple[str, ...]:
        return self._names

    def refresh(self, addresses: Sequence[Address], now: datetime) -> bool:
        del addresses
        try:
            seen = (self._certificate.stat().st_mtime, self._key.stat().st_mtime)
            if seen == self._seen:
                return False
            read = x509.load_pem_x509_certificate(self._certificate.read_bytes())
            server_context().load_cert_chain(self._certificate, self._key)  # half a change breaks this alone
            self.context.load_cert_chain(self._certificate, self._key)
        except (OSError, ValueError) as error:  # SSLError is an OSError
            said = getattr(error, "strerror", None) or error
            raise ConfigError(
                f"network.certificate {self._certificate} and network.key {self._key} can't be used: {said}"
            ) from None
        names, literal = subjects(read)
        self._names = (*names, *map(netloc, literal))
        if read.not_valid_after_utc - RENEW < now:
            log.warning("%s is good until %s", self._certificate, f"{read.not_valid_after_utc:%Y-%m-%d}")
        self._seen = seen
        return True


def server_context() -> ssl.SSLContext:
    """TLS 1.2 and newer, HTTP/1.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context
