"""What the row of a case remembers of what happened, and what its owner is to read in private."""

from datetime import datetime

from bot.intervision.context import CaseContext
from bot.intervision.drafts import give_drafts_back
from bot.intervision.rules.case import Case
from bot.intervision.rules.effects import (
    AuthorsForgotten,
    CaseClosed,
    CaseLiesStill,
    CaseStarted,
    CaseStopped,
    CaseWokeUp,
    Effect,
    GroupIsStillThere,
    StepClosed,
    StepExtended,
)
from bot.intervision.rules.reminders import News
from bot.intervision.rules.retention import CASE_RETENTION
from db.queries import intervision as cases
from db.queries import reminders as reminder_queries


def note_effects(context: CaseContext, before: Case, effects: tuple[Effect, ...], now: datetime) -> None:
    """What the row remembers of what happened."""
    for effect in effects:
        if isinstance(effect, CaseStarted):
            context.row.started_at = now
        elif isinstance(effect, CaseClosed | CaseStopped):
            context.row.ended_at, context.row.waits_for, context.row.waits_since = now, None, None
            context.row.forget_at = now + CASE_RETENTION if before.begun else None
            context.row.tell_owner = None
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
    context.row.tell_since = reminder_queries.look_what_to_tell(context.session, context.row.owner_id, now)
