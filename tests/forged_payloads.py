"""Forged payloads, as somebody with a script could send them."""

import json
from typing import Any

from slack_bolt import BoltRequest

from playground.model import Json, View
from playground.people import Person
from tests.world import World


def interaction(world: World, who: Person, **more: Any) -> Json:
    """The payload of an interaction, as far as the bot reads it."""
    team = world.workspace.team_id
    return {
        "type": "block_actions",
        "team": {"id": team},
        "user": {"id": who.id, "team_id": team},
        "trigger_id": world.workspace.triggers.new_trigger_id(who.id),
        "channel": {"id": world.circle.id},
        **more,
    }


def button(action: str, value: object = "") -> Json:
    """The part of a payload for a pressed button."""
    return {"actions": [{"type": "button", "action_id": action, "value": value, "block_id": "b", "action_ts": "1.2"}]}


def presses(world: World, who: Person, action: str, value: object = "", **more: Any) -> str:
    """Press a button that was never shown; returns what the person reads then."""
    return sends(world, who, interaction(world, who, **button(action, value), **more))


def submits(world: World, who: Person, form: View, pointers: Json | None = None, **values: Json) -> str:
    """Send a form with forged values or pointers; returns the bot's answer."""
    view = {**form.payload, "id": form.id, "state": {"values": {**form.values, **values}}}
    if pointers is not None:
        view["private_metadata"] = json.dumps(pointers)
    return answer(world, interaction(world, who, type="view_submission", view=view))


def answer(world: World, payload: Json, expected: int = 200) -> str:
    """The direct answer of the bot to a payload."""
    response = world.app.dispatch(BoltRequest(mode="socket_mode", body=payload))
    world.settles()
    assert response.status == expected
    return str(json.loads(response.body)) if response.body else ""


def sends(world: World, who: Person, payload: Json) -> str:
    """Send a payload; returns what the person reads then, on a page that opened."""
    world.workspace.sends_forged(payload, by=who)
    world.settles()
    return who.visible_text(who.modal) if who.modal else ""
