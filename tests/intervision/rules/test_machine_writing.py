"""Who writes what, in which step, and how often."""

import pytest

from bot.intervision.rules.case import PASS
from bot.intervision.rules.effects import ContributionChanged, ContributionKept, ContributionRemoved
from bot.intervision.rules.progress import left_open_in
from tests.intervision.rules.actors import (
    ADVICE,
    ANSWERS,
    CLOSING,
    QUESTIONS,
    STORY,
    Table,
    method,
    refused,
    started,
    step,
)

TALK = step("talk", "owner facilitator peer", "recognition", reveal="immediate", per_person={"min": 0, "max": 2})
RATING = step("rating", "owner", "rating", about={"steps": ["questions"]})
WARM = step("warm", "owner", "answer", about={"steps": ["questions"], "rated": ["warm"]}, reveal="immediate")


def asked() -> Table:
    """Céline and Dirk asked something, Bram had nothing to add: Anna answers."""
    table = started()
    table.céline.asks(id="why")
    table.dirk.asks(id="when")
    table.bram.passes("questions")
    return table


def test_the_owner_does_not_ask_and_a_peer_does_not_answer():
    table = started()
    with refused("not_your_role"):
        table.anna.asks()
    table = asked()
    with refused("not_your_role"):
        table.dirk.answers("why")


def test_nobody_writes_before_or_after_a_step():
    table = asked()
    with refused("step_not_open"):
        table.céline.advises()
    with refused("step_not_open"):
        table.céline.asks()


def test_a_step_of_another_method_is_not_open_here():
    with refused("step_not_open"):
        started().céline.writes("gossip", "advice")


def test_who_is_not_in_the_case_writes_nothing():
    table = started()
    table.dirk.leaves()
    with refused("not_in_case"):
        table.dirk.asks()


def test_only_the_kinds_of_the_step():
    table = started()
    with refused("kind_not_allowed"):
        table.céline.writes("questions", "advice")
    with refused("kind_not_allowed"):
        table.céline.writes("questions", PASS)
    assert table.wrote("questions") == ()


def test_at_most_as_many_as_the_method_says():
    table = started()
    for _ in range(3):
        table.céline.asks()
    with refused("too_many"):
        table.céline.asks()
    assert len(table.wrote("questions")) == 3


def test_a_form_sent_five_times_is_kept_once():
    table = started()
    table.céline.asks(id="why")
    before = table.case
    for _ in range(4):
        table.céline.asks(id="why")
        assert table.latest == () and table.case == before


def test_a_form_that_slack_delivers_again_after_the_step_does_nothing():
    table = asked()
    table.céline.asks(id="why")
    assert table.latest == ()


def test_an_answer_is_about_a_question():
    table = asked()
    with refused("about_missing"):
        table.anna.answers(None)
    with refused("about_unknown"):
        table.anna.answers("story-1")
    table.anna.answers("why")
    with refused("already_answered"):
        table.anna.answers("why")


def test_a_question_is_about_nothing():
    with refused("about_unknown"):
        started().céline.asks(about="story-1")


def test_once_everything_is_answered_there_is_nothing_left_to_answer():
    window = {**ANSWERS, "closes": "window"}
    table = started(method(STORY, QUESTIONS, window, CLOSING))
    table.céline.asks(id="why")
    table.dirk.passes("questions")
    table.bram.passes("questions")
    table.anna.answers("why")
    with refused("already_answered"):
        table.anna.answers("why")


def test_an_answer_can_be_revised_and_stays_one_answer():
    table = asked()
    answer = table.anna.answers("why")
    table.anna.revises(answer)
    assert table.latest == (ContributionChanged(answer, revealed=True),)
    assert len(table.wrote("answers")) == 1


def test_until_the_step_closes_a_question_can_be_revised_and_withdrawn():
    table = started()
    question = table.céline.asks()
    table.céline.revises(question)
    assert ContributionChanged(question, revealed=False) in table.latest
    table.céline.withdraws(question)
    assert ContributionRemoved(question, revealed=False) in table.latest
    table.céline.withdraws(question)
    assert table.latest == ()
    with refused("not_yours"):
        table.céline.revises(question)


def test_after_the_step_what_was_written_stands():
    table = asked()
    with refused("step_not_open"):
        table.céline.withdraws("why")
    with refused("step_not_open"):
        table.céline.revises("why")


def test_nobody_touches_what_another_wrote():
    table = started()
    table.céline.asks(id="why")
    table.dirk.asks(id="when")
    with refused("not_yours"):
        table.dirk.revises("why")
    with refused("not_yours"):
        table.dirk.withdraws("why")
    assert [each.id for each in table.wrote("questions")] == ["why", "when"]


def test_a_pass_is_enough_and_passing_twice_is_one_pass():
    table = started()
    table.céline.passes("questions")
    assert isinstance(table.latest[0], ContributionKept)
    table.céline.passes("questions")
    assert table.latest == ()
    assert table.wrote("questions") == ()


def test_writing_after_a_pass_takes_the_pass_away():
    table = started()
    table.céline.passes("questions")
    table.céline.asks(id="why")
    assert [each.id for each in table.case.contributions] == ["story-1", "why"]
    assert isinstance(table.latest[0], ContributionRemoved)


def test_who_wrote_cannot_pass_any_more():
    table = started()
    table.céline.asks()
    with refused("already_wrote"):
        table.céline.passes("questions")


def test_the_story_itself_cannot_be_passed():
    more = step("more", "owner", "case_story", reveal="immediate")
    table = started(method(STORY, more, CLOSING))
    with refused("story_needed"):
        table.anna.passes("more")


def test_a_pass_is_no_contribution_to_change():
    table = started()
    table.céline.passes("questions")
    with refused("not_yours"):
        table.céline.withdraws("pass:questions:3:")


