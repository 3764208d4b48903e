"""What the hub found on this machine and offers to use, once."""

from lorgnette.services.offers.model_offers import Find, Keeper, ModelOffer, ModelOffers, offers_of
from lorgnette.services.offers.spoken import WearersModel

__all__ = ["Find", "Keeper", "ModelOffer", "ModelOffers", "WearersModel", "offers_of"]
