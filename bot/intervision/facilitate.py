"""Behind *More…*: what somebody may do in a case now, and what the facilitator (or else the owner) does there."""

from datetime import datetime

from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.intervision import presenter
from bot.intervision.apply import CaseChanges
from bot.intervision.context import CaseContext, load_for_member_in_channel, load_for_participant
from bot.intervision.reading import readable_by
from bot.intervision.rules.events import Facilitated
from bot.intervision.rules.facilitating import FacilitatorAction, may_facilitate, step_before
from bot.intervision.rules.permissions import Action, Reason, available_actions, may
from bot.intervision.surfaces import StepButton
from bot.intervision.views.card import step_heading
from bot.intervision.views.facilitate import MorePage, facilitator_done, facilitator_named, more_page
from bot.library.enums import Role
from bot.library.protocol import Step
from bot.words import Speaker
from db.models import Member


class FacilitatorActions:
    """The page behind *More…*; skipping, more time, going back, another pace. Each is a line in the channel."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services, self._changes = services, changes

    def open_more_page(self, user: str, button: StepButton, now: datetime) -> Json:
        """The whole instruction, what this person may do now, and how it works. For everybody in the case, always."""
        with self._services.database.reading() as session:
            context, member = load_for_participant(self._services, session, button.case, user, to_read=True)
            speaker = self._services.speaker_for(context.circle, member)
            step = _step(context, button.step) if button.step else None
            return more_page(speaker, _more_page(speaker, context, member, step, now))

    def open_page_of_now(self, user: str, button: StepButton, now: datetime) -> Json:
        """The same page after something was done on it: about the step that is open now, if one is."""
        with self._services.database.reading() as session:
            context, _ = load_for_participant(self._services, session, button.case, user, to_read=True)
            steps = context.case.open_steps
        here = button.step in {step.key for step in steps} or not steps
        return self.open_more_page(user, button if here else StepButton(button.case, steps[0].key), now)

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


def _more_page(speaker: Speaker, context: CaseContext, member: Member, step: Step | None, now: datetime) -> MorePage:
    case, key = context.case, step.key if step else ""
    ready = {each.step for each in available_actions(case, member.id, now) if each.action == Action.READY}
    owns = member.id == context.row.owner_id
    return MorePage(
        case=context.row.id,
        heading=step_heading(speaker, case.protocol.numbered(), step) if step else "",
        step=step,
        contact=context.circle.contact or "",
        can={how for how in FacilitatorAction if may_facilitate(case, member.id, key, how) is None},
        before=facilitator_named(speaker, step_before(case)),
        leads=member.id in case.holding(Role.FACILITATOR),
        can_read=bool(readable_by(context, member)),
        can_next=may(case, member.id, Action.CLOSE_STEP, key, now) is None,
        can_be_ready=key in ready,
        can_leave=not owns and not case.over,
        can_stop=may(case, member.id, Action.STOP) is None,
        can_wipe=owns and case.over and context.row.forget_at is not None,
        live=case.is_live,
        of_two=context.is_pair,
        in_series=context.parallel_cases > 0,
    )


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
