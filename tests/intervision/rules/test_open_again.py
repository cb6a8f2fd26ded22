"""A step that is open again closes early, where it did before: once all who may write are done anew."""

from tests.intervision.rules.actors import ADVICE, CLOSING, QUESTIONS, STORY, method, started
from tests.intervision.rules.test_going_back import at_answers, goes_back


def test_it_closes_early_once_all_who_may_write_wrote_changed_or_passed_again():
    table = at_answers()
    goes_back(table.bram, "answers")
    table.bram.passes("questions")
    table.dirk.passes("questions")
    table.dirk.passes("questions")
    assert table.open == ["questions"], "Céline has not said anything since"
    table.céline.revises("why")
    assert table.open == ["answers"]
    goes_back(table.bram, "answers")
    assert table.open == ["questions"], "each time anew"


def test_where_it_did_not_close_early_before_it_does_not_now():
    table = started(method(STORY, {**QUESTIONS, "closes": "facilitator"}, ADVICE, CLOSING))
    table.bram.presses_next("questions")
    goes_back(table.bram, "advice")
    for person in (table.bram, table.céline, table.dirk):
        person.passes("questions")
    assert table.open == ["questions"]


def test_nothing_tells_afterwards_who_wrote_again_where_names_are_hidden():
    table = started(method(STORY, {**ADVICE, "names": "hidden"}, CLOSING))
    table.bram.presses_next("advice")
    goes_back(table.bram, "closing")
    table.dirk.advises()
    assert table.case.state_of("advice").done_again == (table.dirk.number,)
    table.bram.presses_next("advice")
    assert table.case.state_of("advice").done_again == ()
