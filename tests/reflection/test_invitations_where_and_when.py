"""Invitations in other time zones and paused circles, and to members who answered already or left."""

from datetime import UTC, datetime

import pytest

from bot.core.calendar import Calendar
from bot.core.names import PAUSE_UNTIL
from playground.model import Conversation, Json
from tests.outbox.clients import refuse_method, send_through
from tests.outbox.test_retry_and_drop import told
from tests.reflection.actors import (
    FIELD,
    LEAVE_ME_OUT,
    card,
    kept,
    next_week,
    notice_about_replies,
    opens,
    question_comes,
    sends,
    waits_nameless,
)
from tests.reflection.invited import asks, at, hour_comes, invitations, onwards_to
from tests.rhythm.test_rhythm import page, passes, proposes
from tests.world import World

pytestmark = pytest.mark.one_database


def local_hours(world: World, zone: str) -> list[str]:
    """When each of Bram's invitations came, on the wall there."""
    there = Calendar(zone)
    return [f"{there.local(at(one)):%d/%m %H:%M}" for one in invitations(world, world.bram)]


def second_circle(world: World) -> Conversation:
    """Bram sets up a circle of his own, with Céline in it."""
    other = world.bram.creates_channel("andere-kring")
    world.celine.joins(other)
    world.bram.invites(other, world.workspace.bot)
    world.settles()
    world.bram.presses(world.bram.messages(other)[-1], "set_up_pressed")
    world.bram.fills(world.bram.modal, {"language": "nl", "contact": "016"})
    world.bram.submits()
    world.settles()
    return other


def test_it_stays_eight_there_when_the_clocks_change_there_and_here_weeks_apart(world: World) -> None:
    world.calendar.move(datetime(2027, 3, 1, 9, tzinfo=UTC) - world.calendar())
    world.sets_up()
    asks(world, world.bram, "08:00", "America/New_York")
    onwards_to(world, datetime(2027, 4, 1, tzinfo=UTC))
    # There on 14 March, in Brussels on the 28th: at nine it is three, four and three o'clock in New York. And the
    # 29th is Easter Monday, so that question comes a day later.
    assert local_hours(world, "America/New_York") == ["08/03 08:00", "15/03 08:00", "22/03 08:00", "30/03 08:00"]
    assert local_hours(world, "Europe/Brussels") == ["08/03 14:00", "15/03 13:00", "22/03 13:00", "30/03 14:00"]


def test_nobody_is_invited_while_the_circle_is_paused(world: World) -> None:
    question_comes(world)
    world.anna.fills(page(world, world.anna), {PAUSE_UNTIL: "2026-11-20"})
    asks(world, world.bram)
    onwards_to(world, datetime(2026, 11, 22, tzinfo=UTC))
    assert local_hours(world, "Europe/Brussels") == ["20/11 12:30"]


def test_in_a_closed_period_of_the_circle_nobody_is_invited(world: World) -> None:
    world.sets_up()
    assert proposes(world, closed="17/11/2026 - 19/11/2026 studiedagen") is None
    next_week(world)
    passes(world, hours=4)
    asks(world, world.bram, "11:00")
    onwards_to(world, datetime(2026, 11, 22, tzinfo=UTC))
    assert local_hours(world, "Europe/Brussels") == ["20/11 11:00"]


def test_a_member_who_stopped_can_ask_again_but_is_invited_once_to_each_question(world: World) -> None:
    question_comes(world)
    asks(world, world.bram)
    hour_comes(world, 12, 30)
    (message,) = invitations(world, world.bram)
    world.bram.presses(message, "Stop uitnodigingen")
    world.settles()
    asks(world, world.bram)
    passes(world, days=1)
    passes(world, days=1)
    assert invitations(world, world.bram) == []
    next_week(world)
    passes(world, days=1)
    assert len(invitations(world, world.bram)) == 1


