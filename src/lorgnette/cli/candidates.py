"""What `bench` measures: engines as they are set, and with each model on the shelf."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lorgnette.config import Config
    from lorgnette.engines.registry import EngineChoice, Kind, Sentence
    from lorgnette.gauge import Candidate
    from lorgnette.models import Catalogue, Model, Shelf


def bases(
    config: "Config",
    choice: "EngineChoice",
    catalogue: "Catalogue",
    shelf: "Shelf",
    kinds: "Collection[Kind]",
    named: Collection[tuple[str, str]] = (),
) -> "Iterator[Candidate]":
    """Every installed adapter of these kinds, or those that are `named` (kind, engine); nothing is made.

    An engine for load tests comes only where it is named.
    """
    from lorgnette.engines.registry import available

    models = [model for model in catalogue if shelf.installed(model)]
    for kind in kinds:
        for name in available(kind):
            wanted = (kind, name) in named
            if wanted or (not named and not _pretends(kind, name)):
                fitting = [model for model in models if (model.kind, model.engine) == (kind, name)]
                yield from _of_engine(config, choice, shelf, kind, name, fitting)


def english() -> "dict[str, list[Sentence]]":
    """What the installed skills understand, for engines that need a grammar."""
    from lorgnette.engines.registry import Sentence
    from lorgnette.mind.reflexes import Reflexes
    from lorgnette.sdk.registry import load_skills

    reflexes = Reflexes(load_skills())
    return {"en": [Sentence(template, slots) for template, slots in reflexes.sentences("en")]}


def _of_engine(
    config: "Config",
    choice: "EngineChoice",
    shelf: "Shelf",
    kind: "Kind",
    name: str,
    models: "list[Model]",
) -> "Iterator[Candidate]":
    from dataclasses import replace

    from lorgnette.cli.settings import engine_table
    from lorgnette.core.errors import ConfigError
    from lorgnette.gauge import Candidate

    try:
        found = engine_table(config, f"{kind}_{name}")
        settings = dict(found if found is not None else choice.settings.get(f"{kind}.{name}", {}))
    except ConfigError as error:
        yield Candidate(kind, name, why=error.detail, absent=True)
        return
    if kind == "llm" and not settings:
        yield Candidate(kind, name, why="no address is set", absent=True)
        return
    seen: set[str] = set()
    for model in models:
        changes = {
            key: value.replace("{folder}", str(shelf.place(model))) for key, value in model.use.items()
        }
        own = {**settings, **_own(config, f"{kind}_{name}", changes)}
        one = Candidate(kind, name, own, model.id, changes)
        seen.add(one.print)
        yield one
    plain = Candidate(kind, name, settings)
    if plain.print not in seen:
        yield replace(plain, model=_model_in(settings, shelf))


def _own(config: "Config", section: str, changes: Mapping[str, str]) -> dict[str, Any]:
    """What `models use` would write, as the engine's settings."""
    from lorgnette.config.values import from_text

    found: dict[str, Any] = {}
    for name, value in changes.items():
        of, key = config.schema.split(name)
        if of == section:
            found[key] = from_text(value, config.schema.find(of, key))
    return found


def _model_in(settings: Mapping[str, Any], shelf: "Shelf") -> str:
    """The model on our shelf that these settings name, even where the catalogue doesn't know it any more."""
    for value in settings.values():
        if isinstance(value, str) and value:
            path = Path(value)
            if path.is_absolute() and path.is_relative_to(shelf.folder) and path != shelf.folder:
                return path.relative_to(shelf.folder).parts[0]
    return ""


def _pretends(kind: "Kind", name: str) -> bool:
    from lorgnette.engines.registry import installed
    from lorgnette.engines.traits import traits_of

    try:
        return traits_of(installed(kind)[name].load()).pretends
    except Exception:  # noqa: BLE001 - measuring it will say what is wrong
        return False
