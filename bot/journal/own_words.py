"""Everything somebody wrote in a journal, as a whole: taken along as a file, wiped, or, once a year, asked about."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import first_circle_of, known_member
from bot.core.calendar import Calendar
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.journal.entries import JournalEntries
from bot.journal.insights import Insights
from bot.journal.views import file as files
from bot.journal.views import own_words as views
from bot.journal.views.file import FORMS, ExportLine
from bot.questions.api import forget_written_ahead, is_own
from bot.reflection.api import AnswerVisibility
from bot.reflection.types import ask_again_at
from bot.words import Speaker
from db.models import Member
from db.queries import journal as queries

_TOKEN = re.compile(r"[0-9a-f]{16}")


class JournalExport:
    """One member's words as a whole."""

    def __init__(self, services: Services, settling: AnswerVisibility, insights: Insights) -> None:
        self._services = services
        self._settling, self._insights = settling, insights
        self._notebook = JournalEntries(services)

    def open_export_page(self, user: str) -> Json:
        """The page that asks as what they are to be taken along, and says where the file will be."""
        with self._services.database.reading() as session:
            speaker = self._voice(session, known_member(session, user))
            return views.export_page(speaker, {"export": secrets.token_hex(8)})

    def export_journal(self, user: str, form: str, pointers: Json, now: datetime) -> Json:
        """Send this person a file of all they wrote, and of nobody else's words, in private; once a page and form."""
        token = str(pointers.get("export"))
        if form not in FORMS or not _TOKEN.fullmatch(token):
            raise Refusal("common.outdated")
        with self._services.database.writing() as session:
            member = known_member(session, user)
            speaker = self._voice(session, member)
            made = _today(now, member)
            text = files.write_journal(speaker, list(self._lines(session, member, speaker)), form, made)
            name = files.journal_file_name(speaker, form, made, token[:4])
            at = self._services.outbox.open_dm(session, member.slack)
            self._services.outbox.upload_file(
                session, f"journal:{token}:{form}", name, text, speaker.plain("journal.file_note"), at
            )
            return views.export_sent_page(speaker)

    def open_wipe_page(self, user: str) -> Json:
        """The page that says what wiping everything means."""
        with self._services.database.reading() as session:
            return views.confirm_wipe_page(self._voice(session, known_member(session, user)))

    def wipe_journal(self, user: str, now: datetime) -> Json:
        """All of it is gone: where others could read it as far as it is ours to take away, and here."""
        with self._services.database.writing() as session:
            member = known_member(session, user)
            self._settling.withdraw_all_answers(session, member, now)
            self._insights.wipe_all_insights(session, member)
            forget_written_ahead(session, member)
            member.journal_ask_at = None
            return views.journal_wiped_page(self._voice(session, member))

    def members_to_ask(self, now: datetime) -> list[int]:
        """Our ids of the members who wrote or were asked a year ago."""
        with self._services.database.reading() as session:
            return queries.members_to_ask(session, now)

    def ask_member(self, member_id: int, now: datetime) -> bool:
        """Ask somebody whether their words may stay another year; returns whether they were asked.

        Nothing depends on the answer: what nobody answers, stays.
        """
        with self._services.database.writing() as session:
            member = session.get_one(Member, member_id, with_for_update=True)
            if member.journal_ask_at is None or member.journal_ask_at > now:
                return False
            calendar = Calendar(member.timezone)
            if not calendar.presentable(now):
                member.journal_ask_at = calendar.next_presentable(now)
                return False
            return self._ask(session, member, now)

    def keep_another_year(self, user: str, year: str) -> None:
        """They may: the private word says so."""
        with self._services.database.writing() as session:
            member = known_member(session, user)
            body = views.yearly_answer(self._voice(session, member))
            self._services.outbox.update_if_posted(session, f"journal:{member.id}:{year}", body)

    def _ask(self, session: Session, member: Member, now: datetime) -> bool:
        has_words = queries.has_more_than(session, member, 0)
        member.journal_ask_at = ask_again_at(now) if has_words else None
        if has_words:
            at, year = self._services.outbox.open_dm(session, member.slack), str(now.year)
            body = views.yearly_question(self._voice(session, member), year)
            self._services.outbox.upsert(session, f"journal:{member.id}:{year}", body, at)
        return has_words

    def _lines(self, session: Session, member: Member, speaker: Speaker) -> Iterator[ExportLine]:
        """Oldest first. A question that a member made is somebody else's words."""
        for leaf in reversed(list(self._notebook.writings_of(session, member))):
            entry, (one, round_) = self._notebook.build_entry(session, member, speaker, leaf), leaf
            is_others = round_ is not None and is_own(round_.prompt)
            yield ExportLine(one.written_at, replace(entry, question="") if is_others else entry)

    def _voice(self, session: Session, member: Member) -> Speaker:
        return self._services.speaker_for(first_circle_of(session, member), member)


def _today(now: datetime, member: Member) -> str:
    """Today, where this member lives, in figures."""
    return Calendar(member.timezone).local(now).date().isoformat()
