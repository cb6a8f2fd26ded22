"""Writing in a step: who may, what is kept, what can be changed, and what people write."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from db.models import ContributionRow
from tests.intervision.actors import Table, fields_of, shown

pytestmark = pytest.mark.one_database

NOTHING = "Er is niets veranderd."


@pytest.fixture
def begun(table: Table) -> Table:
    """Anna's case is at its second step: the others ask questions."""
    table.begins(leads=table.bram)
    return table


def written(table: Table) -> list[tuple[str, str]]:
    """What is kept besides the story: its kind and state."""
    with table.world.bot.services.database.reading() as session:
        besides = select(ContributionRow).where(ContributionRow.kind != "case_story")
        rows = session.scalars(besides.order_by(ContributionRow.number))
        return [(row.kind, row.state) for row in rows]


def test_what_is_kept_appears_when_everybody_has_written(begun: Table):
    assert "ten laatste donderdag 12 november om 12:00" in begun.writes(begun.bram, "Wat deed hij?")
    assert "Wat deed hij?" not in begun.reads(begun.anna)
    begun.writes(begun.celine, "Wat zei hij?", "Wat voelde jij?", kinds=("clarifying_question", "probing_question"))
    assert "Deze stap is nu rond" in begun.writes(begun.dirk, "Wanneer lukte het wel?")
    read = begun.reads(begun.anna)
    appeared = [read.index(text) for text in ("Wat deed hij?", "Wat zei hij?", "Wat voelde jij?", "Wanneer lukte")]
    assert appeared == sorted(appeared)
    assert "Céline · verdiepende vraag" in read and "Stap 2b van 5 · Antwoorden" in read


def test_nothing_to_add_is_a_contribution_and_one_can_still_write(begun: Table):
    assert begun.passes(begun.bram).startswith("Genoteerd: niets toe te voegen.")
    begun.passes(begun.bram)
    assert written(begun) == [("pass", "held")]
    begun.writes(begun.bram, "Toch een vraag.")
    assert written(begun) == [("clarifying_question", "held")]
    assert "Je schreef al in deze stap" in begun.passes(begun.bram)


def test_what_one_wrote_can_be_changed_and_taken_back_while_the_step_is_open(begun: Table):
    begun.writes(begun.bram, "Eerste versie.")
    form = begun.opens(begun.bram)
    assert "Eerste versie." in begun.bram.visible_text(form)
    (place,) = [name for name in fields_of(form) if name.startswith("text:own")]
    begun.bram.fills(form, {place: "Tweede versie."})
    begun.sends(begun.bram)
    begun.bram.fills(begun.opens(begun.bram), {place: ""})
    begun.sends(begun.bram)
    assert written(begun) == [("clarifying_question", "withdrawn")]
    with begun.world.bot.services.database.reading() as session:
        assert session.scalars(select(ContributionRow.words).where(ContributionRow.state == "withdrawn")).one() is None
    begun.writes(begun.bram, "Derde versie.")
    begun.passes(begun.celine), begun.passes(begun.dirk)
    read = begun.reads(begun.anna)
    assert "Derde versie." in read and "Tweede versie." not in read and "Eerste versie." not in read


def test_one_writes_no_more_than_the_step_has_room_for(begun: Table):
    begun.writes(begun.bram, "Eén.", "Twee.")
    form = begun.opens(begun.bram)
    begun.bram.presses(form, "Voeg er nog een toe")
    form = shown(begun.bram)
    assert len([name for name in fields_of(form) if name.startswith("text:")]) == 3
    assert "Voeg er nog een toe" not in begun.bram.visible_text(form)
    begun.sends_again(begun.bram, form, {"new": 9})
    begun.bram.fills(form, {"text:new-1:0": "Drie."})
    begun.sends(begun.bram)
    assert written(begun) == [("clarifying_question", "held")] * 3


def test_what_is_typed_stays_when_there_is_more_room(begun: Table):
    form = begun.opens(begun.bram)
    begun.bram.fills(form, {"text:new-1:0": "Het begin.", "kind:new-1": "probing_question"})
    begun.bram.presses(form, "Groter schrijfveld")
    begun.bram.fills(shown(begun.bram), {"text:new-1:1": "Het vervolg."})
    begun.sends(begun.bram)
    begun.passes(begun.celine), begun.passes(begun.dirk)
    read = begun.reads(begun.anna)
    assert "Bram · verdiepende vraag" in read and read.index("Het begin.") < read.index("Het vervolg.")


def test_twelve_thousand_characters_are_kept_and_shown_whole(begun: Table):
    words = [f"woord{number:05}" for number in range(1050)]
    quarters = [" ".join(words[start : start + 262]) for start in range(0, 1048, 262)]
    form = begun.opens(begun.bram)
    for _ in range(3):
        begun.bram.presses(shown(begun.bram), "Groter schrijfveld")
    form = shown(begun.bram)
    assert "Groter schrijfveld" not in begun.bram.visible_text(form)
    begun.bram.fills(form, {f"text:new-1:{number}": text for number, text in enumerate(quarters)})
    begun.sends(begun.bram)
    again = begun.bram.visible_text(begun.opens(begun.bram))
    begun.bram.closes(shown(begun.bram))
    begun.passes(begun.celine), begun.passes(begun.dirk)
    read = begun.reads(begun.anna)
    assert all(word in read and word in again for word in words[:1048])
    answering = begun.anna.visible_text(begun.opens(begun.anna))
    assert all(word in answering for word in words[:1048])


