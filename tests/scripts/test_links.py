import subprocess
from pathlib import Path

import links


def repository(home: Path, **pages: str) -> Path:
    (home / "docs" / "decisions").mkdir(parents=True)
    (home / "docs" / "decisions" / "README.md").write_text("[0001](0001-a.md)")
    (home / "docs" / "decisions" / "0001-a.md").write_text("")
    for name, text in pages.items():
        (home / name.replace("__", "/")).with_suffix(".md").write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=home, check=True)
    subprocess.run(["git", "add", "."], cwd=home, check=True)
    return home


def test_links_that_lead_somewhere_are_fine(tmp_path):
    links_of_all_kinds = "[a](docs/decisions/README.md#x) [b](#here) [c](https://example.org/d) ![d](docs)\n"
    text = links_of_all_kinds + "```\n[e](nowhere)\n```\n"
    assert list(links.problems(repository(tmp_path, page=text))) == []


def test_a_link_to_nothing_is_told(tmp_path):
    assert list(links.problems(repository(tmp_path, page="![a](pictures/a.png)"))) == [
        "page.md links to pictures/a.png, which is not there"
    ]


def test_a_decision_that_the_index_leaves_out_is_told(tmp_path):
    assert list(links.problems(repository(tmp_path, docs__decisions__0002_b="text"))) == [
        "docs/decisions/README.md doesn't list 0002_b.md"
    ]
