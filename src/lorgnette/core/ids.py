"""Short unguessable ids."""

import secrets


def new_id(prefix: str = "") -> str:
    """72 random bits as 12 URL-safe characters, behind `prefix`."""
    return prefix + secrets.token_urlsafe(9)
