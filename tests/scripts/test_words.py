import pytest
import words


@pytest.mark.parametrize(
    "line",
    [
        "see /ro" + "ot/x",
        "see /ho" + "me/anna/x",
        "from https://py" + "pi.org/simple",
        "key = 's" + "k-" + "a1" * 14 + "'",
        "-----BEGIN RSA PRIV" + "ATE KEY-----",
    ],
)
def test_what_belongs_to_one_machine_or_is_secret_is_found(tmp_path, line):
    (tmp_path / "notes.md").write_text(f"fine\n{line}\n")
    [found] = words.findings(tmp_path / "notes.md", tmp_path)
    assert found.startswith("notes.md:2: ")


@pytest.mark.parametrize(
    "line", ["the root of it", "web/home/page.js", "task-list", "GET /rooted", "https://example.org/home"]
)
def test_ordinary_text_is_left_alone(tmp_path, line):
    (tmp_path / "notes.md").write_text(line)
    assert list(words.findings(tmp_path / "notes.md", tmp_path)) == []


def test_a_picture_is_not_read(tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    assert list(words.findings(tmp_path / "picture.png", tmp_path)) == []
