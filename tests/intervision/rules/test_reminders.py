"""When people are told that a step closes, about which steps, and how a step gets a working day more."""

import pytest

from bot.intervision.rules.effects import StepExtended
from bot.intervision.rules.events import MoreTimeAsked
from bot.intervision.rules.reminders import closing_soon, may_ask_more_time, next_reminder
from tests.intervision.rules.actors import ADVICE, CLOSING, QUESTIONS, STORY, Table, method, on, refused, started, step


def told(table: Table, person: int) -> list[str]:
    return [step.key for step in closing_soon(table.case, person, table.now, table.calendar)]


def test_it_is_the_morning_of_the_working_day_before():
    table = started()
    assert table.closes_at("questions") == on("Wed", "12:00")
    assert next_reminder(table.case, table.calendar) == on("Tue", "8:00")
    table.comes("Tue", "8:00")
    assert told(table, 3) == ["questions"] and told(table, 1) == [] and told(table, 9) == []


def test_over_a_weekend_it_is_friday():
    table = started(method(STORY, {**QUESTIONS, "window": "P4D"}, CLOSING))
    table.comes("Fri", "9:00")
    assert table.closes_at("questions") == on("Fri", "12:00")
    later = started(method(STORY, {**QUESTIONS, "window": "P4.5D"}, CLOSING))
    assert next_reminder(later.case, later.calendar) == on("Thu", "8:00")
    longest = started(method(STORY, {**QUESTIONS, "window": "P5D"}, CLOSING))
    assert next_reminder(longest.case, longest.calendar) == on("Fri", "8:00")


def test_who_has_said_something_or_nothing_to_add_is_not_told():
    table = started()
    table.céline.asks()
    table.bram.passes("questions")
    table.comes("Tue", "8:00")
    assert told(table, 3) == [] and told(table, 2) == [] and told(table, 4) == ["questions"]


def test_a_card_that_is_new_needs_no_reminder():
    table = started(method(STORY, {**QUESTIONS, "window": "P1D"}, CLOSING))
    assert next_reminder(table.case, table.calendar) is None


def test_where_names_are_hidden_all_are_told():
    table = started(method(STORY, {**QUESTIONS, "names": "hidden", "closes": "window"}, CLOSING))
    table.céline.asks()
    table.comes("Tue", "8:00")
    assert told(table, 3) == told(table, 4) == ["questions"]


def test_a_case_that_is_done_or_lies_still_tells_nobody():
    table = started()
    table.comes("Mon", "21:00")
    for person in (table.bram, table.céline, table.dirk):
        person.passes("questions")
    still = started()
    still.céline.asks()
    still.comes("Mon", "12:00", week=1)
    for each in (table, still):
        assert next_reminder(each.case, each.calendar) is None


def test_one_working_day_more_for_everybody_and_once():
    table = started()
    table.happens(MoreTimeAsked(4, "questions"))
    assert table.closes_at("questions") == on("Thu", "12:00")
    assert StepExtended("questions", on("Thu", "12:00")) in table.latest
    with refused("already_extended"):
        table.happens(MoreTimeAsked(3, "questions"))
    assert next_reminder(table.case, table.calendar) == on("Wed", "8:00")


def test_a_day_more_skips_the_weekend():
    table = started(method(STORY, {**QUESTIONS, "window": "P4D"}, CLOSING))
    table.happens(MoreTimeAsked(3, "questions"))
    assert table.closes_at("questions") == on("Mon", "12:00", week=1)


@pytest.mark.parametrize(
    ("person", "step", "reason"),
    [(1, "questions", "not_your_role"), (9, "questions", "not_in_case"), (3, "advice", "step_not_open")],
)
def test_who_may_not_write_there_now_gives_it_no_time(person: int, step: str, reason: str):
    with refused(reason):
        started().happens(MoreTimeAsked(person, step))


def test_a_step_of_the_facilitator_has_its_time_already():
    table = started(method(STORY, {**QUESTIONS, "closes": "facilitator"}, ADVICE, CLOSING))
    assert may_ask_more_time(table.case, 3, "questions") == "already_extended"


def test_steps_that_are_open_together_stay_so():
    thanks = step("thanks", "owner", "reaction", together_with="advice")
    table = started(method(STORY, ADVICE, thanks, CLOSING))
    table.happens(MoreTimeAsked(1, "thanks"))
    assert table.closes_at("thanks") == table.closes_at("advice") == on("Thu", "12:00")
