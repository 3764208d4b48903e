"""What a skill would do, read in its source without running any of it."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from lorgnette.core.errors import SkillError

SENSITIVE: Final = (
    (
        "the network",
        {"aiohttp", "ftplib", "http", "httpx", "imaplib", "requests", "smtplib", "socket", "ssl", "telnetlib"}
        | {"urllib", "urllib3", "websockets", "xmlrpc", "asyncio.open_connection"},
    ),
    ("other programs", {"subprocess", "multiprocessing", "pty", "os.system", "os.popen", "os.fork"}),
    ("files", {"os", "pathlib", "shutil", "tempfile", "glob", "io", "sqlite3", "open"}),
    (
        "code that can't be read here",
        {"eval", "exec", "compile", "__import__", "importlib", "ctypes", "marshal", "pickle"},
    ),
)
"""(in words, the names that stand for it)."""
OF_CONTEXT: Final = {
    "look": "takes pictures",
    "listen": "listens to what is said next",
    "ask": "asks back",
    "remember": "remembers facts",
    "schedule": "timers and alarms",
    "audio": "hears the request's sound",
    "control": "volume, stop and undo",
}


@dataclass(slots=True)
class Read:
    """`tools`: (name, effect); `reaches`: in words; `packages`: what it imports that isn't installed."""

    name: str
    version: str = ""
    requires: str = ""
    doc: str = ""
    tools: list[tuple[str, str]] = field(default_factory=list)
    reaches: set[str] = field(default_factory=set)
    packages: set[str] = field(default_factory=set)


def read_skill(name: str, files: list[Path]) -> Read:
    """Read the Python files of one skill. `SkillError` where there is none in them, or one isn't Python."""
    found = Read(name)
    classes = 0
    for file in files:
        try:
            tree = ast.parse(file.read_bytes(), str(file))
        except (SyntaxError, ValueError) as error:
            raise SkillError(f"{file.name} isn't Python: {error}") from None
        own = {one.stem for one in files}
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(_named(base) == "Skill" for base in node.bases):
                classes += 1
                _class(node, found)
            _reach(node, found, own)
    if not classes:
        raise SkillError(f"{name} holds no class made from Skill")
    return found


def _class(node: ast.ClassDef, found: Read) -> None:
    found.doc = (ast.get_docstring(node) or "").partition("\n")[0]
    for item in node.body:
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant):
            for target in item.targets:
                if _named(target) in {"version", "requires"} and isinstance(item.value.value, str):
                    setattr(found, _named(target), item.value.value)
        if isinstance(item, ast.AsyncFunctionDef | ast.FunctionDef):
            for mark in item.decorator_list:
                if isinstance(mark, ast.Call) and _named(mark.func) == "tool":
                    effect = next((one.value for one in mark.keywords if one.arg == "effect"), None)
                    said = effect.value if isinstance(effect, ast.Constant) else "unclear"
                    found.tools.append((item.name, str(said)))


def _reach(node: ast.AST, found: Read, own: set[str]) -> None:
    for module in _imported(node):
        top = module.partition(".")[0]
        _word(top, found)
        known = top in sys.stdlib_module_names or top in own or top == "lorgnette"
        if not known and find_spec(top) is None:
            found.packages.add(top)
        if top == "lorgnette" and not module.startswith("lorgnette.sdk"):
            found.reaches.add(f"parts of the hub that aren't meant for skills ({module})")
    if isinstance(node, ast.Attribute):
        if _named(node.value) == "ctx" and node.attr in OF_CONTEXT:
            found.reaches.add(OF_CONTEXT[node.attr])
        _word(f"{_named(node.value)}.{node.attr}", found)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            _word(node.func.id, found)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "service" and node.args:
            found.reaches.add(f"the wearer's {_named(node.args[0]) or 'services'}")


def _word(name: str, found: Read) -> None:
    for said, words in SENSITIVE:
        if name in words:
            found.reaches.add(f"{said} ({name})")


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level:
        yield node.module or ""


def _named(node: Any) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
