"""A domain: the tables of one part of the hub and the folder with their migrations."""

import logging
import re
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from sqlalchemy import MetaData

from lorgnette.core.errors import StoreError
from lorgnette.store.holdings import Holding

log = logging.getLogger(__name__)

GROUP = "lorgnette.domains"
"""Entry points of this group name a `Domain`; a service's tables come into the store through it."""


@dataclass(frozen=True, slots=True)
class Domain:
    """`versions` holds one file a migration, named by its revision: `<name>_<four digits>.py`.

    The first revision carries the branch label `<name>`. Every table of `metadata` has a column `wearer`, and
    one of `holdings` answers for it: what is kept of a wearer can be seen, taken along and forgotten.
    """

    name: str
    metadata: MetaData
    versions: Path
    holdings: tuple[Holding, ...] = ()

    def head(self) -> int:
        """The number of the newest migration, read from the file names: Alembic stays unimported."""
        numbers = [
            number
            for file in self.versions.iterdir()
            if (number := number_of(file.stem, self.name)) is not None and file.suffix == ".py"
        ]
        if not numbers:
            raise StoreError(f"the domain {self.name} has no migration in {self.versions}")
        return max(numbers)


def number_of(revision: str, domain: str) -> int | None:
    """The number in a revision of `domain`; None for another domain's."""
    match = re.fullmatch(rf"{re.escape(domain)}_(\d{{4}})", revision)
    return int(match[1]) if match else None


def installed() -> tuple[Domain, ...]:
    """The domains of every installed service; a broken one is left out with a message."""
    found = []
    for entry in entry_points(group=GROUP):
        try:
            domain = entry.load()
        except Exception:
            log.exception("the tables of %s (%s) can't be loaded and are left out", entry.name, entry.value)
            continue
        if isinstance(domain, Domain):
            found.append(domain)
        else:
            log.error("%s (%s) isn't a Domain and is left out", entry.name, entry.value)
    return tuple(sorted(found, key=lambda domain: domain.name))
