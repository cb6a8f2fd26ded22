"""Until a case begins its owner can change what it says; the circle sees no more of it than before."""

import pytest

from bot.intervision.views.intake import IntakeField, IntakeMethod, StoryBox, change_intake_form
from bot.words import LANGUAGES, Speakers
from playground.blocks import check_view
from tests.intervision.actors import INTAKE, Table, shown

pytestmark = pytest.mark.one_database


def test_the_owner_changes_the_words_and_the_theme_and_these_are_told_at_the_start(table: Table):
    table.brings(table.anna)
    table.joins(table.bram, table.celine)
    table.anna.presses(table.opens_case_page(table.anna), "Pas tekst aan")
    form = shown(table.anna)
    assert INTAKE["question"] in table.anna.visible_text(form) and INTAKE["story_happened"] in str(form.blocks)
    changed = {"title": "Zwijgen", "question": "Hoe zwijg ik?", "story_happened": "Ik praat te veel."}
    table.anna.fills(form, {**changed, "theme": "Dialoog"})
    assert table.sends(table.anna).startswith("Bewaard.")
    assert "Je casus: Zwijgen" in table.anna.visible_text(table.owners_page())
    circle = table.bram.visible_text(table.world.circle)
    assert "Dialoog" in circle and "Zwijgen" not in circle
    table.starts()
    read = table.reads(table.bram)
    assert all(text in read for text in changed.values()) and INTAKE["title"] not in read


def test_what_a_method_asks_besides_stands_there_too_and_nothing_may_be_left_open(table: Table):
    table.brings(table.anna, method="incidentmethode_10", **{"field:outcome": "Ik ging weg."})
    table.anna.presses(table.opens_case_page(table.anna), "Pas tekst aan")
    form = shown(table.anna)
    assert "Ik ging weg." in str(form.blocks)
    table.anna.fills(form, {"title": "\u200f"})
    assert "Geef je casus een korte titel." in table.sends(table.anna)


def test_nobody_else_changes_it_and_nobody_once_it_began(table: Table):
    table.brings(table.anna)
    table.joins(table.bram, table.celine)
    assert "Alleen de inbrenger" in table.forges(table.bram, "case_change_pressed", table.case)
    table.anna.commands(table.world.circle, "/intervisie", "mijn")
    table.anna.presses(shown(table.anna), "Pas tekst aan")
    form = shown(table.anna)
    table.anna.fills(form, {"title": "Later"})
    table.starts()
    table.sends_again(table.anna, form)
    assert "al begonnen" in table.forges(table.anna, "case_change_pressed", table.case)
    assert "Later" not in table.reads(table.bram) + table.anna.visible_text(table.owners_page())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_fits(language):
    speaker = Speakers.load()[language]
    fields = [IntakeField("a", "Label " * 20, answer="x" * 3000), IntakeField("b", "Getal", scale=10, answer="3")]
    method = IntakeMethod("m", [StoryBox("story_happened", "Verhaal", text="x" * 3000)], fields)
    form = change_intake_form(speaker, method, title="T" * 120, question="V" * 3000, themes=[], theme="", pointers={})
    assert check_view(form) == []
