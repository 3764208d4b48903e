"""A tool that runs speaks, asks and listens, in three languages; silence and other commands end it."""

import asyncio

import pytest
from tests.agent.models import ScriptedModel, call
from tests.mind.conversation import Conversation
from tests.mind.tearoom import Tearoom

from lorgnette.mind.request import Await, Say

TALKS = {
    "en": ("brew tea", "three", "yes please", "Water is on. How many cups? 3 with milk? 3 cups with milk."),
    "de": ("mach Tee", "drei", "nein", "Das Wasser läuft. Wie viele Tassen? 3 mit Milch? 3 Tassen."),
    "zh": ("泡茶", "三", "好的", "水开了。 几杯？ 3杯加奶吗？ 3杯加奶。"),
}


@pytest.mark.parametrize("language", TALKS)
def test_a_tool_asks_and_goes_on_with_the_answer(language: str) -> None:
    talk = Conversation(language)
    command, cups, milk, all_of_it = TALKS[language]
    assert talk.say(command, cups, milk) == all_of_it
    assert Tearoom.made == [(3, language != "de", 4)]


def test_what_is_said_before_the_reply_comes_before_it() -> None:
    talk = Conversation()
    talk.say("brew tea", "two", "no")
    kinds = [type(piece).__name__ for piece in talk.pieces]
    assert kinds == ["Say", "Say", "Await", "Say", "Await", "Say", "Done", "Outcome"]


def test_a_silence_is_no_answer() -> None:
    talk = Conversation()
    assert talk.say("brew tea", None) == "Water is on. How many cups? No tea then."
    assert Tearoom.made == []


def test_what_is_no_number_is_asked_for_once_more() -> None:
    talk = Conversation()
    said = talk.say("brew tea", "well some", "four", "yes")
    assert "I didn't get that. How many cups?" in said
    assert talk.judged == ["unclear", "answer", "answer"]
    assert talk.say("brew tea", "well some", "as ever").endswith("No tea then.")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "a spoon of ginger"), ("de", "etwas Ingwer"), ("zh", "加点姜")]
)
def test_a_tool_listens_to_words(language: str, words: str) -> None:
    talk = Conversation(language)
    command = {"en": "take down a recipe", "de": "schreib ein Rezept auf", "zh": "记一个配方"}[language]
    assert words in talk.say(command, words)


def test_another_command_is_told_from_an_answer() -> None:
    talk = Conversation()
    talk.say("take down a recipe", "pour me a cup of green tea")
    assert talk.judged == ["command"]
    talk.say("brew tea", "smash two cups")
    assert talk.judged[1] == "command"


def test_where_nobody_can_answer_nobody_is_asked() -> None:
    talk = Conversation()
    assert talk.say("brew tea", answers=False) == "Water is on. No tea then."


def test_a_tool_whose_turn_ends_while_it_waits_is_over_and_did_nothing() -> None:
    async def work() -> None:
        talk = Conversation()
        pieces = talk.mind.respond(talk.request("brew tea"))
        async for piece in pieces:
            if isinstance(piece, Await):
                piece.answer.cancel()
                break
        await pieces.aclose()
        await talk.mind.close()
        assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []

    asyncio.run(work())
    assert Tearoom.made == []


def test_a_tool_that_a_model_calls_asks_too() -> None:
    talk = Conversation(chat=ScriptedModel([call("brew", "{}")], ["Done."]))
    said = talk.say("I would love something hot", "two", "no")
    assert [piece.text for piece in talk.pieces if isinstance(piece, Say)][:3] == [
        "Water is on.",
        "How many cups?",
        "2 with milk?",
    ]
    assert said.endswith("Done.")
    assert Tearoom.made == [(2, False, 4)]
