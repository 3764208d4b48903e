"""Which versions of Lorgnette a skill works with."""

from lorgnette import __version__


def unmet(requires: str, version: str = __version__) -> str:
    """Why this version doesn't do, in a sentence; empty if it does. `requires`: as ">=0.1,<0.2"."""
    if not requires.strip():
        return ""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        fits = SpecifierSet(requires).contains(version, prereleases=True)
    except InvalidSpecifier:
        return f'requires = "{requires}" is no range of versions; write it as ">=0.1,<0.2"'
    return "" if fits else f"it works with Lorgnette {requires}, and this is {version}"
