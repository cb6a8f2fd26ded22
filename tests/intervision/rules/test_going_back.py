"""Going back: the step before opens again, nothing that was written is lost, and nothing shows too soon."""

from bot.intervision.rules.events import Facilitated
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.rules.machine import next_due_at
from tests.intervision.rules.actors import (
    ADVICE,
    CLOSING,
    QUESTIONS,
    STORY,
    Person,
    Table,
    method,
    on,
    refused,
    started,
    step,
)


def goes_back(person: Person, from_step: str) -> None:
    person.table.happens(Facilitated(person.number, from_step, FacilitatorAction.BACK))


def at_answers() -> Table:
    """Céline asked, Dirk passed, and the questions are closed; Anna answered the first of two."""
    table = started()
    table.céline.asks(id="why")
    table.céline.asks(id="when")
    table.dirk.passes("questions")
    table.bram.presses_next("questions")
    table.anna.answers("why", id="because")
    return table


def test_the_step_before_opens_again_with_a_fresh_window():
    table = at_answers()
    table.now = on("Tue", "9:00")
    goes_back(table.bram, "answers")
    assert table.open == ["questions"] and table.closes_at("questions") == on("Thu", "12:00")
    assert table.posted == ["story-1", "why", "when", "because"] and next_due_at(table.case) == on("Thu", "12:00")


def test_who_had_passed_can_write_and_it_is_held_back_until_the_step_closes_again():
    table = at_answers()
    goes_back(table.bram, "answers")
    table.dirk.asks(id="how")
    assert "how" not in table.anna.reads() and "why" in table.anna.reads()
    table.bram.presses_next("questions")
    assert table.posted[-1] == "how" and table.open == ["answers"]


def test_it_does_not_close_because_all_were_done_before():
    table = at_answers()
    goes_back(table.bram, "answers")
    table.bram.asks()
    table.dirk.asks()
    assert table.open == ["questions"]
    table.comes("Wed", "12:00")
    assert table.open == ["answers"]


def test_a_changed_contribution_is_held_back_too():
    table = at_answers()
    goes_back(table.bram, "answers")
    table.céline.revises("why")
    assert "why" not in table.bram.reads() and "when" in table.bram.reads()
    table.bram.presses_next("questions")
    revealed = [effect.ids for effect in table.latest if hasattr(effect, "ids")]
    assert revealed == [("why",)] and "why" in table.bram.reads()


def test_what_was_written_in_the_step_that_was_open_comes_back_with_it():
    table = at_answers()
    goes_back(table.bram, "answers")
    assert table.case.state_of("answers").is_put_back and "because" in table.dirk.reads()
    table.dirk.asks(id="how")
    table.bram.presses_next("questions")
    table.anna.answers("when")
    assert table.open == ["answers"]
    table.anna.answers("how")
    assert table.open == ["advice"]


def test_a_form_that_was_opened_in_time_counts_and_appears_when_its_step_opens_again():
    table = at_answers()
    goes_back(table.bram, "answers")
    table.anna.answers("when", id="then")
    assert "then" not in table.dirk.reads() and table.posted[-1] == "because"
    table.bram.presses_next("questions")
    assert table.posted[-1] == "then" and table.open == ["advice"]


def test_one_goes_back_several_steps_one_by_one_and_comes_through_all_of_them_again():
    table = at_answers()
    table.anna.answers("when")
    table.céline.advises(id="try")
    goes_back(table.bram, "advice")
    assert table.open == ["answers"]
    goes_back(table.bram, "answers")
    assert table.open == ["questions"]
    for each in ("questions", "answers"):
        assert table.open == [each]
        table.bram.presses_next(each)
    assert table.open == ["advice"] and "try" not in table.bram.reads()
    table.bram.presses_next("advice")
    assert table.posted[-1] == "try"


def test_no_further_than_the_story():
    table = started()
    with refused("nothing_before"):
        goes_back(table.bram, "questions")
    with refused("nothing_before"):
        goes_back(started(method(QUESTIONS, STORY, CLOSING)).bram, "questions")


def test_only_who_leads_goes_back_and_only_while_it_runs():
    table = at_answers()
    for person in (table.anna, table.céline):
        with refused("only_facilitator"):
            goes_back(person, "answers")
    with refused("step_not_open"):
        goes_back(table.bram, "questions")
    table.bram.stops()
    with refused("not_running"):
        goes_back(table.bram, "answers")
    alone = started(facilitator=False)
    alone.anna.presses_next("questions")
    with refused("only_owner"):
        goes_back(alone.bram, "advice")
    goes_back(alone.anna, "advice")
    assert alone.open == ["questions"]


def test_at_night_it_opens_in_the_morning():
    table = at_answers()
    table.now = on("Mon", "22:00")
    goes_back(table.bram, "answers")
    assert table.open == [] and next_due_at(table.case) == on("Tue", "8:00")
    table.comes("Tue", "8:00")
    assert table.open == ["questions"]


def test_time_alone_brings_it_to_its_end_also_where_the_owner_has_nothing_to_say_again():
    table = started()
    table.bram.presses_next("questions")
    table.céline.advises()
    table.bram.presses_next("advice")
    table.happens(Facilitated(2, "closing", FacilitatorAction.BACK))
    table.bram.presses_next("advice")
    table.anna.writes("closing", "commitment")
    assert table.case.over
    silent = at_answers()
    silent.happens(Facilitated(2, "answers", FacilitatorAction.SKIP))
    goes_back(silent.bram, "advice")
    silent.comes("Mon", week=2)
    assert silent.case.lies_still_until and silent.open == ["closing"] and silent.ended.count("answers") == 2
    silent.comes("Tue", week=4)
    assert silent.case.state == "closed"


