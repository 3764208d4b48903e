"""Words as they are compared: one width, no case, no accents, ß as ss."""

import unicodedata


def fold(text: str) -> str:
    """Compatibility forms and accents away, case folded, blanks single."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFKC", kept).split())


def pattern(word: str) -> str:
    r"""The LIKE pattern (ESCAPE '\') that finds a folded word anywhere."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
