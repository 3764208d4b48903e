"""Taking models from a folder."""

from pathlib import Path

import pytest
from tests.models.shop import Shop, data_of, left, model_of

from lorgnette.models import ModelError, Shelf, fit, take_in


def test_files_are_known_by_their_hash_whatever_they_are_called(tmp_path: Path) -> None:
    shop = Shop()
    shop.url = "https://example.org"
    one, other = shop.file("a.onnx", data_of(5000)), shop.file("sub/b.txt", data_of(300, 2))
    model, shelf = model_of(one, other), Shelf(tmp_path / "models")
    stick = tmp_path / "stick" / "deep"
    stick.mkdir(parents=True)
    (stick / "whatever.bin").write_bytes(data_of(5000))
    (stick / "same-size.bin").write_bytes(data_of(300, 3))
    (stick / "broken").symlink_to("/nowhere")
    assert [taken.file.path for taken in take_in(tmp_path / "stick", [model], shelf)] == ["a.onnx"]
    assert not shelf.installed(model)
    (stick / "same-size.bin").write_bytes(data_of(300, 2))
    assert [taken.file.path for taken in take_in(tmp_path / "stick", [model], shelf)] == ["sub/b.txt"]
    assert shelf.installed(model)
    assert left(shelf.folder) == ["a.onnx", "b.txt"]
    assert take_in(tmp_path / "stick", [model], shelf) == []
    shelf.remove(model.id)
    assert left(shelf.folder) == []


def test_a_full_disk_or_no_folder_is_said(tmp_path: Path) -> None:
    shop = Shop()
    shop.url = "https://example.org"
    model = model_of(shop.file("a.onnx", data_of(5000)))
    (tmp_path / "a").write_bytes(data_of(5000))
    with pytest.raises(ModelError, match="no room"):
        take_in(tmp_path, [model], Shelf(tmp_path / "models"), space=lambda _: (100_000, 9_999))
    with pytest.raises(ModelError, match="no folder"):
        take_in(tmp_path / "a", [model], Shelf(tmp_path / "models"))


def test_what_fits_is_told_by_memory_and_disk() -> None:
    shop = Shop()
    shop.url = "https://example.org"
    model = model_of(shop.file("a.onnx", data_of(5000)))
    assert fit(model, needs=5000, memory=5000, spare=5000) == "fits"
    assert fit(model, needs=5000, memory=4999, spare=5000) == "memory"
    assert fit(model, needs=5000, memory=5000, spare=4999) == "disk"
    assert fit(model, needs=0, memory=5000, spare=0) == "fits"
