"""The time zone of a circle moves its question, so another one is put to the circle like every other rhythm."""

import pytest

from tests.reflection.actors import cards, next_week
from tests.rhythm.test_rhythm import card, objects, passes, proposes, reads
from tests.rhythm.test_setting_up import CONTACT, form_of
from tests.world import World

pytestmark = pytest.mark.one_database
NEW_YORK = "America/New_York"


def moves(world: World, zone: str = NEW_YORK, **fields: object) -> str:
    """Anna chooses another zone in the set-up form, and sends it; the page she reads then."""
    world.anna.fills(form_of(world, world.anna), {"contact": CONTACT, "timezone": zone, **fields})
    assert world.anna.submits().errors is None
    world.settles()
    return world.anna.visible_text(world.anna.modal) if world.anna.modal else ""


def test_while_nobody_agreed_to_a_rhythm_it_changes_at_once(world: World) -> None:
    world.sets_up()
    assert moves(world) == "", "nothing to say: the greeting is right again"
    passes(world, days=7, hours=3)
    assert cards(world) == []
    passes(world, hours=3)
    assert len(cards(world)) == 1, "on Monday at nine in New York"


def test_later_it_is_a_proposal_and_language_and_contact_are_not(world: World) -> None:
    world.sets_up()
    next_week(world)
    assert "Een andere tijdzone verschuift de weekvraag" in world.anna.visible_text(form_of(world, world.anna))
    world.anna.closes()
    said = moves(world, contact="Griet, 016 11 11 11")
    assert "Het voorstel staat in het kanaal" in said and NEW_YORK in said
    assert "Griet" in world.bram.visible_text(form_of(world, world.bram)), "that holds at once"
    proposal = card(world)
    assert NEW_YORK in world.bram.visible_text(proposal) and "elke maandag om 9:00" in world.bram.visible_text(proposal)
    assert "maandag 23 november om 9:00" in reads(world, world.celine), "until it holds all goes on as it was"
    passes(world, days=4)
    assert "Niemand had bezwaar" in world.bram.visible_text(proposal)
    assert "maandag 23 november om 9:00" in reads(world, world.celine), "on the wall of New York"
    passes(world, days=3, hours=3)
    assert len(cards(world)) == 1, "nine in Leuven has passed"
    passes(world, hours=4)
    assert len(cards(world)) == 2


def test_an_objection_leaves_the_zone_as_it_is(world: World) -> None:
    world.sets_up()
    next_week(world)
    moves(world)
    objects(world, world.bram, card(world))
    passes(world, days=7, hours=1)
    assert len(cards(world)) == 2, "at nine in Leuven"


def test_it_can_go_with_other_days_in_the_form_of_the_rhythm_and_is_not_lost_by_a_later_one(world: World) -> None:
    world.sets_up()
    next_week(world)
    assert proposes(world, timezone=NEW_YORK) is None
    world.anna.closes()
    assert moves(world, "Europe/Brussels") == "", "a zone that is not changed proposes nothing"
    assert proposes(world, clock="10:00") is None
    said = world.bram.visible_text(card(world))
    assert NEW_YORK in said and "om 10:00" in said
