"""Members who ask to be invited are, at their own hour; the others never hear of it."""

import pytest

from bot.core.calendar import Calendar
from tests.forged_payloads import submits
from tests.reflection.actors import card, days_go_by, next_week, question_comes, shares
from tests.reflection.invited import asks, hour_comes, invitations, opens
from tests.world import World

INVITED = "Zin om er even bij stil te staan?"


@pytest.fixture
def monday(world: World) -> World:
    """The circle is set up; its first question comes in a week, on Monday at 9:00."""
    world.sets_up()
    return world


def test_an_invitation_comes_at_their_own_hour_once_a_question_and_to_nobody_else(monday: World):
    assert "12:30" in asks(monday, monday.bram)
    next_week(monday)
    hour_comes(monday, 12, 0)
    assert invitations(monday, monday.bram) == []
    hour_comes(monday, 12, 30)
    (invited,) = invitations(monday, monday.bram)
    assert INVITED in monday.bram.visible_text(invited) and "omdat je het vroeg" in monday.bram.visible_text(invited)
    monday.passes(days=2)
    assert len(invitations(monday, monday.bram)) == 1
    assert not any(invitations(monday, one) for one in (monday.anna, monday.celine))
    monday.bram.presses(invited, "Antwoord")
    assert monday.bram.modal is not None


@pytest.mark.one_database
def test_a_member_who_answered_is_not_invited(monday: World):
    asks(monday, monday.bram)
    next_week(monday)
    shares(monday, monday.bram, card(monday), "Stilte helpt.")
    monday.bram.closes()
    hour_comes(monday, 12, 30)
    assert invitations(monday, monday.bram) == []


@pytest.mark.one_database
def test_somebody_elsewhere_is_invited_in_their_own_time_zone(monday: World):
    asks(monday, monday.bram, "08:00", "America/New_York")
    next_week(monday)
    hour_comes(monday, 13, 55)
    assert invitations(monday, monday.bram) == []
    hour_comes(monday, 14, 0)
    assert len(invitations(monday, monday.bram)) == 1


@pytest.mark.one_database
def test_nobody_is_invited_in_the_weekend_but_on_monday(world: World):
    question_comes(world)
    days_go_by(world, 4.5)
    asks(world, world.bram, "08:00")
    world.passes(days=2)
    assert Calendar().local(world.calendar()).weekday() == 6 and invitations(world, world.bram) == []
    world.passes(hours=12)
    assert len(invitations(world, world.bram)) == 1


@pytest.mark.one_database
def test_the_message_itself_pauses_and_stops(monday: World):
    asks(monday, monday.bram)
    next_week(monday)
    hour_comes(monday, 12, 30)
    (message,) = invitations(monday, monday.bram)
    for button, said in (("Pauzeer", "op pauze"), ("Nodig me weer uit", "weer uitnodigingen")):
        monday.bram.presses(message, button)
        monday.settles()
        assert said in monday.bram.visible_text(message)
    next_week(monday)
    monday.passes(days=1)
    (message,) = invitations(monday, monday.bram)
    monday.bram.presses(message, "Stop uitnodigingen")
    monday.settles()
    assert "geen uitnodigingen meer" in monday.bram.visible_text(message)
    next_week(monday)
    monday.passes(days=1)
    assert invitations(monday, monday.bram) == []


@pytest.mark.one_database
def test_invitations_paused_in_home_can_be_resumed(monday: World):
    asks(monday, monday.bram)
    opens(monday, monday.bram)
    monday.bram.presses(monday.bram.modal, "Pauzeer")
    assert "op pauze" in monday.bram.visible_text(monday.bram.modal)
    next_week(monday)
    hour_comes(monday, 12, 30)
    assert invitations(monday, monday.bram) == []
    monday.bram.presses(monday.bram.modal, "Nodig me weer uit")
    hour_comes(monday, 13)
    monday.passes(days=1)
    assert len(invitations(monday, monday.bram)) == 1
    monday.bram.presses(monday.bram.modal, "Stop uitnodigingen")
    assert "Pauzeer" not in monday.bram.visible_text(monday.bram.modal)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("block", "value"),
    [
        ("clock", {"type": "timepicker", "selected_time": "25:99"}),
        ("timezone", {"type": "static_select", "selected_option": {"value": "Mars/Phobos"}}),
    ],
)
def test_an_invalid_hour_or_time_zone_is_refused(monday: World, block: str, value: dict[str, object]):
    opens(monday, monday.bram)
    assert monday.bram.modal is not None
    assert "errors" in submits(monday, monday.bram, monday.bram.modal, **{block: {"value": value}})
