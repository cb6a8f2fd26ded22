"""After three silent rounds the circle is asked how to go on; never a person, and once."""

import pytest

from bot.core import names
from playground.model import Message
from tests.forged_payloads import presses
from tests.reflection.actors import card as question
from tests.reflection.actors import cards, next_week, notice_about_replies, shares, writes
from tests.rhythm.test_rhythm import card, objects, passes
from tests.world import World

pytestmark = pytest.mark.one_database


def weeks(world: World, number: int) -> None:
    """So many questions come, and some hours pass after each."""
    for _ in range(number):
        next_week(world)
        passes(world, hours=3)


def asked(world: World) -> list[Message]:
    """Every time the circle was asked how to go on."""
    return [one for one in world.anna.messages(world.circle) if names.GO_ON in str(one.blocks)]


@pytest.fixture
def silent(world: World) -> Message:
    """Three rounds had nothing in their threads, and a fourth began."""
    world.sets_up()
    weeks(world, 4)
    (card,) = asked(world)
    return card


def test_the_circle_is_asked_once_in_a_silence(world: World, silent: Message) -> None:
    said = world.bram.visible_text(silent)
    assert "Hoe gaan we verder?" in said and "geen verwijt" in said and "@" not in said
    world.bram.presses(silent, names.GO_ON)
    world.settles()
    assert "om zo door te gaan" in world.celine.visible_text(silent)
    assert "al beantwoord" in presses(world, world.celine, names.REST, "1")
    weeks(world, 4)
    assert asked(world) == [] and len(cards(world)) == 8, "not again before anybody replied"
    world.celine.says(world.circle, "Toch nog iets", thread=question(world))
    world.settles()
    weeks(world, 3)
    assert asked(world) == []
    weeks(world, 1)
    assert len(asked(world)) == 1


def test_a_reply_breaks_the_silence_and_an_answer_kept_for_oneself_is_not_counted(world: World) -> None:
    world.sets_up()
    next_week(world)
    shares(world, world.celine, question(world), "Stilte helpt.")
    world.celine.closes()
    weeks(world, 3)
    assert asked(world) == []
    writes(world.bram, question(world), "Enkel voor mij.")
    weeks(world, 1)
    assert len(asked(world)) == 1, "the same whether Bram wrote for himself or not"


def test_a_reply_of_somebody_left_out_breaks_the_silence_and_is_not_kept(world: World) -> None:
    world.sets_up()
    next_week(world)
    world.bram.says(world.circle, "Liever niet", thread=question(world))
    world.settles()
    world.bram.presses(notice_about_replies(world, world.bram), names.LEAVE_ME_OUT)
    weeks(world, 2)
    world.bram.says(world.circle, "Dit ook niet", thread=question(world))
    world.settles()
    weeks(world, 2)
    assert asked(world) == []


def test_any_member_can_propose_a_rest_and_another_can_object(world: World, silent: Message) -> None:
    world.bram.presses(silent, names.REST)
    world.settles()
    assert "Er ligt nu een voorstel" in world.celine.visible_text(silent)
    assert "Een voorstel van @Bram" in world.celine.visible_text(card(world))
    passes(world, days=6)
    before = len(cards(world))
    passes(world, days=14)
    assert len(cards(world)) == before


@pytest.mark.both_databases
def test_any_member_can_propose_another_rhythm_then_and_an_objection_stops_it(world: World, silent: Message) -> None:
    world.bram.presses(silent, names.OTHER_RHYTHM)
    world.bram.fills(world.bram.modal, {"weeks": "2"})
    assert world.bram.submits().errors is None
    world.settles()
    proposal = card(world)
    assert "om de twee weken op maandag" in world.celine.visible_text(proposal)
    assert "De trekkers van deze kring stellen dit in." in presses(world, world.celine, names.OTHER_RHYTHM, "1")
    objects(world, world.celine, proposal)
    assert "Dit voorstel gaat niet door" in world.anna.visible_text(proposal)
    assert "@Bram, @Anna" in world.anna.visible_text(world.anna.thread(proposal)[-1])
