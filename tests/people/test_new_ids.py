"""Slack gives a channel another id: everything goes on there, and nobody is greeted as a new place."""

from collections.abc import Callable

import pytest

from playground import messages
from tests.circles.test_lost_places import questions
from tests.intervision.actors import Table
from tests.reflection.actors import kept
from tests.world import World


@pytest.fixture
def asked(world: World) -> World:
    """A circle with its first question, and a reply of Bram under it."""
    world.sets_up()
    world.passes(days=7)
    replies(world, "Stilte helpt.")
    return world


def question(world: World):
    return next(m for m in world.anna.messages(world.circle) if "answer_pressed" in str(m.blocks))


def replies(world: World, text: str) -> None:
    world.bram.says(world.circle, text, thread=question(world))
    world.settles()


def test_the_questions_go_on_and_nobody_is_greeted(asked: World):
    greetings = asked.anna.visible_text(asked.circle).count("Kring instellen")
    asked.workspace.changes_channel_id(asked.circle)
    asked.settles()
    asked.passes(days=7)
    assert questions(asked) == 2
    assert asked.anna.visible_text(asked.circle).count("Kring instellen") == greetings


def test_what_was_said_before_can_still_be_changed_and_taken_back(asked: World):
    asked.workspace.changes_channel_id(asked.circle)
    asked.settles()
    (reply,) = asked.bram.thread(question(asked))[1:2]
    asked.bram.edits(reply, "Stilte helpt soms.")
    asked.settles()
    assert "Stilte helpt soms." in str(kept(asked))
    replies(asked, "En nog iets.")
    assert "En nog iets." in str(kept(asked))


def test_what_waits_to_be_said_goes_to_the_new_id(asked: World):
    asked.workspace.bot_token, good = "xoxb-another", asked.workspace.bot_token
    asked.passes(days=7)
    asked.workspace.bot_token = good
    asked.workspace.changes_channel_id(asked.circle)
    asked.passes(hours=1)
    assert questions(asked) == 2 and asked.bot.unfinished_jobs.list_jobs() == []


def test_the_new_id_may_come_first(asked: World):
    """Somebody comes in under the new id before Slack says that it is the same channel."""
    said = asked.workspace.subscribed_events
    asked.workspace.subscribed_events = set()
    old = asked.workspace.changes_channel_id(asked.circle)
    asked.workspace.subscribed_events = said
    asked.bot.people.on_bot_joined(asked.circle.id, asked.calendar())
    asked.settles()
    assert "Kring instellen" in asked.anna.visible_text(asked.circle), "nobody knows better yet"
    asked.bot.places.change_id(old, asked.circle.id, asked.calendar())
    asked.settles()
    assert "Kring instellen" not in asked.anna.visible_text(asked.circle)
    asked.passes(days=7)
    assert questions(asked) == 2


def test_a_case_goes_on_in_its_channel(world: World):
    world.sets_up()
    table = Table(world)
    table.begins(leads=world.bram)
    world.workspace.changes_channel_id(table.room)
    world.settles()
    assert "Bewaard." in table.writes(world.bram, "Wanneer begon het?")
    world.celine.says(table.room, "Fijn dat je dit brengt.")
    world.settles()
    table.moves_on(world.bram)
    assert "Wanneer begon het?" in table.reads(world.celine)


def unheard(world: World, happens: Callable[[], object]) -> None:
    """What happens in Slack here, and its event does not come."""
    said = world.workspace.subscribed_events
    world.workspace.subscribed_events = set()
    happens()
    world.workspace.subscribed_events = said


def changes_id_unheard(world: World) -> None:
    unheard(world, lambda: world.workspace.changes_channel_id(world.circle))


def test_where_slack_did_not_say_so_our_own_messages_tell(asked: World):
    changes_id_unheard(asked)
    asked.passes(days=7)
    assert questions(asked) == 2
    assert "Kring instellen" not in asked.anna.visible_text(asked.circle)


def test_a_reply_under_the_new_id_is_kept_though_nothing_was_said_of_it(asked: World):
    changes_id_unheard(asked)
    replies(asked, "Hier ben ik ook.")
    asked.passes(days=7)
    assert "Hier ben ik ook." in str(kept(asked))


def test_an_older_message_tells_where_the_newest_was_deleted_and_nobody_said_so(asked: World):
    first = question(asked)
    asked.passes(days=7)
    newest = max((m for m in asked.anna.messages(asked.circle) if m.metadata), key=lambda m: float(m.ts))
    assert newest.ts != first.ts
    unheard(asked, lambda: messages.delete_message(asked.workspace, newest))
    changes_id_unheard(asked)
    asked.bram.says(asked.circle, "Hier ben ik ook.", thread=first)
    asked.passes(days=7)
    assert "Hier ben ik ook." in str(kept(asked))
