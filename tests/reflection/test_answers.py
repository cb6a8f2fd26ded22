"""Answering in the window: first for oneself, then kept or shared, changed or taken back."""

import pytest

from playground.model import Message
from tests.reflection.actors import (
    FIELD,
    KEEP,
    SHARE,
    card,
    kept,
    next_week,
    opens,
    question_comes,
    shares,
    thread,
    writes,
)
from tests.world import World

LONG = "\n".join(f"{number}: wat ik vandaag leerde over luisteren" for number in range(75))


@pytest.fixture
def question(world: World) -> Message:
    return question_comes(world)


def test_anna_writes_and_her_text_is_hers_before_she_chooses(world: World, question: Message) -> None:
    page = writes(world.anna, question, "Ik luisterde te weinig.")
    text = world.anna.visible_text(page)
    assert "Ik luisterde te weinig." in text and "Alleen jij ziet hem" in text
    assert KEEP in text and SHARE in text
    world.anna.closes()
    assert kept(world) == [("undecided", "Ik luisterde te weinig.")]
    assert not world.bram.sees("Ik luisterde")


def test_bram_keeps_it_for_himself(world: World, question: Message) -> None:
    world.bram.presses(writes(world.bram, question, "Dit is van mij."), KEEP)
    world.settles()
    assert "Bewaard voor jezelf" in world.bram.visible_text(world.bram.modal)
    assert thread(world.anna, question) == "" and not world.anna.sees("Dit is van mij")
    assert kept(world) == [("kept", "Dit is van mij.")]


def test_celine_shares_it_with_her_name(world: World, question: Message) -> None:
    page = shares(world, world.celine, question, "Stilte helpt.")
    assert "Gedeeld in de draad" in world.celine.visible_text(page)
    assert "@Céline deelt:" in thread(world.anna, question)
    assert "Stilte helpt." in thread(world.anna, question)


@pytest.mark.one_database
def test_what_others_are_notified_of_says_nothing(world: World, question: Message) -> None:
    shares(world, world.celine, question, "Stilte helpt.")
    assert "Stilte" not in world.anna.thread(question)[-1].text


def test_a_member_who_answered_before_finds_the_answer_again(world: World, question: Message) -> None:
    world.bram.presses(writes(world.bram, question, "Dit is van mij."), KEEP)
    world.bram.closes()
    assert "Dit is van mij." in world.bram.visible_text(opens(world.bram, question))
    world.bram.closes()
    world.bram.commands(world.circle, "/reflectie")
    assert "Dit is van mij." in world.bram.visible_text(world.bram.modal)


def test_each_person_sees_their_own_window(world: World, question: Message) -> None:
    writes(world.bram, question, "Dit is van mij.")
    assert "Dit is van mij." not in world.anna.visible_text(opens(world.anna, question))


def test_a_shared_answer_changes_in_the_thread_too(world: World, question: Message) -> None:
    page = shares(world, world.celine, question, "Stilte helpt.")
    world.celine.presses(page, "Pas aan")
    assert "Stilte helpt." in world.celine.visible_text(world.celine.modal)
    world.celine.fills(world.celine.modal, {FIELD: "Stilte helpt mij."})
    assert world.celine.submits().errors is None
    world.settles()
    assert thread(world.anna, question).count("Stilte") == 1 and "Stilte helpt mij." in thread(world.anna, question)


def test_a_shared_answer_can_leave_the_thread_and_come_back(world: World, question: Message) -> None:
    page = shares(world, world.celine, question, "Stilte helpt.")
    world.celine.presses(page, "Haal uit de draad")
    world.settles()
    assert thread(world.anna, question) == ""
    assert kept(world) == [("kept", "Stilte helpt.")]
    world.celine.presses(world.celine.modal, SHARE)
    world.settles()
    assert "Stilte helpt." in thread(world.anna, question)


