"""Models on this machine: the catalogue, fetching, checking, where they lie. No model is run here."""

from lorgnette.models.catalogue import Catalogue
from lorgnette.models.entry import Model, ModelFile
from lorgnette.models.errors import Mismatch, ModelError
from lorgnette.models.fetch import Manners
from lorgnette.models.offline import Taken, take_in
from lorgnette.models.pull import pull
from lorgnette.models.room import fit, spare
from lorgnette.models.shelf import Shelf
from lorgnette.models.suggest import suggest

__all__ = [
    "Catalogue",
    "Manners",
    "Mismatch",
    "Model",
    "ModelError",
    "ModelFile",
    "Shelf",
    "Taken",
    "fit",
    "pull",
    "spare",
    "suggest",
    "take_in",
]
