"""What others delete in Slack, and what is not kept of a member who opted out for a while."""

import pytest

from playground.model import Message
from tests.reflection.actors import (
    FIELD,
    LEAVE_ME_OUT,
    SHARE,
    delivers,
    held_up,
    kept,
    notice_about_replies,
    question_comes,
    shares,
    thread,
)
from tests.world import World

# Each "&" is five characters in Slack: this fills two posts.
VERY_LONG = "luisteren &&&&&&&&&& " * 140
UNSHARE = "Haal uit de draad"


@pytest.fixture
def question(world: World) -> Message:
    found = question_comes(world)
    world.anna.user.is_admin = True
    return found


def test_a_shared_answer_that_somebody_deletes_is_for_its_writer_alone_again(world: World, question: Message) -> None:
    shares(world, world.celine, question, "Stilte helpt.")
    world.anna.deletes(world.anna.thread(question)[-1])
    world.settles()
    assert kept(world) == [("kept", "Stilte helpt.")]
    world.celine.closes()
    world.celine.presses(question, "answer_pressed")
    page = world.celine.modal
    assert page and "Bewaard voor jezelf" in world.celine.visible_text(page)
    world.celine.presses(page, SHARE)
    world.settles()
    assert "Stilte helpt." in thread(world.anna, question) and kept(world)[0][0] == "shared"


def test_of_an_answer_in_two_posts_none_is_left(world: World, question: Message) -> None:
    shares(world, world.celine, question, VERY_LONG)
    first = world.anna.thread(question)[1]
    assert len(world.anna.thread(question)) > 2
    world.anna.deletes(first)
    world.settles()
    assert "luisteren" not in thread(world.anna, question) and kept(world)[0][0] == "kept"
    assert world.bot.unfinished_jobs.list_jobs() == []


def test_what_its_writer_took_away_and_shared_again_stays_shared(world: World, question: Message) -> None:
    page = shares(world, world.celine, question, "Stilte helpt.")
    world.celine.presses(page, UNSHARE)
    with held_up(world) as deletions:
        world.settles()
    assert deletions
    again = world.celine.modal
    assert again
    world.celine.presses(again, SHARE)
    world.settles()
    delivers(world, *deletions)
    assert kept(world) == [("shared", "Stilte helpt.")] and "Stilte helpt." in thread(world.anna, question)


def test_a_shorter_text_in_fewer_posts_stays_shared(world: World, question: Message) -> None:
    page = shares(world, world.celine, question, VERY_LONG)
    world.celine.presses(page, "Pas aan")
    form = world.celine.modal
    assert form
    world.celine.fills(form, {FIELD: "Korter."})
    world.celine.submits()
    world.settles()
    assert kept(world) == [("shared", "Korter.")] and len(world.anna.thread(question)) == 2


def test_what_was_typed_while_left_out_is_not_kept_by_changing_it_later(world: World, question: Message) -> None:
    before = world.bram.says(world.circle, "Vooraf", thread=question)
    world.passes(minutes=1)
    world.bram.presses(notice_about_replies(world, world.bram), LEAVE_ME_OUT)
    world.passes(minutes=1)
    meanwhile = world.bram.says(world.circle, "Intussen", thread=question)
    world.passes(minutes=1)
    world.bram.presses(notice_about_replies(world, world.bram), "Doe toch mee")
    world.passes(minutes=1)
    world.bram.edits(before, "Vooraf, anders")
    world.bram.edits(meanwhile, "Intussen, anders")
    world.bram.deletes(meanwhile)
    world.settles()
    assert kept(world) == []
    world.bram.says(world.circle, "Weer erbij", thread=question)
    world.settles()
    assert kept(world) == [("shared", "Weer erbij")]


def test_one_can_go_and_come_back_more_than_once(world: World, question: Message) -> None:
    world.bram.says(world.circle, "Eerste", thread=question)
    for _ in range(2):
        world.passes(minutes=1)
        world.bram.presses(notice_about_replies(world, world.bram), LEAVE_ME_OUT)
        world.passes(minutes=1)
        world.bram.says(world.circle, "Niet bewaren", thread=question)
        world.bram.presses(notice_about_replies(world, world.bram), "Doe toch mee")
        world.passes(minutes=1)
        world.bram.says(world.circle, "Wel bewaren", thread=question)
        world.settles()
    assert kept(world) == [("shared", "Wel bewaren")]
