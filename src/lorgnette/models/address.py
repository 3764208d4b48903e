"""Which addresses a model may come from: https, and plain http on this machine alone."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from lorgnette.models.errors import ModelError


def checked(url: str, *, local: bool = False) -> str:
    """The address itself. `local`: http to this machine is let through; anything else is a `ModelError`."""
    parts = split(url)
    if parts.username or parts.password:
        raise ModelError(f"{url}: an address of a model holds no name and no password")
    if parts.scheme == "https" or (local and is_local(url)):
        return url
    raise ModelError(f"{url}: models come by https only")


def is_local(url: str) -> bool:
    """Whether this is plain http to this very machine."""
    parts = split(url)
    if parts.scheme != "http":
        return False
    host = parts.hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def mirrored(url: str, mirror: str) -> str:
    """The same file at a mirror: scheme and host are the mirror's, and its path comes before."""
    if not mirror:
        return url
    parts, other = split(url), split(mirror)
    path = other.path.rstrip("/") + parts.path
    return parts._replace(scheme=other.scheme, netloc=other.netloc, path=path).geturl()


def host_of(url: str) -> str:
    """For messages."""
    return split(url).netloc.rpartition("@")[2]


def split(url: str) -> SplitResult:
    """`urlsplit` whose complaint is a `ModelError`."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - checks it
    except ValueError as error:
        raise ModelError(f"{url!r} is no address: {error}") from error
    if not parts.hostname:
        raise ModelError(f"{url!r} is no address")
    return parts
