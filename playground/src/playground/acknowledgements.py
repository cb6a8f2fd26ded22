"""What follows when the app acknowledges an envelope, and when it does not: resends, and notices to people."""

from __future__ import annotations

from functools import partial

from playground import delivery
from playground.answers import conclude_interaction
from playground.delivery_queue import PendingDelivery
from playground.interaction import PendingInteraction
from playground.model import EnvelopeType, Json
from playground.state import WorkspaceState


def send_interaction(
    workspace: WorkspaceState,
    kind: EnvelopeType,
    payload: Json,
    interaction: PendingInteraction,
    *,
    accepts_response: bool = False,
) -> None:
    """Deliver an interaction once the present change is over, and wait for its acknowledgement."""
    pending = workspace.delivery.add_pending(kind, payload, interaction, accepts_response)
    workspace.run_later(partial(_hand_over_interaction, workspace, pending))


def _hand_over_interaction(workspace: WorkspaceState, pending: PendingDelivery) -> None:
    refused = delivery.hand_over(workspace, pending)
    if refused is not None:
        # No app is connected: the person reads so at once instead of after three seconds.
        settle_envelope(workspace, refused, None, "connection_failed")


def settle_envelope(
    workspace: WorkspaceState, envelope_id: str, answer: Json | str | None, failure: str | None, *, retry: bool = True
) -> None:
    """Note that an envelope was acknowledged or failed; an interaction is over with that."""
    with workspace.changing():
        interaction = workspace.delivery.settle_envelope(envelope_id, failure, retry=retry)
        if interaction is not None:
            conclude_interaction(workspace, interaction, answer, failure)


def resend_due(workspace: WorkspaceState) -> None:
    """Fail interactions that were not answered in three seconds; send events again, three times at most."""
    for pending in workspace.delivery.due_now():
        if pending.interaction is not None:
            workspace.delivery.forget_pending(pending)
            conclude_interaction(workspace, pending.interaction, None, "timeout")
        elif workspace.delivery.schedule_retry(pending):
            workspace.run_later(partial(delivery.hand_over, workspace, pending))
        else:
            workspace.delivery.forget_pending(pending)
