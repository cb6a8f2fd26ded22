"""Changing what a case says, until it begins: nobody but its owner read it yet."""

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.core.services import Services
from bot.intervision import announcements
from bot.intervision.context import CaseContext, load_for_participant
from bot.intervision.create import seal_intake
from bot.intervision.intake import IntakeForms, to_intake
from bot.intervision.intake_surfaces import IntakeAnswers
from db.models import Member


class CaseEditing:
    """The words and the theme can change; the method, which people joined for, stays."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._forms = IntakeForms(services)

    def open_edit_form(self, user: str, case_id: str) -> Json:
        """The form with what it says now. Refuses everybody but its owner, and a case that began."""
        with self._services.database.reading() as session:
            context, member = _own(self._services, session, case_id, user, to_read=True)
            return self._forms.page_to_change(context, member)

    def submit_edit_form(self, user: str, case_id: str, asked: IntakeAnswers) -> Json | Receipt:
        """What the form says now counts; what the circle sees of it follows. Returns a receipt, or {"errors": …}.

        An unknown theme changes nothing; in a series the theme is that of its first case.
        """
        with self._services.database.writing() as session:
            context, member = _own(self._services, session, case_id, user)
            speaker, protocol = self._services.speaker_for(context.circle, member), context.case.protocol
            if wrong := self._forms.find_mistakes(asked, protocol):
                return {"errors": {field: speaker.plain(key) for field, key in wrong.items()}}
            context.row.words = seal_intake(self._services, case_id, to_intake(asked, protocol))
            if asked.theme in self._services.library.themes and not context.row.series:
                context.row.theme = asked.theme
            announcements.show_invitation(context)
            announcements.show_owners_page(context)
            return Receipt(speaker.mrkdwn("changing.done"))


def _own(
    services: Services, session: Session, case_id: str, user: str, *, to_read: bool = False
) -> tuple[CaseContext, Member]:
    context, member = load_for_participant(services, session, case_id, user, to_read=to_read)
    if member.id != context.case.owner:
        raise Refusal("case.refused_only_owner")
    if context.case.begun:
        raise Refusal("changing.begun")
    return context, member
