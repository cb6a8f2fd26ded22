"""One after the other: only who has the word writes, it goes on by itself, and nobody is left out."""

import pytest

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Pace
from bot.intervision.rules.effects import TurnPassed
from bot.intervision.rules.events import Started
from bot.intervision.rules.progress import turns_left
from tests.intervision.rules.actors import ADVICE, CLOSING, STORY, Table, gathered, method, on, refused, step

ROUND = step("round", "owner facilitator peer", "reflection", order="turns", reveal="immediate", window="P2D")


def in_a_round(**more: object) -> Table:
    """Anna, Bram, Céline and Dirk joined in this order, and the word goes round from Monday 10 h."""
    table = gathered(method(STORY, ROUND | more, ADVICE, CLOSING))
    table.anna.starts()
    return table


def whose(table: Table) -> list[int]:
    return list(turns_left(table.case, table.case.protocol.step("round")))


def came(table: Table) -> list[int]:
    return [effect.person for effect in table.effects if isinstance(effect, TurnPassed)]


def test_the_word_goes_round_in_the_order_of_joining():
    table = in_a_round()
    assert whose(table) == [1, 2, 3, 4]
    with refused("not_your_turn"):
        table.céline.writes("round", "reflection")
    with refused("not_your_turn"):
        table.céline.passes("round")
    table.anna.writes("round", "reflection")
    assert whose(table) == [2, 3, 4] and came(table) == [2], "who is first is told with the card"
    table.bram.writes("round", "reflection")
    table.céline.passes("round")
    assert whose(table) == [4] and table.céline.may("change", "round") == "not_yours"
    table.dirk.writes("round", "reflection")
    assert table.open == ["advice"], "when all have spoken it is over"


def test_who_takes_the_facilitation_keeps_their_place():
    table = Table(method(STORY, ROUND, ADVICE, CLOSING))
    for person in (table.dirk, table.céline, table.bram):
        person.joins()
    table.dirk.joins("facilitator")
    table.anna.starts()
    assert whose(table) == [1, 4, 3, 2]


def test_a_turn_that_takes_too_long_goes_on_and_comes_back_at_the_end():
    table = in_a_round()
    table.anna.writes("round", "reflection")
    first, ends = table.case.state_of("round").turn_until, table.closes_at("round")
    assert first and ends and table.calendar.presentable(first) and first < ends
    table.waits()
    assert table.now == first and whose(table) == [3, 4]
    with refused("not_your_turn"):
        table.bram.writes("round", "reflection")
    table.céline.writes("round", "reflection")
    table.dirk.passes("round")
    assert whose(table) == [] and table.open == ["round"], "there is still time for who did not write"
    table.bram.writes("round", "reflection")
    assert table.open == ["advice"]


def test_what_one_wrote_can_be_changed_and_taken_back_when_the_word_is_elsewhere():
    table = in_a_round()
    id = table.anna.writes("round", "reflection")
    table.anna.revises(id)
    table.anna.withdraws(id)
    assert whose(table) == [2, 3, 4]
    with refused("not_your_turn"):
        table.anna.writes("round", "reflection")


def test_who_leaves_has_no_turn():
    table = in_a_round()
    table.anna.writes("round", "reflection")
    table.bram.leaves()
    assert whose(table) == [3, 4] and came(table)[-1] == 3
    table.dirk.leaves()
    table.céline.passes("round")
    assert "round" in table.ended


def test_each_has_a_fair_share_also_when_the_bot_was_down():
    table = in_a_round()
    table.sleeps_until("Tue", "12:00")
    assert whose(table) == [2, 3, 4], "one turn went on; nobody else lost theirs"
    first = table.case.state_of("round").turn_until
    table.waits()
    second, ends = table.case.state_of("round").turn_until, table.closes_at("round")
    assert first and second and ends and first < second < ends
    table.sleeps_until("Fri", "10:00")
    assert "round" in table.ended


def test_people_who_talk_pass_the_word_on_themselves():
    table = gathered(method(STORY, ROUND, ADVICE, CLOSING))
    table.happens(Started(1, "story-1", pace=Pace.LIVE))
    while "round" not in table.open:
        table.bram.presses_next(table.open[0])
    assert whose(table) == []
    table.dirk.writes("round", "reflection")


@pytest.mark.parametrize(
    ("start", "end", "share"),
    [
        (on("Mon", "10:00"), on("Mon", "18:00"), on("Mon", "12:00")),
        (on("Mon", "16:00"), on("Wed", "10:00"), on("Tue", "09:30")),
        (on("Fri", "17:00"), on("Mon", "11:00", 1), on("Mon", "08:00", 1)),
        (on("Sat", "10:00"), on("Sun", "10:00"), on("Sun", "10:00")),
    ],
)
def test_a_share_is_one_of_decent_hours(start, end, share):
    calendar = Calendar("Europe/Brussels")
    assert calendar.next_presentable(calendar.share(start, end, 4)) == calendar.next_presentable(share)
    assert calendar.share(start, end, 1) == end
