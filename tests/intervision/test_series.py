"""A series: everybody who joins brings a question, and the cases come one after the other in one channel."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.models import CaseRow, Member, Remark
from playground.model import Conversation
from playground.people import Person
from tests.intervision.actors import INTAKE, Table, fields_of, shown
from tests.intervision.own_method import around, method, step, text
from tests.world import World

STEPS = (
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("omgedraaid", who=["peer"], kinds=["hypothesis"], reveal="simultaneous"),
    step("terug", who=["owner"], kinds=["commitment"], reveal="immediate"),
)


def series(at_once: int = 1) -> dict[str, Any]:
    """A method of three short steps, in which everybody's turn comes."""
    own = method("reeks", *STEPS) | {"facilitator": "none", "series": {"at_once": at_once}}
    own["steps"][2]["name"] = text("Terug aan tafel")
    return own


def brings_own(table: Table, person: Person, about: str) -> str:
    """Join the series with a question of one's own; what the page after it says."""
    person.presses(table.invitation, "case_join_pressed")
    return fills_in(table, person, about)


def fills_in(table: Table, person: Person, about: str) -> str:
    table.world.passes(minutes=1)
    mine = {"title": f"Titel {about}", "question": f"Vraag {about}?", "story_happened": f"Verhaal {about}."}
    person.fills(shown(person), mine)
    return table.sends(person)


def gathers(world: World, folder: Path, at_once: int = 1) -> Table:
    """Anna begins a series; Bram and Céline join it with a question of their own."""
    table = around(world, folder, series(at_once))
    table.lives_through(_gathers)
    return table


def _gathers(table: Table) -> None:
    table.brings(table.anna, method="reeks")
    brings_own(table, table.bram, "Bram")
    brings_own(table, table.celine, "Céline")


@pytest.fixture
def gathered(world: World, tmp_path: Path) -> Table:
    return gathers(world, tmp_path)


@pytest.fixture
def begun(gathered: Table) -> Table:
    gathered.lives_through(Table.starts)
    return gathered


def finishes(table: Table, owner: Person) -> None:
    """The case of which a card is open goes to its end."""
    group = (table.anna, table.bram, table.celine)
    for person in group:
        if person is not owner:
            table.writes(person, f"Raad van {person.name} aan {owner.name}")
    table.writes(owner, f"{owner.name} neemt mee")


def private(table: Table, person: Person) -> str:
    return person.visible_text(person.opens_dm(table.world.workspace.bot))


def case_of(table: Table, owner: Person) -> str:
    with table.world.bot.services.database.reading() as session:
        own = select(CaseRow.id).join(Member, Member.id == CaseRow.owner_id)
        return session.scalars(own.where(Member.slack == owner.id)).one()


def test_the_invitation_says_that_everybody_brings_a_question(gathered: Table):
    told = gathered.dirk.visible_text(gathered.invitation)
    assert "Iedereen brengt een eigen vraag" in told and "De vragen komen om de beurt." in told
    assert "Per vraag 1 × 10 minuten, hoogstens 3 werkdagen." in told
    assert "gespreksleider" not in told and "Titel Bram" not in told and INTAKE["title"] not in told


def test_who_joins_is_asked_for_a_question_and_not_for_a_method_or_a_theme(gathered: Table):
    gathered.dirk.presses(gathered.invitation, "case_join_pressed")
    form = shown(gathered.dirk)
    assert "brengt iedereen een eigen vraag" in gathered.dirk.visible_text(form)
    assert not {"method", "theme", "wish"} & set(fields_of(form))
    assert "je vraag is bewaard" in fills_in(gathered, gathered.dirk, "Dirk")
    assert "wacht op haar beurt" in private(gathered, gathered.dirk)
    assert not gathered.anna.sees("Titel Dirk")


def test_who_presses_again_or_sends_twice_brings_one_question(gathered: Table):
    gathered.bram.presses(gathered.invitation, "case_join_pressed")
    assert "je vraag is bewaard" in gathered.bram.visible_text(shown(gathered.bram))
    gathered.bram.closes()
    gathered.dirk.presses(gathered.invitation, "case_join_pressed")
    form = shown(gathered.dirk)
    fills_in(gathered, gathered.dirk, "Dirk")
    gathered.sends_again(gathered.dirk, form)
    with gathered.world.bot.services.database.reading() as session:
        assert len(session.scalars(select(CaseRow)).all()) == 4


def test_an_empty_question_is_asked_for(gathered: Table):
    gathered.dirk.presses(gathered.invitation, "case_join_pressed")
    gathered.dirk.fills(shown(gathered.dirk), {"title": "Iets", "question": "\u200b", "story_happened": "Iets."})
    assert "Schrijf in een zin of twee wat je vraag is" in gathered.sends(gathered.dirk)


def test_the_cases_come_one_after_the_other_in_one_channel(begun: Table):
    read = begun.reads(begun.bram)
    assert read.count("Een reeks begint") == 1 and "De vraag van Anna is aan de beurt" in read
    assert INTAKE["title"] in read and not begun.anna.sees("Titel Bram")
    finishes(begun, begun.anna)
    read = begun.reads(begun.anna)
    assert "De vraag van Bram is aan de beurt" in read and "Verhaal Bram." in read
    assert "Verhaal Céline." not in read and "De vraag van Bram" in begun.anna.visible_text(begun.card())
    finishes(begun, begun.bram)
    finishes(begun, begun.celine)
    read = begun.reads(begun.celine)
    places = [read.index(words) for words in ("Anna neemt mee", "Bram neemt mee", "Céline neemt mee")]
    assert places == sorted(places) and read.count("Een reeks begint") == 1
    assert len([c for c in begun.anna.channels() if c.name.startswith("intervisie-")]) == 1


