"""One event on its way to the app, with what strikes it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial

from playground.faults.kinds import EVENTS, MOMENTS, Fault
from playground.faults.plan import Struck
from playground.model import Json
from playground.state import WorkspaceState

# Delivers a payload; lost: it was on a line that broke, and comes when Slack sends it again.
Sends = Callable[[Json, bool], None]


def send_with_faults(workspace: WorkspaceState, payload: Json, sends: Sends) -> None:
    """Send an event; never, twice, late or changed, as the faults want it."""
    faults, event = workspace.faults, payload["event"]
    overtaken, is_lost = faults.overtaken(), False
    struck = faults.meet(_names(event), _channel_of(workspace, event), lambda kind: _is_apt(kind, event))
    for one in struck:
        if one.kind in MOMENTS:
            # It would be strange if a channel were archived in the middle of something said there.
            workspace.run_later(partial(faults.happens, one))
            is_lost = is_lost or one.kind is Fault.SOCKET_CLOSED
    if struck:
        workspace.affects(None)
    found = next((one for one in struck if one.kind in EVENTS), None)
    if found is None:
        sends(payload, is_lost)
    else:
        _SENDING[found.kind](workspace, payload, lambda changed: sends(changed, is_lost), found)
    for step in overtaken:
        step()


def _names(event: Json) -> tuple[str, ...]:
    """An event is called by its type; one of a message by its subtype too."""
    return (str(event["type"]), str(event["subtype"])) if event.get("subtype") else (str(event["type"]),)


def _channel_of(workspace: WorkspaceState, event: Json) -> tuple[str, ...]:
    given = event.get("channel") or event.get("channel_id") or event.get("item", {}).get("channel")
    place = str(given.get("id", "")) if isinstance(given, dict) else str(given or "")
    found = workspace.channels.get(place)
    return (place, found.name) if found else (place,) if place else ()


def _is_apt(kind: Fault, event: Json) -> bool:
    if kind is Fault.LINK_PREVIEW:
        return event["type"] == "message" and not event.get("subtype") and not event.get("bot_id")
    return kind in EVENTS


SendsWhole = Callable[[Json], None]


def _twice(workspace: WorkspaceState, payload: Json, sends: SendsWhole, struck: Struck) -> None:
    sends(payload)
    again = copy.deepcopy(payload) | {"event_id": workspace.ids.new_id("Ev")}
    if struck.rule.how_long:
        workspace.faults.comes_late(struck.rule.how_long, partial(sends, again))
    else:
        sends(again)


def _late(workspace: WorkspaceState, payload: Json, sends: SendsWhole, struck: Struck) -> None:
    workspace.faults.comes_late(struck.rule.how_long, partial(sends, copy.deepcopy(payload)))


def _out_of_order(workspace: WorkspaceState, payload: Json, sends: SendsWhole, struck: Struck) -> None:
    workspace.faults.is_overtaken(struck.rule.how_long, partial(sends, copy.deepcopy(payload)))


def _odd(workspace: WorkspaceState, payload: Json, sends: SendsWhole, struck: Struck) -> None:
    """A field of the event, or of the message in it, is missing, null or something else; which one is chance."""
    odd = copy.deepcopy(payload)
    places = [(odd["event"], key) for key in sorted(odd["event"]) if key not in ("type", "subtype")]
    if isinstance(odd["event"].get("message"), dict):
        places += [(odd["event"]["message"], key) for key in sorted(odd["event"]["message"])]
    number = int(struck.luck * 3 * len(places))
    inside, key = places[number // 3]
    if number % 3:
        inside[key] = None if number % 3 == 1 else {"odd": ["as nobody expects"]}
    else:
        del inside[key]
    sends(odd)


def _with_preview(workspace: WorkspaceState, payload: Json, sends: SendsWhole, struck: Struck) -> None:
    sends(payload)
    happens = partial(workspace.faults.happening, Fault.LINK_PREVIEW, struck.channel, str(payload["event"]["ts"]))
    workspace.run_later(happens)


_SENDING: dict[Fault, Callable[[WorkspaceState, Json, SendsWhole, Struck], None]] = {
    Fault.DROPPED: lambda *_: None,
    Fault.TWICE: _twice,
    Fault.LATE: _late,
    Fault.OUT_OF_ORDER: _out_of_order,
    Fault.ODD_FIELDS: _odd,
    Fault.LINK_PREVIEW: _with_preview,
}
