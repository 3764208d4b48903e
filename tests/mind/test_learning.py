"""Other skills while the mind is at work: sentences, follow-ups and what runs."""

import asyncio
from collections.abc import Callable

from lorgnette.core.forms import Capabilities
from lorgnette.kit import Talk
from lorgnette.mind.reflexes import Reflexes
from lorgnette.mind.request import Say
from lorgnette.sdk import Context, Reply, Skill, tool
from lorgnette.sdk.registry import Candidate, Installed, Origin, SkillRegistry, install, make_registry

FOLDER = Origin("folder", "/skills")


class Bell(Skill):
    """Built in."""

    name = "bell"

    @tool(effect="read", phrases={"en": ["ring [the bell]"]})
    async def ring(self, ctx: Context) -> Reply:
        """Ring."""
        return Reply("ding")


def tea(sentence: str, entered: Callable[[], None] = lambda: None, gate: asyncio.Event | None = None):
    class Tea(Skill):
        """Of the folder."""

        name = "tea"

        @tool(effect="read", phrases={"en": [sentence]})
        async def brew(self, ctx: Context, cups: int = 1) -> Reply:
            """Brew. cups: how many."""
            entered()
            if gate is not None:
                await gate.wait()
            return Reply(sentence)

    return install(Tea, FOLDER)


BELL = install(Bell)


def registry(*installed: Installed, off: set[str] = frozenset()) -> SkillRegistry:
    return make_registry([Candidate(one.key, lambda one=one: one, one.origin) for one in installed], off)


def test_a_skill_comes_changes_and_goes_and_the_rest_is_not_compiled_again() -> None:
    live = registry(BELL)
    reflexes = Reflexes(live)
    reflexes.warm("en")
    grammar = reflexes.language("en")
    first = tea("brew {cups} cups")
    for skills, fits, fits_not in (
        ([BELL, first], "brew two cups", "pour two cups"),
        ([BELL, tea("pour {cups} cups")], "pour two cups", "brew two cups"),
        ([BELL], "ring", "pour two cups"),
    ):
        new = registry(*skills)
        hold = reflexes.learn(new)
        live.become(new)
        hold()
        match = reflexes.match(fits, "en")
        assert match
        assert live.find(match.skill, match.tool)
        assert reflexes.match(fits_not, "en") is None
        assert reflexes.language("en")._grammar is grammar._grammar
    off = registry(BELL, off={"bell"})
    hold = reflexes.learn(off)
    live.become(off)
    hold()
    assert reflexes.match("ring the bell", "en") is None


def test_a_turn_in_flight_ends_with_the_version_it_began_with() -> None:
    async def work() -> str:
        entered, gate = asyncio.Event(), asyncio.Event()
        talk = Talk(registry(BELL, tea("brew {cups} cups", entered.set, gate)), capabilities=Capabilities())
        running = asyncio.create_task(talk.say_in_loop("brew two cups"))
        await entered.wait()
        new = registry(BELL, tea("pour {cups} cups"))
        talk.mind.become(new, [talk.mind.reflexes.learn(new)])
        gate.set()
        said = await running
        assert any(isinstance(piece, Say) for piece in talk.pieces)
        assert await talk.say_in_loop("pour three cups") == "Pour {cups} cups"
        return said

    assert asyncio.run(work()) == "Brew {cups} cups"


def test_nothing_goes_on_from_what_a_skill_did_that_is_gone() -> None:
    async def work() -> None:
        talk = Talk(registry(BELL, tea("brew {cups} cups")))
        await talk.say_in_loop("brew two cups")
        new = registry(BELL)
        talk.mind.become(new, [talk.mind.reflexes.learn(new)])
        await talk.say_in_loop("and three?")
        assert talk.outcome.kind == "not_understood"

    asyncio.run(work())
