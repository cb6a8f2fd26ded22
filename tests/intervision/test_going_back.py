"""Who leads goes back to the step before: it opens again, all that was written stays, and everybody reads so."""

from pathlib import Path

import pytest

from playground.people import Person
from tests.intervision.actors import Table, fields_of, shown
from tests.intervision.own_method import around, method, step
from tests.intervision.test_facilitating import leads
from tests.world import World

pytestmark = pytest.mark.one_database

HOPED = "Wat hoopte je?"


@pytest.fixture
def answered(table: Table) -> Table:
    """Bram leads; Céline asked two things, Dirk passed, and Anna answered the first; the answers are open again."""
    table.lives_through(_asks_and_answers)
    return table


def _asks_and_answers(table: Table) -> None:
    table.begins(leads=table.bram)
    table.writes(table.celine, HOPED, "Wie was erbij?")
    table.passes(table.dirk)
    table.moves_on(table.bram)
    table.answers(table.anna, {HOPED: "Dat hij zou kiezen."})
    leads(table, table.bram, "Ga terug")


def test_the_step_before_opens_again_and_what_was_written_stays(answered: Table):
    told = leads(answered, answered.bram, "Ga terug", "Antwoorden")
    assert "De vorige stap gaat weer open" in told
    again, read = answered.dirk.visible_text(answered.card("Verkennen")), answered.reads(answered.dirk)
    assert again.split("\n")[2] == "Weer open" and "ten laatste" in again
    assert "We gaan terug naar ‘Verkennen’" in read and "even dicht, gaat later weer open" in read
    assert HOPED in read and "Dat hij zou kiezen." in read
    assert "@Bram, @Céline, @Dirk\nSchrijf" in read, "those whose turn it is are called: nobody hears of an edit"


def test_what_is_new_or_changed_appears_when_it_closes_again_and_answers_quote_what_is_asked_now(answered: Table):
    leads(answered, answered.bram, "Ga terug", "Antwoorden")
    card = answered.card("Verkennen")
    assert "als deze stap sluit" in answered.writes(answered.dirk, "Hoe liep het af?", card=card)
    form = answered.opens(answered.celine, card)
    place = next(name for name in fields_of(form) if "own-" in name)
    answered.celine.fills(form, {place: "Wat hoopte je echt?"})
    answered.sends(answered.celine)
    before = answered.reads(answered.anna)
    assert "Hoe liep het af?" not in before and "echt" not in before and HOPED in before
    answered.moves_on(answered.bram, card)
    after = answered.reads(answered.anna)
    assert "Hoe liep het af?" in after and HOPED not in after
    assert after.count("Wat hoopte je echt?") == 2, "in its own place, and above what Anna answered"
    form = answered.opens(answered.anna, answered.card("Antwoorden"))
    assert "Wie was erbij?" in answered.anna.visible_text(form)


def test_it_closes_early_again_once_everybody_wrote_or_has_nothing_more_to_add(answered: Table):
    leads(answered, answered.bram, "Ga terug", "Antwoorden")
    card = answered.card("Verkennen")
    answered.writes(answered.dirk, "Hoe liep het af?", card=card)
    answered.world.stops()
    answered.world.starts()
    for person in (answered.bram, answered.celine):
        assert "Hoe liep het af?" not in answered.reads(answered.anna)
        answered.presses(person, answered.card("Verkennen"), "Niets toe te voegen")
    assert "Hoe liep het af?" in answered.reads(answered.anna)
    assert "Weer open" not in answered.anna.visible_text(answered.card("Verkennen"))


def test_a_form_that_was_open_counts_and_says_when_it_appears(answered: Table):
    form = answered.opens(answered.anna, answered.card("Antwoorden"))
    answered.anna.fills(form, {fields_of(form)[0]: "Niemand."})
    leads(answered, answered.bram, "Ga terug", "Antwoorden")
    assert "even dicht" in answered.sends(answered.anna)
    assert "Niemand." not in answered.reads(answered.celine)
    answered.moves_on(answered.bram, answered.card("Verkennen"))
    assert "Niemand." in answered.reads(answered.celine)


def test_it_is_asked_first_and_offered_to_who_leads_where_something_lies_behind(answered: Table):
    answered.bram.presses(answered.card("Antwoorden"), "Meer…")
    page = shown(answered.bram)
    assert "Terug naar ‘Verkennen’" in answered.bram.visible_text(page)
    assert "Terug naar de vorige stap?" in str(page.blocks)
    answered.bram.closes(page)
    leads(answered, answered.bram, "Ga terug", "Antwoorden")
    assert "Terug naar" not in leads(answered, answered.bram, "niets hiervan", "Verkennen")
    first = answered.forges(answered.bram, "step_back_pressed", f"{answered.case}:exploring")
    assert "verder terug dan het verhaal" in first
    for person in (answered.anna, answered.celine):
        assert "De gespreksleider bewaakt" in answered.forges(person, "step_back_pressed", f"{answered.case}:exploring")


def test_from_the_line_in_the_channel_one_writes_at_once_also_after_a_restart(answered: Table):
    leads(answered, answered.bram, "Ga terug", "Antwoorden")
    answered.world.stops()
    answered.world.starts()
    said = answered.dirk.messages(answered.room)
    line = [message for message in said if "We gaan terug" in answered.dirk.visible_text(message)][-1]
    assert "als deze stap sluit" in answered.writes(answered.dirk, "En daarna?", card=line)
    answered.world.passes(days=4)
    assert "En daarna?" in answered.reads(answered.anna)


def test_where_names_are_hidden_one_adds_and_changes_nothing(world: World, tmp_path: Path):
    file = method(
        "stil",
        step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
        step("roddel", who=["peer"], kinds=["hypothesis"], names="hidden"),
        step("slot", who=["owner"], kinds=["commitment"], reveal="immediate"),
    )
    table = around(world, tmp_path, file)
    table.begins(leads=table.bram, method="stil")
    writes_all(table, table.bram, table.celine, table.dirk)
    assert "Slot" in table.card().text
    leads(table, table.bram, "Ga terug")
    card = table.card("Roddel")
    assert "Weer open: aanvullen kan, aanpassen niet" in table.dirk.visible_text(card)
    form = table.opens(table.dirk, card)
    assert not [name for name in fields_of(form) if "own-" in name] and "Van Dirk." not in table.dirk.visible_text(form)
    table.dirk.fills(form, {"text:new-1:0": "Nog iets."})
    table.sends(table.dirk)
    table.moves_on(table.bram, card)
    read = table.reads(table.anna)
    assert all(said in read for said in ("Van Bram.", "Van Céline.", "Van Dirk.", "Nog iets."))


def writes_all(table: Table, *people: Person) -> None:
    for person in people:
        table.writes(person, f"Van {person.name}.")
