"""How a case gathers people and begins."""

import pytest

from bot.intervision.rules.effects import CaseStarted, StepOpened
from bot.intervision.rules.events import TimePassed
from bot.intervision.rules.machine import decide, next_due_at
from bot.library.enums import Role
from tests.intervision.rules.actors import (
    ANSWERS,
    CLOSING,
    QUESTIONS,
    STORY,
    Table,
    gathered,
    method,
    on,
    refused,
    started,
    step,
)


def test_the_story_of_the_intake_is_the_first_step_and_the_questions_open_at_once():
    table = gathered()
    table.anna.starts()
    assert table.case.state == "running"
    assert table.posted == ["story-1"]
    assert table.ended == ["story"]
    assert table.open == ["questions"]
    assert next_due_at(table.case) == on("Wed", "12:00")


def test_only_the_owner_starts():
    table = gathered()
    with refused("only_owner"):
        table.bram.starts()


def test_who_is_not_in_the_case_cannot_start_it():
    table = Table(method())
    with refused("not_in_case"):
        table.dirk.starts()


def test_a_case_starts_once():
    table = started()
    with refused("already_started"):
        table.anna.starts()


def test_too_few_people_cannot_start():
    table = Table(method())
    table.céline.joins()
    with refused("group_too_small"):
        table.anna.starts()


def test_a_full_group_takes_nobody_more():
    watched = step("watched", "observer", "meta_evaluation")
    table = Table(method(STORY, watched, CLOSING, group={"min": 3, "max": 3}))
    table.bram.joins()
    table.céline.joins()
    with refused("group_too_large"):
        table.dirk.joins()
    table.céline.joins("observer")
    assert table.case.holding(Role.OBSERVER) == {3}
    table.dirk.joins()
    with refused("group_too_large"):
        table.céline.joins()


def test_joining_twice_does_nothing():
    table = gathered()
    table.dirk.joins()
    assert table.latest == ()


def test_the_owner_is_in_already():
    with refused("already_in"):
        Table(method()).anna.joins()


def test_nobody_joins_as_owner():
    with refused("only_owner"):
        Table(method()).dirk.joins("owner")


@pytest.mark.parametrize(("kind", "is_peer"), [("also_peer", True), ("only", False)])
def test_who_facilitates_thinks_along_if_the_method_says_so(kind: str, is_peer: bool):
    table = Table(method(facilitator=kind))
    table.bram.joins("facilitator")
    assert (2 in table.case.holding(Role.PEER)) is is_peer


def test_a_method_without_facilitator_has_none():
    table = Table(method(facilitator="none"))
    with refused("no_facilitator_here"):
        table.bram.joins("facilitator")


def test_there_is_one_facilitator():
    table = gathered()
    with refused("facilitator_taken"):
        table.dirk.joins("facilitator")


def test_nobody_joins_once_it_runs():
    table = started(facilitator=False)
    table.dirk.leaves()
    with refused("already_started"):
        table.dirk.joins()


def test_a_case_started_on_saturday_opens_its_first_card_on_monday_morning():
    table = gathered()
    table.now = on("Sat")
    table.anna.starts()
    monday = on("Mon", "8:00", week=1)
    assert table.latest[0] == CaseStarted(monday)
    assert table.cards == [] and next_due_at(table.case) == monday
    with refused("step_not_open"):
        table.céline.asks()
    table.sleeps_until("Sun")
    assert table.cards == []
    table.comes("Mon", "8:00", week=1)
    assert table.cards == ["story", "questions"]
    assert table.posted == ["story-1"]


def test_steps_left_out_by_default_stay_out():
    tips = step("tips", "peer", "advice", optional="left_out")
    table = started(method(STORY, tips, CLOSING))
    assert table.open == ["closing"]


def test_the_owner_chooses_optional_steps_at_the_start():
    tips = step("tips", "peer", "advice", optional="left_out")
    dream = step("dream", "owner", "reframe", optional="included")
    table = gathered(method(STORY, tips, dream, CLOSING))
    table.anna.starts(optional={"tips"})
    assert table.open == ["tips"]
    table.comes("Fri", "17:00")
    assert table.cards == ["story", "tips", "closing"]


def test_the_story_waits_for_its_step_when_something_comes_before_it():
    reading = step("welcome", "", window="P1D")
    table = started(method(reading, STORY, QUESTIONS, CLOSING))
    assert table.open == ["welcome"]
    assert table.posted == []
    assert table.anna.reads() == ["story-1"] and table.céline.reads() == []
    table.comes("Tue", "12:00")
    assert table.posted == ["story-1"]
    assert table.open == ["questions"]


def test_a_step_to_read_without_a_window_closes_at_once():
    choosing = step("choosing", "", window="P0D")
    table = started(method(choosing, STORY, QUESTIONS, CLOSING))
    assert table.cards == ["choosing", "story", "questions"]
    assert table.latest.index(StepOpened("choosing", table.now)) < table.latest.index(
        StepOpened("questions", on("Wed", "12:00"))
    )


def test_parts_follow_their_whole_wherever_the_file_has_them():
    reading_answers = {**ANSWERS, "part_of": "questions"}
    table = started(method(STORY, QUESTIONS, CLOSING, reading_answers))
    question = table.céline.asks()
    table.comes("Wed", "12:00")
    assert table.open == ["answers"]
    table.anna.answers(question)
    assert table.open == ["closing"]


def test_a_naive_moment_is_no_moment():
    table = started()
    with pytest.raises(ValueError, match="no time zone"):
        decide(table.case, TimePassed(), table.now.replace(tzinfo=None), table.calendar)


def test_who_would_look_on_finds_a_step_for_that_or_hears_that_there_is_none():
    table = gathered()
    with refused("no_observer_here"):
        table.dirk.joins("observer")
    watched = step("watched", "observer", "meta_evaluation")
    table = gathered(method(STORY, watched, CLOSING))
    table.dirk.joins("observer")
    assert table.case.holding(Role.OBSERVER) == {4}


def test_in_a_series_everybody_brings_a_question():
    table = Table(method(series={"at_once": 1}))
    with refused("no_facilitator_here"):
        table.bram.joins("facilitator")
    with refused("no_observer_here"):
        table.bram.joins("observer")
