"""Cases: from bringing one to forgetting it. Every way in ends in `carrying`: decide, save, show."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.intervision import announcements
from bot.intervision.apply import CaseChanges, RefreshHomes
from bot.intervision.bring_case import CaseBringing
from bot.intervision.case_page import CasePages
from bot.intervision.choose_method import MethodPages
from bot.intervision.context import load_case
from bot.intervision.contribute import StepActions
from bot.intervision.edit import CaseEditing
from bot.intervision.facilitate import FacilitatorActions
from bot.intervision.forget import CaseWiping
from bot.intervision.invite import CaseInvitations
from bot.intervision.late_contribution import LateContributions
from bot.intervision.lying_still import StillCases
from bot.intervision.my_cases import MyCases
from bot.intervision.reading import CaseReading
from bot.intervision.remarks import CaseRemarks
from bot.intervision.reminders import CaseReminders
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.events import PersonLeft, TimePassed
from bot.intervision.series import CaseSeries
from bot.intervision.waiting import CaseWaiting
from bot.listening.api import MessageEvent, case_in
from bot.people.api import find_member
from db.models import CaseRow, Member
from db.queries import intervision as cases


class Cases:
    """All that can be done with cases, and what happens to them by itself."""

    def __init__(self, services: Services, refresh_homes: RefreshHomes) -> None:
        self._services = services
        self._changes = CaseChanges(refresh_homes)
        self._remarks = CaseRemarks(services)
        self._series = CaseSeries(services, self._changes)
        self.choosing = MethodPages(services)
        self.changing = CaseEditing(services)
        self.bringing = CaseBringing(services, self._changes)
        self.inviting = CaseInvitations(services, self._changes)
        self.contributing = StepActions(services, self._changes)
        self.leading = FacilitatorActions(services, self._changes)
        self.reading = CaseReading(services)
        self.forgetting = CaseWiping(services)
        self.late = LateContributions(services)
        self.mine = MyCases(services)
        self.pages = CasePages(services)
        self.waiting = CaseWaiting(services, self._changes)
        self.lying_still = StillCases(services, self._changes)
        self.reminders = CaseReminders(services, self._changes)

    def receive_remark(self, case_id: str, event: MessageEvent, now: datetime) -> None:
        """Somebody typed, changed or deleted something in a case's channel."""
        self._remarks.receive_remark(case_id, event, now)

    def due_cases(self, now: datetime) -> list[str]:
        """The cases in which something happens by itself now."""
        with self._services.database.reading() as session:
            return cases.due_cases(session, now)

    def advance_case(self, case_id: str, now: datetime) -> bool:
        """Time passed in this case; returns whether anything followed."""
        with self._services.database.writing() as session:
            row = session.get(CaseRow, case_id)
            if row and row.series and row.state == CaseState.WAITING:
                return self._series.begin_next_turn(session, row.series, case_id, now)
            context = load_case(self._services, session, case_id)
            return bool(self._changes.apply_events(context, [TimePassed()], now).effects)

    def on_joined_channel(self, channel: str, user: str) -> None:
        """Somebody came into a channel: if it is that of their own case, they read where it is."""
        with self._services.database.writing() as session:
            member = find_member(session, user) if case_in(session, channel) else None
            for id in cases.cases_living_in(session, channel) if member else ():
                context = load_case(self._services, session, id)
                if member and context.row.owner_id == member.id:
                    announcements.show_owners_page(context)

    def on_left_channel(self, channel: str, user: str, now: datetime) -> None:
        """Somebody left a channel: if a case lives there, they left it too; of a circle, the cases that invite."""
        with self._services.database.writing() as session:
            case_id, member = case_in(session, channel), find_member(session, user)
            if case_id and member:
                self._series.leave_series(session, case_id, member, now)
            elif member:
                self._leave_invitations(session, member, cases.inviting_cases_with(session, member, channel), now)

    def on_became_guest(self, user: str, now: datetime) -> None:
        """Somebody is a guest from now on: no case begins with them; those that run were begun with a colleague."""
        with self._services.database.writing() as session:
            if member := find_member(session, user):
                self._leave_invitations(session, member, cases.inviting_cases_with(session, member), now)

    def _leave_invitations(self, session: Session, member: Member, inviting: list[str], now: datetime) -> None:
        """Their own cases end before they began, so that nobody waits for them; others look for somebody else."""
        for id in inviting:
            self._series.leave_series(session, id, member, now)

    def on_deactivated(self, user: str, now: datetime) -> None:
        """Somebody's account was closed: they left every case they were in."""
        with self._services.database.writing() as session:
            member = find_member(session, user)
            if member is None:
                return
            for row in cases.open_cases_of(session, member):
                self._changes.apply_events(load_case(self._services, session, row.id), [PersonLeft(member.id)], now)
