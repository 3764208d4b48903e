"""Which models of a catalogue to offer somebody who speaks these languages: few, and each can be used."""

from collections.abc import Callable, Iterable, Sequence

from lorgnette.models.entry import Kind, Model

OFFERED: tuple[Kind, ...] = ("asr", "tts")


def suggest(
    models: Iterable[Model], languages: Sequence[str], usable: Callable[[Model], bool]
) -> list[Model]:
    """For hearing and for speaking: what covers most of the languages, then the smallest, until all are.

    One of an engine, whose settings name one model. A model without settings that say where it lies isn't
    offered: it would be fetched for nothing.
    """
    known = [model for model in models if usable(model) and _placed(model)]
    found: list[Model] = []
    for kind in OFFERED:
        wanted = set(languages)
        left = [model for model in known if model.kind == kind]
        while wanted and (best := min(left, key=lambda model: _order(model, wanted), default=None)):
            covered = wanted & _primary(best)
            if not covered:
                break
            found.append(best)
            wanted -= covered
            left = [model for model in left if model.engine != best.engine]
    return found


def _order(model: Model, wanted: set[str]) -> tuple[int, int, str]:
    return (-len(wanted & _primary(model)), model.bytes, model.id)


def _primary(model: Model) -> set[str]:
    return {language.partition("-")[0] for language in model.languages}


def _placed(model: Model) -> bool:
    return any("{folder}" in value for value in model.use.values())