def test_in_the_evening_the_next_one_waits_for_the_morning(begun: Table):
    for person in (begun.bram, begun.celine):
        begun.writes(person, "Iets")
    begun.world.passes(hours=12)
    begun.writes(begun.anna, "Dank je")
    assert "Verhaal Bram." not in begun.reads(begun.anna)
    begun.world.passes(hours=12)
    assert "Verhaal Bram." in begun.reads(begun.anna)


def test_two_run_together_where_the_method_says_so(world: World, tmp_path: Path):
    table = gathers(world, tmp_path, at_once=2)
    table.starts()
    read = table.reads(table.celine)
    assert INTAKE["title"] in read and "Verhaal Bram." in read and "Verhaal Céline." not in read
    table.forges(table.anna, "case_stop_pressed", case_of(table, table.anna))
    assert "Verhaal Céline." in table.reads(table.anna)


def test_ones_own_cases_are_on_a_page(begun: Table):
    begun.bram.commands(begun.world.circle, "/intervision", "mijn")
    page = begun.bram.visible_text(shown(begun.bram))
    assert "Titel Bram" in page and INTAKE["title"] in page and "meedenker" in page and "inbrenger" in page


def test_who_leaves_takes_only_their_own_case_out(begun: Table):
    begun.bram.leaves(begun.room)
    begun.world.settles()
    begun.writes(begun.celine, "Raad")
    begun.writes(begun.anna, "Dank je")
    read = begun.reads(begun.anna)
    assert "Raad" in read and "Verhaal Bram." not in read and "Verhaal Céline." in read


def test_who_leaves_after_their_own_turn_is_missed_in_no_later_one(begun: Table):
    for owner in (begun.anna, begun.bram):
        finishes(begun, owner)
    begun.forges(begun.bram, "case_leave_pressed", case_of(begun, begun.celine))
    begun.writes(begun.anna, "Raad voor Céline")
    assert "Raad voor Céline" in begun.reads(begun.celine)


def test_who_withdraws_the_first_before_it_starts_calls_it_off_and_words_go_back(gathered: Table):
    gathered.forges(gathered.anna, "case_stop_pressed", case_of(gathered, gathered.anna))
    told = private(gathered, gathered.bram)
    assert "de reeks gaat niet door" in told and "Verhaal Bram." in told and "Verhaal Céline." not in told
    assert "ging niet door" in gathered.dirk.visible_text(gathered.invitation)
    with gathered.world.bot.services.database.reading() as session:
        assert {row.state for row in session.scalars(select(CaseRow))} == {"stopped"}
        assert not any(session.scalars(select(CaseRow.words)))


def test_a_question_that_waits_starts_by_no_button_and_nobody_joins_it(gathered: Table):
    waits = case_of(gathered, gathered.bram)
    assert gathered.forges(gathered.bram, "case_start_pressed", waits) == ""
    assert "al begonnen" in gathered.forges(gathered.dirk, "case_join_pressed", waits)
    assert "niet aan meedoet" in gathered.forges(gathered.dirk, "case_leave_pressed", waits)


def test_nobody_leads_or_looks_on_in_a_series(gathered: Table):
    first = case_of(gathered, gathered.anna)
    assert "zonder gespreksleider" in gathered.forges(gathered.dirk, "case_facilitate_pressed", first)
    assert "geen plaats om mee te kijken" in gathered.forges(gathered.dirk, "case_observe_pressed", first)
    gathered.world.passes(days=1)
    assert not any(channel.name.startswith("intervisie-") for channel in gathered.bram.channels())


def test_each_wipes_their_own_and_the_channel_closes_with_the_last(begun: Table):
    room: Conversation = begun.room
    for owner in (begun.anna, begun.bram):
        finishes(begun, owner)
    begun.forges(begun.anna, "case_wipe_pressed", case_of(begun, begun.anna))
    read = begun.reads(begun.celine)
    assert INTAKE["title"] not in read and "Anna neemt mee" not in read
    assert "Bram neemt mee" in read and "Een reeks begint" in read
    assert "Alleen de inbrenger" in begun.forges(begun.anna, "case_wipe_pressed", case_of(begun, begun.bram))
    finishes(begun, begun.celine)
    begun.world.calendar.move(timedelta(days=31))
    begun.world.settles()
    assert room.is_archived and "neemt mee" not in begun.celine.visible_text(room)


def test_what_is_typed_in_the_channel_belongs_to_the_case_whose_turn_it_is(begun: Table):
    finishes(begun, begun.anna)
    begun.world.passes(minutes=1)
    begun.anna.says(begun.room, "Mooi, Bram")
    begun.world.settles()
    begun.forges(begun.anna, "case_wipe_pressed", case_of(begun, begun.anna))
    with begun.world.bot.services.database.reading() as session:
        assert session.scalars(select(Remark.case_id)).one() == case_of(begun, begun.bram)
