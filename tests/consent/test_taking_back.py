"""An objection and a proposal can be taken back by whoever made it, and the card says what became of it."""

import pytest
from sqlalchemy import select

from bot.core import names
from db.models import Proposal
from playground.model import Message
from playground.people import Person
from tests.forged_payloads import presses
from tests.reflection.actors import cards, next_week
from tests.rhythm.test_rhythm import WORKABLE, card, objects, passes, proposes, reads
from tests.world import World

pytestmark = pytest.mark.one_database
RUNS_ON = "dit voorstel loopt verder"


@pytest.fixture
def proposal(world: World) -> Message:
    """The circle has its rhythm, and Anna proposes another hour."""
    world.sets_up()
    next_week(world)
    assert proposes(world, clock="14:00") is None
    world.anna.closes()
    return card(world)


def takes_objection_back(world: World, person: Person, of: Message) -> None:
    (objection,) = [
        one for one in world.celine.thread(of) if person.visible_text(one).startswith(f"@{person.name} vraagt")
    ]
    person.presses(objection, names.TAKE_BACK_OBJECTION)
    world.settles()


@pytest.mark.both_databases
def test_without_the_only_objection_the_proposal_runs_on_until_its_end(world: World, proposal: Message) -> None:
    objects(world, world.bram, proposal)
    passes(world, days=2)
    takes_objection_back(world, world.bram, proposal)
    said = world.celine.visible_text(proposal)
    assert RUNS_ON in said and "Dit voorstel gaat niet door" not in said
    thread = world.celine.visible_text(world.celine.thread(proposal)[-1])
    assert "@Bram nam het bezwaar terug." in thread and WORKABLE not in thread
    assert "om 9:00" in reads(world, world.celine)
    passes(world, days=2)
    assert "om 14:00" in reads(world, world.celine)
    assert RUNS_ON not in world.celine.visible_text(proposal)


def test_while_somebody_else_objects_it_does_not(world: World, proposal: Message) -> None:
    objects(world, world.bram, proposal)
    objects(world, world.celine, proposal, "Om twee uur heb ik les.")
    takes_objection_back(world, world.bram, proposal)
    assert "Dit voorstel gaat niet door" in world.celine.visible_text(proposal)
    objects(world, world.bram, proposal, "Toch niet.")
    takes_objection_back(world, world.celine, proposal)
    assert "Dit voorstel gaat niet door" in world.celine.visible_text(proposal)
    takes_objection_back(world, world.bram, proposal)
    assert RUNS_ON in world.celine.visible_text(proposal)


def test_after_the_three_days_only_the_words_go(world: World, proposal: Message) -> None:
    objects(world, world.bram, proposal)
    passes(world, days=5)
    takes_objection_back(world, world.bram, proposal)
    assert "pas na de drie dagen ingetrokken" in world.celine.visible_text(proposal)
    passes(world, days=7)
    assert "om 9:00" in reads(world, world.celine)


def test_a_proposal_that_was_taken_back_never_holds_and_another_can(world: World, proposal: Message) -> None:
    world.anna.presses(proposal, names.TAKE_BACK_PROPOSAL)
    world.settles()
    said = world.celine.visible_text(proposal)
    assert "@Anna nam dit voorstel terug" in said and "Ik heb een bezwaar" not in said
    passes(world, days=7)
    assert "om 9:00" in reads(world, world.celine)
    assert proposes(world, clock="10:00") is None
    passes(world, days=7)
    assert "om 10:00" in reads(world, world.celine)


def test_an_amended_proposal_stays_and_an_objection_to_the_earlier_one_changes_nothing(
    world: World, proposal: Message
) -> None:
    objects(world, world.bram, proposal)
    assert proposes(world, clock="10:00") is None
    assert "ander voorstel in de plaats" in world.celine.visible_text(proposal)
    takes_objection_back(world, world.bram, proposal)
    assert "ander voorstel in de plaats" in world.celine.visible_text(proposal)
    passes(world, days=4)
    assert "om 10:00" in reads(world, world.celine)


def test_the_first_rhythm_too(world: World) -> None:
    world.sets_up()
    greeting = card(world)
    objects(world, world.bram, greeting)
    takes_objection_back(world, world.bram, greeting)
    assert RUNS_ON in world.celine.visible_text(greeting)
    next_week(world)
    assert len(cards(world)) == 1, "on the Monday that was promised"


def test_the_first_rhythm_taken_back_brings_no_question(world: World) -> None:
    world.sets_up()
    world.anna.presses(card(world), names.TAKE_BACK_PROPOSAL)
    passes(world, days=8)
    assert cards(world) == [] and "Er is nu geen ritme" in reads(world, world.celine)


def test_only_its_proposer_can_whatever_somebody_sends(world: World, proposal: Message) -> None:
    with world.bot.services.database.reading() as session:
        id = session.scalars(select(Proposal.id).where(Proposal.kind == "rhythm")).one()
    assert "Alleen wie dit voorstel deed" in presses(world, world.bram, names.TAKE_BACK_PROPOSAL, id)
    objects(world, world.bram, proposal)
    assert "niet van jou" in presses(world, world.celine, names.TAKE_BACK_OBJECTION, id)
    assert "Dit voorstel gaat niet door" in world.celine.visible_text(proposal)
    takes_objection_back(world, world.bram, proposal)
    assert "al terug" in presses(world, world.bram, names.TAKE_BACK_OBJECTION, id)
    passes(world, days=5)
    assert "al afgehandeld" in presses(world, world.anna, names.TAKE_BACK_PROPOSAL, id)
    assert "om 14:00" in reads(world, world.celine)
