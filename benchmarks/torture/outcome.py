"""One run from its plan to what was found, with what it took."""

import logging
import signal
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from types import FrameType

from sqlalchemy.exc import OperationalError

from benchmarks.torture.beginnings import BEGINNINGS, Databases
from benchmarks.torture.checker import Finding
from benchmarks.torture.faults import CANARY
from benchmarks.torture.run import Plan, TortureRun
from benchmarks.torture.seeded import seeded
from benchmarks.torture.writings import COMMON_WORD

# A run takes a second; one that takes so long will never end.
LONGEST_SECONDS = 120


@dataclass
class Outcome:
    """What was found in the run of `plan`; `counts` is how much happened in it, and `journal` what."""

    plan: Plan
    findings: list[Finding] = field(default_factory=list)
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    journal: list[str] = field(default_factory=list)


class _TakesTooLong(BaseException):
    """The run does not end."""


def torture(databases: Databases, plan: Plan) -> Outcome:
    """Do the run of this plan, and look what is wrong in the end."""
    outcome, began = Outcome(plan), monotonic()
    begins = BEGINNINGS[plan.seed % len(BEGINNINGS)]
    log = _Log()
    with databases.world(plan.database, begins) as world, seeded(plan.seed), log.listening():
        run = TortureRun(world, plan)
        try:
            with _ending_in(LONGEST_SECONDS):
                run.suffer()
                run.recover()
                outcome.findings = run.check()
        except Exception as error:  # noqa: BLE001 (one run fails, and it is said; the others go on)
            at = traceback.extract_tb(error.__traceback__)[-1]
            outcome.findings = [Finding("mistake", f"{error!r} at {at.filename}:{at.lineno}")]
        except _TakesTooLong:
            outcome.findings = [Finding("stuck", f"the run does not end in {LONGEST_SECONDS} s")]
        finally:
            run.ends()
        outcome.findings += log.findings
        outcome.counts, outcome.journal = run.counts(), [f"it begins: {begins.__name__}", *run.journal]
    outcome.seconds = monotonic() - began
    return outcome


@contextmanager
def _ending_in(seconds: int) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TakesTooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class _Log(logging.Handler):
    """Reads the log of a run: it says no mistake of our own, and quotes nobody and no answer."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[Finding] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen, and let nobody else."""
        root = logging.getLogger()
        before, root.handlers = root.handlers, [self]
        try:
            yield
        finally:
            root.handlers = before

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if CANARY in line or COMMON_WORD in line:
            self.findings.append(Finding("leaked", f"the log quotes: {record.msg}"))
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not isinstance(error, OperationalError):
            self.findings.append(Finding("mistake", f"{type(error).__name__} in the log: {record.msg}"))
        elif "mistake of our own" in line or ("a request failed" in line and "OperationalError" not in line):
            self.findings.append(Finding("mistake", line))
