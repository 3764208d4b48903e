"""Text as both databases take it."""


def clean(text: str) -> str:
    """Without NUL, which PostgreSQL refuses, and without lone surrogates, which no UTF-8 can hold."""
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode(errors="replace").decode()
