"""The cost of a round, a journal and a search among a million answers, against a thousand; and the query plans."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from benchmarks import answer_rows as answers
from benchmarks.databases import DatabaseKind
from benchmarks.plans import Plan, plan_of
from benchmarks.ratio import Ratio, compare_ways
from bot.journal.surfaces import JournalSearch
from db.models import Circle
from db.queries import people
from schedules import ticks
from tests.databases import migrated
from tests.world import World

TARGET = 1.5
FEW, MANY = 1_000, 1_000_000


class AnswerBench:
    """Klankbord on `url` with `count` answers, of which Bram wrote two hundred."""

    def __init__(self, url: str, count: int, *, members: int, circles: int) -> None:
        migrated(url)
        self.world = World(url)
        self.world.sets_up()
        bot = self.world.bot
        with bot.services.database.writing() as session:
            first = session.query(Circle).one()
            assert first.next_round_at is not None
            self._first_at, self._posted = first.next_round_at, 0
            answers.add_circles(session, first, self.world.calendar(), members=members, circles=circles)
            bram = people.find_member(session, self.world.bram.id)
            assert bram is not None
            answers.add_own_answers(session, bot.services, first, bram)
        answers.add_answers(url, count - answers.OWN_ANSWERS)

    def post_round(self) -> None:
        """Post the question of the next circle. Raises `ValueError` if none was due."""
        moment = self._first_at + timedelta(minutes=self._posted)
        self._posted += 1
        if ticks.post_due_rounds(self.world.bot, moment) != 1:
            raise ValueError(f"no question came at {moment}")

    def open_journal(self) -> None:
        """Bram opens his journal."""
        self.world.bot.journal.open_journal_page(self.world.bram.id, JournalSearch(), self._now)

    def search_journal(self) -> None:
        """Bram searches for a word of his oldest answer."""
        self.world.bot.journal.open_journal_page(self.world.bram.id, JournalSearch(search=answers.RARE_WORD), self._now)

    def plan(self, name: str, act: Callable[[], None]) -> Plan:
        """The query plans of this act."""
        return plan_of(self.world.bot.services.database.engine, name, act)

    @property
    def _now(self) -> datetime:
        return self.world.calendar()


ACTS = {
    "Posting a round": AnswerBench.post_round,
    "Opening a journal of 200": AnswerBench.open_journal,
    "Searching it": AnswerBench.search_journal,
}


def measure_answers(
    kind: DatabaseKind,
    *,
    few: int = FEW,
    many: int = MANY,
    members: int = answers.MEMBERS,
    circles: int = answers.CIRCLES,
    rounds: int = 15,
    times: int = 3,
) -> Iterator[Ratio | Plan]:
    """Three ratios, each with its query plans."""
    small, large = (AnswerBench(kind.new_database(), count, members=members, circles=circles) for count in (few, many))
    for name, act in ACTS.items():
        title = f"{name}, {many:,} answers to {few:,} ({kind.name})"
        yield compare_ways(title, TARGET, partial(act, large), partial(act, small), rounds=rounds, times=times)
        yield large.plan(f"{name} ({kind.name})", partial(act, large))
    small.world.stops()
    large.world.stops()
