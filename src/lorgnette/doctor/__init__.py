"""What this machine and this hub have, what works, what is missing, and the command that mends it."""

from lorgnette.doctor.checkup import BARE, check_up
from lorgnette.doctor.egress import Listener, listeners, services
from lorgnette.doctor.finding import Finding, State
from lorgnette.doctor.outside import outside
from lorgnette.doctor.patient import Fetchable, Patient

__all__ = [
    "BARE",
    "Fetchable",
    "Finding",
    "Listener",
    "Patient",
    "State",
    "check_up",
    "listeners",
    "outside",
    "services",
]
