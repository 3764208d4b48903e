"""Measuring engines on this machine: speed, memory, errors; keeping the figures; choosing by them."""

from lorgnette.gauge.book import Book
from lorgnette.gauge.candidate import Candidate, candidates
from lorgnette.gauge.choosing import BOUND, LIMIT, Measured, Pick, fastest, in_order
from lorgnette.gauge.figure import Figure, Machine
from lorgnette.gauge.machine import load, this_machine
from lorgnette.gauge.material import Recording, recordings
from lorgnette.gauge.measuring import make, measure

__all__ = [
    "BOUND",
    "LIMIT",
    "Book",
    "Candidate",
    "Figure",
    "Machine",
    "Measured",
    "Pick",
    "Recording",
    "candidates",
    "fastest",
    "in_order",
    "load",
    "make",
    "measure",
    "recordings",
    "this_machine",
]