def test_withdrawing_deletes_it_everywhere(world: World, question: Message) -> None:
    page = shares(world, world.celine, question, "Stilte helpt.")
    world.celine.presses(page, "Trek in")
    world.settles()
    assert thread(world.anna, question) == "" and not world.celine.sees("Stilte helpt.")
    assert kept(world) == [("withdrawn", "")]
    world.celine.closes()
    assert FIELD in world.celine.visible_text(opens(world.celine, question))


@pytest.mark.one_database
def test_a_button_asks_before_it_wipes(world: World, question: Message) -> None:
    page = shares(world, world.celine, question, "Stilte helpt.")
    buttons = [button for block in page.blocks if block["type"] == "actions" for button in block["elements"]]
    (withdraw,) = [button for button in buttons if button["text"]["text"] == "Trek in"]
    assert "niet ongedaan maken" in withdraw["confirm"]["text"]["text"]


def test_more_room_keeps_what_was_typed_and_nothing_is_cut(world: World, question: Message) -> None:
    form = opens(world.dirk, question)
    world.dirk.fills(form, {"text_1": LONG[:3000]})
    for number in (2, 3, 4):
        world.dirk.presses(world.dirk.modal, "Meer ruimte")
        world.dirk.fills(world.dirk.modal, {f"text_{number}": LONG[:3000]})
    assert world.dirk.submits().errors is None
    world.dirk.presses(world.dirk.modal, SHARE)
    world.settles()
    assert kept(world) == [("shared", "\n\n".join([LONG[:3000]] * 4))]
    assert thread(world.anna, question).count("12: wat ik vandaag leerde") == 4
    assert thread(world.anna, question).count("70: wat ik vandaag leerde") == 4
    world.dirk.presses(world.dirk.modal, "Pas aan")
    assert world.dirk.modal is not None
    assert [world.dirk.modal.values[f"text_{number}"]["value"]["value"] for number in (1, 2, 3, 4)] == [LONG[:3000]] * 4


def test_a_shorter_text_needs_fewer_posts(world: World, question: Message) -> None:
    world.dirk.fills(opens(world.dirk, question), {"text_1": LONG[:3000]})
    for number in (2, 3, 4):
        world.dirk.presses(world.dirk.modal, "Meer ruimte")
        world.dirk.fills(world.dirk.modal, {f"text_{number}": LONG[:3000]})
    world.dirk.submits()
    world.dirk.presses(world.dirk.modal, SHARE)
    world.settles()
    assert "(vervolg)" in thread(world.anna, question)
    world.dirk.presses(world.dirk.modal, "Pas aan")
    world.dirk.fills(world.dirk.modal, {"text_1": "Kort.", "text_2": "", "text_3": "", "text_4": ""})
    assert world.dirk.submits().errors is None
    world.settles()
    assert thread(world.anna, question).split("\n") == ["@Dirk deelt:", "> Kort."]


@pytest.mark.one_database
def test_the_first_form_asks_the_language_and_the_page_speaks_it(world: World, question: Message) -> None:
    form = opens(world.elif_, question)
    world.elif_.fills(form, {FIELD: "Silence helps.", "In welke taal praat ik met jou?": "English"})
    assert world.elif_.submits().errors is None
    assert "Only you see it" in world.elif_.visible_text(world.elif_.modal)
    next_week(world)
    world.elif_.closes()
    assert "In which language" not in world.elif_.visible_text(opens(world.elif_, card(world)))


@pytest.mark.one_database
def test_reflect_before_the_first_question_says_when_it_comes(world: World) -> None:
    world.sets_up()
    world.anna.commands(world.circle, "/reflect")
    assert "De eerste komt op maandag 16 november om 9:00" in world.anna.visible_text(world.anna.modal)


@pytest.mark.parametrize("command", ["/reflectie", "/reflect", "/reflexion"])
@pytest.mark.one_database
def test_reflect_explains_itself(world: World, command: str) -> None:
    world.sets_up()
    world.anna.commands(world.circle, command, "help")
    assert world.anna.sees("elke week één vraag om bij stil te staan")
