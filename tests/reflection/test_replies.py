"""Replies typed in the thread: kept once, followed, and not kept of members who opt out."""

from typing import Any

import pytest

from bot.slack.client import SlackClient
from bot.slack.errors import SlackUncertain
from playground.model import Message
from tests.reflection.actors import (
    LEAVE_ME_OUT,
    card,
    cards,
    delivers,
    held_up,
    kept,
    next_week,
    notice_about_replies,
    question_comes,
    shares,
)
from tests.world import World


@pytest.fixture
def question(world: World) -> Message:
    return question_comes(world)


def test_a_reply_is_kept_as_shared_and_its_writer_is_notified_once(world: World, question: Message) -> None:
    world.bram.says(world.circle, "Bij mij ook & vaak", thread=question)
    world.settles()
    assert kept(world) == [("shared", "Bij mij ook & vaak")]
    assert "De kring leest wat je in de draad van een weekvraag typt. Klankbord bewaart het" in world.bram.visible_text(
        notice_about_replies(world, world.bram)
    )
    world.bram.says(world.circle, "En nog iets", thread=question)
    world.settles()
    assert len(kept(world)) == 2 and notice_about_replies(world, world.bram)
    assert not world.anna.sees("Klankbord bewaart het")


def test_a_reply_that_is_also_sent_to_the_channel_is_a_reply(world: World, question: Message) -> None:
    world.bram.says(world.circle, "Voor iedereen", thread=question, also_in_channel=True)
    world.settles()
    assert kept(world) == [("shared", "Voor iedereen")]


def test_of_a_file_it_is_kept_that_it_was_there_and_not_what_is_in_it(world: World, question: Message) -> None:
    world.bram.says(world.circle, "Mijn schema", thread=question, files=[("schema.png", b"png")])
    world.bram.says(world.circle, "", thread=question, files=[("spraak.m4a", b"hoor"), ("zonder.png", b"png")])
    world.settles()
    assert kept(world) == [("shared", "Mijn schema"), ("shared", "")]
    world.bram.commands(world.circle, "/reflectie", "dagboek")
    text = world.bram.visible_text(world.bram.modal)
    assert "Mijn schema" in text and "Met een bestand of spraakbericht; dat staat alleen in Slack." in text
    assert "Met 2 bestanden of spraakberichten" in text and "spraak.m4a" not in text
    assert "van een bestand alleen dat het er was" in world.bram.visible_text(notice_about_replies(world, world.bram))


def test_what_stands_elsewhere_is_not_kept(world: World, question: Message) -> None:
    lunch = world.bram.says(world.circle, "Wie gaat mee eten?")
    world.celine.says(world.circle, "Ik!", thread=lunch)
    world.celine.says(world.celine.opens_dm(world.workspace.bot), "Dag")
    world.settles()
    assert kept(world) == []


def test_edits_and_deletions_are_followed(world: World, question: Message) -> None:
    reply = world.bram.says(world.circle, "Bij mij ook", thread=question)
    world.bram.edits(reply, "Bij mij soms ook")
    world.settles()
    assert kept(world) == [("shared", "Bij mij soms ook")]
    world.bram.deletes(reply)
    world.settles()
    assert kept(world) == [("gone", "")]


def test_slack_tells_everything_twice_and_backwards(world: World, question: Message) -> None:
    with held_up(world) as told:
        reply = world.bram.says(world.circle, "Eerst", thread=question)
        world.bram.edits(reply, "Daarna")
        world.bram.edits(reply, "Ten slotte")
    delivers(world, *reversed(told), *told, *reversed(told))
    assert kept(world) == [("shared", "Ten slotte")]


def test_a_deletion_that_comes_before_its_original_holds(world: World, question: Message) -> None:
    with held_up(world) as told:
        reply = world.bram.says(world.circle, "Toch maar niet", thread=question)
        world.bram.edits(reply, "Toch maar wel")
        world.bram.deletes(reply)
    delivers(world, *reversed(told))
    assert kept(world) == [("gone", "")]


