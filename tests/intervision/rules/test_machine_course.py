"""When steps open and close, and what appears then."""

from bot.intervision.rules.effects import CaseClosed, DueChanged, StepExtended, StepSkipped
from bot.intervision.rules.machine import next_due_at
from tests.intervision.rules.actors import (
    ADVICE,
    ANSWERS,
    CLOSING,
    QUESTIONS,
    STORY,
    Table,
    method,
    on,
    refused,
    started,
    step,
)


def all_ask(table: Table) -> None:
    for person in (table.bram, table.céline, table.dirk):
        person.asks()


# ---------------------------------------------------------------------------------------- closing


def test_a_step_closes_as_soon_as_everybody_wrote_or_passed():
    table = started()
    table.céline.asks(id="why")
    table.bram.passes("questions")
    assert table.posted == ["story-1"]
    table.dirk.asks(id="when")
    assert table.posted == ["story-1", "why", "when"]
    assert table.open == ["answers"]


def test_a_step_closes_at_its_deadline_with_what_is_there():
    table = started()
    table.céline.asks(id="why")
    table.comes("Wed", "11:59")
    assert table.open == ["questions"]
    table.comes("Wed", "12:00")
    assert table.open == ["answers"]
    assert next_due_at(table.case) == on("Thu", "17:00")


def test_a_step_nobody_wrote_in_closes_too_and_there_is_nothing_to_answer():
    table = started()
    table.comes("Wed", "12:00")
    assert StepSkipped("answers") in table.latest
    assert table.open == ["advice"]


def test_when_all_are_done_at_night_the_reveal_waits_for_the_morning():
    table = started()
    table.now = on("Mon", "22:00")
    all_ask(table)
    morning = on("Tue", "8:00")
    assert table.latest[-1] == DueChanged(morning)
    assert table.open == ["questions"] and table.posted == ["story-1"]
    table.comes("Tue", "8:00")
    assert len(table.posted) == 4


def test_who_takes_a_question_back_at_night_gives_the_others_their_time_again():
    table = started()
    table.now = on("Mon", "22:00")
    table.bram.passes("questions")
    table.dirk.passes("questions")
    question = table.céline.asks()
    assert table.closes_at("questions") == on("Tue", "8:00")
    table.céline.withdraws(question)
    assert table.closes_at("questions") == on("Wed", "12:00")


def test_until_the_reveal_there_is_room_for_one_more():
    table = started()
    table.now = on("Mon", "22:00")
    all_ask(table)
    table.now = on("Mon", "23:00")
    table.céline.asks(id="late idea")
    table.comes("Tue", "8:00")
    assert "late idea" in table.posted


def test_people_appear_in_the_order_they_began():
    table = started()
    table.dirk.asks(id="d1")
    table.céline.asks(id="c1")
    table.dirk.asks(id="d2")
    table.bram.asks(id="b1")
    assert table.posted == ["story-1", "d1", "d2", "c1", "b1"]


def test_a_step_that_keeps_its_window_never_closes_before_its_time():
    slow = {**QUESTIONS, "closes": "window"}
    table = started(method(STORY, slow, CLOSING))
    all_ask(table)
    with refused("not_before_its_time"):
        table.bram.presses_next("questions")
    table.comes("Wed", "11:00")
    assert table.open == ["questions"]
    table.comes("Wed", "12:00")
    assert table.open == ["closing"]


def test_a_step_closed_by_the_facilitator_waits_for_that_and_at_most_two_windows():
    talk = step("talk", "peer", "recognition", closes="facilitator", reveal="immediate", window="P1D")
    table = started(method(STORY, talk, CLOSING))
    for person in (table.bram, table.céline, table.dirk):
        person.writes("talk", "recognition")
    table.comes("Tue", "17:00")
    assert table.open == ["talk"]
    table.comes("Wed", "17:00")
    assert table.open == ["closing"]


def test_the_facilitator_presses_next():
    table = started()
    table.céline.asks(id="why")
    table.bram.presses_next("questions")
    assert table.posted == ["story-1", "why"]
    assert table.open == ["answers"]


def test_pressing_next_twice_goes_one_step_on():
    table = started()
    table.céline.asks()
    table.bram.presses_next("questions")
    table.bram.presses_next("questions")
    assert table.latest == ()
    assert table.open == ["answers"]


