"""Everything one member wrote for themselves, by time: reflections, and the insights they made of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import merge

from sqlalchemy.orm import Session

from bot.circles.api import first_circle_of, known_member, zone_of
from bot.core.services import Services
from bot.crypto import places
from bot.journal.surfaces import INSIGHTS
from bot.journal.views.page import JournalEntry
from bot.people.api import TypedWords
from bot.reflection.api import place_of_reflection, question_of
from bot.reflection.types import Question
from bot.words import Speaker
from db.models import Insight, Member, Reflection, Round
from db.queries import journal as queries
from db.queries.journal import Between

# One thing a member wrote, with the round it goes back to; of an insight that round may not be known any more.
Writing = tuple[Reflection | Insight, Round | None]


@dataclass(frozen=True)
class JournalContext:
    """A member and what they wrote, in one transaction; `speaker` speaks to them."""

    services: Services
    session: Session
    member: Member
    speaker: Speaker

    @cached_property
    def typed(self) -> TypedWords:
        """What they typed in Slack, as they read it there."""
        return TypedWords(self.services, self.session, self.speaker)

    @property
    def zone(self) -> str:
        """The time zone in which they read when they wrote it."""
        return zone_of(self.session, self.member, self.services.timezone)


def load_journal_context(services: Services, session: Session, user: str) -> JournalContext:
    """The journal of this person; raises `NotKnownYet` for somebody who was not looked up yet."""
    return journal_context_of(services, session, known_member(session, user))


def journal_context_of(services: Services, session: Session, member: Member) -> JournalContext:
    """The journal of this member."""
    return JournalContext(services, session, member, services.speaker_for(first_circle_of(session, member), member))


def writings_of(context: JournalContext, theme: str = "", between: Between | None = None) -> Iterator[Writing]:
    """What this member wrote and still has, the newest first.

    Of one theme (or `INSIGHTS` alone), or from one moment until before another, if given.
    """
    if theme == INSIGHTS:
        return iter(queries.insight_entries(context.session, context.member, between=between))
    insights = queries.insight_entries(context.session, context.member, theme, between)
    # An insight comes after the text it was made of in the same moment, so before it here.
    reflections = queries.reflection_entries(context.session, context.member, theme, between)
    return merge(insights, reflections, key=lambda writing: writing[0].written_at, reverse=True)


def read_writing(context: JournalContext, writing: Writing) -> str:
    """What it says; in what was typed in a thread there are names, and marked links (see `bot.words.typed`)."""
    one = writing[0]
    place = place_of_insight(one.id) if isinstance(one, Insight) else place_of_reflection(one.id)
    text = context.services.open_text(one.words, place)
    return context.typed.as_read(text) if isinstance(one, Reflection) and one.source == "thread" else text


def build_entry(context: JournalContext, writing: Writing) -> JournalEntry:
    """What this member wrote, as they read it."""
    one, round_ = writing
    speaker, text = context.speaker, read_writing(context, writing)
    day = speaker.full_day(one.written_at, context.zone)
    asked = question_of(context.services, speaker, round_) if round_ else Question("", "")
    if isinstance(one, Insight):
        asked = Question(speaker.plain("taken.origin"), "") if one.case_id else asked
        return JournalEntry(one.id, day, speaker.plain("insight.name"), asked.text, text, f"insight_{one.state}")
    to = context.session.get_one(Member, one.sent_to).slack if one.sent_to else ""
    state = "reply" if one.source == "thread" else one.state
    return JournalEntry(one.id, day, asked.theme, asked.text, text, state, to, one.files)


def place_of_insight(insight_id: str) -> str:
    """The place in the database where the words of an insight are sealed."""
    return places.place(places.INSIGHT, insight_id)
