"""What was said, changed and deleted in a weekly question's thread while no event came."""

from datetime import timedelta

import pytest

from playground.model import Limits, Message
from tests.listening.conftest import away
from tests.reflection.actors import LEAVE_ME_OUT, card, held_up, kept, next_week, notice_about_replies
from tests.world import World


def test_what_was_said_changed_and_deleted_is_taken_in_at_the_start(world: World, question: Message):
    changed = world.bram.says(world.circle, "Eerst dit", thread=question)
    deleted = world.celine.says(world.circle, "Toch maar niet", thread=question)
    world.settles()
    with away(world):
        world.bram.edits(changed, "Nu dit & <dat>")
        world.celine.deletes(deleted)
        world.dirk.edits(world.dirk.says(world.circle, "Ik ok", thread=question), "Ik ook")
    world.passes(minutes=15)
    assert kept(world) == [("shared", "Nu dit & <dat>"), ("gone", ""), ("shared", "Ik ook")]
    assert "Klankbord bewaart het" in world.dirk.visible_text(notice_about_replies(world, world.dirk))


def test_reading_again_changes_nothing_nor_do_events_that_come_later(world: World, question: Message):
    with held_up(world) as envelopes:
        reply = world.bram.says(world.circle, "Eerst", thread=question)
        world.bram.edits(reply, "Daarna")
    for _ in range(3):
        world.bot.catching_up.plan_all(world.calendar())
        world.settles()
    for envelope in reversed(envelopes):
        world._sink(envelope)
    world.settles()
    assert kept(world) == [("shared", "Daarna")] and notice_about_replies(world, world.bram)


@pytest.mark.one_database
def test_a_change_in_the_second_in_which_it_was_read_is_not_missed(world: World, question: Message):
    reply = world.bram.says(world.circle, "Eerst", thread=question)
    world.bram.edits(reply, "Daarna")
    world.bot.catching_up.plan_all(world.calendar())
    world.settles()
    world.bram.edits(reply, "Ten slotte")
    world.settles()
    assert kept(world) == [("shared", "Ten slotte")]


def test_every_few_hours_it_reads_what_no_event_brought(world: World, question: Message):
    with held_up(world):
        world.bram.says(world.circle, "Nooit verteld", thread=question)
    world.passes(hours=7)
    assert kept(world) == [("shared", "Nooit verteld")]


def test_a_start_under_a_clock_that_was_a_year_ahead_stops_no_reading(world: World, question: Message):
    world.bot.catching_up.begin_listening(world.calendar() + timedelta(days=365))
    with held_up(world):
        world.bram.says(world.circle, "Nooit verteld", thread=question)
    world.passes(hours=7)
    assert kept(world) == [("shared", "Nooit verteld")]


def test_a_clock_that_is_a_year_ahead_gives_no_thread_up(
    world: World, question: Message, monkeypatch: pytest.MonkeyPatch
):
    year = timedelta(days=365)
    with monkeypatch.context() as ahead:
        ahead.setattr(world.bot.slack_answers, "_elapsed", lambda: world.elapsed() + year)
        world.bot.catching_up.plan_all(world.calendar() + year)
        world.bot.catching_up.read_due(world.calendar() + year)
    with held_up(world):
        world.bram.says(world.circle, "Nooit verteld", thread=question)
    world.passes(hours=7)
    assert kept(world) == [("shared", "Nooit verteld")]


def test_a_long_thread_is_read_page_by_page(world: World, question: Message):
    with away(world):
        for number in range(450):
            world.bram.says(world.circle, f"Reactie {number}", thread=question)
    assert [text for _, text in kept(world)] == [f"Reactie {number}" for number in range(450)]


def test_what_was_just_said_is_not_taken_for_deleted_because_slack_lags(world: World, question: Message):
    reply = world.bram.says(world.circle, "Nog niet overal te zien", thread=question)
    world.settles()
    del world.circle.messages[reply.ts]
    question.replies.remove(reply.ts)
    world.bot.catching_up.plan_all(world.calendar())
    world.settles()
    assert kept(world) == [("shared", "Nog niet overal te zien")]


def test_whoever_is_left_out_stays_so(world: World, question: Message):
    world.bram.says(world.circle, "Liever niet", thread=question)
    world.settles()
    world.bram.presses(notice_about_replies(world, world.bram), LEAVE_ME_OUT)
    with away(world):
        world.bram.says(world.circle, "Dit ook niet", thread=question)
    assert kept(world) == []


def test_a_newcomer_is_looked_up(world: World, question: Message):
    newcomer = world.workspace.add_person("Fatma")
    with away(world):
        newcomer.joins(world.circle)
        newcomer.says(world.circle, "Ik ben nieuw", thread=question)
    assert kept(world) == [("shared", "Ik ben nieuw")]


def test_a_question_that_a_moderator_deleted_meanwhile_is_left_alone(world: World, question: Message):
    world.bram.says(world.circle, "Blijft staan", thread=question)
    world.settles()
    world.anna.user.is_admin = True
    with away(world):
        world.anna.deletes(question)
    assert kept(world) == [("shared", "Blijft staan")]
    assert world.bot.unfinished_jobs.list_jobs() == []


def test_when_the_question_and_its_replies_are_gone_nothing_of_them_is_kept(world: World, question: Message):
    reply = world.bram.says(world.circle, "Weg ermee", thread=question)
    world.settles()
    world.anna.user.is_admin = True
    with away(world):
        world.bram.deletes(reply)
        world.anna.deletes(question)
    world.passes(hours=3)
    assert kept(world) == [("gone", "")]


def test_it_comes_back_when_slack_says_and_does_not_ask_before(world: World, question: Message):
    world.workspace.limiter.limits = Limits(posts_per_second=None, calls_per_minute={"Tier3": 0})
    with away(world):
        world.bram.says(world.circle, "Even geduld", thread=question)
    asked = _readings(world)
    world.settles()
    assert kept(world) == [] and _readings(world) == asked
    world.workspace.limiter.limits = Limits.none()
    world.passes(minutes=2)
    assert kept(world) == [("shared", "Even geduld")]


def test_questions_of_long_ago_are_read_no_more(world: World, question: Message):
    for _ in range(6):
        next_week(world)
    world.passes(hours=7)
    asked = {call.args["ts"] for call in world.workspace.calls[-20:] if call.method == "conversations.replies"}
    assert question.ts not in asked and card(world).ts in asked


def _readings(world: World) -> int:
    return sum(call.method == "conversations.replies" for call in world.workspace.calls)
