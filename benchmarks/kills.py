"""Engines shot while ten wearers talk: worker processes by kill -9, remotes refused, 429, 500, slow, cut.

    python benchmarks/kills.py [--kills 100] [--cuts 3] [--seed 1]

Two hubs in this process, devices over loopback; the blows are mixed. `lost`: turns whose answer was not said
to its end, or whose session went away. `later`: how much later the first sound came in turns that waited for
an engine when it was hit, than in those that were not; a turn that was not hit itself may be among them.
Needs ../shared/data/speech.
"""

import argparse
import asyncio
import importlib
import json
import math
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from lorgnette.media import read_audio  # noqa: E402

CLIP = HOME.parent / "shared/data/speech/commands/en_030.flac"


def rows(report: Any) -> list[dict[str, Any]]:
    extra = report.extra()
    found = []
    for name in sorted({*report.blows, *report.missed}):
        later = sorted(value * 1000 for value in extra.get(name, []))
        found.append(
            {
                "hit": name,
                "blows": report.blows[name],
                "never at work": report.missed[name],
                "turns waiting": len(later),
                "later p50 ms": round(statistics.median(later)) if later else None,
                "later p95 ms": round(later[math.ceil(0.95 * len(later)) - 1]) if later else None,
            }
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100, help="processes, mixed")
    parser.add_argument("--cuts", type=int, default=3, help="of each remote in each way")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    shoot = importlib.import_module("tests.e2e.kills").shoot
    clip = read_audio(CLIP)
    with tempfile.TemporaryDirectory(prefix="lorgnette-kills-") as folder:
        report = asyncio.run(shoot(given.kills, given.cuts, given.seed, clip, Path(folder)))
    table = rows(report)
    table.append(
        {
            "hit": "all",
            "blows": sum(report.blows.values()),
            "never at work": sum(report.missed.values()),
            "turns": report.turns,
            "lost": len(report.lost),
            "workers replaced": report.restarts,
            "not recovered": len(report.unrecovered),
        }
    )
    notes = [f"seed {report.seed}, {report.seconds:g} s", *report.lost, *report.unrecovered, *report.late]
    print(json.dumps({"rows": table, "keys": ["hit"], "notes": notes}, ensure_ascii=False))


if __name__ == "__main__":
    main()
