"""A step with labelled fields: one set is one contribution, read under its labels wherever it appears."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.library.example import ExampleLine
from bot.library.reading import load_library
from db.models import ContributionRow
from demo.form_texts import FormTexts
from tests.intervision.actors import Table, fields_of, shown
from tests.intervision.own_method import around, method, step, text
from tests.world import World

pytestmark = pytest.mark.one_database

BOXES = [
    {"key": "person", "label": text("Bij jou: wat je deed")},
    {"key": "around", "label": text("Rondom jou"), "required": False},
]
APPROACH = [
    {"key": "plan", "label": text("Wat ga je doen?")},
    {"key": "readiness", "label": text("Hoeveel zin heb je erin?"), "scale": 10, "required": False},
]
METHOD = method(
    "vakken",
    step("story", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("factors", who=["peer"], kinds=["appreciation"], fields=BOXES, per_person={"min": 1, "max": 3}),
    step("replies", who=["owner"], kinds=["answer"], about={"steps": ["factors"]}, reveal="immediate"),
    step("approach", who=["owner"], kinds=["commitment"], fields=APPROACH, reveal="immediate"),
)
PERSON, AROUND = "field:new-1:person:0", "field:new-1:around:0"


@pytest.fixture
def boxes(world: World, tmp_path: Path) -> Table:
    """Anna's case, at the step in which her colleagues fill boxes."""
    table = around(world, tmp_path, METHOD)
    table.begins(method="vakken")
    return table


def kept(boxes: Table) -> list[tuple[str, str]]:
    with boxes.world.bot.services.database.reading() as session:
        found = select(ContributionRow).where(ContributionRow.step == "factors").order_by(ContributionRow.number)
        return [(each.kind, each.state) for each in session.scalars(found)]


def test_a_set_is_one_contribution_and_is_read_under_its_labels_everywhere(boxes: Table):
    assert "Bewaard." in boxes.fills(boxes.bram, {"person": "Je bleef stil.", "around": "Een jury die je vertrouwt."})
    assert kept(boxes) == [("appreciation", "held")] and not boxes.anna.sees("Je bleef stil.")
    boxes.fills(boxes.celine, {"person": "Je keek naar de stoelen."})
    boxes.passes(boxes.dirk)
    read = boxes.reads(boxes.dirk)
    assert "Bij jou: wat je deed: Je bleef stil." in read.replace("*", "")
    assert "Rondom jou: Een jury die je vertrouwt." in read.replace("*", "")
    assert read.count("Rondom jou") == 1, "what was left open is not shown"
    form = boxes.opens(boxes.anna)
    assert "Bij jou: wat je deed: Je bleef stil." in boxes.anna.visible_text(form).replace("*", "")
    places = [name for name in fields_of(form) if name.startswith("text:about-")]
    boxes.anna.fills(form, dict(zip(places, ("Dat wist ik niet.", "Dank je."), strict=True)))
    boxes.sends(boxes.anna)
    answered = boxes.reads(boxes.bram).replace("*", "")
    assert answered.index("Dat wist ik niet.") > answered.rindex("Je bleef stil."), "the answer quotes the set"
    boxes.fills(boxes.anna, {"plan": "Ik wacht tien tellen.", "readiness": "7"})
    ending = boxes.reads(boxes.celine).replace("*", "")
    assert ending.count("Wat ga je doen? Ik wacht tien tellen.") == 2, "in its step, and on the last card"
    assert ending.count("Hoeveel zin heb je erin? 7 op 10") == 2
    assert '{"' not in ending and not [call for call in boxes.world.workspace.calls if call.error]


def test_an_empty_set_is_no_contribution_and_a_half_one_asks_for_the_rest_in_plain_words(boxes: Table):
    assert "Niets toe te voegen" in boxes.fills(boxes.bram)
    boxes.bram.closes(shown(boxes.bram))
    assert "dan is je bijdrage rond" in boxes.fills(boxes.bram, {"around": "Een jury."})
    assert kept(boxes) == []
    form = shown(boxes.bram)
    boxes.bram.fills(form, {PERSON: "Je bleef stil."})
    boxes.sends(boxes.bram)
    assert kept(boxes) == [("appreciation", "held")]


