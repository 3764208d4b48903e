"""No session is lost when engines are: processes killed at work, remotes cut in every way."""

import random
from pathlib import Path

from tests.e2e.kills import shoot
from tests.e2e.speaker import command

KILLS, SECONDS = 8, 8.0
"""The hundred of `make bench ARGS=kills` take some minutes."""


def test_no_session_is_lost_when_engines_are_shot(home: Path, loop_run) -> None:
    seed = random.SystemRandom().randrange(10_000)
    print(f"seed {seed}")  # noqa: T201 - to be run again
    report = loop_run(
        shoot(KILLS, 1, seed, command("en_030.flac"), home, seconds=SECONDS, crowd=1, recovery=2.0)
    )
    assert not report.lost, report
    assert not report.unrecovered, report
    assert sum(report.blows.values()) >= 4, report  # as many as a busy machine finds time for
    assert report.restarts >= sum(report.blows[name] for name in ("pocketsphinx", "piper", "espeak"))
