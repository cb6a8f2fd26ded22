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

    def __init__(self, desk: Services, homes: Homes) -> None:
        self._desk = desk
        self._homes = homes
        self._stage = CasePresenter(desk)

    def apply_events(
        self,
        session: Session,
        dossier: CaseContext,
        events: Iterable[Event],
        now: datetime,
        written: Mapping[str, SealedContribution] | None = None,
    ) -> Decision:
        """These events happen to a case in one moment; what must be seen is queued. Refuses what may not be."""
        before = dossier.case
        try:
            decision = decide_all(before, events, now, self._desk.calendar(dossier.circle))
        except NotAllowed as refused:
            raise Refusal(f"case.refused_{refused.reason.value}") from None
        mapping.save_changes(session, dossier.row, before, decision.case, written or {})
        dossier.case = decision.case
        dossier.row.wipe_at = next_wiping(decision.case, self._desk.calendar(dossier.circle))
        self._follow(session, dossier, before, decision.effects, now)
        if _stands(before) != _stands(dossier.case):
            self._homes(session, (dossier.members[id] for id in sorted(before.people | dossier.case.people)), now)
        return decision

    def _follow(
        self, session: Session, dossier: CaseContext, before: Case, effects: tuple[Effect, ...], now: datetime
    ) -> None:
        for effect in effects:
            self._remember(session, dossier, before, effect, now)
        self._show_cards(session, dossier, before)
        for effect in effects:
            self._show(session, dossier, effect)
        if before.state != dossier.case.state or before.roles != dossier.case.roles:
            self._stage.show_invitation(session, dossier)
            self._stage.show_owners_page(session, dossier)
        if not before.begun and dossier.case.over:
            wipe_words(session, dossier)
        if before.begun and dossier.case.over and not before.over:
            offer_unsent_advice(self._desk, session, dossier, now)
        if dossier.row.series and before.state != dossier.case.state:
            # Whose turn it is now, each case that waits decides for itself at the next beat.
            series.wake_waiting_cases(session, dossier.row.series, now)

    def _remember(self, session: Session, dossier: CaseContext, before: Case, effect: Effect, now: datetime) -> None:
        row = dossier.row
        if isinstance(effect, CaseStarted):
            row.started_at = now
        elif isinstance(effect, CaseClosed | CaseStopped):
            row.ended_at = now
            row.forget_at = now + CASE_RETENTION if before.begun else None
        elif isinstance(effect, AuthorsForgotten):
            cases.forget_writers(session, row.id, effect.step)

    def _show_cards(self, session: Session, dossier: CaseContext, before: Case) -> None:
        """The card of every step that stands otherwise than before, in the order in which they are played."""
        stopped = dossier.case.over and not before.over
        for step in steps_in_order(dossier.case.protocol):
            changed = before.state_of(step.key) != dossier.case.state_of(step.key)
            if changed or (stopped and before.state_of(step.key).opened_at):
                self._stage.show_step_card(session, dossier, step)

    def _show(self, session: Session, dossier: CaseContext, effect: Effect) -> None:
        match effect:
            case TimeIsUp(key):
                self._stage.post_bell(session, dossier, dossier.case.protocol.step(key))
            case TurnPassed(key, person):
                self._stage.post_turn(session, dossier, dossier.case.protocol.step(key), person)
            case CaseClosed():
                self._stage.show_closing(session, dossier, None)
            case CaseStopped(reason):
                self._stage.show_closing(session, dossier, reason)
            case _:
                self._show_words(session, dossier, effect)

    def _show_words(self, session: Session, dossier: CaseContext, effect: Effect) -> None:
        """What people wrote appears, changes or goes."""
        stage = self._stage
        match effect:
            case Revealed(key, ids):
                stage.post_contributions(session, dossier, [*ids, *_quoting(dossier.case, ids)])
                if held_for_owner(step := dossier.case.protocol.step(key)):
                    stage.show_step_card(session, dossier, step)
            case RevealedToOwner(_, ids):
                stage.post_to_owner(session, dossier, ids)
            case ContributionChanged(id, True):
                stage.post_contributions(session, dossier, [id, *_quoting(dossier.case, (id,))])
            case ContributionRemoved(id):
                # What is held back again, as it was changed, may stand there as it was.
                stage.delete_contribution_posts(session, dossier, id)
                stage.post_contributions(session, dossier, _quoting(dossier.case, (id,)))


def _quoting(case: Case, ids: Collection[str]) -> list[str]:
    """What was posted already with these words above it: after going back, what was answered may still change."""
    return [each.id for each in case.contributions if each.about in ids and each.revealed]


def _stands(case: Case) -> object:
    """What of a case has to do with what is open for its people; what they write is their own affair."""
    return case.state, case.roles, case.steps
