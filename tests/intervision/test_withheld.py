"""What the owner writes in the intake for a later step: sealed, and nowhere that anybody else can read, until then."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import CaseRow, ContributionRow
from playground.forms import placed
from tests.intervision.actors import Table, fields_of, shown
from tests.intervision.own_method import around, method, step, text
from tests.intervision.test_secrets import everything_sent
from tests.world import World

pytestmark = pytest.mark.one_database

OUTCOME = "Zeepaardje-7413: ik liep weg en belde de week erna."
STEPS_BEFORE = ("Vragen noteren", "Doorvragen", "Analyse", "Schriftelijk standpunt")
ACTION = "Wat de inbrenger deed"


@pytest.fixture
def incident(table: Table) -> Table:
    """Anna's incident, with what she did sealed until its step; Bram leads, all questions are still to come."""
    table.lives_through(_begins_with_what_she_did)
    return table


def _begins_with_what_she_did(table: Table) -> None:
    table.brings(table.anna, method="incidentmethode_10", **{"field:outcome": OUTCOME})
    table.joins(table.bram, table.celine, table.dirk, leads=table.bram)
    table.starts()


def goes_on(incident: Table) -> None:
    """Bram leads on to the next step."""
    incident.moves_on(incident.bram)


def nobody_else_reads_it(incident: Table) -> None:
    """Not in a channel, a form, a page of one's own, a Home or the digest; and the bot showed it to nobody."""
    world = incident.world
    card, in_case = incident.card(), (incident.bram, incident.celine, incident.dirk)
    for person in world.cast:
        person.opens_home()
        for command in (("/intervision", "mijn"), ("/digest", "")):
            person.commands(world.circle, *command)
            assert not person.sees("Zeepaardje")
            person.closes()
        if person in in_case and "contribution_pressed" in str(card.blocks):
            person.presses(card, "contribution_pressed")
            assert not person.sees("Zeepaardje")
            while person.modal:
                person.closes()
    assert "Zeepaardje" not in everything_sent(incident)


def test_what_is_withheld_is_nowhere_until_its_step_and_then_appears_once(incident: Table):
    for name in STEPS_BEFORE:
        assert name in incident.card().text
        nobody_else_reads_it(incident)
        goes_on(incident)
    assert ACTION in incident.card().text
    for person in (incident.anna, incident.bram, incident.celine, incident.dirk):
        assert incident.reads(person).count(OUTCOME) == 1
    read = incident.reads(incident.dirk)
    assert "Anna · vooraf opgeschreven" in read
    assert read.index("Wat deed je, en hoe liep het af?") < read.index(OUTCOME)
    assert not incident.world.elif_.sees("Zeepaardje")


def test_it_survives_a_restart_and_a_long_wait(incident: Table):
    goes_on(incident)
    incident.world.stops()
    incident.world.starts()
    assert not incident.dirk.sees("Zeepaardje")
    incident.world.passes(days=12)
    assert incident.reads(incident.dirk).count(OUTCOME) == 1


def test_the_owner_still_adds_to_it_and_can_change_or_take_back_what_was_written_before(incident: Table):
    for _ in STEPS_BEFORE:
        goes_on(incident)
    assert ACTION in incident.card().text, "what was written beforehand finishes no step"
    form = incident.opens(incident.anna)
    new, before = [name for name in fields_of(form) if name.startswith("text:")]
    assert "-field-outcome" in before and OUTCOME in incident.anna.visible_text(form)
    incident.anna.fills(form, {new: "Nu begrijp ik het.", before: "Ik liep weg."})
    incident.sends(incident.anna)
    read = incident.reads(incident.celine)
    assert "Nu begrijp ik het." in read and "Ik liep weg." in read and OUTCOME not in read
    assert "Afsluitende discussie" in incident.card().text


def test_an_owner_with_nothing_to_add_passes_and_one_who_is_silent_told_enough(incident: Table):
    for _ in STEPS_BEFORE:
        goes_on(incident)
    incident.world.passes(days=3)
    assert "Afsluitende discussie" in incident.card().text
    assert "extra tijd" not in incident.reads(incident.dirk)


def test_passing_is_done_beside_what_was_written_before(incident: Table):
    for _ in STEPS_BEFORE:
        goes_on(incident)
    assert incident.passes(incident.anna).startswith("Genoteerd: niets toe te voegen.")
    assert "Afsluitende discussie" in incident.card().text
    assert incident.reads(incident.dirk).count(OUTCOME) == 1


def test_a_case_that_stops_before_shows_it_to_nobody_and_is_wiped_whole(incident: Table):
    incident.forges(incident.bram, "case_stop_pressed", incident.case)
    nobody_else_reads_it(incident)
    incident.forges(incident.anna, "case_wipe_pressed", incident.case)
    with incident.world.bot.services.database.reading() as session:
        for column in (CaseRow.words, ContributionRow.words):
            assert not [words for words in session.scalars(select(column)) if words]


