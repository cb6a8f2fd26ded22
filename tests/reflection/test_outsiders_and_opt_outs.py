"""People from outside and members who opted out: whatever they do around a question, nothing of it is kept."""

import pytest
from sqlalchemy import inspect, text

from bot.core import names
from playground.model import Message
from playground.people import Person
from tests.forged_payloads import presses
from tests.reflection.actors import LEAVE_ME_OUT, card, next_week, notice_about_replies, question_comes
from tests.world import World


@pytest.fixture
def question(world: World) -> Message:
    return question_comes(world)


def everything(world: World) -> dict[str, set[str]]:
    """Each table, as a set of its rows."""
    engine = world.bot.services.database.engine
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return {name: {str(row) for row in connection.execute(text(f"SELECT * FROM {name}"))} for name in tables}


def replies(world: World, person: Person, question: Message) -> None:
    """All that somebody can do in a thread: say, attach, change, take away, show it in the channel too, react."""
    said = person.says(world.circle, "Dit is van mij", thread=question)
    person.says(world.circle, "", thread=question, files=[("foto.jpg", b"beeld")])
    person.says(world.circle, "Ook in het kanaal", thread=question, also_in_channel=True)
    gone = person.says(world.circle, "Straks weg", thread=question)
    world.settles()
    person.edits(said, "Dit is nog altijd van mij")
    person.deletes(gone)
    person.reacts(question, "seedling")
    world.settles()


def comes_from_outside(world: World) -> Person:
    """Gust, of another organisation, is brought into the channel; the bot learnt that he is from elsewhere."""
    guest = world.workspace.add_person("Gust", external_team="T0ANDERS")
    world.anna.invites(world.circle, guest)
    world.settles()
    return guest


def new_since(world: World, before: dict[str, set[str]]) -> dict[str, set[str]]:
    """The rows that were not there."""
    return {name: fresh for name, rows in everything(world).items() if (fresh := rows - before[name])}


def test_nothing_is_kept_of_people_from_outside(world: World, question: Message) -> None:
    guest = comes_from_outside(world)
    # That somebody typed is kept of the thread; by whom is not.
    world.bram.says(world.circle, "Dag", thread=question)
    world.settles()
    before = everything(world)
    replies(world, guest, question)
    guest.says(guest.opens_dm(world.workspace.bot), "Hallo daar")
    guest.says(world.circle, "@Klankbord hoi")
    for action in (names.ANSWER, names.LEAVE_ME_OUT, names.INVITATIONS, names.PAUSE_INVITATIONS):
        presses(world, guest, action, "1")
    guest.opens_home()
    world.settles()
    assert new_since(world, before) == {}


def test_nothing_is_kept_of_members_who_opted_out_not_even_which_messages(world: World, question: Message) -> None:
    world.bram.says(world.circle, "Liever niet", thread=question)
    world.settles()
    world.bram.presses(notice_about_replies(world, world.bram), LEAVE_ME_OUT)
    world.settles()
    before = everything(world)
    replies(world, world.bram, question)
    assert new_since(world, before) == {}
    world.workspace.disconnect(world._sink)
    missed = world.bram.says(world.circle, "De bot was even weg", thread=question)
    world.starts()
    world.settles()
    next_week(world)
    fresh = card(world)
    replies(world, world.bram, fresh)
    rows = str(everything(world))
    his = [one.ts for one in (*world.bram.thread(question), *world.bram.thread(fresh)) if one.user == world.bram.id]
    assert missed.ts in his and len(his) >= 7
    assert not [ts for ts in his if ts in rows] and everything(world)["reflection"] == set()
