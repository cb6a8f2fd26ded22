"""My journal: everything somebody wrote, to leaf through and to search, for nobody but its writer.

What is written is sealed, so a search opens one member's own entries one by one, and nobody else's.
"""

import base64
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice

from sqlalchemy.orm import Session

from bot.circles.api import first_circle_of, known_member
from bot.core import periods
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.crypto import places
from bot.crypto.vault import CannotOpen
from bot.journal import rules
from bot.journal.entries import JournalEntries, Writing
from bot.journal.views import page as views
from bot.journal.views.page import LONGEST_SEARCH, JournalEntry, JournalSearch
from bot.reflection.api import AnswerContext, AnswerModal, theme_name
from bot.words import Speaker
from db.models import Member, Reflection
from db.queries import journal as insights
from db.queries import journal as queries


class Journal:
    """Looking: a page of entries, one entry, and the way back from it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._windows, self._notebook = AnswerModal(services), JournalEntries(services)

    def open_journal_page(self, user: str, sought: JournalSearch, now: datetime) -> Json:
        """A page of what this person wrote, the newest first, with what was written a year ago on the first."""
        with self._services.database.reading() as session:
            member = known_member(session, user)
            speaker, sought = self._voice(session, member), _possible(sought)
            found = self._found(session, member, sought)
            first = sought.page * rules.PER_PAGE
            leaves = islice(found, first, first + rules.PER_PAGE)
            entries = [self._notebook.build_entry(session, member, speaker, leaf) for leaf in leaves]
            sieve = self._sieve(session, member, sought, speaker, now)
            before = self._a_year_ago(session, member, speaker, now) if sought == JournalSearch() else None
            pointers, has_insights = {"journal": self._pointer(sought)}, insights.has_insights(session, member)
            return views.journal_page(
                speaker,
                entries,
                sought,
                sieve,
                before,
                pointers,
                has_more=next(found, None) is not None,
                has_insights=has_insights,
            )

    def open_entry(self, user: str, reflection_id: str, now: datetime) -> Json:
        """One entry whole, with what can be done with it."""
        with self._services.database.reading() as session:
            reflection, reader = self._windows.load_own_answer(session, user, reflection_id, now, typed_too=True)
            if reflection.source == "form":
                return self._windows.answers_page_for(session, reader)
            return self._reply(session, reflection, reader)

    def forget_reply(self, user: str, reflection_id: str, now: datetime) -> Json:
        """What was typed in a thread is kept here no more; in Slack its writer alone can take it away."""
        with self._services.database.writing() as session:
            reflection, reader = self._windows.load_own_answer(
                session, user, reflection_id, now, to_change=True, typed_too=True
            )
            if reflection.source != "thread":
                raise Refusal("common.outdated")
            reflection.state, reflection.words, reflection.files = "gone", None, 0
            return views.reply_gone_page(self._windows.speaker_for(reader))

    def way_back(self, user: str, view: Json, pointer: Json) -> Json:
        """The same window with a button back to the page of the journal that it came from."""
        return views.with_way_back(self._spoken(user), view, pointer)

    def go_back(self, user: str, pointer: Json, now: datetime) -> Json:
        """That page."""
        page = pointer.get("page")
        sought = JournalSearch(
            str(pointer.get("theme", "")),
            str(pointer.get("period", "")),
            self._opened(str(pointer.get("search", ""))),
            page if isinstance(page, int) else 0,
        )
        return self.open_journal_page(user, sought, now)

    def pointer_to(self, sought: JournalSearch) -> Json:
        """What a window remembers of the page it came from; what was searched for stands in it sealed."""
        return self._pointer(_possible(sought))

    def _reply(self, session: Session, reflection: Reflection, reader: AnswerContext) -> Json:
        speaker = self._windows.speaker_for(reader)
        entry = self._notebook.build_entry(session, reader.member, speaker, (reflection, reader.round))
        return views.reply_page(speaker, entry, reader.circle.channel.slack, may_bring=not reader.member.is_guest)

    def _found(self, session: Session, member: Member, sought: JournalSearch) -> Iterator[Writing]:
        between = periods.parse(sought.period).between(member.timezone) if sought.period else None
        leaves = self._notebook.writings_of(session, member, sought.theme, between)
        if not sought.search:
            return leaves
        return (leaf for leaf in leaves if rules.finds(self._notebook.read_text(leaf), sought.search))

    def _a_year_ago(self, session: Session, member: Member, speaker: Speaker, now: datetime) -> JournalEntry | None:
        then = list(self._notebook.writings_of(session, member, between=rules.a_year_ago(now)))
        if not then:
            return None
        nearest = then[rules.nearest([one.written_at for one, _ in then], now)]
        return self._notebook.build_entry(session, member, speaker, nearest)

    def _sieve(
        self, session: Session, member: Member, sought: JournalSearch, speaker: Speaker, now: datetime
    ) -> views.SearchChoices | None:
        """What can be chosen, for who has more than one page or looks for something."""
        first = queries.first_at(session, member)
        looks = sought != JournalSearch(page=sought.page)
        if first is None or not (looks or queries.has_more_than(session, member, rules.PER_PAGE)):
            return None
        themes = {
            key: theme_name(self._services, speaker, key) for key in queries.themes_written_about(session, member)
        }
        today, then = (periods.local_day(moment, member.timezone) for moment in (now, first))
        return views.SearchChoices(themes, rules.periods(today, then))

    def _pointer(self, sought: JournalSearch) -> Json:
        sealed = self._services.seal(sought.search, places.JOURNAL_SEARCH) if sought.search else b""
        search = base64.urlsafe_b64encode(sealed).decode()
        return {"page": sought.page, "theme": sought.theme, "period": sought.period, "search": search}

    def _opened(self, search: str) -> str:
        with suppress(CannotOpen, ValueError):
            return self._services.open_text(base64.urlsafe_b64decode(search), places.JOURNAL_SEARCH)
        return ""

    def _spoken(self, user: str) -> Speaker:
        with self._services.database.reading() as session:
            return self._voice(session, known_member(session, user))

    def _voice(self, session: Session, member: Member) -> Speaker:
        return self._services.speaker_for(first_circle_of(session, member), member)


def _possible(sought: JournalSearch) -> JournalSearch:
    """What can be looked for; whatever else a client sends back is no wish."""
    return replace(
        sought,
        period=_period(sought.period),
        theme=sought.theme[:40],
        search=sought.search[:LONGEST_SEARCH].strip(),
        page=max(0, min(sought.page, 10_000)),
    )


def _period(key: str) -> str:
    """A period that has moments on both sides; empty for whatever else is asked."""
    with suppress(ValueError):
        return key if 1900 < periods.parse(key).first.year < 9000 else ""
    return ""
