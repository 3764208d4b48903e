"""The catalogue: what an entry must have, which files are read, that the shipped one cites its sources."""

from pathlib import Path

import pytest

from lorgnette.core.errors import NotFound
from lorgnette.models import Catalogue, ModelError
from lorgnette.models.address import is_local, mirrored
from lorgnette.models.catalogue import read

ENTRY = """
[[model]]
id = "tiny-de"
kind = "tts"
engine = "piper"
languages = ["de"]
licence = "CC0-1.0"
source = "https://example.org/SHA256SUMS"
files = [{ path = "a/voice.onnx", url = "https://example.org/voice.onnx", bytes = 12, sha256 = "HASH" }]
""".replace("HASH", "ab" * 32)


def test_an_entry_is_read() -> None:
    (model,) = read(ENTRY, "x.toml")
    assert (model.id, model.kind, model.bytes, model.files[0].path) == ("tiny-de", "tts", 12, "a/voice.onnx")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ab" * 32, "AB" * 32, "sha256"),
        ("ab" * 32, "ab", "sha256"),
        ("bytes = 12", "bytes = 0", "bytes"),
        ("bytes = 12,", "", "bytes"),
        ('source = "https://example.org/SHA256SUMS"', "", "source"),
        ('licence = "CC0-1.0"', "", "licence"),
        ('"tts"', '"face"', "face"),
        ('"a/voice.onnx"', '"../voice.onnx"', "path"),
        ('"a/voice.onnx"', '"/etc/voice.onnx"', "path"),
        ('"a/voice.onnx"', '"a/../../voice"', "path"),
        ('"a/voice.onnx"', '"a//b"', "path"),
        ('"a/voice.onnx"', '"voice.part"', "may not end"),
        ('"tiny-de"', '"../tiny"', "id"),
        ('"tiny-de"', '".tiny"', "id"),
        ("https://example.org/voice", "http://example.org/voice", "https only"),
        ("https://example.org/voice", "file:///etc/voice", "no address"),
        ("https://example.org/voice", "https://me:secret@example.org/voice", "no password"),
        ("https://example.org/voice", "https://example.org:99999/voice", "no address"),
        ('["de"]', '["German"]', "languages"),
        ("[[model]]", "[[models]]", "unknown field"),
        ('id = "tiny-de"', 'id = "tiny-de"\nsize = 3', "unknown field"),
        ("[[model]]", "[[model", "x.toml"),
    ],
)
def test_what_is_wrong_is_said_with_the_name_of_the_file(old: str, new: str, said: str) -> None:
    assert old in ENTRY
    with pytest.raises(ModelError, match=said) as found:
        read(ENTRY.replace(old, new, 1), "x.toml")
    assert "x.toml" in str(found.value)


def test_a_file_cannot_lie_in_another_or_twice() -> None:
    for path, said in (("a", "lies in a file"), ("a/voice.onnx", "twice")):
        more = ENTRY.replace(
            "}]", f'}}, {{ path = "{path}", url = "https://x.org/v", bytes = 1, sha256 = "{"0" * 64}" }}]'
        )
        with pytest.raises(ModelError, match=said):
            read(more, "x.toml")


def test_own_catalogues_are_read_beside_the_built_in_one(tmp_path: Path) -> None:
    own = tmp_path / "models.d"
    own.mkdir()
    (own / "mine.toml").write_text(ENTRY)
    (own / "notes.txt").write_text("not a catalogue")
    catalogue = Catalogue.load(tmp_path)
    assert catalogue.find("tiny-de").kind == "tts"
    with pytest.raises(NotFound, match="did you mean tiny-de"):
        catalogue.find("tiny-dee")
    (own / "twice.toml").write_text(ENTRY)
    with pytest.raises(ModelError, match=r"twice\.toml.*is in .*mine\.toml already"):
        Catalogue.load(tmp_path)
    (own / "twice.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ModelError, match=r"twice\.toml"):
        Catalogue.load(tmp_path)


def test_the_shipped_catalogue_cites_a_public_page_and_pins_a_revision_for_every_model() -> None:
    for model in Catalogue.load():
        assert model.source.startswith("https://"), model.id
        assert model.languages, model.id
        for file in model.files:
            assert file.url.startswith("https://"), file.url
            assert "/main/" not in file.url, f"{file.url} can change any day"


@pytest.mark.parametrize(
    ("mirror", "result"),
    [
        ("", "https://example.org/a/b?x=1"),
        ("https://mirror.example", "https://mirror.example/a/b?x=1"),
        ("https://mirror.example:8443/hf/", "https://mirror.example:8443/hf/a/b?x=1"),
    ],
)
def test_a_mirror_replaces_scheme_and_host(mirror: str, result: str) -> None:
    assert mirrored("https://example.org/a/b?x=1", mirror) == result


def test_only_this_machine_is_local() -> None:
    for url in ("http://127.0.0.1:80/x", "http://127.9.9.9/x", "http://localhost/x", "http://[::1]/x"):
        assert is_local(url), url
    for url in (
        "http://localhost.example/x",
        "https://127.0.0.1/x",
        "http://10.0.0.1/x",
        "http://127.0.0.1.example/",
    ):
        assert not is_local(url), url