def test_a_set_can_be_changed_added_to_and_taken_back(boxes: Table):
    boxes.fills(boxes.bram, {"person": "Je bleef stil.", "around": "Een jury."})
    form = boxes.opens(boxes.bram)
    assert "Je bleef stil." in boxes.bram.visible_text(form) and "Alles leegmaken trekt het in" in str(form.blocks)
    earlier = [name for name in fields_of(form) if name.startswith("field:own-")]
    boxes.bram.fills(form, {earlier[0]: "Je zweeg.", earlier[1]: ""})
    boxes.bram.presses(form, "contribution_one_more_pressed")
    boxes.bram.fills(shown(boxes.bram), {PERSON: "Je lachte."})
    boxes.sends(boxes.bram)
    assert kept(boxes) == [("appreciation", "held")] * 2
    form = boxes.opens(boxes.bram)
    boxes.bram.fills(form, {name: "" for name in fields_of(form) if "own-" in name and "person" in name})
    boxes.sends(boxes.bram)
    assert kept(boxes) == [("appreciation", "withdrawn")] * 2


def test_nothing_of_a_long_set_is_cut(boxes: Table):
    words = " ".join(f"woord{number:04}" for number in range(290))
    more = " ".join(f"vervolg{number:04}" for number in range(240))
    form = boxes.opens(boxes.bram)
    boxes.bram.presses(form, "Groter schrijfveld")
    boxes.bram.fills(shown(boxes.bram), {PERSON: words, "field:new-1:person:1": more, AROUND: words})
    boxes.sends(boxes.bram)
    boxes.passes(boxes.celine), boxes.passes(boxes.dirk)
    read = boxes.reads(boxes.anna)
    assert all(word in read for word in f"{words} {more}".split()) and read.count("woord0289") == 2


def test_a_set_that_comes_after_its_step_is_read_back_by_its_writer(boxes: Table):
    form = boxes.opens(boxes.bram)
    boxes.bram.fills(form, {PERSON: "Je bleef stil."})
    for person in (boxes.celine, boxes.dirk):
        boxes.passes(person)
    boxes.world.passes(days=3)
    boxes.sends(boxes.bram)
    private = boxes.bram.messages(boxes.bram.opens_dm(boxes.world.workspace.bot))[-1]
    assert "Bij jou: wat je deed: Je bleef stil." in boxes.bram.visible_text(private)


def test_fields_that_no_form_of_ours_has_are_refused(boxes: Table):
    form = boxes.opens(boxes.bram)
    for name in ("text:new-1:0", "field:new-1:elsewhere:0", "scale:new-1:person"):
        form.values = {name: {"value": {"type": "plain_text_input", "value": "Verdwaald."}}}
        boxes.sends_again(boxes.bram, form)
    assert kept(boxes) == []


def test_a_message_that_is_taken_up_stands_in_the_first_text_of_the_set(boxes: Table):
    said = boxes.bram.says(boxes.room, "Je bleef stil.", thread=boxes.card())
    boxes.world.settles()
    boxes.bram.shortcut("take_up", said)
    boxes.bram.submits(shown(boxes.bram))
    assert "Je bleef stil." in boxes.bram.visible_text(shown(boxes.bram))


def test_colleagues_in_the_demo_fill_a_set_from_an_example(boxes: Table):
    example = load_library().protocols["tuning"].example
    assert example
    lines = [
        ExampleLine.model_validate({"in": "factors", "by": "Bram", "kind": "appreciation", **said})
        for said in (
            {"fields": {"person": text("Je zweeg."), "around": text("Een jury.")}},
            {"text": text("Je lachte.")},
        )
    ]
    boxes.opens(boxes.bram)
    boxes.bram.presses(shown(boxes.bram), "contribution_one_more_pressed")
    form = shown(boxes.bram)
    boxes.bram.fills(form, dict(FormTexts(example, "nl").contribution_fields(form, lines)))
    boxes.sends(boxes.bram)
    boxes.passes(boxes.celine), boxes.passes(boxes.dirk)
    read = boxes.reads(boxes.anna)
    assert "Bij jou: wat je deed: Je zweeg." in read and "Rondom jou: Een jury." in read and "Je lachte." in read
