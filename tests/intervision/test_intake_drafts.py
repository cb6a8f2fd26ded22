"""Bringing a case takes two short forms; what was written in them is not lost, however they close."""

import pytest

from playground.model import View
from tests.intervision.actors import INTAKE, STORY, Table, shown
from tests.intervision.test_drafts import drafts

pytestmark = pytest.mark.one_database

METHODS_FORM = "case_sent:method"


def written_in(form: View) -> str:
    return str([block["element"].get("initial_value") for block in form.blocks if block["type"] == "input"])


def test_escape_loses_nothing_and_the_second_form_opens_at_once(table: Table):
    form = table.opens_story(table.anna)
    table.anna.fills(form, {"title": STORY["title"], "question": "Een halve vraag"})
    table.anna.closes(shown(table.anna))
    assert drafts(table) == 1 and not table.bram.sees("Een halve vraag")
    again = table.opens_form(table.anna)
    assert STORY["title"] in written_in(again) and "Een halve vraag" in written_in(again)
    assert "Dit is je concept" in table.anna.visible_text(again)
    table.anna.fills(again, STORY)
    assert table.sends(table.anna).startswith("Je casus is bewaard.") and drafts(table) == 0
    assert table.opens_form(table.anna).payload["callback_id"] == METHODS_FORM


def test_the_button_keeps_it_too(table: Table):
    form = table.opens_story(table.anna, method="incidentmethode_10")
    table.anna.fills(form, {"title": "Half", "field:outcome": "Ik ging weg."})
    table.anna.presses(form, "Bewaar als concept")
    assert "Dit is je concept" in table.anna.visible_text(shown(table.anna)) and drafts(table) == 1
    table.anna.closes(shown(table.anna))
    assert "Ik ging weg." in written_in(table.opens_form(table.anna))


def test_the_first_form_closed_or_the_second_left_empty_leaves_nothing(table: Table):
    table.anna.closes(table.opens_form(table.anna))
    table.anna.closes(table.opens_story(table.anna))
    assert drafts(table) == 0


def test_a_form_that_was_open_before_there_were_two_still_brings_a_case(table: Table):
    """It asked everything at once, and knew only its circle."""
    form = table.opens_story(table.anna)
    values = {**INTAKE, "method": "vijf_stappen", "wish": ""}
    form.values = {name: {"value": {"type": "plain_text_input", "value": text}} for name, text in values.items()}
    table.sends_again(table.anna, form, {"method": None, "theme": None})
    assert "Vijfstappenmethode" in table.bram.visible_text(table.invitation)


def test_what_was_written_before_there_were_two_is_in_the_second_when_another_method_is_chosen(table: Table):
    form = table.opens_story(table.anna)
    table.anna.fills(form, {"title": "Oud formulier"})
    table.anna.presses(form, "Andere methode")
    table.anna.fills(shown(table.anna), {"theme": INTAKE["theme"]})
    table.anna.submits(shown(table.anna))
    assert "Oud formulier" in written_in(shown(table.anna))


def test_who_joins_a_series_keeps_their_question_too(table: Table):
    table.brings(table.anna, method="troika")
    table.bram.presses(table.invitation, "case_join_pressed")
    table.bram.fills(shown(table.bram), {"title": "Mijn eigen vraag"})
    table.bram.closes(shown(table.bram))
    table.bram.presses(table.invitation, "case_join_pressed")
    assert "Mijn eigen vraag" in written_in(shown(table.bram))


def test_a_long_story_gets_room_and_nothing_that_was_typed_is_lost(table: Table):
    form = table.opens_story(table.anna, method="troika")
    table.anna.fills(form, {"title": "Lang verhaal", "question": "Wat nu?", "story_happened": "a" * 3000})
    table.anna.presses(form, "Groter schrijfveld")
    wide = shown(table.anna)
    assert "Lang verhaal" in written_in(wide) and "Groter schrijfveld" not in table.anna.visible_text(wide)
    table.anna.fills(wide, {"story_did": "Het vervolg.", "story_tried": "En het slot."})
    assert table.anna.submits(wide).errors is None
    table.world.settles()