def test_what_is_only_read_is_not_gone_back_to():
    table = started(method(STORY, QUESTIONS, step("pause", "", window="P0D"), ADVICE, CLOSING))
    table.bram.presses_next("questions")
    assert table.open == ["advice"]
    goes_back(table.bram, "advice")
    assert table.open == ["questions"]
    table.bram.presses_next("questions")
    assert table.open == ["advice"] and table.cards.count("pause") == 1


def test_steps_that_go_together_open_again_together():
    beside = step("beside", "peer", "hypothesis", together_with="questions")
    table = started(method(STORY, QUESTIONS, ADVICE, beside, CLOSING))
    table.bram.presses_next("questions")
    table.bram.presses_next("advice")
    goes_back(table.bram, "closing")
    assert table.open == ["advice"]
    goes_back(table.bram, "advice")
    assert sorted(table.open) == ["beside", "questions"]
    table.bram.presses_next("questions")
    assert table.open == ["advice"]


def test_hidden_names_are_added_to_and_never_changed():
    table = started(method(STORY, {**ADVICE, "names": "hidden"}, CLOSING))
    for person, id in ((table.bram, "b"), (table.céline, "c"), (table.dirk, "d")):
        person.advises(id=id)
    goes_back(table.bram, "closing")
    with refused("not_yours"):
        table.céline.revises("c")
    table.céline.advises(id="more")
    assert "more" not in table.bram.reads()
    table.bram.presses_next("advice")
    assert table.posted[-1] == "more" and {each.author for each in table.wrote("advice")} == {None}


def test_hidden_names_of_a_step_that_is_put_back_are_forgotten_also_where_the_case_ends():
    table = started(method(STORY, QUESTIONS, {**ADVICE, "names": "hidden"}, CLOSING))
    table.bram.presses_next("questions")
    table.céline.advises()
    goes_back(table.bram, "advice")
    table.bram.stops()
    assert [each.author for each in table.wrote("advice")] == [None]


def test_while_the_owner_was_away_more_waits_until_the_owner_is_ready_again():
    table = started(method(STORY, {**ADVICE, "owner": "away"}, CLOSING))
    table.céline.advises(id="one")
    table.bram.presses_next("advice")
    table.anna.is_ready("advice")
    goes_back(table.bram, "closing")
    table.dirk.advises(id="two")
    with refused("step_not_closed"):
        table.anna.is_ready("advice")
    table.bram.presses_next("advice")
    assert table.anna.reads() == ["story-1", "one"]
    table.anna.is_ready("advice")
    assert table.posted[-2:] == ["one", "two"]


def test_where_the_word_goes_round_who_had_a_turn_gets_no_second_one():
    table = started(method(STORY, {**QUESTIONS, "order": "turns"}, {**ADVICE, "order": "turns"}, CLOSING))
    table.bram.asks()
    table.céline.passes("questions")
    table.dirk.asks()
    table.bram.advises()
    goes_back(table.bram, "advice")
    assert table.case.state_of("questions").turns == ()
    table.céline.asks()
    table.bram.presses_next("questions")
    assert table.case.state_of("advice").turns == (3, 4) and table.open == ["advice"]


def test_live_the_time_runs_anew_and_the_bell_rings_again():
    table = started()
    table.happens(Facilitated(2, "questions", FacilitatorAction.LIVE))
    table.bram.presses_next("questions")
    table.bram.presses_next("answers")
    table.comes("Mon", "10:30")
    goes_back(table.bram, "advice")
    assert table.open == ["answers"] and table.case.state_of("answers").rung_at is None
    table.comes("Mon", "10:35")
    assert table.case.state_of("answers").rung_at == table.now


def test_words_that_lived_shorter_than_the_case_are_gone_and_so_is_the_way_back():
    table = at_answers()
    table.case = table.case.with_steps(frozenset({"questions"}), wiped=True)
    with refused("words_gone"):
        goes_back(table.bram, "answers")


def test_what_was_withheld_until_a_step_appears_once():
    asked = [{"key": "did", "label": {"nl": "iets", "en": "x", "fr": "y"}, "withheld_until": "answers"}]
    told = {**step("answers", "owner", "answer", reveal="immediate")}
    table = started(method(STORY, QUESTIONS, told, CLOSING, fields=asked))
    table.bram.presses_next("questions")
    goes_back(table.bram, "answers")
    table.bram.presses_next("questions")
    assert table.posted == list(dict.fromkeys(table.posted))


def test_a_step_that_is_put_back_opens_again_also_when_its_writers_left():
    note = step("note", "facilitator", "reflection", per_person={"min": 2, "max": 2})
    table = started(method(STORY, QUESTIONS, note, CLOSING))
    table.bram.presses_next("questions")
    table.now = on("Mon", "21:00")
    table.bram.writes("note", "reflection", id="seen")
    table.now = on("Tue", "8:00")
    goes_back(table.bram, "note")
    table.bram.leaves()
    table.anna.presses_next("questions")
    assert table.posted[-1] == "seen" and table.open == ["closing"]
