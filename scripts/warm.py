"""Imports what a hub and its workers import, so that its first start finds everything byte-compiled."""

import contextlib
import importlib
import pkgutil
import warnings

import lorgnette

LIBRARIES = (
    "alembic.command",
    "alembic.runtime.migration",
    "hassil",
    "httpx",
    "onnxruntime",
    "pocketsphinx",
    "sqlalchemy.dialects.sqlite",
    "typer",
    "rich.console",
    "rich.table",
    "uvicorn.lifespan.on",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.httptools_impl",
)

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    own = [
        module.name
        for module in pkgutil.walk_packages(lorgnette.__path__, "lorgnette.")
        if not module.name.endswith("__main__") and "versions" not in module.name
    ]
    for name in (*LIBRARIES, *own):
        with contextlib.suppress(Exception):
            importlib.import_module(name)
