"""The language model: which one answers, and the one of this machine."""

import pytest
from tests.skills.memory import Row, Talk, hold

from lorgnette.core.errors import Denied
from lorgnette.sdk import FoundModel, LocalModel

DIALOGUES: dict[str, list[Row]] = {
    "en": [
        ("which model are you using", "tell_model", {}, "I have no language model; I know my commands."),
        (
            "Use the local model.",
            "use_local_model",
            {},
            "From now on I think with qwen3:8b, here on this machine.",
        ),
        ("do you have a language model", "tell_model", {}, "I think with qwen3:8b."),
        ("yes, use the model on this computer", "use_local_model", {}, "I already think with qwen3:8b."),
    ],
    "de": [
        ("Welches Modell nutzt du?", "tell_model", {}, "Ich habe kein Sprachmodell, ich kann meine Befehle."),
        (
            "Nutze das lokale Modell.",
            "use_local_model",
            {},
            "Ab jetzt denke ich mit qwen3:8b, hier auf diesem Rechner.",
        ),
        ("mit welchem Modell denkst du", "tell_model", {}, "Ich denke mit qwen3:8b."),
        ("wechsle zum lokalen Modell", "use_local_model", {}, "Ich denke schon mit qwen3:8b."),
    ],
    "zh": [
        ("你在用什么模型", "tell_model", {}, "我没有语言模型，只会我的那些指令。"),
        ("使用本地模型", "use_local_model", {}, "从现在起我用这台电脑上的qwen3:8b来思考。"),
        ("你用哪个语言模型", "tell_model", {}, "我在用qwen3:8b。"),
        ("换成本地模型吧", "use_local_model", {}, "我已经在用qwen3:8b了。"),
    ],
}


class Machine:
    """`LocalModel` with one to be found, or none."""

    def __init__(self, model: str = "qwen3:8b", *, owner: bool = True) -> None:
        self.model = model
        self.owner = owner
        self.chosen = ""

    async def used(self) -> str:
        return self.chosen

    async def use(self) -> FoundModel | None:
        if not self.owner:
            raise Denied("only the owner")
        self.chosen = self.model
        return FoundModel(host="Ollama", model=self.model) if self.model else None

    async def drop(self) -> None:
        self.chosen = ""


def talk(language: str = "en", machine: Machine | None = None) -> Talk:
    made = Talk(language)
    made.services[LocalModel] = machine or Machine()
    return made


@pytest.mark.parametrize("language", DIALOGUES)
def test_the_dialogue_about_the_model_holds(language: str) -> None:
    hold(talk(language), "model", DIALOGUES[language])


def test_what_isnt_there_is_said() -> None:
    assert (
        talk(machine=Machine("")).say("use the local model") == "I found no language model on this machine."
    )


def test_it_is_taken_back_by_undo() -> None:
    machine = Machine()
    one = talk(machine=machine)
    one.say("use the local model")
    assert one.undo() == "I do without a language model again."
    assert machine.chosen == ""


def test_somebody_elses_hub_isnt_changed() -> None:
    machine = Machine(owner=False)
    talk(machine=machine).say("use the local model")
    assert machine.chosen == ""
