"""Whose presses are answered: those of our workspace, of its organisation in an Enterprise Grid, and no others."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bot.core import names
from bot.reflection.surfaces import field_id
from playground.model import ApiResponse, Json
from playground.people import Person
from tests.forged_payloads import answer, button, interaction
from tests.reflection.actors import card, question_comes
from tests.world import World

pytestmark = pytest.mark.one_database

OURS, THEIRS, SISTER = "E0COLLEGE", "E0ANDER", "T0SISTER"


@pytest.fixture
def grid(world: World) -> Iterator[World]:
    """Our workspace is one of a college; Gita's home is another one of the same college."""
    question_comes(world)
    really = world.bot.people.own_identity()
    assert really is not None
    world.bot.people.keep_identity(replace(really, enterprise=OURS), world.calendar())
    api = world.workspace.api

    def answered(method: str, args: Json, token: str) -> ApiResponse:
        said = api(method, args, token)
        user = said.body.get("user")
        if method == "users.info" and isinstance(user, dict) and user["team_id"] == SISTER:
            user["enterprise_user"] = {"id": user["id"], "enterprise_id": OURS, "teams": [SISTER]}
        return said

    world.workspace.api = answered  # type: ignore[method-assign]
    yield world
    del world.workspace.api  # type: ignore[method-assign]


@pytest.fixture
def gita(grid: World) -> Person:
    gita = grid.workspace.add_person("Gita", external_team=SISTER)
    grid.anna.invites(grid.circle, gita)
    # Slack calls a channel shared with others only where another organisation is in it.
    grid.circle.is_external = False
    grid.settles()
    return gita


def of_enterprise(payload: Json, who: Person, enterprise: str | None) -> Json:
    team = {"id": who.user.team_id, "domain": "x", "enterprise_id": enterprise, "enterprise_name": "X"}
    user = {"id": who.id, "team_id": who.user.team_id}
    named = {"id": enterprise, "name": "X"} if enterprise else None
    return {**payload, "team": team, "user": user, "enterprise": named}


def press(world: World, who: Person) -> Json:
    elements = (element for block in card(world).blocks for element in block.get("elements", ()))
    value = next(element["value"] for element in elements if element.get("action_id") == names.ANSWER)
    return interaction(world, who, **button(names.ANSWER, value))


def command(world: World, who: Person) -> Json:
    return {
        "command": "/reflectie",
        "text": "",
        "user_id": who.id,
        "team_id": who.user.team_id,
        "channel_id": world.circle.id,
        "trigger_id": world.workspace.triggers.new_trigger_id(who.id),
    }


ASKS: list[Callable[[World, Person], Json]] = [press, command]


def asks(how: Callable[[World, Person], Json], world: World, who: Person, enterprise: str | None) -> Json:
    payload = how(world, who)
    return payload | {"enterprise_id": enterprise} if how is command else of_enterprise(payload, who, enterprise)


@pytest.mark.parametrize("how", ASKS)
def test_somebody_of_our_organisation_whose_home_is_another_workspace_is_answered(
    grid: World, gita: Person, how: Callable[[World, Person], Json]
) -> None:
    answer(grid, asks(how, grid, gita, OURS))
    assert gita.modal is not None and gita.modal.title == "Weekvraag"
    sent = {
        **gita.modal.payload,
        "id": gita.modal.id,
        "state": {"values": {field_id(1): {"value": {"value": "Ik zweeg."}}}},
    }
    form = interaction(grid, gita, type="view_submission", view=sent)
    assert "'response_action': 'update'" in answer(grid, of_enterprise(form, gita, OURS))


@pytest.mark.parametrize("enterprise", [None, THEIRS])
@pytest.mark.parametrize("how", ASKS)
def test_strangers_are_not(
    grid: World, gita: Person, how: Callable[[World, Person], Json], enterprise: str | None
) -> None:
    assert answer(grid, asks(how, grid, gita, enterprise)) == ""
    assert gita.modal is None


def test_outside_a_grid_no_organisation_opens_a_door(world: World) -> None:
    question_comes(world)
    xavier = world.workspace.add_person("Xavier", external_team="T0ANDER")
    world.anna.invites(world.circle, xavier)
    for enterprise in (None, OURS, ""):
        assert answer(world, of_enterprise(press(world, xavier), xavier, enterprise)) == ""
    assert xavier.modal is None


def test_a_stranger_who_names_our_organisation_is_refused_by_our_own_facts(grid: World) -> None:
    xavier = grid.workspace.add_person("Xavier", external_team="T0ANDER")
    grid.anna.invites(grid.circle, xavier)
    # What is not known yet of the channel may not let him in.
    grid.circle.is_external = False
    grid.settles()
    answer(grid, of_enterprise(press(grid, xavier), xavier, OURS))
    assert "Dit is er voor wie lid is van deze Slack-ruimte." in xavier.visible_text(xavier.modal)


def test_an_event_of_a_sister_workspace_is_heard_and_one_of_strangers_is_not(grid: World, gita: Person) -> None:
    event = {"type": "member_left_channel", "user": gita.id, "channel": grid.circle.id, "team": SISTER}
    around = {"type": "event_callback", "event": event, "team_id": SISTER}
    authorized = [{"enterprise_id": OURS, "team_id": grid.workspace.team_id, "user_id": grid.workspace.bot.id}]
    assert answer(grid, {**around, "enterprise_id": THEIRS, "authorizations": authorized}) == ""
    assert b"klankbord_refused_teams_total 1.0" in grid.bot.metrics.render_metrics()
    assert answer(grid, {**around, "enterprise_id": OURS, "authorizations": authorized}) == ""
    assert b"klankbord_refused_teams_total 1.0" in grid.bot.metrics.render_metrics()
