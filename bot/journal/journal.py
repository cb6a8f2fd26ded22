"""My journal: everything a member wrote, to page through and to search, for nobody but its writer.

What is written is sealed, so a search opens one member's own entries one by one, and nobody else's.
"""

import base64
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import islice

from bot.core import periods
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Service
from bot.crypto import places
from bot.crypto.vault import CannotOpen
from bot.journal import rules
from bot.journal.entries import JournalContext, Writing, build_entry, load_journal_context, read_writing, writings_of
from bot.journal.surfaces import LAST_PAGE, LONGEST_SEARCH, JournalPlace, JournalSearch
from bot.journal.views import page as views
from bot.journal.views.page import JournalEntry
from bot.reflection.api import AnswerContext, answers_page_for, load_own_answer, round_theme_name
from bot.words.typed import without_links
from db.models import Reflection
from db.queries import journal as queries


class Journal(Service):
    """Shows a page of entries, one entry, and the way back from it."""

    def open_journal_page(self, user: str, search: JournalSearch, now: datetime) -> Json:
        """A page of what this person wrote, the newest first, with what was written a year ago on the first."""
        with self._services.database.reading() as session:
            context, search = load_journal_context(self._services, session, user), _within_limits(search)
            found, first = _find_writings(context, search), search.page * rules.PER_PAGE
            entries = [build_entry(context, writing) for writing in islice(found, first, first + rules.PER_PAGE)]
            return views.journal_page(
                context.speaker,
                entries,
                search,
                _search_choices(context, search, now),
                _a_year_ago(context, now) if search == JournalSearch() else None,
                self._place_of(search),
                has_more=next(found, None) is not None,
                has_insights=queries.has_insights(session, context.member),
            )

    def open_entry(self, user: str, reflection_id: str, now: datetime) -> Json:
        """One entry whole, with what can be done with it."""
        with self._services.database.reading() as session:
            reflection, context = load_own_answer(self._services, session, user, reflection_id, now, typed_too=True)
            if reflection.source == "form":
                return answers_page_for(context, reflection)
            return _reply_page(reflection, context)

    def forget_reply(self, user: str, reflection_id: str, now: datetime) -> Json:
        """Keep no longer what was typed in a thread; in Slack only its writer can delete it."""
        with self._services.database.writing() as session:
            reflection, context = load_own_answer(
                self._services, session, user, reflection_id, now, to_change=True, typed_too=True
            )
            if reflection.source != "thread":
                raise Refusal("common.outdated")
            reflection.state, reflection.words, reflection.files = "gone", None, 0
            return views.reply_gone_page(context.speaker)

    def add_way_back(self, user: str, view: Json, place: JournalPlace) -> Json:
        """The same page or form with a button back to the page of the journal from which it was opened."""
        with self._services.database.reading() as session:
            return views.with_way_back(load_journal_context(self._services, session, user).speaker, view, place)

    def go_back(self, user: str, place: JournalPlace, now: datetime) -> Json:
        """The page of the journal from which a window was opened."""
        search = JournalSearch(place.theme, place.period, self._open_search(place.search), place.page)
        return self.open_journal_page(user, search, now)

    def place_of(self, search: JournalSearch) -> JournalPlace:
        """What a window that is opened from this page knows of it."""
        return self._place_of(_within_limits(search))

    def _place_of(self, search: JournalSearch) -> JournalPlace:
        sealed = self._services.seal(search.search, places.JOURNAL_SEARCH) if search.search else b""
        return JournalPlace(search.page, search.theme, search.period, base64.urlsafe_b64encode(sealed).decode())

    def _open_search(self, sealed: str) -> str:
        with suppress(CannotOpen, ValueError):
            return self._services.open_text(base64.urlsafe_b64decode(sealed), places.JOURNAL_SEARCH)
        return ""


def _reply_page(reflection: Reflection, context: AnswerContext) -> Json:
    journal = JournalContext(context.services, context.session, context.member, context.speaker)
    entry, channel = build_entry(journal, (reflection, context.round)), context.circle.channel.slack
    return views.reply_page(context.speaker, entry, channel, may_bring=not context.member.is_guest)


def _find_writings(context: JournalContext, search: JournalSearch) -> Iterator[Writing]:
    between = periods.parse(search.period).between(context.zone) if search.period else None
    found = writings_of(context, search.theme, between)
    if not search.search:
        return found
    return (one for one in found if rules.matches_search(without_links(read_writing(context, one)), search.search))


def _a_year_ago(context: JournalContext, now: datetime) -> JournalEntry | None:
    then = list(writings_of(context, between=rules.a_year_ago(now)))
    if not then:
        return None
    return build_entry(context, then[rules.nearest_to_a_year_ago([one.written_at for one, _ in then], now)])


def _search_choices(context: JournalContext, search: JournalSearch, now: datetime) -> views.SearchChoices | None:
    """What can be chosen; None for a member who has one page at most and does not search."""
    session, member = context.session, context.member
    first = queries.first_at(session, member)
    searches = search != JournalSearch(page=search.page)
    if first is None or not (searches or queries.has_more_than(session, member, rules.PER_PAGE)):
        return None
    keys = queries.themes_written_about(session, member)
    themes = {key: round_theme_name(context.services, context.speaker, key) for key in keys}
    today, then = (periods.local_day(moment, context.zone) for moment in (now, first))
    return views.SearchChoices(themes, rules.periods_to_choose(today, then))


def _within_limits(search: JournalSearch) -> JournalSearch:
    """The search as far as it can be one; a client may send anything."""
    return replace(
        search,
        period=_valid_period(search.period),
        theme=search.theme[:40],
        search=search.search[:LONGEST_SEARCH].strip(),
        page=max(0, min(search.page, LAST_PAGE)),
    )


def _valid_period(key: str) -> str:
    """The key of a period whose moments a database can hold; empty for anything else."""
    with suppress(ValueError):
        return key if 1900 < periods.parse(key).first.year < 9000 else ""
    return ""
