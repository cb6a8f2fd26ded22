"""Cases whose place is lost, or could not be made: they wait, their people read why, and they go on by themselves."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.intervision import presenter
from bot.intervision.apply import CaseChanges
from bot.intervision.channel import destination
from bot.intervision.context import CaseContext, load_case
from bot.intervision.rules.case import CaseState
from bot.intervision.rules.events import TimePassed
from bot.intervision.rules.machine import next_due_at
from bot.intervision.rules.reminders import next_reminder
from bot.intervision.rules.waiting import after_waiting, at_window_ends
from bot.intervision.views.waiting import WaitingCase, goes_on_post, waits_notice
from bot.people.types import Absence
from db.models import Channel, Member, OutboxTarget
from db.queries import intervision as cases

NOT_MADE, NOT_OPENED = "not_made", "not_opened"
"""Why a case waits that has no place yet: values of `CaseRow.waits_for`, besides those of `Channel.away_reason`."""


class CaseWaiting:
    """Cases that wait for the place where they live."""

    def __init__(self, services: Services, changes: CaseChanges) -> None:
        self._services, self._changes = services, changes

    def on_place_lost(self, session: Session, channel: Channel, absence: Absence, now: datetime) -> bool:
        """The cases that live in this channel wait, and all their people read why. Returns whether there are any."""
        living = cases.cases_living_in(session, channel.slack)
        self._wait(session, living, absence.reason, now)
        return bool(living)

    def on_place_back(self, session: Session, channel: Channel, absence: Absence, now: datetime) -> None:
        """The cases that live in this channel go on."""
        for id in cases.cases_living_in(session, channel.slack):
            self._go_on(load_case(self._services, session, id), now)

    def on_place_not_made(self, session: Session, target: OutboxTarget, error: str, now: datetime) -> None:
        """The cases for which this place was to be made wait; the outbox tries again."""
        at = cases.cases_at(session, target.subject or "")
        of_two = any(load_case(self._services, session, id, to_read=True).is_pair for id in at[:1])
        self._wait(session, at, NOT_OPENED if of_two else NOT_MADE, now)

    def waiting_cases(self) -> list[str]:
        """The cases that wait for their place."""
        with self._services.database.reading() as session:
            return cases.cases_waiting(session)

    def go_on_if_possible(self, case_id: str, now: datetime) -> bool:
        """A case that waits goes on if its place is there by now; returns whether it is."""
        with self._services.database.writing() as session:
            context = load_case(self._services, session, case_id)
            is_there = cases.is_place_there(session, context.channel_key)
            if is_there:
                self._go_on(context, now)
            return is_there

    def _wait(self, session: Session, ids: Iterable[str], reason: str, now: datetime) -> None:
        for id in ids:
            context = load_case(self._services, session, id)
            if context.row.waits_for != reason:
                context.row.waits_for, context.row.waits_since = reason, context.row.waits_since or now
                context.row.due_at = None
                self._tell_people(context, now)
                self._changes.refresh_homes_of(context, now)

    def _tell_people(self, context: CaseContext, now: datetime) -> None:
        """Each person of the case reads, once and in private, why it waits. Of a case that did not begin, its owner."""
        everybody = context.case.people if context.case.begun else {context.row.owner_id}
        for member in (context.members[id] for id in sorted(everybody)):
            speaker = self._services.speaker_for(context.circle, member)
            body = waits_notice(speaker, _waiting_case(context, member))
            at = self._services.outbox.open_dm(context.session, member.slack)
            context.post_once(context.post_key(f"waits:{now:%Y%m%d%H%M%S}:{member.id}"), body, at)

    def _go_on(self, context: CaseContext, now: datetime) -> None:
        row = context.row
        if row.waits_since is None or context.case.over:
            row.waits_for = row.waits_since = None
            return
        later = after_waiting(context.case, now - row.waits_since)
        context.case = at_window_ends(later, self._services.calendar(context.circle))
        row.waits_for = row.waits_since = None
        row.steps, row.lies_still_until = context.case.steps_as_json(), context.case.lies_still_until
        row.remind_at = next_reminder(context.case, self._services.calendar(context.circle))
        row.due_at = now if context.case.state == CaseState.WAITING else next_due_at(context.case)
        if context.case.state == CaseState.RUNNING:
            self._show_that_it_goes_on(context, now)
            self._changes.apply_events(context, [TimePassed()], now)
        self._changes.refresh_homes_of(context, now)

    def _show_that_it_goes_on(self, context: CaseContext, now: datetime) -> None:
        """The cards of the open steps say until when, and one line in its place that it goes on."""
        speaker, steps = self._services.speaker_for(context.circle), context.case.open_steps
        for step in steps:
            presenter.show_step_card(context, step)
        if context.case.lies_still_until:
            presenter.show_lying_still(context, steps[0].key)
        elif context.row.started_at and steps and context.case.state_of(steps[0].key).opened_at:
            body = goes_on_post(
                speaker, context.moment_in_message(speaker, context.case.state_of(steps[0].key).closes_at)
            )
            context.post_once(context.post_key(f"goes_on:{now:%Y%m%d%H%M%S}"), body, destination(context))


def _waiting_case(context: CaseContext, reader: Member) -> WaitingCase:
    target = context.services.outbox.find_target(context.session, context.channel_key)
    return WaitingCase(
        reason=context.row.waits_for or "",
        method=context.case.protocol.name.in_(context.services.speaker_for(context.circle, reader).language),
        channel=target.channel if target and not context.is_pair else None,
        owner=None if reader.id == context.row.owner_id else context.owner.slack,
    )
