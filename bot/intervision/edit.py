"""Changing what a case tells, until it begins: nobody but its owner read it yet."""

from sqlalchemy.orm import Session

from bot.core import notices
from bot.core.blocks import Json
from bot.core.errors import Refusal
from bot.core.services import Services
from bot.intervision import context as dossiers
from bot.intervision.context import CaseContext, seal_intake
from bot.intervision.intake import IntakeAnswers, IntakeForms, to_intake
from bot.intervision.presenter import CasePresenter
from db.models import Member


class CaseEditing:
    """The words and the theme can change; the method, which people joined for, stays."""

    def __init__(self, desk: Services) -> None:
        self._desk = desk
        self._stage = CasePresenter(desk)
        self._forms = IntakeForms(desk)

    def open_edit_form(self, user: str, case_id: str) -> Json:
        """The form with what stands there now. Refuses who did not bring it, and a case that began."""
        with self._desk.database.reading() as session:
            dossier, member = _own(session, case_id, user, to_read=True)
            return self._forms.page_to_change(dossier, member, {"case": case_id})

    def submit_edit_form(self, user: str, case_id: str, asked: IntakeAnswers) -> Json:
        """What the form says now counts; what the circle sees of it follows. Returns the next page, or {"errors": …}.

        A theme that is none changes nothing; in a series it is that of whoever began it.
        """
        with self._desk.database.writing() as session:
            dossier, member = _own(session, case_id, user)
            say, protocol = self._desk.speaker_for(dossier.circle, member), dossier.case.protocol
            if wrong := self._forms.find_mistakes(asked, protocol):
                return {"errors": {field: say.plain(key) for field, key in wrong.items()}}
            dossier.row.words = seal_intake(self._desk, case_id, to_intake(asked, protocol))
            if asked.theme in self._desk.library.themes and not dossier.row.series:
                dossier.row.theme = asked.theme
            self._stage.show_invitation(session, dossier)
            self._stage.show_owners_page(session, dossier)
            return notices.notice(say, say.mrkdwn("changing.done"))


def _own(session: Session, case_id: str, user: str, *, to_read: bool = False) -> tuple[CaseContext, Member]:
    dossier, member = dossiers.load_for_participant(session, case_id, user, to_read=to_read)
    if member.id != dossier.case.owner:
        raise Refusal("case.refused_only_owner")
    if dossier.case.begun:
        raise Refusal("changing.begun")
    return dossier, member
