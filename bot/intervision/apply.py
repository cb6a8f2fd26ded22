"""Something happens to a case: decide, save, and show what follows. Every way into a case ends in `apply_events`."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.intervision import announcements, presenter, reveals
from bot.intervision.context import CaseContext, SealedContribution
from bot.intervision.drafts import give_drafts_back
from bot.intervision.forget import wipe_words
from bot.intervision.late_contribution import offer_unsent_advice
from bot.intervision.note_effects import note_effects
from bot.intervision.rules.case import Case, Contribution, StopReason, held_for_owner
from bot.intervision.rules.effects import (
    CaseClosed,
    CaseLiesStill,
    CaseStopped,
    CaseWokeUp,
    ContributionChanged,
    ContributionRemoved,
    Decision,
    Effect,
    GroupIsStillThere,
    Revealed,
    RevealedToOwner,
    TimeIsUp,
    TurnPassed,
)
from bot.intervision.rules.events import Event
from bot.intervision.rules.machine import decide_all, next_due_at
from bot.intervision.rules.permissions import NotAllowed
from bot.intervision.rules.reminders import next_reminder
from bot.intervision.rules.retention import next_wiping
from bot.intervision.rules.waiting import after_waiting
from bot.library.protocol import steps_in_order
from db.models import ContributionRow, Member, Participation
from db.queries import case_series
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
        _save_case(context, before, written or {})
        moved = _how_far(before) != _how_far(after)
        if moved:
            context.row.wipe_at = next_wiping(after, calendar)
            context.row.remind_at = next_reminder(after, calendar)
            note_effects(context, before, decision.effects, now)
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


def _save_case(context: CaseContext, before: Case, written: Mapping[str, SealedContribution]) -> None:
    """Write the differences between `before` and the case as it is now."""
    row, after = context.row, context.case
    columns = {
        "state": after.state.value,
        "pace": after.pace.value,
        "opens_at": after.opens_at,
        "due_at": next_due_at(after) if row.waits_since is None else None,
        "steps": after.steps_as_json(),
        "lies_still_until": after.lies_still_until,
        "is_group_there": after.is_group_there,
    }
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    if before.roles != after.roles:
        _save_roles(context, before)
    known = {each.id: each for each in before.contributions}
    for each in after.contributions:
        if each.id not in known:
            row_values = _row_of_new(row.id, each, written.get(each.id))
            cases.add_contribution(context.session, row_values, nameless=each.author is None)
    if any(id in written for id in known) or before.contributions != after.contributions[: len(known)]:
        _save_changed_contributions(context, before, written)
    context.session.flush()


def _row_of_new(case_id: str, each: Contribution, written: SealedContribution | None) -> dict[str, Any]:
    place = written if written and each.author is not None else None
    return {
        "id": contribution_row_id(case_id, each),
        "case_id": case_id,
        "step": each.step,
        "member_id": each.author,
        "kind": each.kind,
        "rating": each.rating,
        "about": each.about,
        "state": "revealed" if each.revealed else "held",
        "form_token": place.form if place else None,
        "slot": place.slot if place else None,
        "words": written.words if written else None,
        "written_at": each.at,
    }


def contribution_row_id(case_id: str, contribution: Contribution) -> str:
    """The key of a contribution's row; a pass has no random id of its own, so the id of its case is put before it."""
    return f"{case_id}:{contribution.id}" if contribution.is_pass else contribution.id


def _save_roles(context: CaseContext, before: Case) -> None:
    had, has = (
        {(person, role.value) for role, people in case.roles.items() for person in people}
        for case in (before, context.case)
    )
    numbers = _numbers_of_people(context)
    for member_id, role in had - has:
        context.session.delete(context.session.get_one(Participation, (context.row.id, member_id, role)))
    context.session.add_all(
        Participation(case_id=context.row.id, member_id=member, role=role, number=numbers[member])
        for member, role in has - had
    )


def _numbers_of_people(context: CaseContext) -> dict[int, int]:
    """Everybody's place in the order of joining; new people come last."""
    people = cases.participations(context.session, context.row.id)
    numbers: dict[int, int] = {each.member_id: each.number for each in people}
    for person in context.case.arrived:
        numbers.setdefault(person, max(numbers.values(), default=0) + 1)
    return numbers


def _save_changed_contributions(context: CaseContext, before: Case, written: Mapping[str, SealedContribution]) -> None:
    now_there = {each.id: each for each in context.case.contributions}
    rows = {each.id: each for each in cases.contributions_with_words(context.session, context.row.id)}
    for each in before.contributions:
        after = now_there.get(each.id)
        if each == after and each.id not in written:
            continue
        row = rows[contribution_row_id(context.row.id, each)]
        if after:
            _update(row, after, written.get(each.id))
        elif each.is_pass:
            # A pass leaves nothing behind.
            context.session.delete(row)
        else:
            # Only the fact is kept of words that were taken back, so that an old form cannot write them again.
            row.state, row.words = "withdrawn", None


def _update(row: ContributionRow, each: Contribution, written: SealedContribution | None) -> None:
    row.state, row.rating = "revealed" if each.revealed else "held", each.rating
    if written:
        row.words = written.words
    if each.author is None:
        # Whatever could lead back to the writer is deleted with the name: the form, the order, the moment.
        row.member_id, row.form_token, row.slot, row.number, row.written_at = None, None, None, 0, each.at


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
        case_series.wake_waiting_cases(context.session, context.row.series, now)
