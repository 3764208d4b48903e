"""The home network: addresses, the household's certificate authority, certificates, announcement."""

from lorgnette.lan.addresses import Address, home_addresses, in_order, is_private, names_of, netloc
from lorgnette.lan.announcement import Announcement, Multicast, Silence
from lorgnette.lan.authority import Authority
from lorgnette.lan.certificates import Certificates, GivenCertificate, HomeCertificates

__all__ = [
    "Address",
    "Announcement",
    "Authority",
    "Certificates",
    "GivenCertificate",
    "HomeCertificates",
    "Multicast",
    "Silence",
    "home_addresses",
    "in_order",
    "is_private",
    "names_of",
    "netloc",
]
