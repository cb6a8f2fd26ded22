"""A form that comes after its step had closed: its words are kept for who wrote them, and go where that person says."""

from dataclasses import replace

import pytest

from playground.model import Message, View
from tests.forged_payloads import submits
from tests.intervision.actors import Table, fields_of, shown

pytestmark = pytest.mark.one_database


@pytest.fixture
def late(table: Table) -> View:
    """Dirk has a question in his form when Bram closes the step."""
    table.lives_through(_closes_too_soon)
    return shown(table.dirk)


def _closes_too_soon(table: Table) -> None:
    table.begins(leads=table.bram)
    table.dirk.fills(table.opens(table.dirk), {"text:new-1:0": "Nog <!channel> één vraag?"})
    table.moves_on(table.bram)


def sends(table: Table) -> str:
    """Dirk sends his form; what he reads then."""
    told = table.sends(table.dirk)
    assert table.dirk.modal is None and told == table.lines(table.dirk)[-1]
    return told


def in_private(table: Table) -> Message:
    """The newest private message of the bot to Dirk."""
    return letters(table)[-1]


def button_value(message: Message) -> str:
    return next(each["value"] for block in message.blocks for each in block.get("elements", ()) if "value" in each)


def letters(table: Table) -> list[Message]:
    found = table.dirk.messages(table.dirk.opens_dm(table.world.workspace.bot))
    return [message for message in found if not message.ephemeral_for]


def test_it_is_kept_for_its_writer_alone(table: Table, late: View):
    told = sends(table)
    assert told.startswith("Deze stap is intussen rond. Je tekst is bewaard, alleen voor jou") and "vraag" not in told
    assert "Nog <!channel> één vraag?" in table.dirk.visible_text(in_private(table))
    assert not any("één vraag" in table.reads(person) for person in (table.anna, table.bram, table.celine, table.dirk))


def test_its_writer_shares_it_in_the_thread_once(table: Table, late: View):
    sends(table)
    page = in_private(table)
    table.presses(table.dirk, page, "Zet in de draad")
    assert table.reads(table.anna).count("Nog <!channel> één vraag?") == 1
    assert "Dirk, na de stap:" in table.reads(table.anna)
    table.sends_again(table.dirk, late)
    assert table.reads(table.anna).count("één vraag?") == 1


def test_its_writer_wipes_it(table: Table, late: View):
    sends(table)
    assert "Je tekst is gewist." in table.presses(table.dirk, in_private(table), "Wis")
    assert "één vraag" not in table.reads(table.anna)


def test_its_writer_finds_it_among_the_private_messages_until_it_is_shared(table: Table, late: View):
    sends(table)
    private = in_private(table)
    assert "Nog <!channel> één vraag?" in table.dirk.visible_text(private) and "vraag" not in private.text
    assert "Stap 2a van 5 · Verkennen · #intervisie" in table.dirk.visible_text(private)
    table.presses(table.dirk, private, "Zet in de draad")
    assert table.reads(table.anna).count("Nog <!channel> één vraag?") == 1
    assert "Je tekst staat in de draad" in table.dirk.visible_text(in_private(table))


def test_what_was_wiped_stands_there_no_more_however_long_it_was(table: Table):
    table.begins(leads=table.bram)
    form = table.opens(table.dirk)
    table.dirk.fills(form, {"text:new-1:0": "Waarom? " * 370})
    for place in (2, 3):
        table.dirk.presses(shown(table.dirk), "Voeg er nog een toe")
        table.dirk.fills(shown(table.dirk), {f"text:new-{place}:0": "Waarom? " * 370})
    table.moves_on(table.bram)
    sends(table)
    said = len(letters(table))
    assert table.dirk.sees("Waarom?")
    table.presses(table.dirk, in_private(table), "Wis")
    assert not table.dirk.sees("Waarom?")
    assert len(letters(table)) == said - 1, "one of the two says what became of it"


def test_nobody_else_shares_or_wipes_it(table: Table, late: View):
    sends(table)
    late_id = button_value(in_private(table))
    for action in ("late_words_shared", "late_words_wiped"):
        assert "Er is niets veranderd" in table.forges(table.celine, action, late_id)
    table.presses(table.dirk, in_private(table), "Zet in de draad")
    assert "één vraag?" in table.reads(table.anna)


def test_it_goes_with_the_case(table: Table, late: View):
    sends(table)
    late_id = button_value(in_private(table))
    table.forges(table.anna, "case_stop_pressed", table.case)
    table.world.passes(days=31)
    assert letters(table) == []
    assert "bestaat niet meer" in table.forges(table.dirk, "late_words_shared", late_id)


def test_who_left_the_case_still_wipes_it_and_shares_it_no_more(table: Table, late: View):
    sends(table)
    late_id = button_value(in_private(table))
    table.forges(table.dirk, "case_leave_pressed", table.case)
    assert "waar je niet aan meedoet" in table.forges(table.dirk, "late_words_shared", late_id)
    assert "Je tekst is gewist." in table.forges(table.dirk, "late_words_wiped", late_id)
    assert not table.anna.sees("één vraag")


def test_who_left_the_circle_shares_nothing_there(table: Table, late: View):
    sends(table)
    table.dirk.leaves(table.world.circle)
    table.world.settles()
    assert "kring waar je niet in zit" in table.presses(table.dirk, in_private(table), "Zet in de draad")
    assert not table.anna.sees("één vraag")


def test_a_form_that_comes_again_after_its_words_were_wiped_says_so(table: Table, late: View):
    as_it_was = replace(late)
    sends(table)
    table.presses(table.dirk, in_private(table), "Wis")
    assert "Dit bestaat niet meer" in submits(table.world, table.dirk, as_it_was)


def test_a_form_that_takes_back_after_the_step_says_that_it_has_closed(table: Table):
    table.begins(leads=table.bram)
    table.writes(table.dirk, "Nog een vraag?")
    form = table.opens(table.dirk)
    (field,) = [name for name in fields_of(form) if "own-" in name]
    table.dirk.fills(form, {field: ""})
    table.moves_on(table.bram)
    assert "Deze stap is al afgerond" in table.sends(table.dirk)
    assert "Nog een vraag?" in table.reads(table.anna)


def test_a_step_that_was_skipped_in_the_meantime_loses_no_words(table: Table):
    table.begins(leads=table.bram)
    form = table.opens(table.dirk)
    table.dirk.fills(form, {"text:new-1:0": "Nog één vraag?"})
    table.forges(table.bram, "step_skip_pressed", f"{table.case}:exploring")
    assert "Je tekst is bewaard, alleen voor jou" in sends(table)
    table.presses(table.dirk, in_private(table), "Zet in de draad")
    assert "Nog één vraag?" in table.reads(table.anna)


def test_a_case_that_ended_in_the_meantime_loses_no_words(table: Table):
    table.begins()
    form = table.opens(table.dirk)
    table.dirk.fills(form, {"text:new-1:0": "Nog één vraag?"})
    table.forges(table.anna, "case_stop_pressed", table.case)
    assert "Je tekst is bewaard, alleen voor jou" in sends(table)
    table.presses(table.dirk, in_private(table), "Zet in de draad")
    assert "Nog één vraag?" in table.reads(table.anna)
