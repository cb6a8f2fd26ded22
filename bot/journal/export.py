"""Taking one's journal along: a file of everything a member wrote, and of nobody else's words."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.core.calendar import Calendar
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Service
from bot.journal.entries import JournalContext, build_entry, load_journal_context, writings_of
from bot.journal.surfaces import ExportPage
from bot.journal.views import export_file as files
from bot.journal.views import whole_journal as views
from bot.journal.views.export_file import ExportLine
from bot.questions.api import is_own_question
from bot.words.typed import without_links

_TOKEN = re.compile(r"[0-9a-f]{16}")


class JournalExport(Service):
    """Offers a journal as a file, and sends it in private."""

    def open_export_page(self, user: str) -> Json:
        """The page that asks for the form of the file, and says where it will be."""
        with self._services.database.reading() as session:
            speaker = load_journal_context(self._services, session, user).speaker
            return views.export_page(speaker, ExportPage(secrets.token_hex(8)))

    def export_journal(self, user: str, form: str, page: ExportPage, now: datetime) -> Json:
        """Send this person a file of all they wrote, in private; once for each page and form (markdown, html, json)."""
        if form not in files.FORMS or not _TOKEN.fullmatch(page.token):
            raise Refusal("common.outdated")
        with self._services.database.writing() as session:
            context = load_journal_context(self._services, session, user)
            speaker, outbox = context.speaker, self._services.outbox
            today = Calendar(context.zone).local(now).date().isoformat()
            text = files.write_journal(speaker, list(_export_lines(context)), form, today)
            name = files.journal_file_name(speaker, form, today, page.token[:4])
            key, note = f"journal:{page.token}:{form}", speaker.plain("journal.file_note")
            outbox.upload_file(session, key, name, text, note, outbox.open_dm(session, context.member.slack))
            return views.export_sent_page(speaker)


def _export_lines(context: JournalContext) -> Iterator[ExportLine]:
    """Oldest first, without questions that a member wrote: those are somebody else's words."""
    for writing in reversed(list(writings_of(context))):
        entry, (one, round_) = build_entry(context, writing), writing
        is_others = round_ is not None and is_own_question(round_.prompt)
        entry = replace(entry, text=without_links(entry.text), question="" if is_others else entry.question)
        yield ExportLine(one.written_at, entry)
