"""One run with real processes: a bad time of some seconds, and then the wait until all has come right."""

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from app import composition
from benchmarks.torture.acts import People
from benchmarks.torture.beginnings import Databases, Start, before_the_first_question, in_a_case, moment_of
from benchmarks.torture.checker import Finding, check
from benchmarks.torture.outcome import Outcome
from benchmarks.torture.run import Plan
from benchmarks.torture.writings import COMMON_WORD, Writings
from benchmarks.torture_processes.processes import BotProcess
from benchmarks.torture_processes.served import ServedWorld, wait_until
from bot.core.services import Services
from db.session import Database
from playground.faults import Fault, FaultRule

# The calendar is later than on any day on which this runs, so that the looks of the outbox, which go by real time, find
# what was posted.
START = Start("PT20S", datetime(2035, 11, 12, 9, 0, tzinfo=UTC), datetime(2020, 1, 6, 9, 0, tzinfo=UTC))
# In seconds: how long things go wrong, and how long all may take to come right after that.
_BAD_TIME, _LONGEST_RECOVERY = 8.0, 90.0
# What a question that is due in five minutes is brought forward by.
_LATER = {before_the_first_question: timedelta(minutes=4, seconds=57), in_a_case: timedelta()}
_FAULTS = (
    Fault.CUT, Fault.CUT_BEFORE, Fault.RESET, Fault.RESET_BEFORE, Fault.BROKEN_AFTER, Fault.BROKEN_BEFORE, Fault.HTML,
    Fault.GARBLED, Fault.FATAL_ERROR, Fault.SILENT, Fault.LIMITED, Fault.LIMITED_ZERO, Fault.NEVER_STORED,
    Fault.STORED_LATER, Fault.HISTORY_BEHIND, Fault.TWICE, Fault.OUT_OF_ORDER, Fault.LATE, Fault.SOCKET_CLOSED,
)  # fmt: skip
_METHODS = ("chat.postMessage", "chat.update", "conversations.create", "conversations.history", "views.open")


def torture(databases: Databases, plan: Plan) -> Outcome:
    """Do the run of this plan, and look what is wrong in the end."""
    outcome, began = Outcome(plan), monotonic()
    begins = (before_the_first_question, in_a_case)[plan.seed % 2]
    with ExitStack() as stack:
        prepared = stack.enter_context(databases.world(plan.database, begins))
        run = ProcessRun(ServedWorld(prepared, moment_of(prepared), _LATER[begins]), plan, stack)
        run.suffer()
        outcome.findings = run.recover()
        outcome.counts, outcome.journal = run.counts, run.journal
    outcome.seconds = monotonic() - began
    return outcome


class ProcessRun:
    """The run of `plan` in `world`; all that it starts ends with `stack`."""

    def __init__(self, world: ServedWorld, plan: Plan, stack: ExitStack) -> None:
        self.world, self.chance, self.journal = world, Random(plan.seed), list[str]()
        self.counts, self._seed, self._began = Counter[str](), plan.seed, monotonic()
        stack.callback(world.closes)
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="klankbord-logs-")))
        names = [f"copy {number + 1}" for number in range(plan.copies)]
        self.processes = [BotProcess(name, folder, world.environment) for name in names]
        for process in self.processes:
            stack.callback(process.dies)
        self.people = People(world, self.chance, Writings(), self._is_any_down, wait=lambda is_so: wait_until(is_so, 6))
        self.services: Services = composition._services(
            world.settings, Database(world.settings.database_url), world.elapsed
        )
        stack.callback(self.services.database.close)

    def suffer(self) -> None:
        """The processes start, people act, and signals and faults come at any moment."""
        for process in self.processes:
            process.starts()
        wait_until(lambda: bool(self.world.workspace.delivery.sinks), 30)
        ends = monotonic() + _BAD_TIME
        while monotonic() < ends:
            happens = self.chance.choices(
                (self._people_act, self._is_killed, self._is_stopped, self._goes_on, self._starts, self._slack_errs),
                (20, 1, 1, 3, 4, 2),
            )[0]
            happens()
            sleep(self.chance.uniform(0, 0.3))

    def recover(self) -> list[Finding]:
        """Faults end, all processes run; returns what is wrong once nothing changes any more."""
        self.world.workspace.faults.stop()
        for process in self.processes:
            process.goes_on()
        self._note("the calm")
        found: list[Finding] = []

        def is_well() -> bool:
            found[:] = self._look()
            return not found

        if not wait_until(is_well, _LONGEST_RECOVERY):
            self.journal += [line for process in self.processes for line in process.log.splitlines()]
        return found

    def _look(self) -> list[Finding]:
        for process in self.processes:
            if not process.is_alive:
                process.starts()
        sleep(0.5)
        with self.world.workspace.changing():
            return [*check(self.people, self.services, self.world.calendar()), *self._quoted()]

    def _quoted(self) -> list[Finding]:
        return [Finding("leaked", f"the log of {one.name}") for one in self.processes if COMMON_WORD in one.log]

    def _people_act(self) -> None:
        self._note(self.people.act())

    def _is_killed(self) -> None:
        process = self.chance.choice(self.processes)
        if process.is_alive:
            self._note(f"SIGKILL for {process.name}")
            self.counts["kills"] += 1
            process.dies()

    def _is_stopped(self) -> None:
        process = self.chance.choice(self.processes)
        if process.is_alive and not process.is_stopped:
            self._note(f"SIGSTOP for {process.name}")
            self.counts["stops"] += 1
            process.stops()

    def _goes_on(self) -> None:
        for process in self.processes:
            if process.is_stopped:
                self._note(f"SIGCONT for {process.name}")
                process.goes_on()

    def _starts(self) -> None:
        for process in self.processes:
            if not process.is_alive:
                self._note(f"{process.name} starts")
                process.starts()

    def _slack_errs(self) -> None:
        rule = FaultRule(
            self.chance.choice(_FAULTS),
            methods=(),
            chance=self.chance.choice((0.3, 1.0)),
            until=self.chance.choice((0.5, 2, 4)),
            seconds=self.chance.choice((0.3, 1, 2)),
        )
        self._note(f"Slack errs: {rule.kind.name}")
        self.world.workspace.faults.adds(rule, self._seed)
        self.counts["faults"] += 1

    def _is_any_down(self) -> bool:
        """A form may not open, and nobody may be there to say so, while a process is away."""
        return any(process.is_stopped or not process.is_alive for process in self.processes)

    def _note(self, what: str) -> None:
        self.journal.append(f"{monotonic() - self._began:6.2f} s {what}")
