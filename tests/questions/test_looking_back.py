"""When a season is over, the circle is invited to look back on its questions; anybody can accept."""

from datetime import timedelta

import pytest

from tests.forged_payloads import presses
from tests.questions.actors import opens
from tests.reflection.actors import NAMELESSLY, answers, card, cards, next_week, shares, thread
from tests.world import World


@pytest.fixture
def circle(world: World) -> World:
    """A circle with two questions this autumn, on the eve of the third, the last."""
    world.sets_up()
    for _ in range(2):
        next_week(world)
    return world


def invitations(world: World) -> list[str]:
    """The invitations to look back in the channel, as they are read."""
    read = (world.dirk.visible_text(one) for one in world.dirk.messages(world.circle))
    return [text for text in read if "Samen terugblikken" in text]


def test_after_a_season_the_circle_looks_back_if_somebody_accepts(circle: World) -> None:
    next_week(circle)
    assert invitations(circle) == []
    asked = [circle.dirk.visible_text(one).splitlines()[1].split("?")[0] for one in cards(circle)]
    circle.passes(hours=23)
    (invitation,) = invitations(circle)
    assert "Samen terugblikken op herfst 2026?" in invitation and "Er kwamen 3 vragen voorbij." in invitation
    assert "Niets moet." in invitation
    message = circle.bram.messages(circle.circle)[-1]
    circle.bram.presses(message, "looking_back_pressed")
    circle.settles()
    assert len(cards(circle)) == 4
    read = circle.dirk.visible_text(card(circle))
    assert "Terugblik" in read and "wat zie je dat je toen niet zag?" in read
    assert all(question in read for question in asked)
    shares(circle, circle.bram, card(circle), "Dat ik minder haast heb.")
    assert "Dat ik minder haast heb." in thread(circle.dirk, card(circle))


@pytest.mark.one_database
def test_an_invitation_accepted_twice_makes_one_round_and_the_week_goes_on(circle: World) -> None:
    next_week(circle)
    circle.passes(hours=23)
    pointer = "1:2026-autumn"
    for person in (circle.bram, circle.celine):
        presses(circle, person, "looking_back_pressed", pointer)
    assert len(cards(circle)) == 4
    assert "hieronder in het kanaal" in invitations(circle)[0]
    circle.passes(days=7)
    assert len(cards(circle)) == 5 and len(invitations(circle)) == 1


@pytest.mark.one_database
def test_a_moderator_invites_earlier_and_then_the_season_does_not_again(circle: World) -> None:
    circle.anna.presses(opens(circle, circle.anna), "Nodig uit om terug te blikken")
    assert "vanaf 3 vragen" in circle.anna.visible_text(circle.anna.modal)
    next_week(circle)
    assert "Nodig uit om" not in circle.bram.visible_text(opens(circle, circle.bram))
    circle.anna.presses(opens(circle, circle.anna), "Nodig uit om terug te blikken")
    circle.settles()
    circle.passes(days=2)
    assert len(invitations(circle)) == 1


@pytest.mark.one_database
def test_an_invitation_that_was_never_made_cannot_be_accepted(circle: World) -> None:
    for pointer in ("1:2026-autumn", "1:2026-11", "7:2026-autumn", "x", ""):
        assert "bestaat niet meer" in presses(circle, circle.bram, "looking_back_pressed", pointer)
    assert len(cards(circle)) == 2


@pytest.mark.one_database
def test_a_season_of_few_questions_is_left_alone(world: World) -> None:
    world.sets_up()
    next_week(world)
    world.calendar.move(timedelta(days=17))
    world.settles()
    assert invitations(world) == []


@pytest.mark.one_database
def test_it_ends_the_round_before_so_what_waits_there_without_a_name_is_posted(circle: World) -> None:
    for name in ("Farah", "Gust", "Hanne", "Imran", "Joke", "Karel", "Lien"):
        circle.workspace.add_person(name).joins(circle.circle)
    next_week(circle)
    before = card(circle)
    for person, words in ((circle.bram, "Ik twijfel elke week."), (circle.celine, "Ik ook.")):
        answers(person, before, words, NAMELESSLY)
    circle.passes(hours=23)
    assert "Ik ook." not in thread(circle.dirk, before)
    presses(circle, circle.bram, "looking_back_pressed", "1:2026-autumn")
    assert "Ik ook." in thread(circle.dirk, before) and "Ik twijfel elke week." in thread(circle.dirk, before)
