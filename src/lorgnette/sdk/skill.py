"""`Skill` and `tool`: one declaration gives grammar, model schema, MCP tool, help and HUD."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, get_type_hints

import msgspec

from lorgnette.sdk.reply import Reply

Effect = Literal["read", "query", "act", "reach_out", "spend"]
"""read: local · query: a question leaves the machine · act: reversible · reach_out · spend (DESIGN §6)."""

Phrases = Mapping[str, Sequence[str]]
Cancel = Literal["safe", "finish"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a tool. `kind`: its Python type; `text` marks free text that keeps its audio."""

    name: str
    kind: Any
    required: bool
    default: Any
    doc: str


@dataclass(frozen=True, slots=True)
class Tool:
    """One function of a skill, as declared."""

    name: str
    effect: Effect
    phrases: Phrases
    doc: str
    parameters: tuple[Parameter, ...]
    undo: str
    preview: str
    cancel: Cancel
    offered: bool
    final: bool
    function: Callable[..., Awaitable[Reply]]


_MARK = "_lorgnette_tool"


def tool(
    *,
    effect: Effect,
    phrases: Phrases | None = None,
    undo: str = "",
    preview: str = "",
    cancel: Cancel = "finish",
    offered: bool = True,
    final: bool = False,
) -> Callable[[Callable[..., Awaitable[Reply]]], Callable[..., Awaitable[Reply]]]:
    """Declare a method of a skill as a tool.

    `phrases`: language → sentence templates in hassil's notation (`[optional]`, `(a|b)`, `{parameter}`);
    `undo`: the tool that takes an *act* back, called with what `Reply(undo=…)` holds;
    `preview`: the method that gives the `Offer` of what *reaches out* or *spends*, called with the tool's own
    arguments; after the wearer's yes the tool is called with the offer's `order`, in which nothing is open.
    Where something is still missing it gives a `Reply(ask=…)` instead;
    `cancel="safe"`: may be cancelled when the wearer interrupts; `offered=False`: only the wearer says it (a
    yes, a thank-you), no model or outside agent is told of it; `final=True`: an *act* nothing takes back,
    for what the wearer wants gone. It is never offered, and asks before (`Reply(ask=…)`) unless it is small.
    """

    def mark(function: Callable[..., Awaitable[Reply]]) -> Callable[..., Awaitable[Reply]]:
        setattr(
            function,
            _MARK,
            {
                "effect": effect,
                "phrases": phrases or {},
                "undo": undo,
                "preview": preview,
                "cancel": cancel,
                "offered": offered and not final,
                "final": final,
            },
        )
        return function

    return mark


class Skill:
    """The spoken front of a service: thin, one file.

    Subclasses have a docstring (said by *help*), tools, and `phrases_dir` with one Fluent file a language.
    """

    name: ClassVar[str] = ""
    """Key of the skill; the module's name if empty."""

    phrases_dir: ClassVar[Path | None] = None
    """Folder with `en.ftl`, `de.ftl`, `zh.ftl`; `<module>/../phrases/<name>` if None."""

    Settings: ClassVar[type[msgspec.Struct] | None] = None
    """What one may set for it under [skill_<key>] of lorgnette.toml: a struct whose fields all have defaults
    and a description (`Annotated[int, Meta(description=…)]`); a tool has it as `ctx.settings`."""

    version: ClassVar[str] = ""
    """Its own version, as 1.2.0, where no package says it."""

    requires: ClassVar[str] = ""
    """The versions of Lorgnette that it works with, as ">=0.1,<0.2"; empty: any."""

    needs: ClassVar[tuple[type[Any], ...]] = ()
    """The services without which it is of no use, as `(Schedule,)`: a hub that lacks one switches it off."""

    @classmethod
    def key(cls) -> str:
        """The skill's name."""
        return cls.name or cls.__module__.rpartition(".")[2]

    @classmethod
    def tools(cls) -> tuple[Tool, ...]:
        """The declared tools in the order of their definition."""
        found = []
        for name, function in vars(cls).items():
            mark = getattr(function, _MARK, None)
            if mark is not None:
                found.append(_read(name, function, mark))
        return tuple(found)


def _read(name: str, function: Callable[..., Awaitable[Reply]], mark: Mapping[str, Any]) -> Tool:
    doc = inspect.getdoc(function) or ""
    summary, _, rest = doc.partition(". ")
    docs = {}
    for part in rest.replace("\n", " ").rstrip(".").split(";"):
        key, colon, text = part.partition(":")
        if colon:
            docs[key.strip()] = text.strip()
    hints = get_type_hints(function, include_extras=True)
    parameters = []
    for parameter in list(inspect.signature(function).parameters.values())[2:]:
        required = parameter.default is inspect.Parameter.empty
        parameters.append(
            Parameter(
                name=parameter.name,
                kind=hints[parameter.name],
                required=required,
                default=None if required else parameter.default,
                doc=docs.get(parameter.name, ""),
            )
        )
    return Tool(
        name=name,
        effect=mark["effect"],
        phrases=mark["phrases"],
        doc=summary.rstrip("."),
        parameters=tuple(parameters),
        undo=mark["undo"],
        preview=mark["preview"],
        cancel=mark["cancel"],
        offered=mark["offered"],
        final=mark["final"],
        function=function,
    )
