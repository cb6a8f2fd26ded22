"""What can go wrong between Slack and the app: by hand, by chance, or by a plan. See `Faults`."""

from playground.faults.held import LONGEST_SECONDS, HeldAnswer
from playground.faults.kinds import Fault
from playground.faults.plan import FaultPlan, FaultRule, Struck
from playground.faults.switches import Faults

__all__ = ["LONGEST_SECONDS", "Fault", "FaultPlan", "FaultRule", "Faults", "HeldAnswer", "Struck"]
