"""A series: whose turn it is, and how a case that waited begins."""

import pytest

from bot.intervision.rules.case import CaseState, Pace, new_case
from bot.intervision.rules.effects import CaseStarted, ContributionKept
from bot.intervision.rules.events import TurnCame
from bot.intervision.rules.lifecycle import may_begin, parallel_cases
from bot.intervision.rules.machine import next_due_at
from bot.library.enums import Role
from tests.intervision.rules.actors import Table, method, on, refused

STATES = {"i": CaseState.INVITING, "w": CaseState.WAITING, "r": CaseState.RUNNING, "c": CaseState.CLOSED}
SERIES = method(series={"at_once": 2})


@pytest.mark.parametrize(
    ("states", "most", "begins"),
    [
        ("iww", 1, []),  # nobody's turn comes before the first has started
        ("rww", 1, []),
        ("cww", 1, [1]),  # in the order in which people joined
        ("rwww", 2, [1]),
        ("rrww", 2, []),
        ("crww", 2, [2]),
        ("ccc", 1, []),
    ],
)
def test_as_many_run_as_may_and_the_longest_waiting_comes_first(states: str, most: int, begins: list[int]):
    series = [STATES[one] for one in states]
    assert [place for place in range(len(series)) if may_begin(series, place, most)] == begins


def test_people_who_talk_do_one_thing_at_a_time():
    assert (
        parallel_cases(SERIES, Pace.CALM),
        parallel_cases(SERIES, Pace.LIVE),
        parallel_cases(method(), Pace.CALM),
    ) == (2, 1, 1)


def waiting() -> Table:
    """Anna's case, which waits in a series; nobody thinks along yet."""
    table = Table(SERIES)
    table.case = new_case(SERIES, 1, CaseState.WAITING)
    return table


def test_a_case_that_waits_begins_with_its_group_and_its_story():
    table = waiting()
    table.happens(TurnCame("story-1", (1, 2, 3)))
    assert table.case.state == "running" and table.case.roles[Role.PEER] == {2, 3} and table.case.owner == 1
    assert table.posted == ["story-1"] and table.open == ["questions"]
    assert any(isinstance(effect, ContributionKept) for effect in table.latest)


def test_a_turn_that_comes_at_night_begins_in_the_morning():
    table = waiting()
    table.now = on("Mon", "22:00")
    table.happens(TurnCame("story-1", (1, 2, 3)))
    assert CaseStarted(on("Tue", "8:00")) in table.latest and next_due_at(table.case) == on("Tue", "8:00")


def test_a_turn_comes_once():
    table = waiting()
    table.happens(TurnCame("story-1", (2, 3)))
    table.happens(TurnCame("story-2", (4,)))
    assert table.latest == () and table.case.roles[Role.PEER] == {2, 3}


def test_without_anybody_to_think_along_it_does_not_begin():
    table = waiting()
    table.happens(TurnCame("story-1", (1,)))
    assert table.stopped_because == "too_few" and not table.cards and not table.case.contributions


def test_while_it_waits_nobody_joins_or_starts_it_and_its_owner_can_take_it_out():
    table = waiting()
    assert next_due_at(table.case) is None
    with refused("already_started"):
        table.bram.joins()
    with refused("already_started"):
        table.anna.starts()
    with refused("not_in_case"):
        table.bram.stops()
    table.anna.stops()
    assert table.stopped_because == "stopped"