def test_the_owner_may_pass_one_question_and_answer_the_other():
    table = asked()
    table.anna.passes("answers", about="why")
    assert table.open == ["answers"]
    table.anna.answers("when")
    assert table.open == ["advice"]


def test_whoever_wrote_fewer_than_a_step_asks_is_done():
    several = {**QUESTIONS, "per_person": {"min": 2, "max": 3}}
    table = started(method(STORY, several, ANSWERS, CLOSING))
    table.céline.asks(id="why")
    table.bram.passes("questions")
    assert table.open == ["questions"]
    table.dirk.asks(id="when")
    assert table.open == ["answers"]


def test_what_the_owner_leaves_open_in_a_form_is_what_it_showed_and_nobody_answered():
    table = asked()
    answers = table.case.step("answers")
    assert left_open_in(table.case, 1, answers, {"why": True, "when": False}) == ["when"]
    assert left_open_in(table.case, 1, answers, {"why": True}) == [], "what had no room is left for the next form"
    table.anna.passes("answers", about="when")
    assert left_open_in(table.case, 1, answers, {"why": False, "when": False}) == ["why"]
    assert left_open_in(table.case, 2, table.case.step("questions"), {"why": False}) == []


def test_the_owner_may_pass_all_that_is_left():
    table = asked()
    table.anna.answers("why")
    table.anna.passes("answers")
    assert table.open == ["advice"]


def test_a_pass_is_about_something_that_is_there():
    table = asked()
    with refused("about_unknown"):
        table.anna.passes("answers", about="story-1")


def test_free_talk_needs_nobody_but_waits_for_everybody():
    table = started(method(STORY, TALK, CLOSING))
    table.anna.writes("talk", "recognition")
    table.bram.passes("talk")
    table.céline.writes("talk", "recognition")
    assert table.open == ["talk"]
    table.dirk.passes("talk")
    assert table.open == ["talk"] and table.closes_at("talk") != table.case.state_of("talk").deadline
    table.anna.passes("talk")
    table.céline.passes("talk")
    assert table.open == ["closing"]


def test_the_owner_rates_questions_and_answers_the_warm_ones():
    table = started(method(STORY, QUESTIONS, RATING, WARM, CLOSING))
    table.céline.asks(id="why")
    table.dirk.asks(id="when")
    table.bram.passes("questions")
    table.anna.writes("rating", "rating", about="why", rating="cold", id="r1")
    table.anna.revises("r1", rating="warm")
    table.anna.writes("rating", "rating", about="when", rating="lukewarm")
    assert table.open == ["warm"]
    with refused("about_unknown"):
        table.anna.writes("warm", "answer", about="when")
    table.anna.writes("warm", "answer", about="why")
    assert table.open == ["closing"]


def test_what_peers_write_about_others_counts_by_person():
    replies = step("replies", "peer", "association", about={"steps": ["advice"]}, per_person={"min": 1, "max": 1})
    table = started(method(STORY, {**ADVICE, "who": ["peer"]}, replies, CLOSING))
    tips = [person.advises() for person in (table.bram, table.céline, table.dirk)]
    table.bram.writes("replies", "association", about=tips[1])
    with refused("too_many"):
        table.bram.writes("replies", "association", about=tips[2])
    table.céline.writes("replies", "association", about=tips[0])
    table.dirk.writes("replies", "association", about=tips[0])
    assert table.open == ["closing"]


def test_who_answered_all_there_is_need_not_write_more():
    replies = step("replies", "peer", "association", about={"steps": ["advice"]}, per_person={"min": 2, "max": 5})
    table = started(method(STORY, ADVICE, replies, CLOSING))
    tip = table.bram.advises()
    table.bram.presses_next("advice")
    for person in (table.bram, table.céline, table.dirk):
        assert table.open == ["replies"]
        person.writes("replies", "association", about=tip)
    assert table.open == ["closing"]


def test_nobody_answers_what_is_still_held_back():
    replies = step("replies", "owner", "answer", about={"steps": ["questions"]}, together_with="questions")
    table = started(method(STORY, QUESTIONS, replies, CLOSING))
    question = table.céline.asks()
    assert table.anna.may("write", "replies") == "about_missing"
    with refused("about_missing"):
        table.anna.writes("replies", "answer", about=question)


@pytest.mark.parametrize(
    ("who", "action", "step", "answer"),
    [
        ("céline", "write", "questions", None),
        ("céline", "pass", "questions", None),
        ("céline", "change", "questions", "not_yours"),
        ("anna", "write", "questions", "not_your_role"),
        ("anna", "pass", "questions", "not_your_role"),
        ("bram", "write", "questions", None),
        ("céline", "write", "advice", "step_not_open"),
        ("céline", "close_step", "questions", "only_facilitator"),
        ("anna", "close_step", "questions", "only_facilitator"),
        ("bram", "close_step", "questions", None),
        ("anna", "stop", None, None),
        ("bram", "stop", None, None),
        ("céline", "stop", None, "not_your_role"),
        ("anna", "start", None, "already_started"),
        ("anna", "ready", "questions", "step_not_closed"),
        ("bram", "ready", "questions", "only_owner"),
    ],
)
def test_a_view_asks_which_buttons_to_show(who: str, action: str, step: str | None, answer: str | None):
    assert getattr(started(), who).may(action, step) == answer


def test_once_it_is_over_there_are_no_buttons():
    table = started()
    table.anna.stops()
    assert table.céline.may("write", "questions") == "not_running"
    assert table.anna.may("stop") == "not_running"
    assert table.anna.may("start") == "not_running"
    assert table.dirk.may("join") == "not_running"