@pytest.mark.parametrize(
    "text", ["🙂", "\u200fשלום\u200e", "<!channel> <@U0BRAM> <https://x.be|hier>", "a\x00b & <b>", "a\n" * 1400]
)
def test_whatever_people_write_is_shown_as_it_is(begun: Table, text: str):
    begun.writes(begun.bram, text)
    begun.passes(begun.celine), begun.passes(begun.dirk)
    sent = str([call.args for call in begun.world.workspace.calls if call.method == "chat.postMessage"])
    assert "<!channel>" not in sent and "> <@U0BRAM>" not in sent and "<https" not in sent
    assert begun.reads(begun.anna).count("a") >= text.count("a")
    begun.answers(begun.anna, {})
    assert not [call for call in begun.world.workspace.calls if call.error]


def test_nothing_to_read_is_said_at_the_field(begun: Table):
    for nothing in ("", "   ", "\u200f \u200e"):
        assert "Niets toe te voegen" in begun.writes(begun.bram, nothing)
        begun.bram.closes(shown(begun.bram))
    assert written(begun) == []


def test_a_form_sent_twice_is_sent_once(begun: Table, caplog: pytest.LogCaptureFixture):
    form = begun.opens(begun.bram)
    begun.bram.fills(form, {"text:new-1:0": "Eén keer."})
    before = replace(form)
    begun.sends(begun.bram)
    begun.sends_again(begun.bram, before)
    assert written(begun) == [("clarifying_question", "held")]
    assert "failed" not in caplog.text


def test_only_who_has_the_floor_writes(begun: Table):
    assert "Nu aan de beurt: " in begun.presses(begun.anna, begun.card(), "Schrijf")
    assert "Nu aan de beurt: " in begun.presses(begun.anna, begun.card(), "Niets toe te voegen")
    place = f"{begun.case}:exploring"
    for action in ("contribution_pressed", "pass_pressed", "next_step_pressed"):
        assert "niet aan meedoet" in begun.forges(begun.world.elif_, action, place)
    assert written(begun) == []


def test_a_step_that_is_not_open_takes_nothing(begun: Table):
    for step in ("introduction", "core", "nergens", ""):
        for action in ("contribution_pressed", "pass_pressed"):
            told = begun.forges(begun.bram, action, f"{begun.case}:{step}")
            assert NOTHING in told or "Nu aan de beurt: " in told, step
    assert written(begun) == []


def test_a_form_with_other_pointers_changes_nothing(begun: Table):
    forged: list[dict[str, Any]] = [
        {"case": "0" * 16},
        {"step": "core"},
        {"step": "nergens"},
        {"form": "x"},
        {"form": None},
        {"room": 7},
        {"new": "veel"},
        {"case": None, "step": None},
        {"case": {"a": 1}},
    ]
    form = begun.opens(begun.bram)
    begun.bram.fills(form, {"text:new-1:0": "Verdwaald."})
    for pointers in forged:
        begun.sends_again(begun.bram, form, pointers)
        assert written(begun) == [], pointers


def test_a_kind_the_step_does_not_have_is_refused(begun: Table):
    form = begun.opens(begun.bram)
    begun.bram.fills(form, {"text:new-1:0": "Doe dit eens."})
    advice = {"value": "advice", "text": {"type": "plain_text", "text": "advies"}}
    form.values["kind:new-1"] = {"value": {"type": "radio_buttons", "selected_option": advice}}
    begun.sends_again(begun.bram, form)
    assert written(begun) == []


def test_nobody_changes_what_another_wrote(begun: Table):
    begun.writes(begun.bram, "Van Bram.")
    with begun.world.bot.services.database.reading() as session:
        of_bram = session.scalars(select(ContributionRow.id).where(ContributionRow.kind != "case_story")).one()
    form = begun.opens(begun.celine)
    for text in ("Overschreven.", ""):
        form.values = {f"text:own-{of_bram}:0": {"value": {"type": "plain_text_input", "value": text}}}
        begun.sends_again(begun.celine, form)
    begun.celine.closes(form)
    begun.passes(begun.celine), begun.passes(begun.dirk)
    assert "Van Bram." in begun.reads(begun.anna) and "Overschreven" not in begun.reads(begun.anna)


def test_another_case_is_another_case(begun: Table):
    first = begun.case
    begun.writes(begun.bram, "In de eerste.")
    begun.world.passes(minutes=1)
    begun.brings(begun.dirk, title="Een andere")
    for person in (begun.world.elif_, begun.celine):
        begun.presses(person, begun.invitation, "Ik denk mee")
    begun.presses(begun.dirk, begun.owners_page(begun.dirk), "case_start_pressed")
    form = begun.opens(begun.celine)
    assert "In de eerste." not in begun.celine.visible_text(form)
    begun.celine.closes(form)
    assert begun.case != first
    assert "niet aan meedoet" in begun.forges(begun.world.elif_, "contribution_pressed", f"{first}:exploring")
    assert "niet aan meedoet" in begun.forges(begun.bram, "contribution_pressed", f"{begun.case}:exploring")
