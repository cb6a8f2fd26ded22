"""Every piece of the bench measures what it says, at sizes too small to tell anything about speed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import make_url

from benchmarks import databases
from benchmarks.acknowledging import measure_acknowledging
from benchmarks.answer_bench import ACTS, measure_answers
from benchmarks.bare import FORM
from benchmarks.databases import DatabaseKind
from benchmarks.plans import Plan
from benchmarks.ratio import Ratio, compare_ways
from benchmarks.sending import measure_sending
from benchmarks.starting import measure_start
from benchmarks.ticking import measure_ticks
from bot.core import names


@pytest.fixture
def files() -> Iterator[DatabaseKind]:
    with databases.sqlite() as kind:
        yield kind


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> Iterator[DatabaseKind]:
    with getattr(databases, request.param)() as found:
        yield found


def test_a_contribution_against_one_row(kind):
    ratio = measure_acknowledging(kind, rounds=2, times=1)

    assert len(ratio.each) == 2 and all(ratio.ours) and all(ratio.theirs)


# By itself PostgreSQL reads whole what is small; so it does where no index serves, and there alone.
BY_INDEX = " ".join(f"-c enable_{way}=off" for way in ("seqscan", "hashjoin", "mergejoin"))
# Of these it may still read the index from one end to the other: a page holds them all. There is one workspace.
SHORT = {"channel", "circle", "invitation", "workspace"}


def by_index(kind: DatabaseKind) -> DatabaseKind:
    """Databases that look up by an index wherever there is one, however little they hold."""
    if kind.name == "SQLite":
        return kind

    def new_database() -> str:
        return make_url(kind.new_database()).update_query_dict({"options": BY_INDEX}).render_as_string(False)

    return replace(kind, new_database=new_database)


def test_a_tick_among_many_against_one_among_few_looks_up_what_is_due(kind):
    ratio, plan = measure_ticks(by_index(kind), few=16, many=40, rounds=2)

    assert isinstance(ratio, Ratio) and isinstance(plan, Plan)
    assert "40 open cases to 16" in ratio.name and len(ratio.each) == 2
    assert [scan for scan in plan.scans if scan.split()[1] not in SHORT] == []


def test_a_round_and_a_journal_among_many_answers_are_looked_up_and_not_searched_for(kind):
    found = list(measure_answers(by_index(kind), few=300, many=400, members=20, circles=8, rounds=1, times=1))

    assert [one.name.split(",")[0] for one in found if isinstance(one, Ratio)] == list(ACTS)
    plans = [one for one in found if isinstance(one, Plan)]
    assert len(plans) == len(ACTS) and all(plan.lines for plan in plans)
    assert [scan for plan in plans for scan in plan.scans if scan.split()[1] not in SHORT] == []


def test_the_outbox_waits_as_slack_asks(files):
    slow = measure_sending(files, away=timedelta(milliseconds=50), messages=6, channels=3)

    assert slow.theirs == (1.0,)
    assert slow.ours[0] >= 1, "the second message of a channel comes a second after its first"


def test_starting_and_its_memory(files):
    seconds, memory = measure_start(files, rounds=1)

    assert len(seconds.each) == 1
    assert memory.ours[0] > memory.theirs[0] > 1


def test_the_bare_app_listens_to_the_form_that_is_measured():
    assert FORM == names.CONTRIBUTION_FORM


def test_both_ways_have_their_turn_and_the_first_round_is_only_to_warm_up():
    turns: list[str] = []

    ratio = compare_ways("x", 1, lambda: turns.append("ours"), lambda: turns.append("theirs"), rounds=2, times=2)

    assert turns == ["theirs"] * 2 + ["ours"] * 4 + ["theirs"] * 4 + ["ours"] * 2
    assert len(ratio.ours) == len(ratio.theirs) == 2


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [((1.0, 1.0, 1.0), "within"), ((0.5, 1.2, 1.3), "about"), ((1.2, 1.3, 1.4), "over")],
)
def test_a_ratio_tells_how_it_stands_to_its_target(ours, verdict):
    ratio = Ratio("x", 1.0, ours, (1.0, 1.0, 1.0))

    assert ratio.verdict == verdict
    assert f"{verdict} 1" in str(ratio)
