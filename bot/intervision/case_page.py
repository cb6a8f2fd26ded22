"""What somebody may do with a case before it starts or after it ended, on a page of their own."""

from bot.core.parts import Json
from bot.core.services import Service
from bot.intervision.context import load_for_participant
from bot.intervision.create import read_intake
from bot.intervision.reading import readable_by
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.permissions import Action, may
from bot.intervision.views.case_page import CasePage, case_page


class CasePages(Service):
    """The page behind *Meer…* of an invitation's owner and of the last card."""

    def open_case_page(self, user: str, case_id: str) -> Json:
        """What this person may do now. Refuses whoever is not in the case."""
        with self._services.database.reading() as session:
            context, member = load_for_participant(self._services, session, case_id, user, to_read=True)
            case, row, zone = context.case, context.row, context.circle.timezone
            speaker = self._services.speaker_for(context.circle, member)
            owns, inviting = member.id == row.owner_id, case.state == CaseState.INVITING
            page = CasePage(
                case=case_id,
                title="" if inviting and not owns else read_intake(context).title,
                kept_until=speaker.day(row.forget_at, zone) if row.forget_at else "",
                can_read=bool(readable_by(context, member)),
                can_choose=may(case, member.id, Action.START) is None,
                can_change=owns and not case.begun,
                can_call_off=owns and inviting,
                can_wipe=owns and case.over and row.forget_at is not None,
                is_called_off=owns and case.over and row.started_at is None,
                of_two=context.is_pair,
                in_series=context.parallel_cases > 0,
            )
            return case_page(speaker, page)
