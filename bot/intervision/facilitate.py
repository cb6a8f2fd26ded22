"""What the facilitator can do in the open step besides *next*; where there is none, the owner."""

from datetime import datetime

from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.intervision import presenter
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext, load_for_member_in_channel
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.events import Facilitated
from bot.intervision.rules.facilitating import CardLength, FacilitatorAction, may_facilitate, step_before
from bot.intervision.rules.permissions import Reason
from bot.intervision.surfaces import StepButton
from bot.intervision.views.card import step_heading
from bot.intervision.views.facilitate import facilitator_done, facilitator_named, facilitator_page
from bot.library.protocol import Step
from bot.words import Speaker
from db.models import Member
from db.queries import intervision as cases


class FacilitatorActions:
    """Skipping, more time, going back, another pace, other cards. Each is a line in the channel, so that all know."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services, self._changes = services, changes

    def open_facilitator_page(self, user: str, button: StepButton) -> Json:
        """What can be done now. Refuses everybody else."""
        with self._services.database.reading() as session:
            context, member = load_for_member_in_channel(self._services, session, button.case, user, to_read=True)
            _require_lead(context, member, button.step)
            speaker, step = self._services.speaker_for(context.circle, member), context.case.protocol.step(button.step)
            heading = step_heading(speaker, context.case.protocol.numbered(), step)
            case, other = context.case, CardLength.WHOLE if context.row.short_cards else CardLength.SHORT
            can = {how for how in FacilitatorAction if may_facilitate(case, member.id, button.step, how) is None}
            before = facilitator_named(speaker, step_before(case))
            return facilitator_page(speaker, button.to_value(), heading, can if case.is_live else {*can, other}, before)

    def facilitate_step(self, user: str, button: StepButton, how: FacilitatorAction, now: datetime) -> Json:
        """Do it; all in the case read that it was done. Twice is once."""
        with self._services.database.writing() as session:
            context, member = load_for_member_in_channel(self._services, session, button.case, user)
            speaker = self._services.speaker_for(context.circle, member)
            if may_facilitate(context.case, member.id, button.step, how) != Reason.ALREADY_SO:
                before = step_before(context.case) if how == FacilitatorAction.BACK else ()
                presenter.post_facilitated(context, before or [_step(context, button.step)], how, now)
                self._changes.apply_events(context, [Facilitated(member.id, button.step, how)], now)
            return facilitator_done(speaker, how, _opens(speaker, context))

    def choose_card_length(self, user: str, button: StepButton, how: CardLength, now: datetime) -> Json:
        """Short cards or whole ones, from the open step on; in a series for who still waits too. Twice is once."""
        with self._services.database.writing() as session:
            context, member = load_for_member_in_channel(self._services, session, button.case, user)
            _require_lead(context, member, button.step)
            if context.row.short_cards != (how == CardLength.SHORT):
                _set_cards(context, how)
                presenter.post_facilitated(context, [_step(context, button.step)], how, now)
                for step in context.case.open_steps:
                    presenter.show_step_card(context, step)
            return facilitator_done(self._services.speaker_for(context.circle, member), how)


def _require_lead(context: CaseContext, member: Member, step: str) -> None:
    # Who leads can always skip what is open.
    if reason := may_facilitate(context.case, member.id, step, FacilitatorAction.SKIP):
        raise Refusal(f"case.refused_{reason.value}")


def _set_cards(context: CaseContext, how: CardLength) -> None:
    linked = cases.linked_cases(context.session, context.row.series) if context.row.series else ()
    for row in (context.row, *(row for row in linked if row.state == CaseState.WAITING)):
        row.short_cards = how == CardLength.SHORT


def _opens(speaker: Speaker, context: CaseContext) -> str:
    """When the next card appears, if they pressed outside working hours."""
    pressed = (each.closes_at for each in context.case.steps if each.pressed and context.case.is_open(each.key))
    at = context.case.opens_at or next(pressed, None)
    return context.moment_on_page(speaker, at)


def _step(context: CaseContext, key: str) -> Step:
    try:
        return context.case.protocol.step(key)
    except KeyError:
        raise Refusal("common.outdated") from None