def test_pressing_next_at_night_works_in_the_morning():
    table = started()
    table.now = on("Mon", "21:00")
    table.bram.presses_next("questions")
    table.bram.presses_next("questions")
    assert table.latest == ()
    assert table.closes_at("questions") == on("Tue", "8:00")
    table.comes("Tue", "8:00")
    assert table.open == ["advice"]


def test_the_owner_presses_next_in_the_owners_own_step():
    table = started()
    table.céline.asks()
    with refused("only_facilitator"):
        table.anna.presses_next("questions")
    table.comes("Wed", "12:00")
    table.anna.presses_next("answers")
    assert table.open == ["advice"]


def test_the_owner_presses_next_where_nobody_facilitates():
    table = started(facilitator=False)
    with refused("only_owner"):
        table.céline.presses_next("questions")
    table.anna.presses_next("questions")
    assert table.open == ["advice"]


def test_after_the_last_step_the_case_is_closed():
    table = started(method(STORY, CLOSING))
    table.anna.writes("closing", "commitment", id="I will")
    assert table.latest[-2:] == (CaseClosed(), DueChanged(None))
    assert table.case.state == "closed"
    assert table.posted == ["story-1", "I will"]


# ---------------------------------------------------------------------------------------- time


def test_when_the_bot_was_down_for_days_the_next_step_gets_its_full_window_from_now():
    table = started()
    table.céline.asks()
    table.sleeps_until("Tue", "10:00", week=2)
    assert table.open == ["answers"]
    assert next_due_at(table.case) == on("Wed", "12:00", week=2)


def test_when_the_bot_comes_back_at_night_the_reveal_waits_for_the_morning():
    table = started()
    table.céline.asks()
    table.sleeps_until("Thu", "23:00")
    assert table.open == ["questions"]
    assert next_due_at(table.case) == on("Fri", "8:00")


def test_the_clock_too_soon_changes_nothing():
    table = started()
    table.sleeps_until("Tue")
    assert table.latest == ()


def test_windows_skip_the_weekend():
    table = started()
    table.céline.asks()
    table.comes("Thu", "18:30")
    table.bram.presses_next("answers")
    assert table.closes_at("answers") == on("Fri", "8:00")
    table.comes("Fri", "8:00")
    assert table.closes_at("advice") == on("Tue", "12:00", week=1)


def test_an_owner_silent_for_two_windows_lets_the_case_lie_still():
    table = started()
    table.céline.asks()
    table.comes("Thu", "17:00")
    assert StepExtended("answers", on("Mon", "12:00", week=1), by_itself=True) in table.latest
    table.comes("Mon", "12:00", week=1)
    assert table.stopped_because is None and table.case.state == "running"
    assert next_due_at(table.case) == on("Mon", "12:00", week=3) and table.closes_at("answers") is None


def test_an_owner_who_answers_in_the_second_window_goes_on():
    table = started()
    table.céline.asks(id="why")
    table.comes("Fri")
    table.anna.answers("why")
    assert table.open == ["advice"]


def test_an_owner_who_answered_something_has_answered():
    table = started()
    table.céline.asks(id="why")
    table.dirk.asks(id="when")
    table.comes("Wed", "12:00")
    table.anna.answers("why")
    table.comes("Thu", "17:00")
    assert table.open == ["advice"]


def test_an_owner_who_may_stay_silent_keeps_nobody_waiting():
    thanks = step("thanks", "owner", "reaction", reveal="immediate", per_person={"min": 0, "max": 1})
    table = started(method(STORY, QUESTIONS, thanks, ADVICE, CLOSING))
    table.comes("Fri", "17:00")
    assert table.open == ["advice"]
    assert table.stopped_because is None


def test_a_whole_small_case_from_start_to_end():
    table = started()
    all_ask(table)
    for question in [each.id for each in table.wrote("questions")]:
        table.anna.answers(question)
    for person in (table.bram, table.céline, table.dirk):
        person.advises()
    table.anna.writes("closing", "commitment")
    assert table.cards == table.ended == ["story", "questions", "answers", "advice", "closing"]
    assert table.case.state == "closed"
    assert set(table.posted) == {each.id for each in table.case.contributions}


def test_answers_in_a_step_kept_open_for_its_window_can_still_come():
    table = started(method(STORY, QUESTIONS, {**ANSWERS, "closes": "window"}, CLOSING))
    table.céline.asks(id="why")
    table.bram.presses_next("questions")
    table.anna.answers("why")
    assert table.open == ["answers"]
