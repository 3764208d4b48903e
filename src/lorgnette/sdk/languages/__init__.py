"""The language packs that come with the hub: folders of data, registered like anybody's."""

from pathlib import Path

EN = Path(__file__).parent / "en"
DE = Path(__file__).parent / "de"
ZH = Path(__file__).parent / "zh"

__all__ = ["DE", "EN", "ZH"]
