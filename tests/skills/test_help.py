"""What one can say."""

import pytest
from tests.skills.memory import Talk, registry

FRAMES = {
    "en": ("what can you do", "Say, for example: “{0}”, “{1}” and “{2}”."),
    "de": ("was kannst du", "Sag zum Beispiel: „{0}“, „{1}“ und „{2}“."),
    "zh": ("你会做什么", "比如可以说：“{0}”、“{1}”和“{2}”。"),
}


@pytest.mark.parametrize("language", FRAMES)
def test_three_examples_are_said_and_the_next_day_three_others(language: str) -> None:
    talk = Talk(language)
    question, frame = FRAMES[language]
    skills = [one for key, one in registry().skills.items() if key not in {"help", "control", "model"}]
    examples = [one.phrases.format("skill-example", {}, language).rstrip(".。") for one in skills]
    said = []
    for _ in range(2):
        begin = talk.clock.now().timetuple().tm_yday * 3 % len(examples)
        three = [examples[(begin + step) % len(examples)] for step in range(3)]
        assert talk.say(question) == frame.format(*three)
        assert talk.call == ("help.what_can_you_do", {})
        said.append(three)
        talk.clock.advance(86_400)
    assert set(said[0]).isdisjoint(said[1])


def test_never_more_than_three_examples_are_said_and_all_are_shown() -> None:
    talk = Talk()
    talk.say("help")
    assert len(talk.displays["help:what_can_you_do"].items) >= 6
