"""Every built-in skill speaks and understands every language that the hub comes with."""

import re
from pathlib import Path

import pytest
from fluent.syntax import parse
from fluent.syntax.ast import Message, VariableReference
from fluent.syntax.visitor import Visitor
from tests.skills.memory import reflexes, registry

from lorgnette.mind.mind import hub_phrases
from lorgnette.sdk.language import language_of
from lorgnette.sdk.sentences import heard_of, sentences_of

LANGUAGES = ("en", "de", "zh")
UNSAID = {"set_timer"}


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802
        self.found.add(node.id.name)


def variables(file: Path) -> dict[str, set[str]]:
    """Phrase → the values that it uses."""
    found = {}
    for entry in parse(file.read_text("utf-8")).body:
        assert type(entry).__name__ in {"Message", "Comment"}, f"{file}: {entry.__dict__}"
        if isinstance(entry, Message):
            visitor = _Variables()
            visitor.visit(entry)
            found[entry.id.name] = visitor.found
    return found


FOLDERS = [skill.phrases.folder for skill in registry().skills.values()] + [hub_phrases().folder]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_all_languages_have_the_same_phrases_with_the_same_values(folder: Path) -> None:
    english = variables(folder / "en.ftl")
    for language in LANGUAGES[1:]:
        other = variables(folder / f"{language}.ftl")
        assert set(other) == set(english), language
        for key, used in english.items():
            # a language without plurals or gender may say less, never something that isn't there
            assert other[key] <= used | {"count", "formal"}, (language, key)
            assert used - other[key] <= {"count", "formal"}, (language, key)


@pytest.mark.parametrize("name", registry().skills)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tool_has_at_least_six_sentences_that_compile(name: str, language: str) -> None:
    skill = registry().skills[name]
    pack = language_of(language)
    accepted = {template for template, _ in reflexes().sentences(language, all=True)}
    for tool in skill.tools:
        sentences = sentences_of(name, skill.phrases.folder, tool, pack)
        assert len(sentences) >= 6 or tool.name == "what_can_you_do", f"{tool.name}: {len(sentences)}"
        assert set(sentences) <= accepted, tool.name


def test_what_a_recogniser_listens_for_is_understood_by_the_very_same_tool() -> None:
    from hassil.intents import TextSlotList
    from hassil.parse_expression import parse_sentence
    from hassil.sample import sample_expression

    words = {"duration": "five minutes", "time": "half past seven", "date": "tomorrow", "number": "three"}
    words |= {"percent": "forty percent", "text": "the red box"}
    pack = language_of("en")
    kinds = dict(reflexes().sentences("en"))
    for skill in registry().skills.values():
        for tool in skill.tools:
            for template in heard_of(skill.key, skill.phrases.folder, tool, pack):
                lists = {
                    name: TextSlotList.from_strings([kind[0] if isinstance(kind, tuple) else words[kind]])
                    for name, kind in kinds[template].items()
                }
                for text in sample_expression(parse_sentence(template).expression, slot_lists=lists):
                    match = reflexes().match(" ".join(text.split()), "en")
                    assert match is not None, text
                    assert (match.skill, match.tool) == (skill.key, tool.name), text


def test_every_phrase_key_that_a_skill_uses_exists() -> None:
    for skill in registry().skills.values():
        folder = skill.phrases.folder
        source = (folder.parent.parent / f"{folder.name}.py").read_text("utf-8")
        used = set(re.findall(r"(?:Reply|Phrase|_reply)\(\s*\"([a-z0-9-]+)\"", source))
        used |= set(re.findall(r"phrase=\"([a-z0-9-]+)\"", source))
        used |= set(re.findall(r"key = \"([a-z0-9-]+)\"", source))
        assert used <= skill.phrases.keys("en"), skill.key


def test_an_undo_exists_for_every_act() -> None:
    for registered in registry().tools.values():
        if registered.tool.effect == "act":
            assert registered.tool.undo or registered.tool.final, registered.name


def test_what_nothing_takes_back_is_never_offered_to_a_model() -> None:
    final = {name for name, registered in registry().tools.items() if registered.tool.final}
    assert final == {"forget_last", "forget_today", "forget_conversations"}
    assert not any(registry().tools[name].tool.offered for name in final)


def test_what_leaves_the_machine_for_somebody_is_laid_out_before() -> None:
    for registered in registry().tools.values():
        tool = registered.tool
        assert (tool.effect in {"reach_out", "spend"}) == bool(tool.preview), registered.name
