"""Steps that go together, that only ask to read, or that nobody here can do."""

from bot.intervision.rules.effects import StepSkipped
from tests.intervision.rules.actors import CLOSING, STORY, method, refused, started, step

FOLLOW_UP = step("follow_up", "peer", "probing_question", per_person={"min": 0, "max": 1}, reveal="immediate")
REPLIES = step(
    "replies", "owner", "answer", about={"steps": ["follow_up"]}, reveal="immediate", together_with="follow_up"
)


def test_steps_that_go_together_open_and_close_together():
    table = started(method(STORY, FOLLOW_UP, REPLIES, CLOSING))
    assert table.open == ["follow_up", "replies"]
    table.céline.writes("follow_up", "probing_question", id="and then")
    for person in (table.bram, table.dirk):
        person.passes("follow_up")
    assert table.open == ["follow_up", "replies"]
    table.anna.writes("replies", "answer", about="and then")
    assert table.open == ["closing"]


def test_next_closes_all_that_goes_together():
    table = started(method(STORY, FOLLOW_UP, REPLIES, CLOSING))
    table.bram.presses_next("replies")
    assert table.open == ["closing"]


def test_next_waits_for_a_step_beside_it_that_keeps_its_window():
    table = started(method(STORY, {**FOLLOW_UP, "closes": "window"}, REPLIES, CLOSING))
    with refused("not_before_its_time"):
        table.bram.presses_next("replies")


def test_the_owner_does_not_cut_off_what_peers_write_beside_the_answers():
    table = started(method(STORY, FOLLOW_UP, REPLIES, CLOSING))
    with refused("only_facilitator"):
        table.anna.presses_next("replies")


def test_a_step_to_read_stays_until_its_time():
    reading = step("reading", "", window="P0.5D")
    table = started(method(STORY, reading, CLOSING))
    assert table.open == ["reading"]
    table.comes("Mon", "17:00")
    assert table.open == ["closing"]


def test_a_step_that_nobody_here_can_write_in_is_skipped():
    observing = step("observing", "observer", "meta_evaluation")
    table = started(method(STORY, observing, CLOSING))
    assert StepSkipped("observing") in table.effects
    assert table.open == ["closing"]


def test_answers_to_a_step_that_is_left_out_are_left_out_with_it():
    left_out = {**FOLLOW_UP, "optional": "left_out"}
    table = started(method(STORY, left_out, REPLIES, CLOSING))
    assert table.open == ["closing"]
