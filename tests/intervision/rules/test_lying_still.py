"""A case whose owner is silent lies still: only the owner wakes it, and after ten working days it ends with thanks."""

from bot.intervision.rules.case import StopReason
from bot.intervision.rules.effects import CaseClosed, CaseLiesStill, CaseWokeUp, GroupIsStillThere, StepExtended
from bot.intervision.rules.events import Facilitated, GroupSaidStillThere, WakeUp, WokenUp
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.rules.machine import next_due_at
from bot.intervision.rules.waiting import after_waiting
from tests.intervision.rules.actors import ANSWERS, CLOSING, QUESTIONS, STORY, Table, method, on, refused, started, step


def lying_still() -> Table:
    """Anna answers nothing, not in her second window either; it is Monday noon."""
    table = started()
    table.céline.asks(id="why")
    table.comes("Mon", "12:00", week=1)
    return table


def wakes(table: Table, how: WakeUp, person: int = 1) -> None:
    table.happens(WokenUp(person, how))


def test_an_owner_gets_more_time_once_and_then_the_case_lies_still():
    table = started()
    table.céline.asks()
    table.comes("Thu", "17:00")
    assert StepExtended("answers", on("Mon", "12:00", week=1), by_itself=True) in table.latest
    table.comes("Mon", "12:00", week=1)
    assert CaseLiesStill("answers", on("Mon", "12:00", week=3)) in table.latest
    assert table.case.state == "running" and table.open == ["answers"] and table.stopped_because is None
    assert table.closes_at("answers") is None and next_due_at(table.case) == on("Mon", "12:00", week=3)


def test_its_owner_goes_on_with_a_window_like_the_first():
    table = lying_still()
    table.comes("Wed", "9:00", week=2)
    wakes(table, WakeUp.GO_ON)
    assert CaseWokeUp("answers") in table.latest
    assert table.closes_at("answers") == next_due_at(table.case) == on("Thu", "12:00", week=2)
    table.anna.answers("why")
    assert table.open == ["advice"]


def test_who_is_silent_again_finds_it_still_again():
    table = lying_still()
    wakes(table, WakeUp.GO_ON)
    table.comes("Tue", "17:00", week=1)
    assert table.case.lies_still_until == on("Tue", "17:00", week=3)


def test_its_owner_leaves_the_step_out():
    table = lying_still()
    wakes(table, WakeUp.SKIP)
    assert table.open == ["advice"] and table.case.lies_still_until is None


def test_at_night_the_next_step_waits_for_the_morning():
    table = lying_still()
    table.comes("Tue", "22:00", week=1)
    wakes(table, WakeUp.SKIP)
    assert table.open == ["answers"] and next_due_at(table.case) == on("Wed", "8:00", week=1)
    table.comes("Wed", "8:00", week=1)
    assert table.open == ["advice"]


def test_its_owner_rounds_it_off_with_what_there_is():
    table = lying_still()
    wakes(table, WakeUp.END)
    assert CaseClosed(StopReason.LAY_STILL) in table.latest
    assert table.case.state == "closed" and next_due_at(table.case) is None


def test_rounded_off_at_night_it_ends_in_the_morning_even_if_that_is_noticed_late():
    table = lying_still()
    table.comes("Tue", "22:00", week=1)
    wakes(table, WakeUp.END)
    assert table.case.state == "running" and next_due_at(table.case) == on("Wed", "8:00", week=1)
    table.sleeps_until("Thu", "12:00", week=1)
    assert table.case.state == "closed"


def test_writing_or_passing_wakes_it_too():
    table = lying_still()
    table.anna.answers("why")
    assert table.open == ["advice"] and table.case.lies_still_until is None
    table = lying_still()
    table.anna.passes("answers")
    assert table.open == ["advice"]


def test_the_first_words_give_the_time_for_more_where_a_step_keeps_its_window():
    table = started(method(STORY, QUESTIONS, {**ANSWERS, "closes": "window"}, CLOSING))
    table.céline.asks(id="why"), table.dirk.asks(id="when")
    table.comes("Mon", "12:00", week=1)
    table.anna.answers("why")
    assert table.open == ["answers"] and table.closes_at("answers") == on("Tue", "17:00", week=1)


