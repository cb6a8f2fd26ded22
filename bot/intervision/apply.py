"""Something happens to a case: decide, save, and show what follows. Every way into a case ends in `apply_events`."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.intervision import announcements, presenter, reveals
from bot.intervision.context import CaseContext, SealedContribution
from bot.intervision.drafts import give_drafts_back
from bot.intervision.forget import wipe_words
from bot.intervision.late_contribution import offer_unsent_advice
from bot.intervision.rules.case import Case, StopReason, held_for_owner
from bot.intervision.rules.effects import (
    AuthorsForgotten,
    CaseClosed,
    CaseLiesStill,
    CaseStarted,
    CaseStopped,
    CaseWokeUp,
    ContributionChanged,
    ContributionRemoved,
    Decision,
    Effect,
    GroupIsStillThere,
    Revealed,
    RevealedToOwner,
    StepClosed,
    StepExtended,
    TimeIsUp,
    TurnPassed,
)
from bot.intervision.rules.events import Event
from bot.intervision.rules.machine import decide_all
from bot.intervision.rules.permissions import NotAllowed
from bot.intervision.rules.reminders import News, next_reminder
from bot.intervision.rules.retention import CASE_RETENTION, next_wiping
from bot.intervision.rules.waiting import after_waiting
from bot.intervision.save import save_case
from bot.library.protocol import steps_in_order
from db.models import Member
from db.queries import intervision as cases

# Shows these people anew what is open for them, in this transaction; in the order given.
RefreshHomes = Callable[[Session, Iterable[Member], datetime], None]


class CaseChanges:
    """Applies events to cases."""

    def __init__(self, refresh_homes: RefreshHomes) -> None:
        self._refresh_homes = refresh_homes

    def apply_events(
        self,
        context: CaseContext,
        events: Iterable[Event],
        now: datetime,
        written: Mapping[str, SealedContribution] | None = None,
    ) -> Decision:
        """These events happen to a case in one moment; what must be seen is queued.

        `written` has the words of contributions that are new or changed, by id. Raises `Refusal` where an event is not
        allowed; then none of them happened.
        """
        if context.row.waits_since:
            _count_no_time_waiting(context, now)
        before, calendar = context.case, context.services.calendar(context.circle)
        try:
            decision = decide_all(before, events, now, calendar)
        except NotAllowed as refused:
            raise Refusal(f"case.refused_{refused.reason.value}") from None
        context.case = after = decision.case
        save_case(context, before, written or {})
        moved = _how_far(before) != _how_far(after)
        if moved:
            context.row.wipe_at = next_wiping(after, calendar)
            context.row.remind_at = next_reminder(after, calendar)
            _note_effects(context, before, decision.effects, now)
        _show_effects(context, before, decision.effects)
        if (before.state, before.roles) != (after.state, after.roles):
            announcements.show_invitation(context)
            announcements.show_owners_page(context, _reason_of_end(decision.effects))
        _follow_state(context, before, now)
        if moved:
            self.refresh_homes_of(context, now, before.people)
        elif context.acting:
            # What somebody writes changes what is open for them alone.
            self._refresh_homes(context.session, [context.acting], now)
        return decision

    def refresh_homes_of(self, context: CaseContext, now: datetime, people: frozenset[int] = frozenset()) -> None:
        """Everybody of a case, and these `people` by our own id, finds on their Home how it is now."""
        everybody = sorted(people | context.case.people)
        self._refresh_homes(context.session, (context.members[id] for id in everybody), now)


def _how_far(case: Case) -> tuple[object, ...]:
    """All of a case that people can see but what was written in it."""
    return case.state, case.roles, case.steps, case.lies_still_until, case.is_group_there


def _reason_of_end(effects: Iterable[Effect]) -> StopReason | None:
    return next((each.reason for each in effects if isinstance(each, CaseClosed | CaseStopped)), None)


def _count_no_time_waiting(context: CaseContext, now: datetime) -> None:
    """While a case waits for its place, no time is counted: what was to happen happens that much later."""
    if context.row.waits_since and context.row.waits_since < now:
        context.case = after_waiting(context.case, now - context.row.waits_since)
        context.row.waits_since = now


def _note_effects(context: CaseContext, before: Case, effects: tuple[Effect, ...], now: datetime) -> None:
    """What the row remembers of what happened."""
    for effect in effects:
        if isinstance(effect, CaseStarted):
            context.row.started_at = now
        elif isinstance(effect, CaseClosed | CaseStopped):
            context.row.ended_at, context.row.waits_for, context.row.waits_since = now, None, None
            context.row.forget_at, context.row.tell_owner = now + CASE_RETENTION if before.begun else None, None
        elif isinstance(effect, StepClosed):
            give_drafts_back(context, context.case.step(effect.step), now)
        elif isinstance(effect, AuthorsForgotten):
            cases.forget_writers(context.session, context.row.id, effect.step)
        _note_news(context, effect, now)


def _note_news(context: CaseContext, effect: Effect, now: datetime) -> None:
    """What the owner is to read in private, at the next moment for that."""
    match effect:
        case StepExtended(by_itself=True):
            news = News.PROLONGED
        case CaseLiesStill():
            news = News.LIES_STILL
        case GroupIsStillThere():
            news = News.GROUP_IS_THERE
        case CaseWokeUp():
            context.row.tell_owner = None
            return
        case _:
            return
    context.row.tell_owner = news.value
    context.row.tell_since = cases.look_what_to_tell(context.session, context.row.owner_id, now)


def _show_effects(context: CaseContext, before: Case, effects: tuple[Effect, ...]) -> None:
    """The cards of the steps that changed, then what people wrote, then how it ended."""
    if before.steps != context.case.steps or before.state != context.case.state:
        _show_changed_cards(context, before)
    for effect in effects:
        match effect:
            case TimeIsUp(key):
                presenter.post_bell(context, context.case.step(key))
            case TurnPassed(key, person):
                presenter.post_turn(context, context.case.step(key), person)
            case CaseLiesStill(key) | GroupIsStillThere(key) | CaseWokeUp(key):
                presenter.show_lying_still(context, key)
            case CaseClosed(reason) | CaseStopped(reason):
                _show_end(context, before, reason)
            case Revealed() | RevealedToOwner() | ContributionChanged() | ContributionRemoved():
                _show_words(context, before, effect)


def _show_end(context: CaseContext, before: Case, reason: StopReason | None) -> None:
    if before.lies_still_until:
        presenter.show_lying_still(context, before.open_steps[0].key)
    announcements.show_closing(context, reason)


def _show_changed_cards(context: CaseContext, before: Case) -> None:
    """The card of every step whose state changed, in the order in which they are played."""
    is_stopped = context.case.over and not before.over
    for step in steps_in_order(context.case.protocol):
        changed = before.state_of(step.key) != context.case.state_of(step.key)
        if changed or (is_stopped and before.state_of(step.key).opened_at):
            presenter.show_step_card(context, step)


def _show_words(context: CaseContext, before: Case, effect: Effect) -> None:
    """What people wrote appears, changes or is removed."""
    match effect:
        case Revealed(key, ids):
            reveals.show_contributions(context, [*ids, *_quoting(context.case, ids)])
            if held_for_owner(step := context.case.step(key)):
                presenter.show_step_card(context, step)
        case RevealedToOwner(_, ids):
            reveals.show_to_owner(context, ids)
        case ContributionChanged(id, True):
            reveals.show_contributions(context, [id, *_quoting(context.case, (id,))])
        case ContributionRemoved(id):
            # What is held back again, as it was changed, may still be posted as it was.
            if gone := before.contribution(id):
                reveals.remove_contribution(context, gone)
            reveals.show_contributions(context, _quoting(context.case, (id,)))


def _quoting(case: Case, ids: Collection[str]) -> list[str]:
    """What was posted already with these words above it: after going back, what was answered may still change."""
    return [each.id for each in case.contributions if each.about in ids and each.revealed]


def _follow_state(context: CaseContext, before: Case, now: datetime) -> None:
    """What follows for its words, for advice that nobody read, and for its series, where it ended or got on."""
    after = context.case
    if (before.state, before.lies_still_until) == (after.state, after.lies_still_until):
        return
    if not before.begun and after.over:
        wipe_words(context)
    if before.begun and after.over:
        for step in before.open_steps:
            give_drafts_back(context, step, now)
        offer_unsent_advice(context, now)
    if context.row.series:
        # Whose turn it is now, each case that waits decides for itself at the next tick.
        cases.wake_waiting_cases(context.session, context.row.series, now)
