"""The page with somebody's own cases."""

from sqlalchemy.orm import Session

from bot.circles import access
from bot.core.blocks import Json
from bot.core.services import Services
from bot.intervision import context as dossiers
from bot.intervision.context import CaseContext
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.permissions import Action, may
from bot.intervision.views import my_cases as case_mine
from bot.library.enums import Role
from bot.words import Speaker
from db.models import Member
from db.queries import intervision as cases
from db.queries.circles import first_circle_of


class MyCases:
    """Somebody's own cases."""

    def __init__(self, desk: Services) -> None:
        self._desk = desk

    def open_my_cases_page(self, user: str) -> Json:
        """The cases this person is in that are not over, with what they can do in each."""
        with self._desk.database.reading() as session:
            member = access.known_member(session, user)
            circle = first_circle_of(session, member)
            say = self._desk.speaker_for(circle, member)
            found = [dossiers.load_case(session, row.id, to_read=True) for row in cases.open_cases_of(session, member)]
            return case_mine.my_cases_page(say, [self._one(session, say, dossier, member) for dossier in found])

    def _one(self, session: Session, say: Speaker, dossier: CaseContext, member: Member) -> case_mine.MyCase:
        case, id = dossier.case, member.id
        inviting, owns = case.state == CaseState.INVITING, id == case.owner
        room = self._desk.outbox.find_target(session, dossier.channel_key)
        theme = self._desk.library.themes.get(dossier.row.theme)
        return case_mine.MyCase(
            case=dossier.row.id,
            title="" if inviting and not owns else dossiers.read_intake(self._desk, dossier.row).title,
            method=case.protocol.name.in_(say.language),
            theme=theme.in_(say.language) if theme else "",
            roles=[role.value for role in Role if id in case.holding(role)],
            state=case.state.value,
            room=room.channel if room else None,
            can_stop=may(case, id, Action.STOP) is None and (owns or not inviting),
            can_start=may(case, id, Action.START) is None,
            can_change=owns and not case.begun,
            can_leave=not owns or case.state == CaseState.WAITING,
            of_two=dossier.is_pair,
            in_series=dossier.parallel_cases > 0,
        )
