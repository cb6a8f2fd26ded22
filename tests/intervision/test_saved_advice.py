"""Advice that comes up too soon: set aside for its writer alone, and ready in the step for advice."""

from itertools import product

import pytest
from sqlalchemy import func, select

from bot.intervision.views import late as case_late
from bot.words import LANGUAGES, Speakers
from db.models import SavedAdvice
from playground.blocks import check_message
from playground.model import Message
from tests.intervision.actors import Table, shown

pytestmark = pytest.mark.one_database

TIP = "Ga eens samen wandelen, weg van die tafel."
QUESTION = "Wat gebeurt er vlak daarvoor?"


def sets_aside(table: Table, text: str, *, asks: str = "") -> str:
    """Bram writes this in the field for later, and perhaps a question; what the page after it says."""
    form = table.opens(table.bram)
    table.bram.fills(form, {"aside": text, **({"text:new-1:0": asks} if asks else {})})
    return table.sends(table.bram)


def up_to_advice(table: Table) -> None:
    """The other steps pass by, until advice is asked."""
    table.passes(table.celine)
    table.passes(table.dirk)
    table.answers(table.anna, {QUESTION: "Een stilte."})
    for person in (table.bram, table.celine, table.dirk):
        table.passes(person)
    table.writes(table.anna, "Dus dat is mijn vraag.")
    assert "Adviesronde" in table.card().text


def kept(table: Table) -> int:
    """How many texts are kept for later."""
    with table.world.bot.services.database.reading() as session:
        return session.scalar(select(func.count()).select_from(SavedAdvice)) or 0


def test_it_waits_in_ones_own_form_for_advice_and_is_used_once(table: Table):
    table.begins()
    sets_aside(table, TIP, asks=QUESTION)
    up_to_advice(table)
    assert TIP not in table.celine.visible_text(table.opens(table.celine))
    table.celine.closes(shown(table.celine))
    form = table.opens(table.bram)
    assert TIP in table.bram.visible_text(form)
    table.sends(table.bram)
    for person in (table.celine, table.dirk):
        table.passes(person)
    assert TIP in table.reads(table.anna) and kept(table) == 0


def test_nobody_else_reads_it_before_or_after_the_questions_appear(table: Table):
    table.begins()
    sets_aside(table, TIP, asks=QUESTION)
    table.passes(table.celine)
    table.passes(table.dirk)
    assert QUESTION in table.reads(table.anna)
    assert not any(person.sees(TIP) for person in table.world.cast)
    assert TIP not in str([call.args for call in table.world.workspace.calls])


def test_only_advice_is_no_question_and_the_page_says_so(table: Table):
    table.begins()
    assert "Opzij gelegd" in sets_aside(table, TIP)
    form = table.opens(table.bram)
    assert TIP in table.bram.visible_text(form)
    table.bram.closes(form)
    sets_aside(table, "")
    assert kept(table) == 0


def test_the_owner_has_no_such_field_nor_has_a_method_without_advice_to_come(table: Table):
    table.begins()
    table.writes(table.bram, QUESTION)
    up_to_advice_asked = table.opens(table.celine)
    assert "Advies voor later" in table.celine.visible_text(up_to_advice_asked)
    table.celine.closes(up_to_advice_asked)
    table.passes(table.celine)
    table.passes(table.dirk)
    assert "Advies voor later" not in table.anna.visible_text(table.opens(table.anna))


def test_it_is_forgotten_with_the_case(table: Table):
    table.begins(leads=table.bram)
    sets_aside(table, TIP)
    table.forges(table.bram, "case_stop_pressed", table.case)
    table.world.passes(days=31)
    assert kept(table) == 0


def ends_with_advice_aside(table: Table) -> Message:
    """Bram sets advice aside, and the case stops before its step; the private message he gets."""
    table.begins(leads=table.bram)
    sets_aside(table, TIP)
    table.forges(table.bram, "case_stop_pressed", table.case)
    return table.bram.messages(table.bram.opens_dm(table.world.workspace.bot))[-1]


def test_what_got_no_step_is_told_at_the_end_to_its_writer_who_shares_it_once(table: Table):
    told = ends_with_advice_aside(table)
    assert TIP in table.bram.visible_text(told) and kept(table) == 0 and TIP not in told.text
    assert not any(person.sees(TIP) for person in (table.anna, table.celine, table.dirk))
    assert "draad" in table.presses(table.bram, told, "Zet in de draad")
    assert table.reads(table.anna).count(TIP) == 1
    assert "Je tekst staat in de draad" in table.bram.visible_text(told) and TIP not in table.bram.visible_text(told)


def test_or_lets_it_go(table: Table):
    told = ends_with_advice_aside(table)
    assert "gewist" in table.presses(table.bram, told, "Wis")
    assert not table.anna.sees(TIP) and not table.bram.sees(TIP)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_then_fits(language):
    speaker = Speakers.load()[language]
    for text, letter in product(("Woord " * 500, "& " * 9000), (case_late.unsent_advice_letter, case_late.late_letter)):
        for body in letter(speaker, "x", text, case_late.about_late("Stap " * 20, "C" * 11)):
            check_message(body)


def test_what_comes_after_the_step_for_advice_began_stays_its_writers(table: Table):
    table.begins(leads=table.celine)
    table.bram.fills(table.opens(table.bram), {"aside": TIP})
    while "Adviesronde" not in table.card().text:
        table.moves_on(table.celine)
    told = table.sends(table.bram)
    assert "Je tekst is bewaard, alleen voor jou" in told
    private = table.bram.messages(table.bram.opens_dm(table.world.workspace.bot))[-1]
    assert TIP in table.bram.visible_text(private)
    assert not table.celine.sees(TIP)


def test_what_waits_is_not_pushed_out_by_a_message_that_is_taken_up(table: Table):
    room = table.begins()
    sets_aside(table, TIP, asks=QUESTION)
    up_to_advice(table)
    said = table.bram.says(room, "En vraag eens een collega mee.", thread=table.card())
    table.world.settles()
    table.bram.shortcut("take_up", said)
    table.bram.submits(shown(table.bram))
    form = table.bram.visible_text(shown(table.bram))
    assert TIP in form and "En vraag eens een collega mee." in form
