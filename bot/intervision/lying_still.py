"""A case that lies still: its owner wakes it, and the others may say, once, that they are still there."""

from datetime import datetime

from bot.core.notices import Receipt
from bot.core.services import Services
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext, load_for_participant
from bot.intervision.rules.events import GroupSaidStillThere, WakeUp, WokenUp
from bot.intervision.views.lying_still import said_receipt, woken_receipt
from bot.words import Speaker


class StillCases:
    """Cases that lie still."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services, self._changes = services, changes

    def wake_case(self, user: str, case_id: str, how: WakeUp, now: datetime) -> Receipt:
        """The owner goes on, leaves the open step out, or ends the case with what there is. Twice is once."""
        with self._services.database.writing() as session:
            context, member = load_for_participant(self._services, session, case_id, user)
            speaker, lay_still = self._services.speaker_for(context.circle, member), context.case.lies_still_until
            self._changes.apply_events(context, [WokenUp(member.id, how)], now)
            return _came_of_it(speaker, context, how) if lay_still else woken_receipt(speaker, "not_any_more")

    def say_group_is_there(self, user: str, case_id: str, now: datetime) -> Receipt:
        """Somebody says that the group is still there; the owner reads it, and not who said so. Twice is once."""
        with self._services.database.writing() as session:
            context, member = load_for_participant(self._services, session, case_id, user)
            self._changes.apply_events(context, [GroupSaidStillThere(member.id)], now)
            speaker = self._services.speaker_for(context.circle, member)
            return said_receipt(speaker, lies_still=context.case.lies_still_until is not None)


def _came_of_it(speaker: Speaker, context: CaseContext, how: WakeUp) -> Receipt:
    case = context.case
    if how == WakeUp.END and case.lies_still_until:
        return woken_receipt(speaker, "ends_later", context.moment_on_page(speaker, case.lies_still_until))
    until = context.closing_moment(speaker, case.open_steps[0]) if case.open_steps else None
    return woken_receipt(speaker, how.value, until or "")