def test_nobody_else_wakes_it():
    table = lying_still()
    with refused("only_owner"):
        wakes(table, WakeUp.GO_ON, person=3)
    with refused("lies_still"):
        table.bram.presses_next("answers")
    with refused("lies_still"):
        table.happens(Facilitated(2, "answers", FacilitatorAction.SKIP))
    with refused("not_in_case"):
        wakes(table, WakeUp.END, person=9)
    assert table.case.lies_still_until


def test_where_nobody_leads_the_owner_may_as_well_press_next():
    table = started(facilitator=False)
    table.céline.asks(id="why")
    table.comes("Mon", "12:00", week=1)
    table.anna.presses_next("answers")
    assert table.open == ["advice"]


def test_a_second_press_does_no_harm():
    table = lying_still()
    wakes(table, WakeUp.GO_ON)
    before = table.case
    for how in WakeUp:
        wakes(table, how)
        assert table.case == before and not table.latest


def test_the_others_say_once_that_they_are_there():
    table = lying_still()
    table.happens(GroupSaidStillThere(3))
    assert GroupIsStillThere("answers") in table.latest and table.case.is_group_there
    table.happens(GroupSaidStillThere(4))
    assert not table.latest
    with refused("only_others"):
        table.happens(GroupSaidStillThere(1))
    with refused("not_in_case"):
        table.happens(GroupSaidStillThere(9))


def test_what_they_said_is_over_once_it_goes_on():
    table = lying_still()
    table.happens(GroupSaidStillThere(3))
    wakes(table, WakeUp.GO_ON)
    assert not table.case.is_group_there
    table.happens(GroupSaidStillThere(3))
    assert not table.latest, "it goes on already"


def test_after_ten_working_days_it_is_finished_with_what_there_is():
    table = lying_still()
    table.comes("Mon", "11:59", week=3)
    assert table.case.state == "running"
    table.comes("Mon", "12:00", week=3)
    assert table.case.state == "closed" and CaseClosed(StopReason.LAY_STILL) in table.latest
    assert table.ended[-1] == "answers" and table.stopped_because is None


def test_what_others_wrote_beside_the_owner_is_shown_at_the_end():
    wish = step("wish", "owner", "reframe", window="P1D")
    guess = step("guess", "peer", "reframe", window="P1D", together_with="wish")
    table = started(method(STORY, QUESTIONS, wish, guess, CLOSING))
    table.comes("Wed", "17:00")
    id = table.céline.writes("guess", "reframe")
    table.comes("Tue", "17:00", week=1)
    assert table.case.lies_still_until and id not in table.posted
    table.comes("Wed", "17:00", week=3)
    assert table.case.state == "closed" and id in table.posted


def test_hidden_names_stay_hidden_at_the_end():
    wish = step("wish", "owner", "reframe", window="P1D")
    guess = step("guess", "peer", "reframe", window="P1D", together_with="wish", names="hidden")
    table = started(method(STORY, QUESTIONS, wish, guess, CLOSING))
    table.comes("Wed", "17:00")
    table.céline.writes("guess", "reframe")
    table.comes("Wed", "17:00", week=3)
    assert table.case.state == "closed" and {each.author for each in table.wrote("guess")} == {None}


def test_while_the_bot_was_away_its_owner_could_not_wake_it():
    table = lying_still()
    table.sleeps_until("Thu", "9:00", week=4)
    assert table.case.state == "running" and table.case.lies_still_until == on("Fri", "9:00", week=4)
    wakes(table, WakeUp.GO_ON)
    assert table.closes_at("answers")


def test_a_step_that_ended_while_the_bot_was_away_has_its_second_window_after_that():
    table = started()
    table.céline.asks()
    table.comes("Wed", "17:00")
    table.sleeps_until("Wed", "10:00", week=4)
    assert table.closes_at("answers") == on("Thu", "12:00", week=4)


def test_its_time_stands_still_with_its_place():
    table = lying_still()
    later = after_waiting(table.case, on("Tue") - on("Mon"))
    assert later.lies_still_until == on("Tue", "12:00", week=3)


def test_whoever_leads_can_still_stop_it_and_it_ends_without_its_owner():
    table = lying_still()
    table.bram.stops()
    assert table.case.state == "stopped" and table.case.lies_still_until is None
    table = lying_still()
    table.anna.leaves()
    assert table.stopped_because == "owner_left" and next_due_at(table.case) is None
