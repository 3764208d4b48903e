"""Dialogues are held in each language and form, and say where they went another way."""

from datetime import timedelta
from pathlib import Path

import pytest

from lorgnette.core.errors import SkillError
from lorgnette.kit import Dialogue, Played, Stage, Turn, read_dialogues
from lorgnette.kit.dialogue import seconds_of
from lorgnette.sdk import Card, Context, Reply, Schedule, Skill, tool
from lorgnette.sdk.registry import SkillRegistry, make_registry

PHRASES = """begun = { $left } to go.
rest = { $left } left.
none = Nothing is on.
gone = It is off.
how-many = How many eggs?
eggs = { $count } eggs.
no-eggs = No eggs then.
"""


class Kitchen(Skill):
    """Cooks."""

    name = "kitchen"

    @tool(effect="act", undo="clear", phrases={"en": ["cook for {time}"], "de": ["koch {time}"]})
    async def cook(self, ctx: Context, time: timedelta) -> Reply:
        """Cook. time: how long."""
        item = await ctx.service(Schedule).start(time)
        return Reply("begun", left=time, scene=Card(value="on"), undo=item.id)

    async def clear(self, ctx: Context, id: str) -> Reply:
        await ctx.service(Schedule).cancel(id)
        return Reply("gone")

    @tool(effect="read", phrases={"en": ["how long [still]"], "de": ["wie lange [noch]"]})
    async def left(self, ctx: Context) -> Reply:
        """Say how long it takes."""
        items = await ctx.service(Schedule).items()
        if not items:
            return Reply("none")
        return Reply("rest", left=timedelta(seconds=items[0].due - ctx.now.timestamp()))

    @tool(effect="read", phrases={"en": ["boil eggs"]})
    async def boil(self, ctx: Context) -> Reply:
        """Boil eggs."""
        count = await ctx.ask("how-many", int)
        return Reply("eggs", count=count) if count else Reply("no-eggs")

    @tool(effect="read", phrases={"en": ["show only"]})
    async def show(self, ctx: Context) -> Reply:
        """Show without a word."""
        return Reply("", scene=Card(value="dish"))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("phrases")
    for code in ("en", "de"):
        (folder / f"{code}.ftl").write_text(PHRASES)
    Kitchen.phrases_dir = folder
    registry: SkillRegistry = make_registry([("kitchen", lambda: Kitchen)])
    assert registry.broken == {}
    return Stage(registry)


def held(stage: Stage, *turns: Turn, language: str = "en", form: str = "everyday") -> Played:
    dialogue = Dialogue(name="x", turn=list(turns), languages=[language])
    return stage.play(dialogue, language, form)  # type: ignore[arg-type]


def test_time_passes_acts_are_taken_back_and_each_is_as_expected(stage: Stage) -> None:
    played = held(
        stage,
        Turn(
            user="cook for ten minutes", tool="cook", arguments={"time": "PT10M"}, undoable=True, scene="Card"
        ),
        Turn(wait="4 min"),
        Turn(user="how long still", says="6 minutes left.", scene=False, asks=False),
        Turn(undo=True, says="It is off."),
        Turn(user="how long", contains="nothing", tool="kitchen.left"),
    )
    assert played.well, str(played)


@pytest.mark.parametrize(
    ("turn", "what"),
    [
        (Turn(user="how long", says="Something."), "it says something else"),
        (Turn(user="how long", contains=["nothing", "else"]), "it doesn't say that"),
        (Turn(user="how long", like=r"\d+"), "it says something else"),
        (Turn(user="how long", tool="cook"), "another tool is called"),
        (Turn(user="cook for one hour", arguments={"time": 60}), "with other arguments"),
        (Turn(user="how long", undoable=True), "taking it back"),
        (Turn(user="how long", scene="Card"), "something else is shown"),
        (Turn(user="cook for one hour", scene=False), "something is shown"),
        (Turn(user="how long", asks=True), "a question"),
        (Turn(user="sing a song"), "it ends otherwise"),
        (Turn(user="show only"), "isn't said"),
    ],
)
def test_what_goes_another_way_is_told_with_what_came(stage: Stage, turn: Turn, what: str) -> None:
    played = held(stage, turn, Turn(user="how long"))
    assert not played.well
    assert len(played.turns) == 1, "it ends where it went wrong"
    assert what in str(played)
    assert "\n       - " in str(played)


def test_a_display_is_looked_at_where_there_is_one(stage: Stage) -> None:
    turn = Turn(user="show only", shows="dish")
    assert held(stage, turn, form="text-hud").well
    assert held(stage, turn, form="ar").well
    assert not held(stage, Turn(user="show only", shows="pot"), form="ar").well


def test_the_next_words_answer_a_tool_that_asks_and_a_silence_doesnt(stage: Stage) -> None:
    asked = Turn(user="boil eggs", says="How many eggs?", asks=True)
    assert held(stage, asked, Turn(user="three", says="3 eggs.", tool="boil")).well
    assert held(stage, asked, Turn(wait="20 s", says="No eggs then.")).well
    other = held(stage, asked, Turn(user="how long", says="Nothing is on."))
    assert other.well, str(other)


FILE = """
[[dialogue]]
name = "cooking"
forms = ["everyday"]

[[dialogue.turn]]
user.en = "cook for ten minutes"
user.de = "koch zehn Minuten"
arguments.time = "PT10M"
"""


def test_a_file_is_one_dialogue_in_several_languages(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "test_kitchen.toml").write_text(FILE)
    played = list(stage.plays(tmp_path))
    assert [(one.language, one.form, one.well) for one in played] == [
        ("en", "everyday", True),
        ("de", "everyday", True),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[dialogue]", "test_x.toml"),
        ('[[dialogue]]\nname = "x"\nturn = []', "length >= 1"),
        ('[[dialogue]]\nname = "x"\n[[dialogue.turn]]\nuser = "a"\nsay = "b"', "unknown field `say`"),
        ('[[dialogue]]\nname = "x"\n[[dialogue.turn]]\nsays = "a"', "turn 1 has one of"),
        ('[[dialogue]]\nname = "x"\n[[dialogue.turn]]\nwait = "soon"', "no span of time"),
        (
            '[[dialogue]]\nname = "x"\n[[dialogue.turn]]\nuser.en = "a"\nuser.de = "b"\nsays.en = "c"',
            "says has no words in de",
        ),
    ],
)
def test_a_mistake_in_a_file_is_said_with_its_place(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "test_x.toml"
    file.write_text(text)
    with pytest.raises(SkillError, match=reason):
        read_dialogues(file)


def test_spans_of_time_are_written_as_one_writes_them() -> None:
    assert [seconds_of(one) for one in ("30 s", "10min", "1 h 30 min", "2 d")] == [30, 600, 5400, 172_800]
