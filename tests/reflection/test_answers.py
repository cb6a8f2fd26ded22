"""Answering in the window: first for oneself, then kept or shared, changed or taken back."""

import pytest

from bot.reflection.surfaces import READERS
from playground.model import Message
from playground.people import Person
from tests.reflection.actors import (
    FIELD,
    FOR_ME,
    FOR_THE_CIRCLE,
    FOR_WHOM,
    SHARE,
    answers,
    card,
    kept,
    next_week,
    opens,
    question_comes,
    sends,
    shares,
    thread,
    writes,
)
from tests.world import World

LONG = "\n".join(f"{number}: wat ik vandaag leerde over luisteren" for number in range(75))


class Presses:
    """Counts what somebody has to do with their hands: each press, each field, each choice."""

    def __init__(self, person: Person) -> None:
        self.person, self.counted = person, 0

    def on_button(self, place: Message, label: str) -> None:
        self.counted += 1
        self.person.presses(place, label)

    def fills(self, field: dict[str, str]) -> None:
        self.counted += 1
        self.person.fills(self.person.modal, field)

    def sends(self) -> None:
        self.counted += 1
        assert self.person.submits().errors is None


@pytest.fixture
def question(world: World) -> Message:
    return question_comes(world)


def test_anna_writes_for_herself_and_reads_in_one_line_that_it_is_kept(world: World, question: Message) -> None:
    answers(world.anna, question, "Ik luisterde te weinig.", FOR_ME)
    assert kept(world) == [("kept", "Ik luisterde te weinig.")]
    line = world.anna.messages(world.circle)[-1]
    assert line.ephemeral_for == world.anna.id
    assert world.anna.visible_text(line) == "Bewaard voor jezelf. Je vindt het terug in je dagboek."
    assert not world.bram.sees("Ik luisterde") and not world.bram.sees("Bewaard voor jezelf")


def test_sharing_takes_four_presses(world: World, question: Message) -> None:
    presses = Presses(world.anna)
    presses.on_button(question, "Antwoord")
    presses.fills({FIELD: "Stilte helpt."})
    presses.fills({FOR_WHOM: FOR_THE_CIRCLE})
    presses.sends()
    world.settles()
    assert world.anna.modal is None and "> Stilte helpt." in thread(world.bram, question)
    assert "Gedeeld in de draad." in world.anna.visible_text(world.anna.messages(world.circle)[-1])
    assert presses.counted <= 4


def test_from_home_the_line_is_in_the_direct_conversation(world: World, question: Message) -> None:
    world.anna.opens_home()
    world.settles()
    world.anna.presses(world.anna.home, "answer_pressed")
    world.anna.fills(world.anna.modal, {FIELD: "Stilte helpt."})
    sends(world.anna, FOR_THE_CIRCLE)
    world.settles()
    (line,) = world.anna.messages(world.anna.opens_dm(world.workspace.bot))
    assert "Gedeeld in de draad." in world.anna.visible_text(line) and "Stilte" not in line.text
    assert not any(one.ephemeral_for for one in world.anna.messages(world.circle))


def test_a_form_that_an_earlier_version_opened_leads_to_the_choice(world: World, question: Message) -> None:
    form = opens(world.anna, question)
    world.anna.fills(form, {FIELD: "Stilte helpt."})
    form.payload["blocks"] = [block for block in form.blocks if block.get("block_id") != READERS]
    del form.values[READERS]
    assert world.anna.submits().errors is None
    assert kept(world) == [("undecided", "Stilte helpt.")]
    world.anna.presses(world.anna.modal, SHARE)
    world.settles()
    assert "> Stilte helpt." in thread(world.bram, question)


def test_bram_keeps_it_for_himself(world: World, question: Message) -> None:
    answers(world.bram, question, "Dit is van mij.")
    world.settles()
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
    answers(world.bram, question, "Dit is van mij.")
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
        world.dirk.presses(world.dirk.modal, "Groter schrijfveld")
        world.dirk.fills(world.dirk.modal, {f"text_{number}": LONG[:3000]})
    sends(world.dirk, FOR_THE_CIRCLE)
    world.settles()
    assert kept(world) == [("shared", "\n\n".join([LONG[:3000]] * 4))]
    assert thread(world.anna, question).count("12: wat ik vandaag leerde") == 4
    assert thread(world.anna, question).count("70: wat ik vandaag leerde") == 4
    world.dirk.presses(opens(world.dirk, question), "Pas aan")
    assert world.dirk.modal is not None
    assert [world.dirk.modal.values[f"text_{number}"]["value"]["value"] for number in (1, 2, 3, 4)] == [LONG[:3000]] * 4


def test_a_shorter_text_needs_fewer_posts(world: World, question: Message) -> None:
    world.dirk.fills(opens(world.dirk, question), {"text_1": LONG[:3000]})
    for number in (2, 3, 4):
        world.dirk.presses(world.dirk.modal, "Groter schrijfveld")
        world.dirk.fills(world.dirk.modal, {f"text_{number}": LONG[:3000]})
    sends(world.dirk, FOR_THE_CIRCLE)
    world.settles()
    assert "(vervolg)" in thread(world.anna, question)
    world.dirk.presses(opens(world.dirk, question), "Pas aan")
    world.dirk.fills(world.dirk.modal, {"text_1": "Kort.", "text_2": "", "text_3": "", "text_4": ""})
    assert world.dirk.submits().errors is None
    world.settles()
    assert thread(world.anna, question).split("\n") == ["@Dirk deelt:", "> Kort."]


@pytest.mark.one_database
def test_the_first_form_asks_the_language_and_the_page_speaks_it(world: World, question: Message) -> None:
    form = opens(world.elif_, question)
    world.elif_.fills(form, {FIELD: "Silence helps.", "In welke taal praat ik met jou?": "English"})
    sends(world.elif_)
    assert "Kept for yourself." in world.elif_.visible_text(world.elif_.messages(world.circle)[-1])
    next_week(world)
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
    assert world.anna.sees("antwoord op de weekvraag, hoe kort ook")
