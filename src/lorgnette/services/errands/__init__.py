"""Errands: goals that run on their own, durable, bounded, and told once."""

from lorgnette.services.errands.bound import WearerErrands
from lorgnette.services.errands.conditions import Condition, condition_of
from lorgnette.services.errands.service import ErrandService, Result, Runner
from lorgnette.services.errands.tables import DOMAIN

__all__ = ["DOMAIN", "Condition", "ErrandService", "Result", "Runner", "WearerErrands", "condition_of"]
