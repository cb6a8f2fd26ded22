"""Something happens to a case: decide, save, and show what follows. Every way into a case ends here."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.services import Services
from bot.intervision import repository as mapping
from bot.intervision.context import CaseContext
from bot.intervision.forget import wipe_words
from bot.intervision.presenter import CasePresenter
from bot.intervision.repository import SealedContribution
from bot.intervision.rules.case import Case, held_for_owner
from bot.intervision.rules.effects import (
    AuthorsForgotten,
    CaseClosed,
    CaseStarted,
    CaseStopped,
    ContributionChanged,
    ContributionRemoved,
    Decision,
    Effect,
    Revealed,
    RevealedToOwner,
    TimeIsUp,
    TurnPassed,
)
from bot.intervision.rules.events import Event
from bot.intervision.rules.machine import decide_all
from bot.intervision.rules.permissions import NotAllowed
from bot.intervision.rules.step_retention import next_wiping
from bot.intervision.unsent_advice import offer_unsent_advice
from bot.library.protocol import steps_in_order
from db.models import Member
from db.queries import intervision as cases
from db.queries import intervision as series

# Shows these people anew what is open for them, in this transaction; in the order given.
Homes = Callable[[Session, Iterable[Member], datetime], None]
# Long enough to read back and to take along what one needs, short enough to be trusted with a story.
CASE_RETENTION = timedelta(days=30)


class CaseChanges:
    """Carries cases on."""

    def __init__(self, services: Services, homes: Homes) -> None:
        self._services = services
        self._homes = homes
        self._stage = CasePresenter(services)

    def apply_events(
        self,
        session: Session,
        context: CaseContext,
        events: Iterable[Event],
        now: datetime,
        written: Mapping[str, SealedContribution] | None = None,
    ) -> Decision:
        """These events happen to a case in one moment; what must be seen is queued. Refuses what may not be."""
        before = context.case
        try:
            decision = decide_all(before, events, now, self._services.calendar(context.circle))
        except NotAllowed as refused:
            raise Refusal(f"case.refused_{refused.reason.value}") from None
        mapping.save_changes(session, context.row, before, decision.case, written or {})
        context.case = decision.case
        context.row.wipe_at = next_wiping(decision.case, self._services.calendar(context.circle))
        self._follow(session, context, before, decision.effects, now)
        if _stands(before) != _stands(context.case):
            self._homes(session, (context.members[id] for id in sorted(before.people | context.case.people)), now)
        return decision

    def _follow(
        self, session: Session, context: CaseContext, before: Case, effects: tuple[Effect, ...], now: datetime
    ) -> None:
        for effect in effects:
            self._remember(session, context, before, effect, now)
        self._show_cards(session, context, before)
        for effect in effects:
            self._show(session, context, effect)
        if before.state != context.case.state or before.roles != context.case.roles:
            self._stage.show_invitation(session, context)
            self._stage.show_owners_page(session, context)
        if not before.begun and context.case.over:
            wipe_words(session, context)
        if before.begun and context.case.over and not before.over:
            offer_unsent_advice(self._services, session, context, now)
        if context.row.series and before.state != context.case.state:
            # Whose turn it is now, each case that waits decides for itself at the next beat.
            series.wake_waiting_cases(session, context.row.series, now)

    def _remember(self, session: Session, context: CaseContext, before: Case, effect: Effect, now: datetime) -> None:
        row = context.row
        if isinstance(effect, CaseStarted):
            row.started_at = now
        elif isinstance(effect, CaseClosed | CaseStopped):
            row.ended_at = now
            row.forget_at = now + CASE_RETENTION if before.begun else None
        elif isinstance(effect, AuthorsForgotten):
            cases.forget_writers(session, row.id, effect.step)

    def _show_cards(self, session: Session, context: CaseContext, before: Case) -> None:
        """The card of every step that stands otherwise than before, in the order in which they are played."""
        stopped = context.case.over and not before.over
        for step in steps_in_order(context.case.protocol):
            changed = before.state_of(step.key) != context.case.state_of(step.key)
            if changed or (stopped and before.state_of(step.key).opened_at):
                self._stage.show_step_card(session, context, step)

    def _show(self, session: Session, context: CaseContext, effect: Effect) -> None:
        match effect:
            case TimeIsUp(key):
                self._stage.post_bell(session, context, context.case.protocol.step(key))
            case TurnPassed(key, person):
                self._stage.post_turn(session, context, context.case.protocol.step(key), person)
            case CaseClosed():
                self._stage.show_closing(session, context, None)
            case CaseStopped(reason):
                self._stage.show_closing(session, context, reason)
            case _:
                self._show_words(session, context, effect)

    def _show_words(self, session: Session, context: CaseContext, effect: Effect) -> None:
        """What people wrote appears, changes or goes."""
        stage = self._stage
        match effect:
            case Revealed(key, ids):
                stage.post_contributions(session, context, [*ids, *_quoting(context.case, ids)])
                if held_for_owner(step := context.case.protocol.step(key)):
                    stage.show_step_card(session, context, step)
            case RevealedToOwner(_, ids):
                stage.post_to_owner(session, context, ids)
            case ContributionChanged(id, True):
                stage.post_contributions(session, context, [id, *_quoting(context.case, (id,))])
            case ContributionRemoved(id):
                # What is held back again, as it was changed, may stand there as it was.
                stage.delete_contribution_posts(session, context, id)
                stage.post_contributions(session, context, _quoting(context.case, (id,)))


def _quoting(case: Case, ids: Collection[str]) -> list[str]:
    """What was posted already with these words above it: after going back, what was answered may still change."""
    return [each.id for each in case.contributions if each.about in ids and each.revealed]


def _stands(case: Case) -> object:
    """What of a case has to do with what is open for its people; what they write is their own affair."""
    return case.state, case.roles, case.steps
