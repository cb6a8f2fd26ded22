"""A question that stands twice for a moment: what people wrote under the copy that goes is kept with the other."""

import pytest

from bot.slack.client import SlackClient
from bot.slack.errors import SlackError
from playground.inprocess import InProcessClient
from playground.model import Message
from tests.listening.clients import reads_through
from tests.reflection.actors import kept
from tests.world import World


def slack(world: World) -> SlackClient:
    return SlackClient(InProcessClient(world.workspace, world.workspace.bot_token))


@pytest.fixture
def copy(world: World, question: Message) -> Message:
    """The question stands there once more, and Bram answered under that."""
    posted = slack(world).post_message(world.circle.id, {"text": "?"}, thread=None, marker="x")
    copy = world.circle.messages[posted[1]]
    world.bram.says(world.circle, "Onder de kopie", thread=copy)
    world.settles()
    return copy


def taken_in(world: World, question: Message, copy: Message) -> None:
    world.bot.catching_up.read_replies_under(world.circle.id, copy.ts, question.ts, world.calendar())


def removed(world: World, copy: Message) -> None:
    slack(world).delete_message(world.circle.id, copy.ts)
    world.settles()


def test_replies_under_the_surplus_are_kept_with_the_question(world: World, question: Message, copy: Message):
    world.dirk.says(world.circle, "Onder de vraag", thread=question)
    world.settles()
    assert kept(world) == [("shared", "Onder de vraag")]
    for _ in range(2):
        taken_in(world, question, copy)
    assert kept(world) == [("shared", "Onder de kopie"), ("shared", "Onder de vraag")]


def test_they_stay_after_the_surplus_is_gone(world: World, question: Message, copy: Message):
    taken_in(world, question, copy)
    removed(world, copy)
    world.passes(days=2)
    assert kept(world) == [("shared", "Onder de kopie")]


def test_what_comes_there_at_the_last_moment_is_kept_too(world: World, question: Message, copy: Message):
    taken_in(world, question, copy)
    world.celine.says(world.circle, "Net te laat", thread=copy)
    removed(world, copy)
    world.passes(minutes=15)
    assert kept(world) == [("shared", "Onder de kopie"), ("shared", "Net te laat")]


def test_changes_of_them_are_followed(world: World, question: Message, copy: Message):
    taken_in(world, question, copy)
    reply = next(message for message in world.circle.messages.values() if message.text == "Onder de kopie")
    world.bram.edits(reply, "Veranderd")
    world.settles()
    assert kept(world) == [("shared", "Veranderd")]
    world.bram.deletes(reply)
    world.settles()
    assert kept(world) == [("gone", "")]


def test_replies_on_later_pages_are_kept(world: World, question: Message, copy: Message):
    for number in range(4):
        world.celine.says(world.circle, f"Nog {number}", thread=copy)
    reads_through(world, limit=2)
    taken_in(world, question, copy)
    assert [text for _, text in kept(world)] == ["Onder de kopie", *(f"Nog {number}" for number in range(4))]


@pytest.mark.parametrize("fault", ["ratelimited", "missing_scope", "internal_error", 502])
def test_where_it_cannot_be_read_the_surplus_is_to_stay(
    world: World, question: Message, copy: Message, fault: str | int
):
    reads_through(world, happens=lambda _, __: fault)
    with pytest.raises(SlackError):
        taken_in(world, question, copy)


def test_a_surplus_that_is_gone_already_holds_nothing_up(world: World, question: Message, copy: Message):
    del world.circle.messages[copy.ts]
    taken_in(world, question, copy)
    assert kept(world) == []
