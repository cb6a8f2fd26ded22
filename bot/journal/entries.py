"""Everything one member wrote for themselves, by time: reflections, and the insights they made of them."""

from collections.abc import Iterator
from heapq import merge

from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.crypto import places
from bot.journal.views.page import INSIGHTS, JournalEntry
from bot.reflection.api import place_of_reflection, question_of
from bot.reflection.types import Question
from bot.words import Speaker
from db.models import Insight, Member, Reflection, Round
from db.queries import journal
from db.queries import journal as insights
from db.queries.journal import Between

# One thing somebody wrote, with the round it goes back to; an insight may have lost it.
Writing = tuple[Reflection | Insight, Round | None]


class JournalEntries:
    """One member's own words. Nobody else's are in here."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def writings_of(
        self, session: Session, member: Member, theme: str = "", between: Between | None = None
    ) -> Iterator[Writing]:
        """What this member wrote and still has, the newest first: of one theme (or insights alone), of a while."""
        if theme == INSIGHTS:
            return iter(insights.insight_entries(session, member, between=between))
        # What was made of a text in the same moment comes after it, so before it here.
        both = (
            insights.insight_entries(session, member, theme, between),
            journal.reflection_entries(session, member, theme, between),
        )
        return merge(*both, key=lambda leaf: leaf[0].written_at, reverse=True)

    def read_text(self, leaf: Writing) -> str:
        """What it says."""
        one = leaf[0]
        place = place_of_insight(one.id) if isinstance(one, Insight) else place_of_reflection(one.id)
        return self._services.open_text(one.words, place)

    def build_entry(self, session: Session, member: Member, speaker: Speaker, leaf: Writing) -> JournalEntry:
        """As its writer reads it."""
        one, round_ = leaf
        day, text = speaker.full_day(one.written_at, member.timezone), self.read_text(leaf)
        asked = question_of(self._services, speaker, round_) if round_ else Question("", "")
        if isinstance(one, Insight):
            return JournalEntry(one.id, day, speaker.plain("insight.name"), asked.text, text, f"insight_{one.state}")
        to = session.get_one(Member, one.sent_to).slack if one.sent_to else ""
        state = "reply" if one.source == "thread" else one.state
        return JournalEntry(one.id, day, asked.theme, asked.text, text, state, to, one.files)


def place_of_insight(insight_id: str) -> str:
    """The place in the database where the words of an insight are sealed."""
    return places.place(places.INSIGHT, insight_id)
