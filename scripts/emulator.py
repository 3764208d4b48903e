"""Fetches the WebXR emulator (IWER, MIT) that tests of the page run in a browser; it isn't in the repository.

It comes through npm as this machine is set up, and must have the hash below. Where there is no npm or no
network, one sentence says so and the test is skipped.
"""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "iwer@2.5.0"
INTEGRITY = "sha512-grq7iMyWo4s2DYnATKLPPoAByhcNuwLjMHHOILrFU9q8EGHIEzHyUuq1mz+9Xqy6+xrYPn3Ho8Z9eymZCE+D6w=="
"""As the npm registry gives it for this version."""
WANTED = "package/build/iwer.min.js"
SCRIPT = Path(__file__).resolve().parents[1] / ".cache" / f"{PACKAGE}.js"


def fetch() -> str:
    """Why it isn't there; empty once it is."""
    if SCRIPT.is_file():
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "there is no npm"
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", PACKAGE, "--silent", "--pack-destination", folder]
        try:
            run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
        except subprocess.TimeoutExpired:
            return "npm doesn't answer"
        found = list(Path(folder).glob("*.tgz"))
        if run.returncode or len(found) != 1:
            return f"npm has no {PACKAGE}: {run.stderr.strip()[-200:]}"
        data = found[0].read_bytes()
        digest = base64.b64encode(hashlib.sha512(data).digest()).decode()
        if digest != INTEGRITY.removeprefix("sha512-"):
            return f"what npm gives as {PACKAGE} isn't what it was"
        with tarfile.open(found[0]) as archive:
            member = archive.extractfile(WANTED)
            script = member.read() if member is not None else b""
    SCRIPT.parent.mkdir(exist_ok=True)
    partial = SCRIPT.with_suffix(".partial")
    partial.write_bytes(script)
    partial.replace(SCRIPT)
    return ""


if __name__ == "__main__":
    why = fetch()
    if why:
        print(f"The WebXR emulator isn't there, its tests are skipped: {why}.", file=sys.stderr)