def test_who_is_left_out_leaves_nothing_behind(world: World, question: Message) -> None:
    with held_up(world) as told:
        reply = world.bram.says(world.circle, "Liever niet", thread=question)
    delivers(world, *told)
    world.bram.presses(notice_about_replies(world, world.bram), LEAVE_ME_OUT)
    world.settles()
    assert kept(world) == []
    assert "bewaar ik niet" in world.bram.visible_text(notice_about_replies(world, world.bram))
    world.bram.edits(reply, "Nog altijd niet")
    delivers(world, *told)
    world.bram.says(world.circle, "En dit ook niet", thread=question)
    world.settles()
    assert kept(world) == []


def test_who_is_left_out_of_threads_can_still_answer_in_the_window(world: World, question: Message) -> None:
    world.bram.says(world.circle, "Liever niet", thread=question)
    world.settles()
    shares(world, world.bram, question, "Dit wel.")
    world.bram.closes()
    world.bram.presses(notice_about_replies(world, world.bram), LEAVE_ME_OUT)
    assert kept(world) == [("shared", "Dit wel.")]


def test_who_was_left_out_can_come_back(world: World, question: Message) -> None:
    world.bram.says(world.circle, "Liever niet", thread=question)
    world.settles()
    world.bram.presses(notice_about_replies(world, world.bram), LEAVE_ME_OUT)
    world.settles()
    world.bram.presses(notice_about_replies(world, world.bram), "Doe toch mee")
    world.settles()
    world.bram.says(world.circle, "Toch wel", thread=question)
    world.settles()
    assert kept(world) == [("shared", "Toch wel")]
    assert LEAVE_ME_OUT in world.bram.visible_text(notice_about_replies(world, world.bram))


def test_people_of_another_organisation_are_not_kept(world: World, question: Message) -> None:
    guest = world.workspace.add_person("Gust", external_team="T0ANDERS")
    world.anna.invites(world.circle, guest)
    guest.says(world.circle, "Dag van elders", thread=question)
    world.settles()
    assert kept(world) == []


def test_a_newcomer_whom_nobody_looked_up_yet_is_not_lost(world: World, question: Message) -> None:
    newcomer = world.workspace.add_person("Fatma")
    with held_up(world) as told:
        newcomer.joins(world.circle)
        newcomer.says(world.circle, "Ik ben nieuw", thread=question)
    said = told[-1]
    delivers(world, said)
    assert kept(world) == []
    delivers(world, said)
    assert kept(world) == [("shared", "Ik ben nieuw")]


def test_a_reply_under_a_card_that_slack_did_not_confirm_is_not_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.sets_up()
    really_post = SlackClient.post_message

    def unanswered(slack: SlackClient, *given: Any, **more: Any) -> None:
        really_post(slack, *given, **more)
        raise SlackUncertain("chat.postMessage", "the connection broke")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(SlackClient, "post_message", unanswered)
        next_week(world)
    world.bram.says(world.circle, "Snel gezien", thread=card(world))
    assert kept(world) == []
    world.passes(minutes=1)
    world.workspace.resend_due()
    assert kept(world) == [("shared", "Snel gezien")] and len(cards(world)) == 1


def test_the_bots_own_posts_are_no_replies(world: World, question: Message) -> None:
    shares(world, world.celine, question, "Stilte helpt.")
    assert kept(world) == [("shared", "Stilte helpt.")]


def test_a_shared_post_that_was_deleted_in_slack_is_left_alone(world: World, question: Message) -> None:
    page = shares(world, world.celine, question, "Stilte helpt.")
    world.anna.user.is_admin = True
    world.anna.deletes(world.anna.thread(question)[-1])
    world.celine.presses(page, "Haal uit de draad")
    world.settles()
    assert kept(world) == [("kept", "Stilte helpt.")]
    assert world.bot.unfinished_jobs.list_jobs() == []