def test_at_rest_it_is_sealed_in_one_place(incident: Table):
    with incident.world.bot.services.database.reading() as session:
        row = session.scalars(select(CaseRow)).one()
        assert row.words and b"Zeepaardje" not in row.words
        assert "Zeepaardje" not in json.dumps(row.steps)
        vault = incident.world.bot.services
        assert "Zeepaardje" not in vault.open_text(row.words, f"intervision.words:{row.id}")
        held = session.scalars(select(ContributionRow).where(ContributionRow.step == "owners_action")).one()
        assert (held.state, held.kind) == ("held", "beforehand") and b"Zeepaardje" not in (held.words or b"")


# ---------------------------------------------------------------------------------------------- the form


def test_choosing_another_method_asks_what_it_asks_and_keeps_what_is_typed(table: Table):
    form = table.opens_story(table.anna, method="faro_5")
    assert "story_tried" in fields_of(form) and "field:outcome" not in fields_of(form)
    table.anna.fills(form, {"title": "Stilte", "story_happened": "Iemand zweeg.", "story_did": "Ik ook."})
    table.anna.presses(form, "Andere methode")
    table.anna.chooses(shown(table.anna), "method", "incidentmethode_10")
    table.anna.submits(shown(table.anna))
    form = shown(table.anna)
    assert "field:outcome" in fields_of(form) and "story_tried" not in fields_of(form)
    assert "Stap 8 van 10 · Wat de inbrenger deed" in table.anna.visible_text(form)
    assert "Stilte" in str(form.blocks)
    assert "Ik ook." in str(form.blocks), "what was written is never taken away"


def test_what_the_method_needs_is_asked_for_in_words(table: Table):
    sent = table.brings(table.anna, method="incidentmethode_10", **{"field:outcome": "\u200b"})
    assert "Schrijf hier iets, of kies een andere methode." in (sent.errors or {}).values()
    assert "brengt een casus in" not in table.bram.visible_text(table.world.circle)


def test_a_form_that_was_sent_before_it_changed_comes_back_with_what_is_asked(table: Table):
    form = table.opens_story(table.anna)
    table.anna.fills(form, {"title": "Stilte", "question": "Wat nu?", "story_happened": "Iemand zweeg."})
    pointers = json.loads(form.payload["private_metadata"]) | {"method": "incidentmethode_10"}
    form.payload["private_metadata"] = json.dumps(pointers)
    assert table.anna.submits(form).errors is None
    form = shown(table.anna)
    assert "field:outcome" in fields_of(form) and "Stilte" in str(form.blocks)


# ---------------------------------------------------------------------------------------------- a community's own


METHOD = method(
    "eigen",
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("vragen", who=["peer"], kinds=["clarifying_question"]),
    step("lezen", who=[], kinds=[]),
    step("plan", who=["owner"], kinds=["commitment"], reveal="immediate"),
) | {
    "fields": [
        {"key": "wish", "label": text("Wat wens je?")},
        {"key": "mood", "label": text("Hoe zwaar is het?"), "scale": 5, "required": False},
        {"key": "end_of_it", "label": text("Hoe liep het af?"), "withheld_until": "lezen", "required": False},
    ]
}


@pytest.fixture
def own(world: World, tmp_path: Path) -> Table:
    return around(world, tmp_path, METHOD)


def test_what_is_not_withheld_stands_at_the_top_and_what_is_empty_nowhere(own: Table):
    own.brings(own.anna, method="eigen", **{"field:wish": "Rust in de klas"})
    own.joins(own.bram, own.celine)
    own.starts()
    read = own.reads(own.bram)
    assert read.index("Wat wens je?") < read.index("Rust in de klas") < read.index("Stap 2")
    assert "Hoe zwaar is het?" not in read and "Hoe liep het af?" not in read


def test_a_number_is_chosen_and_what_is_withheld_can_appear_in_a_step_of_reading(own: Table):
    own.brings(own.anna, method="eigen", **{"field:wish": "Rust", "field:mood": "4", "field:end_of_it": OUTCOME})
    own.joins(own.bram, own.celine, leads=own.bram)
    own.starts()
    assert "Hoe zwaar is het?\n4" in own.reads(own.celine)
    assert not own.celine.sees("Zeepaardje")
    goes_on(own)
    card = own.card()
    assert "Vraag van lezen" in own.celine.visible_text(card) and "Om te lezen · tot " in own.reads(own.celine)
    assert own.reads(own.celine).count(OUTCOME) == 1
    assert [at.action_id for at in placed(card.blocks)] == ["lead_pressed"]
    assert "anderen aan het woord" in own.forges(own.celine, "contribution_pressed", f"{own.case}:lezen")
    goes_on(own)
    assert "Plan" in own.card().text


def test_a_step_of_reading_closes_by_itself_when_its_time_is_over(own: Table):
    own.brings(own.anna, method="eigen", **{"field:wish": "Rust"})
    own.joins(own.bram, own.celine)
    own.starts()
    for person in (own.bram, own.celine):
        own.passes(person)
    assert "Lezen" in own.card().text and "Vraag van lezen" in own.celine.visible_text(own.card())
    own.world.passes(days=1, hours=3)
    assert "Plan" in own.card().text
