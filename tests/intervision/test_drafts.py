"""What one writes in a form and does not send is there again, for the writer alone."""

import pytest
from sqlalchemy import func, select

from db.models import FormDraft
from playground.model import View
from tests.intervision.actors import Table, shown

pytestmark = pytest.mark.one_database

FIRST = "text:new-1:0"
HALF = "Een halve vraag"


@pytest.fixture
def begun(table: Table) -> Table:
    table.begins(leads=table.bram)
    return table


def drafts(table: Table) -> int:
    with table.world.bot.services.database.reading() as session:
        return session.scalar(select(func.count()).select_from(FormDraft)) or 0


def closes_with(table: Table, text: str) -> None:
    """Céline writes this in the form of the open step, and presses Escape."""
    table.celine.fills(table.opens(table.celine), {FIRST: text})
    table.celine.closes(shown(table.celine))


def written_in(form: View) -> str:
    return str([block["element"].get("initial_value") for block in form.blocks if block["type"] == "input"])


def test_who_closes_a_form_finds_it_again_as_it_was(begun: Table):
    closes_with(begun, HALF)
    assert drafts(begun) == 1
    form = begun.opens(begun.celine)
    assert HALF in written_in(form) and "Dit is je concept" in begun.celine.visible_text(form)
    begun.celine.fills(form, {FIRST: "Een hele vraag?"})
    assert begun.sends(begun.celine).startswith("Bewaard.") and drafts(begun) == 0
    assert HALF not in written_in(begun.opens(begun.celine))


def test_the_button_keeps_it_and_the_form_stays_open(begun: Table):
    begun.celine.fills(begun.opens(begun.celine), {FIRST: HALF})
    begun.celine.presses(shown(begun.celine), "Bewaar als concept")
    form = shown(begun.celine)
    assert "Dit is je concept" in begun.celine.visible_text(form) and drafts(begun) == 1
    begun.sends(begun.celine)
    assert drafts(begun) == 0, "what was sent is no draft any more"


def test_nobody_else_reads_it_and_it_holds_no_step_up(begun: Table):
    closes_with(begun, HALF)
    for person in (begun.anna, begun.bram, begun.dirk):
        assert not person.sees(HALF)
    assert HALF not in written_in(begun.opens(begun.dirk))
    begun.dirk.closes(shown(begun.dirk))
    with begun.world.bot.services.database.reading() as session:
        assert HALF.encode() not in session.scalars(select(FormDraft.words)).one()


def test_more_places_and_more_room_come_back_too(begun: Table):
    form = begun.opens(begun.celine)
    begun.celine.presses(form, "Voeg er nog een toe")
    begun.celine.presses(shown(begun.celine), "Groter schrijfveld")
    begun.celine.fills(shown(begun.celine), {FIRST: HALF, "text:new-1:1": "vervolg", "text:new-2:0": "Nog een"})
    begun.celine.closes(shown(begun.celine))
    read = written_in(begun.opens(begun.celine))
    assert all(text in read for text in (HALF, "vervolg", "Nog een"))


def test_a_form_that_is_closed_untouched_or_emptied_leaves_nothing(begun: Table):
    begun.celine.closes(begun.opens(begun.celine))
    assert drafts(begun) == 0
    closes_with(begun, HALF)
    closes_with(begun, "")
    assert drafts(begun) == 0
    begun.writes(begun.celine, "Een vraag?")
    begun.celine.closes(begun.opens(begun.celine))
    assert drafts(begun) == 0, "what was sent before is kept already"


def test_a_step_that_closes_gives_it_back_to_its_writer(begun: Table):
    closes_with(begun, HALF)
    begun.forges(begun.bram, "next_step_pressed", f"{begun.case}:exploring")
    assert drafts(begun) == 0
    private = begun.celine.messages(begun.celine.opens_dm(begun.world.workspace.bot))[-1]
    assert HALF in begun.celine.visible_text(private) and "Je tekst is niet weg" in begun.celine.visible_text(private)
    begun.presses(begun.celine, private, "Zet in de draad")
    assert HALF in begun.reads(begun.anna)


def test_it_goes_with_the_case(begun: Table):
    closes_with(begun, HALF)
    begun.forges(begun.anna, "case_stop_pressed", begun.case)
    assert drafts(begun) == 0
    begun.world.passes(days=31)
    assert not begun.celine.sees(HALF)
