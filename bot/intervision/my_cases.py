"""The page with somebody's own cases."""

from sqlalchemy.orm import Session

from bot.circles.api import first_circle_of, known_member
from bot.core.parts import Json
from bot.core.services import Service
from bot.intervision.context import CaseContext, load_case
from bot.intervision.create import read_intake
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.permissions import Action, may
from bot.intervision.views.my_cases import MOST_CASES_SHOWN, MyCase, my_cases_page
from bot.library.enums import Role
from bot.words import Speaker
from db.models import Member
from db.queries import intervision as cases
from db.queries import reminders as reminder_queries


class MyCases(Service):
    """Somebody's own cases."""

    def open_my_cases_page(self, user: str, first: int = 0) -> Json:
        """The cases this person is in, and those that ended while their words stand, with what they can do in each.

        From number `first` on.
        """
        with self._services.database.reading() as session:
            member = known_member(session, user)
            speaker = self._services.speaker_for(first_circle_of(session, member), member)
            rows = [*cases.open_cases_of(session, member), *cases.kept_cases_of(session, member)]
            here = rows[first : first + MOST_CASES_SHOWN]
            found = [load_case(self._services, session, row.id, to_read=True) for row in here]
            shown = [self._one(session, speaker, context, member) for context in found]
            return my_cases_page(
                speaker,
                shown,
                first=first,
                total=len(rows),
                is_reminded=reminder_queries.is_reminded(session, member.id),
            )

    def _one(self, session: Session, speaker: Speaker, context: CaseContext, member: Member) -> MyCase:
        case, id, until = context.case, member.id, context.case.lies_still_until
        inviting, owns = case.state == CaseState.INVITING, id == case.owner
        channel = self._services.outbox.find_target(session, context.channel_key)
        forget_at = context.row.forget_at
        theme = self._services.library.themes.get(context.row.theme)
        return MyCase(
            case=context.row.id,
            title="" if inviting and not owns else read_intake(context).title,
            method=case.protocol.name.in_(speaker.language),
            theme=theme.in_(speaker.language) if theme else "",
            roles=[role.value for role in Role if id in case.holding(role)],
            state=case.state.value,
            channel=channel.channel if channel else None,
            can_stop=may(case, id, Action.STOP) is None and (owns or not inviting),
            can_start=may(case, id, Action.START) is None,
            can_change=owns and not case.begun,
            can_leave=not case.over and (not owns or case.state == CaseState.WAITING),
            can_take_along=case.over and context.row.id not in cases.cases_taken_along(session, member),
            kept_until=speaker.day(forget_at, context.circle.timezone) if forget_at else "",
            of_two=context.is_pair,
            in_series=context.parallel_cases > 0,
            waits_for=context.row.waits_for,
            still_until=context.moment_on_page(speaker, until),
            can_wake=until is not None and id == case.owner,
        )
