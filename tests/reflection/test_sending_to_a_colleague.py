"""Sending an answer to one colleague: they read it, nobody else does, and it follows what its writer does."""

import pytest

from bot.reflection.surfaces import READERS
from bot.slack.client import SlackClient
from bot.slack.errors import SlackUncertain
from playground.model import Message, View
from playground.people import Person
from tests.reflection.actors import (
    FIELD,
    FOR_ME,
    FOR_ONE,
    FOR_THE_CIRCLE,
    FOR_WHOM,
    SHARE,
    kept,
    opens,
    question_comes,
    sends,
    thread,
)
from tests.world import World

pytestmark = pytest.mark.one_database

WHOM = "Naar wie?"


@pytest.fixture
def question(world: World) -> Message:
    return question_comes(world)


def sends_to(world: World, writer: Person, question: Message, to: Person, text: str) -> View:
    """Somebody writes for one colleague, and looks at it again: the page with what can be done with it."""
    writer.fills(opens(writer, question), {FIELD: text})
    sends(writer, FOR_ONE, **{WHOM: to.id})
    world.settles()
    return opens(writer, question)


def in_private(world: World, reader: Person) -> str:
    """All that the bot says to this person in private."""
    there = reader.messages(reader.opens_dm(world.workspace.bot))
    return "\n".join(reader.visible_text(one) for one in there)


def test_bram_gets_it_with_annas_name_and_the_question_and_nobody_else_does(world: World, question: Message) -> None:
    page = sends_to(world, world.anna, question, world.bram, "Ik luisterde te weinig.")
    assert "Gestuurd naar @Bram" in world.anna.visible_text(page)
    read = in_private(world, world.bram)
    assert "@Anna stuurt jou een antwoord" in read and "> Ik luisterde te weinig." in read
    asked = question.blocks[1]["text"]["text"]
    assert asked in read and "Schrijf @Anna zelf een bericht" in read
    assert thread(world.celine, question) == "" and not world.celine.sees("Ik luisterde")
    assert kept(world) == [("sent", "Ik luisterde te weinig.")]


def test_a_change_and_taking_it_back_follow_there(world: World, question: Message) -> None:
    world.anna.presses(sends_to(world, world.anna, question, world.bram, "Eerst zo."), "Pas aan")
    world.anna.fills(world.anna.modal, {FIELD: "Toch zo."})
    assert world.anna.submits().errors is None
    world.settles()
    assert "> Toch zo." in in_private(world, world.bram) and "Eerst zo." not in in_private(world, world.bram)
    world.anna.presses(opens(world.anna, question), "Haal terug")
    world.settles()
    assert "Toch zo." not in in_private(world, world.bram)
    assert kept(world) == [("kept", "Toch zo.")]
    world.anna.presses(world.anna.modal, SHARE)
    world.settles()
    assert "> Toch zo." in thread(world.bram, question)


def test_withdrawing_wipes_it_at_the_colleagues_too(world: World, question: Message) -> None:
    world.anna.presses(sends_to(world, world.anna, question, world.bram, "Weg ermee."), "Trek in")
    world.settles()
    assert "Weg ermee." not in in_private(world, world.bram)
    assert kept(world) == [("withdrawn", "")]


def test_a_colleague_who_cannot_be_chosen_is_refused_at_the_field(world: World, question: Message) -> None:
    guest, gust = world.workspace.add_person("Gita", guest=True), world.workspace.add_person("Gust")
    world.anna.invites(world.circle, guest)
    world.settles()
    world.anna.fills(opens(world.anna, question), {FIELD: "Voor wie?", FOR_WHOM: FOR_ONE})
    reasons = {
        world.anna.id: "Dat ben jij zelf",
        guest.id: "gast of een bot",
        gust.id: "Probeer het zo dadelijk nog eens",
        world.workspace.bot.id: "gast of een bot",
    }
    for who, reason in reasons.items():
        world.anna.fills(world.anna.modal, {WHOM: who})
        assert reason in str(world.anna.submits().errors)
        world.settles()
    world.anna.fills(world.anna.modal, {WHOM: gust.id})
    assert "in deze kring zit" in str(world.anna.submits().errors), "looked up meanwhile, and not in the circle"
    assert kept(world) == [] and "Voor wie?" in str(world.anna.modal.values if world.anna.modal else "")


def test_the_page_says_what_each_choice_means_and_prefers_none(world: World, question: Message) -> None:
    form = opens(world.anna, question)
    (choice,) = [block["element"] for block in form.blocks if block.get("block_id") == READERS]
    labels = [option["text"]["text"] for option in choice["options"]]
    assert labels == [FOR_ME, FOR_THE_CIRCLE, FOR_ONE] and "initial_option" not in choice
    assert all(option["description"]["text"] for option in choice["options"])
    world.anna.fills(form, {FIELD: "Ik luisterde te weinig."})
    assert FOR_WHOM in (world.anna.submits().errors or {})


def test_whoever_thinks_better_of_it_is_not_asked_for_a_colleague(world: World, question: Message) -> None:
    world.anna.fills(opens(world.anna, question), {FIELD: "Stilte.", FOR_WHOM: FOR_ONE})
    assert WHOM in world.anna.visible_text(world.anna.modal)
    world.anna.fills(world.anna.modal, {FOR_WHOM: FOR_ME})
    assert WHOM not in world.anna.visible_text(world.anna.modal)
    sends(world.anna, FOR_ME)
    assert kept(world) == [("kept", "Stilte.")]


def test_where_the_field_did_not_come_it_is_asked_when_the_form_is_sent(
    world: World, question: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_answer(*_: object, **__: object) -> None:
        raise SlackUncertain("views.update", "no answer")

    form = opens(world.anna, question)
    with monkeypatch.context() as broken:
        broken.setattr(SlackClient, "update_form", no_answer)
        world.anna.fills(form, {FIELD: "Stilte.", FOR_WHOM: FOR_ONE})
    assert world.anna.submits().errors is None
    assert kept(world) == [] and WHOM in world.anna.visible_text(world.anna.modal)
    sends(world.anna, FOR_ONE, **{WHOM: world.bram.id})
    world.settles()
    assert kept(world) == [("sent", "Stilte.")] and "> Stilte." in in_private(world, world.bram)
