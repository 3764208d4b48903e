"""How the program starts."""

import subprocess
import sys

INTERRUPTED = """
import sys

class Impatient:
    def find_spec(self, name, path=None, target=None):
        if name == "lorgnette.cli.up":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Impatient())
from lorgnette.cli import main
main()
"""


def test_ctrl_c_while_it_loads_ends_it_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 130
    assert done.stderr == ""