@pytest.mark.parametrize("how", ["thread", "draft", "nameless"])
def test_a_member_who_answered_in_any_way_is_not_invited_but_one_with_a_draft_is(world: World, how: str) -> None:
    question = question_comes(world)
    asks(world, world.bram)
    if how == "thread":
        world.bram.says(world.circle, "Stilte helpt.", thread=question)
    elif how == "draft":
        opens(world.bram, question)
        world.bram.fills(world.bram.modal, {FIELD: "Nog niet af"})
        world.bram.presses(world.bram.modal, "Bewaar als concept")
    else:
        for name in ("Farah", "Gust", "Hanne", "Imran", "Joke", "Karel", "Lien"):
            world.workspace.add_person(name).joins(world.circle)
        world.settles()
        waits_nameless(world, world.bram, "Van niemand.")
    hour_comes(world, 12, 30)
    assert len(invitations(world, world.bram)) == (how == "draft")


def test_whether_a_member_who_opted_out_wrote_is_not_known(world: World) -> None:
    question = question_comes(world)
    world.bram.says(world.circle, "Hallo.", thread=question)
    world.settles()
    world.bram.presses(notice_about_replies(world, world.bram), LEAVE_ME_OUT)
    world.settles()
    assert "als ik al een antwoord van je bewaar" in asks(world, world.bram)
    world.bram.says(world.circle, "Dit bewaart niemand.", thread=question)
    hour_comes(world, 12, 30)
    (invited,) = invitations(world, world.bram)
    world.bram.presses(invited, "Antwoord")
    world.bram.fills(world.bram.modal, {FIELD: "Dit wel."})
    sends(world.bram)
    assert kept(world) == [("kept", "Dit wel.")]


def test_in_two_circles_each_question_invites_once_and_a_pause_in_one_leaves_the_other(world: World) -> None:
    question_comes(world)
    second_circle(world)
    asks(world, world.celine)
    hour_comes(world, 12, 30)
    assert len(invitations(world, world.celine)) == 1
    world.anna.fills(page(world, world.anna), {PAUSE_UNTIL: "2026-12-01"})
    next_week(world)
    passes(world, days=1)
    _, later = invitations(world, world.celine)
    assert "#andere-kring" in world.celine.visible_text(later)


def test_to_a_question_that_was_deleted_nobody_is_invited(world: World) -> None:
    question = question_comes(world)
    asks(world, world.bram)
    world.anna.user.is_admin = True
    world.anna.deletes(question)
    hour_comes(world, 12, 30)
    assert invitations(world, world.bram) == []


def test_a_member_who_left_is_not_invited_until_they_come_back(world: World) -> None:
    question_comes(world)
    asks(world, world.bram)
    world.workspace.deactivates(world.bram)
    hour_comes(world, 12, 30)
    assert world.bot.unfinished_jobs.list_jobs() == [] and invitations(world, world.bram) == []
    world.workspace.changes_account(world.bram, is_deleted=False)
    next_week(world)
    passes(world, days=1)
    assert len(invitations(world, world.bram)) == 1


def test_if_slack_refuses_private_messages_only_the_last_invitation_waits(world: World) -> None:
    question_comes(world)
    asks(world, world.bram)
    refuse_method(world, "conversations.open", "restricted_action")
    hour_comes(world, 12, 30)
    next_week(world)
    passes(world, days=1)
    assert [(row.operation, row.state) for row in world.bot.unfinished_jobs.list_jobs()] == [
        ("direct", "failed"),
        ("post", "waiting"),
    ]
    send_through(world, lambda *_: None)
    world.bot.unfinished_jobs.retry_jobs()
    world.settles()
    (invited,) = invitations(world, world.bram)
    world.bram.presses(invited, "Antwoord")
    assert world.bram.modal and card(world)


def test_a_refused_private_message_is_reported_without_its_reader_or_subject(world: World) -> None:
    question_comes(world)
    asks(world, world.bram)
    world.bram.says(world.bram.opens_dm(world.workspace.bot), "hallo")
    world.settles()
    send_through(world, lambda method, said: refused_to(world, method, said))
    hour_comes(world, 12, 30)
    read = told(world)
    assert "Ik kon een privébericht niet bezorgen" in read and "Bram" not in read and world.bram.id not in read
    assert "coaching-en-co. Slack zegt" not in read


def refused_to(world: World, method: str, said: Json) -> str | None:
    """Slack takes no message for Bram."""
    his = method == "chat.postMessage" and said["channel"] == world.bram.opens_dm(world.workspace.bot).id
    return "restricted_action" if his else None
