"""What who leads can do in the open step besides *next*."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.blocks import Json
from bot.core.errors import Refusal
from bot.core.services import Services
from bot.intervision import context as dossiers
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext
from bot.intervision.presenter import CasePresenter
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.events import Facilitated
from bot.intervision.rules.facilitating import CardLength, FacilitatorAction, may_facilitate
from bot.intervision.rules.going_back import step_before
from bot.intervision.rules.permissions import Reason
from bot.intervision.views import card as case_card
from bot.intervision.views import facilitate as case_leading
from bot.library.protocol import Step
from bot.words import Speaker
from db.models import Member
from db.queries import intervision as series


class FacilitatorActions:
    """Skipping, more time, going back, another pace, other cards. Each is a line in the channel, so that all know."""

    def __init__(self, desk: Services, carrying: CaseChanges) -> None:
        self._desk = desk
        self._carrying = carrying
        self._stage = CasePresenter(desk)

    def open_facilitator_page(self, user: str, case_id: str, step_key: str) -> Json:
        """What can be done now. Refuses who does not lead."""
        with self._desk.database.reading() as session:
            dossier, member = dossiers.load_for_member_in_channel(session, case_id, user, to_read=True)
            _require_lead(dossier, member, step_key)
            say, step = self._desk.speaker_for(dossier.circle, member), dossier.case.protocol.step(step_key)
            heading = case_card.step_heading(say, dossier.case.protocol.numbered(), step)
            can = {how for how in FacilitatorAction if may_facilitate(dossier.case, member.id, step_key, how) is None}
            cards = {CardLength.WHOLE if dossier.row.short_cards else CardLength.SHORT} if not dossier.case.is_live else set()
            before = case_leading.facilitator_named(say, step_before(dossier.case))
            return case_leading.facilitator_page(say, f"{case_id}:{step_key}", heading, can | cards, before)

    def facilitate_step(self, user: str, case_id: str, step_key: str, how: FacilitatorAction, now: datetime) -> Json:
        """Do it; all in the case read that it was done. Twice is once."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.load_for_member_in_channel(session, case_id, user)
            say = self._desk.speaker_for(dossier.circle, member)
            if may_facilitate(dossier.case, member.id, step_key, how) != Reason.ALREADY_SO:
                about = (step_before(dossier.case) if how == FacilitatorAction.BACK else ()) or (_step(dossier, step_key),)
                self._stage.post_facilitated(session, dossier, about, how, now)
                self._carrying.apply_events(session, dossier, [Facilitated(member.id, step_key, how)], now)
            return case_leading.facilitator_done(say, how, _opens(say, dossier))

    def choose_card_length(self, user: str, case_id: str, step_key: str, how: CardLength, now: datetime) -> Json:
        """Short cards or whole ones, from the open step on; in a series for who still waits too. Twice is once."""
        with self._desk.database.writing() as session:
            dossier, member = dossiers.load_for_member_in_channel(session, case_id, user)
            _require_lead(dossier, member, step_key)
            if dossier.row.short_cards != (how == CardLength.SHORT):
                _set_cards(session, dossier, how)
                self._stage.post_facilitated(session, dossier, [_step(dossier, step_key)], how, now)
                for step in dossier.case.open_steps:
                    self._stage.show_step_card(session, dossier, step)
            return case_leading.facilitator_done(self._desk.speaker_for(dossier.circle, member), how)


def _require_lead(dossier: CaseContext, member: Member, step_key: str) -> None:
    # Who leads can always skip what is open.
    if reason := may_facilitate(dossier.case, member.id, step_key, FacilitatorAction.SKIP):
        raise Refusal(f"case.refused_{reason.value}")


def _set_cards(session: Session, dossier: CaseContext, how: CardLength) -> None:
    linked = series.linked_cases(session, dossier.row.series) if dossier.row.series else ()
    for row in (dossier.row, *(row for row in linked if row.state == CaseState.WAITING)):
        row.short_cards = how == CardLength.SHORT


def _opens(say: Speaker, dossier: CaseContext) -> str:
    """When the next card appears, if who leads pressed outside working hours."""
    pressed = (each.closes_at for each in dossier.case.steps if each.pressed and dossier.is_open(each.key))
    at = dossier.case.opens_at or next(pressed, None)
    return say.moment(at, dossier.circle.timezone) if at else ""


def _step(dossier: CaseContext, key: str) -> Step:
    try:
        return dossier.case.protocol.step(key)
    except KeyError:
        raise Refusal("common.outdated") from None
