"""A case of two: in the one conversation of its owner, one colleague and the bot."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Channel, Circle, ContributionRow, Remark
from playground.people import Person
from tests.intervision.actors import INTAKE, Table
from tests.listening.conftest import away

pytestmark = pytest.mark.one_database

METHOD = "grow_duo"


@pytest.fixture
def begun(table: Table) -> Table:
    """Anna talks with Bram."""
    table.begins(table.bram, method=METHOD)
    return table


def kept(table: Table) -> list[tuple[str | None, str]]:
    """The remarks: the step in whose thread each was typed, and what it says."""
    services = table.world.bot.services
    with services.database.reading() as session:
        rows = session.scalars(select(Remark).order_by(Remark.ts))
        return [(row.step, services.open_text(row.words, f"remark.words:{row.id}")) for row in rows]


def hears_from_the_bot(person: Person) -> str:
    return person.visible_text(person.opens_dm(person.workspace.bot))


def stops(table: Table) -> None:
    table.forges(table.anna, "case_stop_pressed", table.case)


def test_one_colleague_is_asked_and_no_more(table: Table):
    table.brings(table.anna, method=METHOD)
    asked = table.celine.visible_text(table.invitation)
    assert "met één collega" in asked and "Wil jij de coach zijn?" in asked and "gespreksleider" not in asked
    assert "Je luistert en stelt vragen; je collega vindt zelf de volgende stap." in asked
    assert "wil coachen" in table.presses(table.bram, table.invitation, "Ik denk mee")
    assert "Jullie zijn met z’n tweeën" in table.anna.visible_text(table.owners_page())
    full = table.celine.visible_text(table.invitation)
    assert "Er is een coach." in full and "Ik denk mee" not in full
    assert "volledig" in table.forges(table.celine, "case_join_pressed", table.case)


def test_it_opens_in_a_conversation_of_the_two_and_the_bot(begun: Table):
    world = begun.world
    assert begun.room.kind == "mpim"
    assert set(begun.room.members) == {begun.anna.id, begun.bram.id, world.workspace.bot.id}
    read = begun.reads(begun.bram)
    assert INTAKE["title"] in read and "Coach: Bram" in read and "Stap 1a van 5 · Doel" in read
    assert "@Bram · ten laatste " in read and "Gespreksleider:" not in read and "dit kanaal" not in read
    assert not begun.celine.sees(INTAKE["title"])
    assert "in jullie gesprek, met Klankbord erbij" in begun.anna.visible_text(begun.owners_page())
    assert not [call for call in world.workspace.calls if call.error]


def test_what_they_say_there_is_kept_while_the_case_runs_and_not_before_or_after(begun: Table):
    begun.bram.says(begun.room, "Goeiedag")
    begun.anna.says(begun.room, "Even denken", thread=begun.card())
    begun.world.settles()
    assert kept(begun) == [(None, "Goeiedag"), ("goal", "Even denken")]
    assert "Wat je hier typt terwijl de casus loopt" in hears_from_the_bot(begun.bram)
    stops(begun)
    begun.bram.says(begun.room, "Koffie?")
    begun.anna.says(begun.room, "Graag", thread=begun.card())
    begun.world.settles()
    assert [text for _, text in kept(begun)] == ["Goeiedag", "Even denken"]


def test_what_was_missed_is_taken_in_and_their_own_talk_is_not(begun: Table):
    with away(begun.world):
        begun.bram.says(begun.room, "Gemist")
    stops(begun)
    with away(begun.world):
        begun.bram.says(begun.room, "Van ons")
    assert [text for _, text in kept(begun)] == ["Gemist"]


def test_the_same_two_have_another_case_in_the_same_conversation(begun: Table):
    begun.writes(begun.bram, "Wat wil je bereiken?")
    begun.bram.says(begun.room, "Bij de eerste")
    stops(begun)
    room, first = begun.room, begun.case
    begun.world.passes(minutes=30)
    begun.bram.says(room, "Ertussen")
    begun.world.passes(minutes=30)
    begun.brings(begun.anna, method=METHOD, title="Nog een keer")
    begun.joins(begun.bram)
    begun.forges(begun.anna, "case_start_pressed", begun.case)
    begun.anna.says(begun.room, "Bij de tweede")
    begun.world.settles()
    assert begun.room is room and begun.case != first
    assert [text for _, text in kept(begun)] == ["Bij de eerste", "Bij de tweede"]
    begun.forges(begun.anna, "case_wipe_pressed", first)
    read = begun.reads(begun.bram)
    assert INTAKE["title"] not in read and "Wat wil je bereiken?" not in read and "Nog een keer" in read
    assert [text for _, text in kept(begun)] == ["", "Bij de tweede"]


def test_at_the_end_it_says_that_the_conversation_stays_and_nothing_is_archived(begun: Table):
    begun.writes(begun.bram, "Wat wil je bereiken?")
    stops(begun)
    page = begun.opens_case_page(begun.bram, begun.closing)
    assert "Het gesprek zelf kan ik niet sluiten: het blijft van jullie" in begun.bram.visible_text(page)
    begun.world.calendar.move(timedelta(days=31))
    begun.world.settles()
    assert not begun.room.is_archived and "Wat wil je bereiken?" not in begun.reads(begun.bram)
    assert not [call for call in begun.world.workspace.calls if call.error]
    with begun.world.bot.services.database.reading() as session:
        assert set(session.scalars(select(ContributionRow.words))) == {None}


def test_who_goes_ends_it(begun: Table):
    assert "Bedankt dat je wilde coachen" in begun.forges(begun.bram, "case_leave_pressed", begun.case)
    assert "niemand meer is om mee te denken" in begun.reads(begun.anna)


def test_ones_own_cases_say_where_it_is_and_never_by_the_name_that_lists_its_people(begun: Table):
    begun.bram.commands(begun.world.circle, "/intervisie", "mijn")
    assert begun.bram.modal and "in jullie gesprek, met Klankbord erbij" in begun.bram.visible_text(begun.bram.modal)
    begun.bram.closes(begun.bram.modal)
    begun.bram.opens_home()
    begun.world.settles()
    home = begun.bram.home
    assert home and "mpdm-" not in begun.bram.visible_text(home)
    assert f"app_redirect?channel={begun.room.id}|het gesprek van jullie twee>" in str(home.blocks)


def test_a_group_conversation_is_never_greeted_as_a_circle(begun: Table):
    own = begun.celine.opens_dm(begun.dirk, begun.world.workspace.bot)
    begun.celine.says(own, "Lunch?")
    begun.celine.commands(own, "/klankbord")
    begun.world.passes(hours=13)
    assert "Lunch?" in begun.dirk.visible_text(own) and len(begun.dirk.messages(own)) == 1
    with begun.world.bot.services.database.reading() as session:
        assert len(session.scalars(select(Circle)).all()) == 1
        assert session.scalars(select(Channel).where(Channel.slack.in_((own.id, begun.room.id)))).all() == []
    assert kept(begun) == []
