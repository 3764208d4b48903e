"""What a fresh base installation from the locks weighs in megabytes, and how fast the program starts."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]


def size_mb(folder: Path) -> float:
    """Disk blocks of a folder, counted once a file."""
    seen: set[int] = set()
    total = 0
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink() and (status := file.stat()).st_ino not in seen:
            seen.add(status.st_ino)
            total += status.st_blocks * 512
    return round(total / 1e6, 1)


def seconds(command: list[str | Path]) -> float:
    """Wall time of a command, median of five."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - begun)
    return round(statistics.median(times), 3)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "lorgnette"
        shutil.copytree(
            HOME, clone, ignore=shutil.ignore_patterns(".venv", ".git", ".cache", "bench-out", ".*_cache")
        )
        begun = time.perf_counter()
        subprocess.run(["make", "setup"], cwd=clone, check=True, stdout=sys.stderr)
        took = round(time.perf_counter() - begun, 1)
        python = clone / ".venv" / "bin" / "python"
        packages = size_mb(clone / ".venv")
        nothing = seconds([python, "-c", ""])
        row = {
            "base installation, MB (at most 400)": packages,
            "its set-up, s": took,
            "import lorgnette, s (at most 0.2)": round(
                seconds([python, "-c", "import lorgnette"]) - nothing, 3
            ),
            "lorgnette --help, s": seconds([python, "-m", "lorgnette.cli", "--help"]),
        }
    print(json.dumps({"rows": [row], "notes": ["An interpreter's own start is left out of the import."]}))


if __name__ == "__main__":
    main()
