"""Values with a type wherever they stand."""

import pytest

from lorgnette.mind.parser.beginnings import Beginnings
from lorgnette.mind.parser.features import intent_features, marked
from lorgnette.mind.parser.spans import KINDS, apart, find_spans
from lorgnette.mind.reflexes import LanguageGrammar, Reflexes
from lorgnette.sdk.language import language_of
from lorgnette.sdk.registry import make_registry


@pytest.fixture(scope="module")
def grammars() -> dict[str, LanguageGrammar]:
    reflexes = Reflexes(make_registry(()))
    return {code: grammar for code in ("en", "de", "zh") if (grammar := reflexes.language(code))}


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("give me ten minutes more", "en", ["give", "me", "<D>", "more"]),
        ("wake me at half past seven tomorrow", "en", ["wake", "me", "at", "<T>", "<A>"]),
        ("stell ihn jeden montag auf 7:30", "de", ["stell", "ihn", "<R>", "auf", "<T>"]),
        ("音量调到百分之四十", "zh", ["音", "量", "调", "到", "<P>"]),
    ],
)
def test_values_become_marks_of_their_kind(grammars, text, language, words) -> None:
    grammar = grammars[language]
    tokens = grammar.plain(text)
    beginnings = Beginnings(language_of(language), grammar.readers)
    spans = apart(find_spans(tokens, grammar.readers, beginnings.kinds))
    assert marked(tokens.words, spans) == words


def test_no_value_is_overlooked_for_its_first_word(grammars) -> None:
    texts = {
        "en": "a quarter past seven on the first of may for half an hour forty percent every other day",
        "de": "viertel nach sieben am ersten mai anderthalb stunden zweihundertfünf prozent werktags",
        "zh": "明天早上七点半每周一两个半小时百分之五",
    }
    for code, text in texts.items():
        grammar = grammars[code]
        beginnings = Beginnings(language_of(code), grammar.readers)
        quick = find_spans(grammar.plain(text), grammar.readers, beginnings.kinds)
        every = find_spans(grammar.plain(f"{text} "), grammar.readers, lambda _word: KINDS)
        assert quick == every


def test_features_are_the_same_in_every_process() -> None:
    assert (
        sorted(intent_features(["set", "timer"], 1 << 14))[:3]
        == sorted(intent_features(["set", "timer"], 1 << 14))[:3]
    )
    assert len(intent_features(["设", "闹", "钟"], 1 << 14)) > 5
