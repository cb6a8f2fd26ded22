"""What one person sees of the faults of the workspace, as JSON for the page."""

from __future__ import annotations

from playground.faults import FaultRule, Struck
from playground.faults.offered import DOINGS
from playground.model import Json
from playground.people import Person
from playground.workspace import PracticeWorkspace

MOST_SHOWN = 8


def faults_json(workspace: PracticeWorkspace, person: Person) -> Json:
    """What is on now, and what struck lately, newest first; without the names of channels this person does not see."""
    faults = workspace.faults
    lately = faults.happened[-MOST_SHOWN:]
    return {
        "on": [_rule_json(workspace, person, rule) for rule in faults.rules],
        "happened": [_struck_json(workspace, person, one) for one in reversed(lately)],
        "count": len(faults.happened),
    }


def _rule_json(workspace: PracticeWorkspace, person: Person, rule: FaultRule) -> Json:
    doing = next((name for name, methods in DOINGS.items() if methods == rule.methods), "")
    return {
        "kind": rule.kind.name,
        "doing": doing if rule.methods else "",
        "places": [_place(workspace, person, channel) for channel in rule.channels],
        "person": workspace.name_of(rule.value) if rule.value in workspace.users else "",
        "once": rule.times == 1,
    }


def _struck_json(workspace: PracticeWorkspace, person: Person, struck: Struck) -> Json:
    whose = workspace.name_of(struck.rule.value) if struck.rule.value in workspace.users else ""
    place, ago = _place(workspace, person, struck.channel), (workspace.elapsed() - struck.at).total_seconds()
    return {
        "kind": struck.kind.name,
        "what": struck.what,
        "place": place,
        "person": whose,
        "ago": max(0, int(ago)),
    }


def _place(workspace: PracticeWorkspace, person: Person, channel: str) -> str:
    """The name of a channel; "" for a direct conversation, one that is gone, and one this person does not see."""
    found = workspace.channels.get(channel)
    if found is None or found.is_direct:
        return ""
    return found.name if not found.is_private or person.id in found.members else ""
