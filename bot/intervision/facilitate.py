"""What who leads can do in the open step besides *next*."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.intervision import context as contexts
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext
from bot.intervision.presenter import CasePresenter
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.events import Facilitated
from bot.intervision.rules.facilitating import CardLength, FacilitatorAction, may_facilitate, step_before
from bot.intervision.rules.permissions import Reason
from bot.intervision.views import card as case_card
from bot.intervision.views import facilitate as case_leading
from bot.library.protocol import Step
from bot.words import Speaker
from db.models import Member
from db.queries import intervision as series


class FacilitatorActions:
    """Skipping, more time, going back, another pace, other cards. Each is a line in the channel, so that all know."""

    def __init__(self, services: Services, carrying: CaseChanges) -> None:
        self._services = services
        self._carrying = carrying
        self._stage = CasePresenter(services)

    def open_facilitator_page(self, user: str, case_id: str, step_key: str) -> Json:
        """What can be done now. Refuses who does not lead."""
        with self._services.database.reading() as session:
            context, member = contexts.load_for_member_in_channel(session, case_id, user, to_read=True)
            _require_lead(context, member, step_key)
            speaker, step = self._services.speaker_for(context.circle, member), context.case.protocol.step(step_key)
            heading = case_card.step_heading(speaker, context.case.protocol.numbered(), step)
            can = {how for how in FacilitatorAction if may_facilitate(context.case, member.id, step_key, how) is None}
            cards = (
                {CardLength.WHOLE if context.row.short_cards else CardLength.SHORT}
                if not context.case.is_live
                else set()
            )
            before = case_leading.facilitator_named(speaker, step_before(context.case))
            return case_leading.facilitator_page(speaker, f"{case_id}:{step_key}", heading, can | cards, before)

    def facilitate_step(self, user: str, case_id: str, step_key: str, how: FacilitatorAction, now: datetime) -> Json:
        """Do it; all in the case read that it was done. Twice is once."""
        with self._services.database.writing() as session:
            context, member = contexts.load_for_member_in_channel(session, case_id, user)
            speaker = self._services.speaker_for(context.circle, member)
            if may_facilitate(context.case, member.id, step_key, how) != Reason.ALREADY_SO:
                about = (step_before(context.case) if how == FacilitatorAction.BACK else ()) or (
                    _step(context, step_key),
                )
                self._stage.post_facilitated(session, context, about, how, now)
                self._carrying.apply_events(session, context, [Facilitated(member.id, step_key, how)], now)
            return case_leading.facilitator_done(speaker, how, _opens(speaker, context))

    def choose_card_length(self, user: str, case_id: str, step_key: str, how: CardLength, now: datetime) -> Json:
        """Short cards or whole ones, from the open step on; in a series for who still waits too. Twice is once."""
        with self._services.database.writing() as session:
            context, member = contexts.load_for_member_in_channel(session, case_id, user)
            _require_lead(context, member, step_key)
            if context.row.short_cards != (how == CardLength.SHORT):
                _set_cards(session, context, how)
                self._stage.post_facilitated(session, context, [_step(context, step_key)], how, now)
                for step in context.case.open_steps:
                    self._stage.show_step_card(session, context, step)
            return case_leading.facilitator_done(self._services.speaker_for(context.circle, member), how)


def _require_lead(context: CaseContext, member: Member, step_key: str) -> None:
    # Who leads can always skip what is open.
    if reason := may_facilitate(context.case, member.id, step_key, FacilitatorAction.SKIP):
        raise Refusal(f"case.refused_{reason.value}")


def _set_cards(session: Session, context: CaseContext, how: CardLength) -> None:
    linked = series.linked_cases(session, context.row.series) if context.row.series else ()
    for row in (context.row, *(row for row in linked if row.state == CaseState.WAITING)):
        row.short_cards = how == CardLength.SHORT


def _opens(speaker: Speaker, context: CaseContext) -> str:
    """When the next card appears, if who leads pressed outside working hours."""
    pressed = (each.closes_at for each in context.case.steps if each.pressed and context.is_open(each.key))
    at = context.case.opens_at or next(pressed, None)
    return speaker.moment(at, context.circle.timezone) if at else ""


def _step(context: CaseContext, key: str) -> Step:
    try:
        return context.case.protocol.step(key)
    except KeyError:
        raise Refusal("common.outdated") from None
