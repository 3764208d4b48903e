"""The manual: every key is in it, and the committed page is the one the code makes."""

from pathlib import Path

import pytest

from lorgnette.config import Schema, docs
from lorgnette.config.schema import fields

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_every_key_is_in_the_manual() -> None:
    text = docs(Schema())
    for name, kind in Schema().sections.items():
        assert f"## [{name}]" in text
        for key in fields(kind):
            assert f"| `{key}` | " in text
    assert "a whole number from 0 to 65535" in text


def test_the_page_in_docs_is_what_the_code_says() -> None:
    if not PAGE.exists():
        pytest.skip("docs/settings.md isn't in this checkout")
    assert PAGE.read_text(encoding="utf-8") == docs(), "run: lorgnette config docs > docs/settings.md"
