"""Why somebody cannot do something in a case now, in one line that says whose turn it is."""

from bot.core.errors import Refusal
from bot.intervision.context import CaseContext
from bot.intervision.rules.permissions import Action, Reason, may
from bot.intervision.rules.readers import whose_turn
from bot.library.protocol import Step
from bot.words import Mrkdwn
from db.models import Member

_OTHERS_WRITE = (Reason.NOT_YOUR_ROLE, Reason.NOT_YOUR_TURN)


def refusal(context: CaseContext, step: Step, reason: Reason) -> Refusal:
    """The refusal for this reason; where others write here, it names them."""
    people = [context.names[person] for person in whose_turn(context.case, step)]
    if reason in _OTHERS_WRITE and people:
        return Refusal("card.not_yours", people=Mrkdwn(", ".join(people)))
    return Refusal(f"case.refused_{reason.value}")


def require_pass(context: CaseContext, member: Member, step: Step) -> None:
    """Refuses whoever cannot say "nothing to add" in an open step because others write there."""
    reason = may(context.case, member.id, Action.PASS, step.key)
    if reason in _OTHERS_WRITE:
        raise refusal(context, step, reason)
