"""What who leads can do besides next: skip a step, give it more time, choose another pace."""

from bot.intervision.rules.effects import StepExtended
from bot.intervision.rules.events import Facilitated
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.rules.machine import next_due_at
from tests.intervision.rules.actors import CLOSING, QUESTIONS, STORY, Person, Table, method, on, refused, started


def leads(person: Person, how: FacilitatorAction, step: str = "questions") -> None:
    person.table.happens(Facilitated(person.number, step, how))


def talks(table: Table) -> bool:
    return table.case.is_live


def test_a_step_that_is_skipped_reveals_what_was_written_in_it():
    table = started()
    table.céline.asks(id="why")
    leads(table.bram, FacilitatorAction.SKIP)
    assert table.posted == ["story-1", "why"] and table.open == ["answers"]


def test_also_a_step_that_keeps_its_whole_window_can_be_skipped():
    table = started(method(STORY, {**QUESTIONS, "closes": "window"}, CLOSING))
    leads(table.bram, FacilitatorAction.SKIP)
    assert table.open == ["closing"]


def test_at_night_the_step_after_one_that_is_skipped_waits_for_the_morning():
    table = started()
    table.now = on("Mon", "22:00")
    leads(table.bram, FacilitatorAction.SKIP)
    assert table.open == ["questions"] and next_due_at(table.case) == on("Tue", "8:00")


def test_a_step_gets_more_time_once():
    table = started()
    before = table.closes_at("questions")
    leads(table.bram, FacilitatorAction.MORE_TIME)
    after = table.closes_at("questions")
    assert before and after and after > before and StepExtended("questions", after) in table.latest
    with refused("already_extended"):
        leads(table.bram, FacilitatorAction.MORE_TIME)
    table.comes("Wed", "12:00")
    assert table.open == ["questions"]
    table.comes("Fri", "17:00")
    assert table.open != ["questions"]


def test_only_who_leads_does_and_only_in_the_open_step():
    table = started()
    for how in FacilitatorAction:
        with refused("only_facilitator"):
            leads(table.anna, how)
        with refused("only_facilitator"):
            leads(table.céline, how)
        with refused("step_not_open"):
            leads(table.bram, how, "advice")
    alone = started(facilitator=False)
    with refused("only_owner"):
        leads(alone.bram, FacilitatorAction.SKIP)
    leads(alone.anna, FacilitatorAction.SKIP)
    assert "questions" not in alone.open


def test_another_pace_begins_with_the_next_step():
    table = started()
    leads(table.bram, FacilitatorAction.LIVE)
    assert not talks(table)
    with refused("already_so"):
        leads(table.bram, FacilitatorAction.LIVE)
    table.bram.presses_next("questions")
    assert talks(table) and table.open == ["answers"]
    table.comes("Mon", "10:30")
    assert table.open == ["answers"] and table.case.state_of("answers").rung_at
    with refused("already_extended"):
        leads(table.bram, FacilitatorAction.MORE_TIME, "answers")


def test_who_thinks_better_of_it_stays_in_the_same_pace():
    table = started()
    leads(table.bram, FacilitatorAction.LIVE)
    leads(table.bram, FacilitatorAction.CALM)
    table.bram.presses_next("questions")
    assert not talks(table)


def test_from_live_to_writing_in_the_evening_the_next_card_waits_for_the_morning():
    table = started()
    leads(table.bram, FacilitatorAction.LIVE)
    table.bram.presses_next("questions")
    table.now = on("Mon", "20:00")
    leads(table.bram, FacilitatorAction.CALM, "answers")
    table.bram.presses_next("answers")
    assert table.open == [] and next_due_at(table.case) == on("Tue", "8:00")
