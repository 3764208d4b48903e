"""The catalogue and the shelf of models as the configuration places them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lorgnette.config import Config, ModelsSection
    from lorgnette.models import Catalogue, Shelf


@dataclass(frozen=True, slots=True)
class Opened:
    """`own`: where the wearer's own catalogues lie."""

    catalogue: "Catalogue"
    shelf: "Shelf"
    section: "ModelsSection"
    own: Path


def opened(loaded: "Config", config: Path | None) -> Opened:
    """`config`: the file that was named on the command line; its folder may hold catalogues, too."""
    from lorgnette.cli.settings import files_of
    from lorgnette.config import ModelsSection, Paths
    from lorgnette.models import Catalogue, Shelf
    from lorgnette.models.catalogue import FOLDER

    paths = Paths.of()
    files = files_of(config)
    section = loaded.section(ModelsSection)
    home = files[0].parent if files else paths.config
    folder = Path(section.folder).expanduser() if section.folder else paths.data / "models"
    return Opened(Catalogue.load(home), Shelf(folder.absolute()), section, home / FOLDER)
