"""What happens when the app stays silent: events go out again, people are told about the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground import answers, delivery

if TYPE_CHECKING:
    from playground.workspace import Workspace


def resend_due(workspace: Workspace) -> None:
    """Fail interactions that were not answered in three seconds; send events again, three times at most."""
    for pending in workspace.delivery.due():
        if pending.interaction is not None:
            workspace.delivery.forget(pending)
            answers.conclude(workspace, pending.interaction, None, "timeout")
        elif workspace.delivery.schedule_retry(pending):
            workspace.later(partial(delivery.hand_over, workspace, pending))
        else:
            workspace.delivery.forget(pending)
