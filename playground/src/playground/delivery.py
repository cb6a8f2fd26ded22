"""Envelopes on their way to the app."""

from __future__ import annotations

from functools import partial

from playground.delivery_queue import PendingDelivery
from playground.faults.deliveries import send_with_faults
from playground.model import DeliveryRecord, Json
from playground.state import WorkspaceState


def send_event(workspace: WorkspaceState, payload: Json) -> None:
    """Deliver an event once the present change is over, and wait for its acknowledgement.

    Events from before the app's first connection are lost, as with Slack (docs.slack.dev, using Socket Mode).
    """
    if workspace.delivery.was_ever_connected:
        send_with_faults(workspace, payload, partial(_send, workspace))


def _send(workspace: WorkspaceState, payload: Json, is_lost: bool = False) -> None:
    pending = workspace.delivery.add_pending("events_api", payload, None, False)
    if not is_lost:
        workspace.run_later(partial(hand_over, workspace, pending))


def hand_over(workspace: WorkspaceState, pending: PendingDelivery) -> str | None:
    """Give a pending payload to the next sink. Where no app is connected, an event waits for its resend.

    The answer is the envelope id of an interaction that no app was there to take; else None.
    """
    with workspace.changing():
        if pending not in workspace.delivery.waiting:
            return None
        sink = workspace.delivery.next_sink()
        if sink is None and pending.interaction is None:
            return None
        envelope = workspace.delivery.new_envelope(pending)
        if sink is not None:
            workspace.deliveries.append(_record_of(pending))
    if sink is None:
        return envelope.envelope_id
    sink(envelope)
    return None


def _record_of(pending: PendingDelivery) -> DeliveryRecord:
    inner = pending.payload.get("event", pending.payload)
    kind = str(inner.get("command") or inner.get("type") or "")
    return DeliveryRecord(pending.type, kind, inner.get("subtype"), pending.payload, pending.attempt)
