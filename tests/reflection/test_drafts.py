"""A draft waits for its writer, in the form and in Home, until it is finished."""

import pytest

from bot.slack.client import SlackClient
from bot.slack.errors import SlackUncertain
from playground.model import Message
from tests.reflection.actors import (
    FIELD,
    FOR_THE_CIRCLE,
    card,
    cards,
    kept,
    next_week,
    opens,
    question_comes,
    sends,
    thread,
)
from tests.world import World

pytestmark = pytest.mark.one_database

DRAFT = "Bewaar als concept"


@pytest.fixture
def question(world: World) -> Message:
    return question_comes(world)


def begins(world: World, question: Message, text: str) -> None:
    """Anna begins to write, and puts it aside."""
    world.anna.fills(opens(world.anna, question), {FIELD: text})
    world.anna.presses(world.anna.modal, DRAFT)
    world.settles()


def test_a_draft_is_in_the_form_when_its_writer_comes_back(world: World, question: Message) -> None:
    begins(world, question, "Een begin")
    assert "Bewaard als concept" in world.anna.visible_text(world.anna.modal)
    world.anna.closes()
    assert kept(world) == [("draft", "Een begin")]
    form = opens(world.anna, question)
    assert form.values["text_1"]["value"]["value"] == "Een begin"
    world.anna.fills(form, {FIELD: "Een begin en een einde."})
    sends(world.anna, FOR_THE_CIRCLE)
    world.settles()
    assert "> Een begin en een einde." in thread(world.bram, question)
    assert kept(world) == [("shared", "Een begin en een einde.")]


def test_home_shows_a_draft_until_it_is_finished_even_after_the_next_question(world: World, question: Message) -> None:
    begins(world, question, "Een begin")
    world.anna.closes()
    next_week(world)
    world.anna.opens_home()
    world.settles()
    assert "Je concept voor een eerdere weekvraag" in world.anna.visible_text(world.anna.home)
    assert "Een begin" not in world.anna.visible_text(world.anna.home)
    world.anna.presses(world.anna.home, "Schrijf verder")
    sends(world.anna)
    world.settles()
    assert "Je concept" not in world.anna.visible_text(world.anna.home)


def test_a_draft_saved_twice_and_then_deleted(world: World, question: Message) -> None:
    begins(world, question, "Een begin")
    begins(world, question, "Een ander begin")
    assert kept(world) == [("draft", "Een ander begin")]
    world.anna.presses(world.anna.modal, "Gooi weg")
    assert kept(world) == [("withdrawn", "")]


def test_a_form_saved_as_a_draft_and_then_sent_keeps_what_was_sent(
    world: World, question: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_answer(*_: object, **__: object) -> None:
        raise SlackUncertain("views.update", "no answer")

    form = opens(world.anna, question)
    world.anna.fills(form, {FIELD: "Een begin"})
    monkeypatch.setattr(SlackClient, "update_form", no_answer)
    world.anna.presses(form, DRAFT)
    world.anna.fills(form, {FIELD: "Een begin en een einde."})
    sends(world.anna)
    assert kept(world) == [("kept", "Een begin en een einde.")]


def test_a_shared_answer_cannot_become_a_draft(world: World, question: Message) -> None:
    begins(world, question, "Een begin")
    world.anna.presses(world.anna.modal, "Schrijf verder")
    sends(world.anna, FOR_THE_CIRCLE)
    world.anna.presses(opens(world.anna, question), "Pas aan")
    assert DRAFT not in world.anna.visible_text(world.anna.modal)


def test_a_blank_draft_is_refused(world: World, question: Message) -> None:
    world.anna.presses(opens(world.anna, question), DRAFT)
    assert "nog niets te lezen" in world.anna.visible_text(world.anna.modal)
    assert kept(world) == []


def test_an_answer_belongs_to_the_round_of_its_question_however_late(world: World, question: Message) -> None:
    for _ in range(3):
        next_week(world)
    world.bram.fills(opens(world.bram, cards(world)[0]), {FIELD: "Het bleef hangen."})
    sends(world.bram, FOR_THE_CIRCLE)
    world.settles()
    assert "> Het bleef hangen." in thread(world.anna, cards(world)[0])
    assert thread(world.anna, card(world)) == ""
