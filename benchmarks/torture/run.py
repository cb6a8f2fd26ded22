"""One run: a beginning, a while in which everything goes wrong, and the calm after it in which all must come right."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from benchmarks.torture.acts import People
from benchmarks.torture.checker import Finding, check
from benchmarks.torture.copies import Copy
from benchmarks.torture.deliveries import Deliveries
from benchmarks.torture.faults import described, draw_rule
from benchmarks.torture.writings import Writings
from db.queries import agenda
from db.session import Database
from playground.faults import Fault
from tests.world import World

# How many things happen, and how likely each is.
STEPS = 80
# In seconds: as long as looks, leases, verification and retries take, and then the hours in which Slack is read again.
_CALM = (1, 4, 5, 10, 10, 30, 30, 30, 60, 60, 60, 120, 180, 300, 600, 600, 1200)
_A_DAY = timedelta(hours=25)
_LONGEST_LEAP, _OVERDUE = 3 * 3600.0, 600.0
# How far somebody may set a clock: hours back and forth, and a year ahead, in seconds.
_LEAPS = (-7200.0, 7200.0, 365 * 86400.0)


@dataclass(frozen=True)
class Plan:
    """What decides a run: the same plan gives the same run."""

    seed: int
    copies: int
    database: str

    @classmethod
    def of(cls, seed: int, copies: int | None = None, database: str | None = None) -> "Plan":
        """The plan of a seed: of four, one is on SQLite, and the others have one to three copies on PostgreSQL."""
        database = database or ("sqlite" if seed % 4 == 0 else "postgres")
        return cls(seed, copies or (1 if database == "sqlite" else 1 + seed % 3), database)

    @property
    def arguments(self) -> str:
        """The arguments of the command that repeats it."""
        return f"--seed {self.seed} --copies {self.copies} --database {self.database}"


class TortureRun:
    """The run of `plan` in `world`, whose own bot is not used: `copies` of it work there instead."""

    def __init__(self, world: World, plan: Plan) -> None:
        self.world, self.plan, self.chance = world, plan, Random(plan.seed)
        self.journal: list[str] = []
        # What we look at ourselves, of which no copy knows.
        self.database = Database(world.settings.database_url)
        self.copies = [
            Copy(f"copy {number + 1}", world.settings, world.workspace, self._before_call)
            for number in range(plan.copies)
        ]
        self.deliveries = Deliveries(world.workspace, self.chance, self._living)
        self.people = People(world, self.chance, Writings(), self._was_killed)
        self._kills_seen = 0
        self._is_frozen = False
        world.workspace.disconnect(world._sink)
        world.workspace.connect(self.deliveries.take)

    # ------------------------------------------------------------------------------------------- the bad time

    def suffer(self) -> None:
        """All copies start, and then things happen, whatever they are."""
        for copy in self.copies:
            self._starts(copy)
        for _ in range(STEPS):
            self._something_happens()

    def _something_happens(self) -> None:
        choices = {
            self._people_act: 30,
            self._time_passes: 12,
            self._a_copy_ticks: 10,
            self._a_copy_sends: 26,
            self._an_event_comes: 14,
            self._a_copy_starts: 8,
            self._a_copy_will_be_killed: 5,
            self._a_statement_will_fail: 2,
            self._a_clock_steps: 3,
            self._slack_errs: 10,
        }
        happens = self.chance.choices(list(choices), list(choices.values()))[0]
        happens()

    def _people_act(self) -> None:
        self._note(self.people.act())

    def _time_passes(self) -> None:
        due = self._seconds_to_next()
        seconds = self.chance.choice((0.1, 1, 2, 5, 5, 20, 20, 60, 60, 200, min(due, 3600)))
        self._note(f"{seconds:g} s pass")
        self._passes(seconds)

    def _a_copy_ticks(self) -> None:
        if copy := self._living_one():
            self._note(f"{copy.name} ticks")
            copy.ticks()
            self._look_who_died(copy)

    def _a_copy_sends(self) -> None:
        if copy := self._living_one():
            if not copy.held:
                copy.claims(self.chance.choice((1, 2, 8)))
            self._note(f"{copy.name} holds {len(copy.held)} pieces of work")
            while copy.held and self.chance.random() < 0.9:
                copy.works_on()
            self._look_who_died(copy)

    def _an_event_comes(self) -> None:
        for _ in range(self.chance.choice((1, 2, 5))):
            if self.deliveries.on_its_way:
                self.deliveries.bring_one()

    def _a_copy_starts(self) -> None:
        dead = [copy for copy in self.copies if not copy.is_alive]
        if dead:
            self._starts(self.chance.choice(dead))

    def _starts(self, copy: Copy) -> None:
        copy.starts()
        self._note(f"{copy.name} starts" if copy.is_alive else f"{copy.name} cannot start: {copy.why_not}")

    def _a_copy_will_be_killed(self) -> None:
        if copy := self._living_one():
            points = self.chance.choice((1, 3, 8, 20, 50, 100))
            copy.cuts.kill_in(self.chance.randint(1, points))
            self._note(f"{copy.name} will be killed")

    def _a_statement_will_fail(self) -> None:
        if copy := self._living_one():
            copy.cuts.fail_in(self.chance.randint(1, 30))
            self._note(f"a statement of {copy.name} will fail")

    def _a_clock_steps(self) -> None:
        copy = self.chance.choice(self.copies)
        seconds = self.chance.choice((0, self.chance.uniform(-90, 90), self.chance.choice(_LEAPS)))
        copy.clock.off = timedelta(seconds=seconds)
        self._note(f"the clock of {copy.name} is {copy.clock.off.total_seconds():+.0f} s off")

    def _slack_errs(self) -> None:
        rule = draw_rule(self.chance, self.world.circle.id, self.chance.choice(("Dirk", "Elif")))
        if rule.kind is Fault.ID_CHANGED and not self._would_hear_of_another_id():
            return
        self._note(f"Slack errs: {described(rule)}")
        self.world.workspace.faults.adds(rule, self.plan.seed)

    def _would_hear_of_another_id(self) -> bool:
        """Slack tells only who is in the channel; and of two changes that are told in the wrong order, one is lost."""
        circle = self.world.circle
        return self.world.workspace.bot.id in circle.members and not circle.former_ids

    def _before_call(self, copy: Copy, method: str) -> None:
        """Now and then a copy is frozen just before a call, for longer than its lease, while the others go on."""
        if self._is_frozen or not self.deliveries.is_rough or self.chance.random() > 0.01:
            return
        self._is_frozen = True
        self._note(f"{copy.name} is frozen before {method}")
        self._passes(self.chance.choice((20, 70, 130, 400)))
        for _ in range(4):
            others = [one for one in self._living() if one is not copy]
            if others:
                other = self.chance.choice(others)
                other.ticks()
                other.empties()
                self._look_who_died(other)
        self._note(f"{copy.name} goes on")
        self._is_frozen = False

    # ------------------------------------------------------------------------------------------- the calm

    def be_calm(self) -> None:
        """The faults end, the clocks are right, and all copies run."""
        self.world.workspace.faults.stop()
        if self.world.workspace.bot.id not in self.world.circle.members:
            # Nobody could ask it back while the channel was archived.
            self.world.anna.invites(self.world.circle, self.world.workspace.bot)
        self.deliveries.is_rough = False
        for copy in self.copies:
            copy.cuts.disarm()
            copy.clock.off = timedelta()
            if not copy.is_alive:
                self._starts(copy)

    def recover(self) -> None:
        """All is calm, and a day and an hour go by."""
        self.be_calm()
        ends = self.world.elapsed() + _A_DAY
        for seconds in _CALM:
            self._settles()
            self._passes(seconds)
        while self.world.elapsed() < ends:
            self._settles()
            self._passes(min(self._seconds_to_next() or _OVERDUE, _LONGEST_LEAP))
        self._settles()

    def _settles(self) -> None:
        """One copy does what is due, and all send what is to be sent and hear what comes, in any order."""
        for copy in self.copies:
            if not copy.is_alive:
                self._starts(copy)
        order = self.chance.sample(self._living(), len(self._living()))
        self.deliveries.bring_all()
        for copy in order[:1]:
            copy.ticks()
        for copy in order:
            copy.empties()
        self.deliveries.bring_all()

    def check(self) -> list[Finding]:
        """What is wrong now."""
        if not self._living():
            return [Finding("stuck", f"no copy can start: {self.copies[0].why_not}")]
        return check(self.people, self._living()[0].bot.services, self.world.calendar())

    def ends(self) -> None:
        """All copies end."""
        for copy in self.copies:
            copy.dies()
        self.database.close()

    def counts(self) -> Counter[str]:
        """How much happened."""
        kept = Counter(f"{one.kind}s" for one in self.people.writings.by_text.values() if one.must_be_kept)
        happened = len(self.world.workspace.faults.happened)
        return kept + Counter(kills=self.kills, faults=happened, calls=len(self.world.workspace.calls))

    # ------------------------------------------------------------------------------------------- helpers

    def _passes(self, seconds: float) -> None:
        step = timedelta(seconds=seconds)
        self.world.calendar.move(step)
        self.world.elapsed.move(step)
        self.world.workspace.resend_due()

    def _seconds_to_next(self) -> float:
        """How many seconds until something happens by itself; 0 if it is due."""
        with self.database.reading() as session:
            due = agenda.next_moment(session)
        return max((due - self.world.calendar()).total_seconds(), 0.0) if due else _LONGEST_LEAP

    def _living(self) -> list[Copy]:
        return [copy for copy in self.copies if copy.is_alive]

    def _living_one(self) -> Copy | None:
        living = self._living()
        return self.chance.choice(living) if living else None

    def _look_who_died(self, copy: Copy) -> None:
        if not copy.is_alive:
            self._note(f"{copy.name} was killed {copy.cuts.latest}")

    def _was_killed(self) -> bool:
        """Whether a copy was killed since this was last asked."""
        before, self._kills_seen = self._kills_seen, self.kills
        return self.kills > before

    @property
    def kills(self) -> int:
        """How often a copy was killed, or could not start."""
        return sum(copy.deaths for copy in self.copies)

    def _note(self, what: str) -> None:
        self.journal.append(f"{self.world.elapsed():%a %H:%M:%S} {what}")
