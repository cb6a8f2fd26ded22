"""A circle whose channel is lost waits: its moderators read why and what to do, and it goes on by itself."""

import logging
from collections.abc import Callable

import pytest

from playground.model import Conversation, Message
from playground.people import Person
from tests.outbox.test_refused import takes_away
from tests.outbox.test_sending import queue, reads
from tests.world import World


@pytest.fixture
def circle(world: World) -> World:
    """A circle that is set up; Anna moderates it."""
    world.sets_up()
    return world


def bots_words(world: World, person: Person) -> list[Message]:
    """What the bot wrote to this person in private."""
    direct = person.opens_dm(world.workspace.bot)
    return [message for message in person.messages(direct) if message.user == world.workspace.bot.id]


def private_texts(world: World, person: Person) -> str:
    return "\n".join(person.visible_text(message) for message in bots_words(world, person))


def questions(world: World, place: Conversation | None = None) -> int:
    return str([m.blocks for m in world.anna.messages(place or world.circle)]).count("'answer_pressed'")


def home_of(world: World, person: Person) -> str:
    person.opens_home()
    world.settles()
    return person.visible_text(person.home)


def is_sent_away(world: World) -> None:
    world.anna.kicks(world.circle, world.workspace.bot)


def comes_back(world: World) -> None:
    world.anna.invites(world.circle, world.workspace.bot)


LOST: dict[str, tuple[Callable[[World], None], Callable[[World], None], str]] = {
    "removed": (is_sent_away, comes_back, "Ik zit niet meer in #coaching-en-co. Nodig mij daar weer uit"),
    "archived": (
        lambda world: world.anna.archives(world.circle),
        lambda world: world.anna.unarchives(world.circle),
        "#coaching-en-co is gearchiveerd. Haal het kanaal weer uit het archief",
    ),
    "shared": (
        lambda world: world.anna.shares(world.circle),
        lambda world: world.anna.unshares(world.circle),
        "#coaching-en-co is gedeeld met een andere organisatie",
    ),
}


@pytest.mark.parametrize("how", LOST)
def test_its_moderator_reads_why_once_and_the_question_comes_once_when_it_is_back(circle: World, how: str):
    lose, mend, words = LOST[how]
    lose(circle)
    circle.settles()
    assert private_texts(circle, circle.anna).count(words) == 1
    assert words not in private_texts(circle, circle.bram), "Bram does not moderate"
    circle.passes(days=16)
    assert private_texts(circle, circle.anna).count(words) == 1
    assert questions(circle) == 0
    mend(circle)
    circle.settles()
    assert questions(circle) == 1
    assert words not in private_texts(circle, circle.anna)
    assert "#coaching-en-co is er weer." in private_texts(circle, circle.anna)
    circle.passes(days=7)
    assert questions(circle) == 2


@pytest.mark.parametrize("how", LOST)
def test_home_says_what_is_the_matter_to_everybody_of_the_circle(circle: World, how: str):
    lose, mend, words = LOST[how]
    home_of(circle, circle.bram)
    lose(circle)
    circle.settles()
    assert words in circle.bram.visible_text(circle.bram.home), "Home follows by itself"
    shown = home_of(circle, circle.bram)
    assert words in shown and "Je zit nog in geen kring" not in shown
    mend(circle)
    circle.settles()
    assert words not in home_of(circle, circle.bram)


@pytest.mark.parametrize("how", LOST)
def test_the_operator_finds_it_in_the_log(circle: World, how: str, caplog: pytest.LogCaptureFixture):
    lose, _, _ = LOST[how]
    with caplog.at_level(logging.WARNING):
        lose(circle)
        circle.settles()
    assert f"channel {circle.circle.id} is {how}: what belongs there waits" in caplog.text


@pytest.mark.parametrize("how", LOST)
def test_it_is_noticed_and_mended_without_any_event(circle: World, how: str):
    lose, mend, words = LOST[how]
    circle.workspace.subscribed_events -= {
        "channel_archive",
        "channel_unarchive",
        "channel_left",
        "member_left_channel",
    }
    circle.workspace.subscribed_events -= {"channel_shared", "channel_unshared", "member_joined_channel"}
    lose(circle)
    circle.settles()
    circle.passes(days=8)
    assert private_texts(circle, circle.anna).count(words) == 1
    assert questions(circle) == (0 if how != "shared" else questions(circle))
    mend(circle)
    circle.passes(hours=7)
    assert "#coaching-en-co is er weer." in private_texts(circle, circle.anna)


def test_a_deleted_channel_does_not_come_back(circle: World):
    circle.anna.deletes_channel(circle.circle)
    circle.settles()
    circle.passes(days=8)
    assert private_texts(circle, circle.anna).count("is gewist, en komt niet terug") == 1


def test_a_channel_that_is_lost_twice_is_told_twice(circle: World):
    for _ in range(2):
        is_sent_away(circle)
        circle.settles()
        circle.passes(days=1)
        comes_back(circle)
        circle.settles()
    assert private_texts(circle, circle.anna).count("#coaching-en-co is er weer.") == 2


def test_a_channel_nobody_set_up_is_lost_in_silence(world: World):
    world.arrives()
    is_sent_away(world)
    world.settles()
    assert bots_words(world, world.anna) == []


def test_a_shared_channel_becomes_no_circle(world: World):
    world.anna.shares(world.circle)
    world.anna.invites(world.circle, world.workspace.bot)
    world.settles()
    assert "Kring instellen" not in world.anna.visible_text(world.circle)
    world.anna.unshares(world.circle)
    world.settles()
    assert "Kring instellen" in world.anna.visible_text(world.circle)


def test_a_public_channel_that_is_made_private_is_looked_up(circle: World):
    circle.anna.makes_private(circle.circle)
    circle.settles()
    circle.passes(days=7)
    assert questions(circle) == 1


def test_where_another_organisation_reads_nothing_is_posted_that_was_on_its_way_and_deletions_go(circle: World):
    queue(circle, "one")
    circle.settles()
    queue(circle, "two")
    circle.anna.shares(circle.circle)
    circle.settles()
    assert "two" not in reads(circle)
    takes_away(circle, "one")
    assert "one" not in reads(circle)
    circle.anna.unshares(circle.circle)
    circle.settles()
    assert "two" in reads(circle)
