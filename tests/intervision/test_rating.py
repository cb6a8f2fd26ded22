"""The owner says what the questions do: cold, lukewarm or warm, without names; the warm ones are answered first."""

from pathlib import Path

import pytest

from playground.people import Person
from tests.intervision.actors import Table, shown
from tests.intervision.own_method import around, method, step
from tests.world import World

pytestmark = pytest.mark.one_database

METHOD = method(
    "warm",
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("vragen", who=["peer"], kinds=["clarifying_question"], per_person={"min": 1, "max": 2}),
    step("warmte", who=["owner"], kinds=["rating"], about={"steps": ["vragen"]}),
    step("antwoorden", who=["owner"], kinds=["answer"], about={"steps": ["vragen"]}, reveal="immediate"),
    step("warme", who=["owner"], kinds=["reaction"], about={"steps": ["vragen"], "rated": ["warm"]}),
    step("plan", who=["owner"], kinds=["commitment"], reveal="immediate"),
)
COLD, TOUCHING, MILD = "Hoe laat was het?", "Wat hield je tegen?", "Wie was erbij?"


@pytest.fixture
def warm(world: World, tmp_path: Path) -> Table:
    """Anna's case, where three questions were asked."""
    table = around(world, tmp_path, METHOD)
    table.lives_through(_asks_three_questions)
    return table


def _asks_three_questions(table: Table) -> None:
    table.begins(table.bram, table.celine, method="warm")
    table.writes(table.bram, COLD, TOUCHING)
    table.writes(table.celine, MILD)


def rates(table: Table, person: Person, **ratings: str) -> str:
    """Choose how warm each question is; what the page after it says."""
    form, questions = table.opens(person), {"cold": COLD, "touching": TOUCHING, "mild": MILD}
    question = ""
    for block in form.blocks:
        if block["type"] == "section":
            question = block["text"]["text"]
        for name, rating in ratings.items():
            if block.get("block_id", "").startswith("rate:") and question == questions[name]:
                person.fills(form, {block["block_id"]: rating})
    return table.sends(person)


def late_at_night(warm: Table) -> None:
    """Nothing closes before the morning."""
    warm.world.until(warm.world.calendar().replace(hour=21, minute=30))


def test_the_owner_rates_questions_and_not_people(warm: Table):
    form = warm.opens(warm.anna)
    read = warm.anna.visible_text(form)
    assert all(question in read for question in (COLD, TOUCHING, MILD)) and "warm: raakt me" in read
    assert "Bram" not in read and "Céline" not in read


def test_nobody_sees_a_rating_before_all_are_given_and_then_they_appear_as_a_set(warm: Table):
    late_at_night(warm)
    rates(warm, warm.anna, cold="cold")
    assert "koud: brengt" not in warm.reads(warm.bram)
    rates(warm, warm.anna, touching="warm", mild="lukewarm")
    warm.world.passes(hours=12)
    told = warm.reads(warm.bram)
    set_of_ratings = told[told.index("Zo komen de vragen binnen") :]
    places = [set_of_ratings.index(each) for each in ("warm: raakt me", TOUCHING, "lauw:", MILD, "koud:", COLD)]
    assert places == sorted(places)


def test_a_rating_can_be_changed_until_the_step_closes(warm: Table):
    late_at_night(warm)
    rates(warm, warm.anna, cold="warm", touching="warm")
    rates(warm, warm.anna, cold="cold", mild="cold")
    warm.world.passes(hours=12)
    told = warm.reads(warm.celine)
    assert told.index("warm: raakt me") < told.index("koud: brengt") and "lauw:" not in told


def test_an_empty_form_says_what_to_do(warm: Table):
    assert "Kies bij een vraag warm, lauw of koud" in rates(warm, warm.anna)


def test_the_warm_questions_come_first_and_can_be_answered_one_at_a_time(warm: Table):
    rates(warm, warm.anna, cold="cold", touching="warm", mild="lukewarm")
    read = warm.anna.visible_text(warm.opens(warm.anna))
    places = [read.index(each) for each in (TOUCHING, MILD, COLD)]
    assert places == sorted(places)
    warm.anna.closes(shown(warm.anna))
    late_at_night(warm)
    warm.answers(warm.anna, {TOUCHING: "Ik was bang dat ze zou weglopen."})
    warm.answers(warm.anna, {MILD: "Alleen wij twee.", COLD: "Na de les."})
    told = warm.reads(warm.bram)
    assert told.index("Ik was bang") < told.index("Alleen wij twee.") < told.index("Na de les.")


def test_a_step_about_the_warm_ones_shows_only_those(warm: Table):
    rates(warm, warm.anna, cold="cold", touching="warm", mild="lukewarm")
    warm.answers(warm.anna, {TOUCHING: "Bang.", MILD: "Wij.", COLD: "Laat."})
    read = warm.anna.visible_text(warm.opens(warm.anna))
    assert TOUCHING in read and MILD not in read and COLD not in read


def test_only_the_owner_rates_also_with_a_forged_form(warm: Table):
    told = warm.presses(warm.bram, warm.card("Warmte"), "contribution_pressed")
    assert "Nu aan de beurt: " in told
    form = warm.opens(warm.anna)
    place = next(block["block_id"] for block in form.blocks if block.get("block_id", "").startswith("rate:"))
    form.values[place] = {"value": {"type": "plain_text_input", "value": "heel warm"}}
    warm.anna.closes(form)
    warm.sends_again(warm.anna, form)
    assert "Stap 3" in warm.card().text
    rates(warm, warm.anna, cold="cold", touching="warm", mild="lukewarm")
    assert warm.reads(warm.bram).count("raakt me") == 2


def test_a_message_is_not_offered_as_a_rating(warm: Table):
    said = warm.anna.says(warm.room, "Die tweede raakt me.", thread=warm.card())
    warm.world.settles()
    warm.anna.shortcut("take_up", said)
    assert "kan ik hier nu niets doen" in warm.anna.visible_text(shown(warm.anna))
