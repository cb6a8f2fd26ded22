"""Looking up the people of a channel takes a while: meanwhile people come, and Slack limits the calls."""

import pytest
from sqlalchemy import select

from bot.slack.client import SlackClient
from bot.slack.errors import SlackLater, SlackRefused
from bot.slack.types import PersonFacts
from db.models import Channel, ChannelMember, Member
from db.queries import people
from tests.intervision.actors import Table
from tests.world import World


def present(world: World) -> set[str]:
    """The people whom we believe to be in the circle."""
    with world.bot.services.database.reading() as session:
        here = select(Member.slack).join(ChannelMember).join(Channel).where(Channel.slack == world.circle.id)
        return set(session.scalars(here))


def test_whoever_comes_in_while_the_people_are_looked_up_is_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.sets_up()
    world.elif_.leaves(world.circle)
    world.settles()
    assert world.elif_.id not in present(world)
    come: list[object] = []
    everybody = SlackClient.members_of

    def slowly(slack: SlackClient, channel: str) -> list[str]:
        found = list(everybody(slack, channel))
        if not come:
            come.append(world.calendar())
            world.calendar.move(world.calendar.at.resolution)
            world.elif_.joins(world.circle)
        return found

    monkeypatch.setattr(SlackClient, "members_of", slowly)
    world.bot.people.look_up_person(world.anna.id, world.circle.id, world.calendar())
    world.bot.people.look_up_due_channels(world.calendar())
    assert come and world.elif_.id in present(world)


def test_a_circle_with_more_strangers_than_slack_answers_about_at_once_becomes_known(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    really = SlackClient.person_facts

    def two_at_once(slack: SlackClient, user: str) -> PersonFacts:
        if len(asked) == 2:
            raise SlackLater("users.info", 30)
        asked.append(user)
        return really(slack, user)

    monkeypatch.setattr(SlackClient, "person_facts", two_at_once)
    world.anna.invites(world.circle, world.workspace.bot)
    for _ in range(4):
        asked.clear()
        world.bot.people.look_up_due_channels(world.calendar())
    assert present(world) >= {person.id for person in world.cast}


def test_one_person_whom_slack_refuses_does_not_close_the_circle(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    really = SlackClient.person_facts

    def refuses_bram(slack: SlackClient, user: str) -> PersonFacts:
        if user == world.bram.id:
            raise SlackRefused("users.info", "user_not_visible")
        return really(slack, user)

    monkeypatch.setattr(SlackClient, "person_facts", refuses_bram)
    world.anna.invites(world.circle, world.workspace.bot)
    world.settles()
    assert world.anna.messages(world.circle)[-1].user == world.workspace.bot.id and world.bram.id not in present(world)
    with world.bot.services.database.reading() as session:
        assert session.scalars(select(Channel.left_at).where(Channel.slack == world.circle.id)).one() is None


def test_whoever_is_brought_back_into_a_cases_channel_while_it_is_looked_up_keeps_their_role(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.sets_up()
    table = Table(world)
    room = table.begins()
    events, world.workspace.subscribed_events = world.workspace.subscribed_events, set()
    world.anna.kicks(room, world.bram)
    world.workspace.subscribed_events = events
    everybody = SlackClient.members_of

    def slowly(slack: SlackClient, channel: str) -> list[str]:
        found = list(everybody(slack, channel))
        if channel == room.id and world.bram.id not in found:
            world.calendar.move(world.calendar.at.resolution)
            world.anna.invites(room, world.bram)
        return found

    with world.bot.services.database.writing() as session:
        place, bram = people.find_channel(session, room.id), people.find_member(session, world.bram.id)
        assert place and bram
        people.leave_channel(session, place, bram)
    monkeypatch.setattr(SlackClient, "members_of", slowly)
    world.bot.people.look_up_person(world.anna.id, room.id, world.calendar())
    world.settles()
    assert "Bewaard." in table.writes(world.bram, "Wanneer begon het?")
