"""Simulated wearers and their devices, speaking the real protocol to a real hub: for load and echo tests."""

from lorgnette.simulation.clips import Clip, background, clips_of, cut, some
from lorgnette.simulation.crowd import Crowd, Member
from lorgnette.simulation.figures import Figures, percentile
from lorgnette.simulation.glasses import Glasses
from lorgnette.simulation.ownhub import UP, OwnHub, own_hub
from lorgnette.simulation.plan import EchoPath, Plan, number
from lorgnette.simulation.process import cpu_seconds, memory_kb, waited_seconds
from lorgnette.simulation.room import Room
from lorgnette.simulation.wearer import Part, Wearer

__all__ = [
    "UP",
    "Clip",
    "Crowd",
    "EchoPath",
    "Figures",
    "Glasses",
    "Member",
    "OwnHub",
    "Part",
    "Plan",
    "Room",
    "Wearer",
    "background",
    "clips_of",
    "cpu_seconds",
    "cut",
    "memory_kb",
    "number",
    "own_hub",
    "percentile",
    "some",
    "waited_seconds",
]
