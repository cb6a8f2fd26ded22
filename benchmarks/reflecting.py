"""What a round, a journal and a search in it cost among a million answers, against a thousand; with the plans."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from benchmarks import answers
from benchmarks.databases import Kind
from benchmarks.plans import Plan, plan_of
from benchmarks.ratio import Ratio, compare
from bot.journal.surfaces import JournalSearch
from db.models import Circle
from db.queries import people
from schedules import ticks
from tests.databases import migrated
from tests.world import World

TARGET = 1.5
FEW, MANY = 1_000, 1_000_000


class Stand:
    """Klankbord on `url` with `count` answers in all, of which Bram wrote two hundred."""

    def __init__(self, url: str, count: int, *, members: int, circles: int) -> None:
        migrated(url)
        self.world = World(url)
        self.world.sets_up()
        bot = self.world.bot
        with bot.services.database.writing() as session:
            first = session.query(Circle).one()
            assert first.next_round_at is not None
            self._first_at, self._posted = first.next_round_at, 0
            answers.populate(session, first, self.world.calendar(), members=members, circles=circles)
            bram = people.find_member(session, self.world.bram.id)
            assert bram is not None
            answers.answer_oneself(session, bot.services, first, bram)
        answers.answer(url, count - answers.OWN)

    def posts(self) -> None:
        """The question of the next circle comes; ValueError if none was due."""
        moment = self._first_at + timedelta(minutes=self._posted)
        self._posted += 1
        if ticks.post_rounds(self.world.bot, moment) != 1:
            raise ValueError(f"no question came at {moment}")

    def opens(self) -> None:
        """Bram opens the journal."""
        self.world.bot.journal.open_journal_page(self.world.bram.id, JournalSearch(), self._now)

    def searches(self) -> None:
        """Bram looks for what stands in the oldest entry."""
        self.world.bot.journal.open_journal_page(self.world.bram.id, JournalSearch(search=answers.RARE), self._now)

    def plan(self, name: str, act: Callable[[], None]) -> Plan:
        """How what this act asks is looked up."""
        return plan_of(self.world.bot.services.database.engine, name, act)

    @property
    def _now(self) -> datetime:
        return self.world.calendar()


ACTS = {"Posting a round": Stand.posts, "Opening a journal of 200": Stand.opens, "Searching it": Stand.searches}


def reflecting(
    kind: Kind,
    *,
    few: int = FEW,
    many: int = MANY,
    members: int = answers.MEMBERS,
    circles: int = answers.CIRCLES,
    rounds: int = 15,
    times: int = 3,
) -> Iterator[Ratio | Plan]:
    """Three ratios, each with the plans of what was measured."""
    small, large = (Stand(kind.fresh(), count, members=members, circles=circles) for count in (few, many))
    for name, act in ACTS.items():
        said = f"{name}, {many:,} answers to {few:,} ({kind.name})"
        yield compare(said, TARGET, partial(act, large), partial(act, small), rounds=rounds, times=times)
        yield large.plan(f"{name} ({kind.name})", partial(act, large))
    small.world.stops()
    large.world.stops()
