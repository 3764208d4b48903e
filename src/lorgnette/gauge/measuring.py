"""The bench itself: one engine after the other, each in a process of its own that is ended afterwards."""

import datetime as dt
import re
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from lorgnette.core.errors import EngineError
from lorgnette.engines.protocols import Synthesizer
from lorgnette.engines.registry import Sentence
from lorgnette.engines.runner import ProcessPool
from lorgnette.gauge.candidate import Candidate
from lorgnette.gauge.figure import Figure
from lorgnette.gauge.job import Clip, Job
from lorgnette.gauge.machine import load
from lorgnette.gauge.material import Recording
from lorgnette.gauge.sentences import SENTENCES
from lorgnette.gauge.speaking import said
from lorgnette.media.wav import write_wav

LONGEST_S: Final = 600.0
"""For one engine on one chip; one that hangs is ended then."""
PROBE: Final = "lorgnette.gauge.probe:Probe"
_CLASS = re.compile(r"^gauge: (?:[\w.]+\.)?(\w+): ")
_OURS = frozenset({"ConfigError", "EngineError", "Busy", "MediaError", "LorgnetteError"})


async def measure(
    found: Iterable[Candidate],
    material: Sequence[Recording],
    languages: Sequence[str],
    sentences: Mapping[str, Sequence[Sentence]],
    *,
    repeats: int = 3,
    seconds: float = 10.0,
) -> AsyncGenerator[tuple[Candidate, list[Figure]]]:
    """Figures of each candidate as they come; of one that can't be measured a single one that says why."""
    told = {
        language: [(one.template, dict(one.slots)) for one in group] for language, group in sentences.items()
    }
    clips = tuple(Clip(str(one.path.absolute()), one.language, one.text, one.synthetic) for one in material)
    for candidate in found:
        if candidate.why:
            yield candidate, [candidate.figure()]
            continue
        job = Job(
            kind=candidate.kind,
            engine=candidate.engine,
            settings=candidate.settings,
            sentences=told,
            clips=clips,
            languages=tuple(languages),
            repeats=repeats,
            seconds=seconds,
        )
        yield candidate, await _figures(candidate, job)


async def make(voice: Synthesizer, languages: Iterable[str], folder: Path) -> list[Recording]:
    """What the voice says of `sentences`, as files in `folder`, in those of the languages that it knows."""
    found: list[Recording] = []
    for language in languages:
        if language not in voice.languages:
            continue
        for number, text in enumerate(SENTENCES.get(language, ())):
            _, _, pcm = await said(voice, text, language)
            path = folder / f"{language}_{number}.wav"
            write_wav(path, pcm)
            found.append(Recording(path, language, text, synthetic=True))
    return found


async def _figures(candidate: Candidate, job: Job) -> list[Figure]:
    busy = load()
    pool = ProcessPool("gauge", PROBE, workers=1, deadline=LONGEST_S, patience=LONGEST_S, start_deadline=60.0)
    stamp = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        answer = await pool.call("measure", job=msgspec.to_builtins(job))
        found = msgspec.convert(answer, list[Figure])
    except (EngineError, msgspec.ValidationError) as error:
        why, unset = _why(str(error))
        found = [msgspec.structs.replace(candidate.figure(), why=why, absent=unset)]
    finally:
        await pool.aclose()
    known = candidate.figure()
    return [
        msgspec.structs.replace(
            one,
            provider=known.provider,
            model=known.model,
            print=known.print,
            versions=known.versions,
            taken=stamp,
            load=busy,
        )
        for one in found
    ]


def _why(detail: str) -> tuple[str, bool]:
    """What the engine said, without the way it came; and whether only a setting is missing."""
    named = _CLASS.match(detail)
    text = detail.removeprefix("gauge: ")
    if named is not None:
        text = detail[named.end() :] if named[1] in _OURS else detail[named.start(1) :]
    unset = named is not None and named[1] == "ConfigError"
    return " ".join(text.split())[:300] or "it failed and said nothing", unset
