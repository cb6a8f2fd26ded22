"""Cases: from bringing one to forgetting it. Every way in ends in `carrying`: decide, save, show."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.intervision import context as dossiers
from bot.intervision.apply import CaseChanges, Homes
from bot.intervision.choose_method import MethodPages
from bot.intervision.contribute import StepActions
from bot.intervision.edit import CaseEditing
from bot.intervision.facilitate import FacilitatorActions
from bot.intervision.forget import CaseWiping
from bot.intervision.invite import CaseInvitations
from bot.intervision.late_contribution import LateContributions
from bot.intervision.my_cases import MyCases
from bot.intervision.remarks import CaseRemarks
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.events import PersonLeft, TimePassed
from bot.intervision.series import CaseSeries
from bot.listening.threads import MessageEvent
from db.models import CaseRow, Member
from db.queries import intervision as cases
from db.queries import people
from db.queries.listening import case_in


class Cases:
    """All that can be done with cases, and what happens to them by itself."""

    def __init__(self, desk: Services, homes: Homes) -> None:
        self._desk = desk
        self._carrying = CaseChanges(desk, homes)
        self._remarks = CaseRemarks(desk)
        self._series = CaseSeries(desk, self._carrying)
        self.choosing = MethodPages(desk)
        self.changing = CaseEditing(desk)
        self.inviting = CaseInvitations(desk, self._carrying)
        self.contributing = StepActions(desk, self._carrying)
        self.leading = FacilitatorActions(desk, self._carrying)
        self.forgetting = CaseWiping(desk)
        self.late = LateContributions(desk)
        self.mine = MyCases(desk)

    def receive_remark(self, case_id: str, heard: MessageEvent, now: datetime) -> None:
        """Somebody typed, changed or deleted something in a case's channel."""
        self._remarks.receive_remark(case_id, heard, now)

    def due_cases(self, now: datetime) -> list[str]:
        """The cases in which something happens by itself now."""
        with self._desk.database.reading() as session:
            return cases.due_cases(session, now)

    def advance_case(self, case_id: str, now: datetime) -> bool:
        """Time passed in this case; returns whether anything followed."""
        with self._desk.database.writing() as session:
            row = session.get(CaseRow, case_id)
            if row and row.series and row.state == CaseState.WAITING:
                return self._series.begin_next_turn(session, row.series, case_id, now)
            dossier = dossiers.load_case(session, case_id)
            return bool(self._carrying.apply_events(session, dossier, [TimePassed()], now).effects)

    def on_left_channel(self, channel: str, user: str, now: datetime) -> None:
        """Somebody left a channel: if a case lives there, they left it too; of a circle, the cases that invite."""
        with self._desk.database.writing() as session:
            case_id, member = case_in(session, channel), people.find_member(session, user)
            if case_id and member:
                self._series.leave_series(session, case_id, member, now)
            elif member:
                self._leave_invitations(session, member, cases.inviting_cases_with(session, member, channel), now)

    def on_became_guest(self, user: str, now: datetime) -> None:
        """Somebody is a guest from now on: no case begins with them; those that run were begun with a colleague."""
        with self._desk.database.writing() as session:
            if member := people.find_member(session, user):
                self._leave_invitations(session, member, cases.inviting_cases_with(session, member), now)

    def _leave_invitations(self, session: Session, member: Member, inviting: list[str], now: datetime) -> None:
        """Their own cases end before they began, so that nobody waits for them; others look for somebody else."""
        for id in inviting:
            self._series.leave_series(session, id, member, now)

    def on_deactivated(self, user: str, now: datetime) -> None:
        """Somebody's account was closed: they left every case they were in."""
        with self._desk.database.writing() as session:
            member = people.find_member(session, user)
            if member is None:
                return
            for row in cases.open_cases_of(session, member):
                self._carrying.apply_events(session, dossiers.load_case(session, row.id), [PersonLeft(member.id)], now)
