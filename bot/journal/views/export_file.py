"""A journal as a file, from the same lines: Markdown, a page to print, or JSON. It has no words of anybody else."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.core.html import STYLE
from bot.journal.views.page import JournalEntry
from bot.words import Html, Speaker
from bot.words.escaping import escape

_OWN_STYLE = "h2 { break-after: avoid; } .mine { white-space: pre-wrap; } blockquote { margin: 0; color: #555; }"


@dataclass(frozen=True)
class ExportLine:
    """One entry and its moment; the entry's `question` is empty where a member wrote that question."""

    written_at: datetime
    entry: JournalEntry


def write_journal(speaker: Speaker, lines: Sequence[ExportLine], form: str, made: str) -> str:
    """The journal in one of `FORMS`, made on this day (YYYY-MM-DD). Raises KeyError for another form."""
    return _WRITERS[form](speaker, lines, made)


def journal_file_name(speaker: Speaker, form: str, made: str, token: str) -> str:
    """The name of the file; `token` makes two of one day different."""
    return f"{speaker.plain('journal.file_name')}-{made}-{token}.{_ENDINGS[form]}"


def journal_as_markdown(speaker: Speaker, lines: Sequence[ExportLine], made: str) -> str:
    """Markdown, for somebody's own notes."""
    head = [f"# {speaker.plain('journal.title')}", speaker.plain("journal.file_made", day=made)]
    return "\n\n".join([*head, *(_markdown(speaker, line.entry) for line in lines)]) + "\n"


def journal_as_html(speaker: Speaker, lines: Sequence[ExportLine], made: str) -> str:
    """One page of HTML with nothing outside it, which prints well."""
    title = speaker.html("journal.title")
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{speaker.language}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>\n<style>\n{STYLE}\n{_OWN_STYLE}\n</style>\n</head>\n<body>\n<h1>{title}</h1>",
            f'<p class="small">{speaker.html("journal.file_made", day=made)}</p>',
            *(_html(speaker, line.entry) for line in lines),
            "</body>\n</html>\n",
        )
    )


def journal_as_json(speaker: Speaker, lines: Sequence[ExportLine], made: str) -> str:
    """JSON, for another program; the keys are the same in every language."""
    entries = [
        {
            "written_at": line.written_at.astimezone(UTC).isoformat(timespec="seconds"),
            "theme": line.entry.theme,
            "question": line.entry.question or None,
            "text": line.entry.text,
            "state": line.entry.state,
            "files_not_kept": line.entry.files,
        }
        for line in lines
    ]
    whole = {"language": speaker.language, "made_on": made, "entries": entries}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


_WRITERS: dict[str, Callable[[Speaker, Sequence[ExportLine], str], str]] = {
    "markdown": journal_as_markdown,
    "html": journal_as_html,
    "json": journal_as_json,
}
_ENDINGS = {"markdown": "md", "html": "html", "json": "json"}
FORMS = tuple(_WRITERS)


def _markdown(speaker: Speaker, entry: JournalEntry) -> str:
    asked = [f"> {part}" for part in entry.question.splitlines()]
    note = f"*{_note(speaker, entry)}*"
    return "\n\n".join(filter(None, [f"## {entry.day} · {entry.theme}", "\n".join(asked), entry.text, note]))


def _html(speaker: Speaker, entry: JournalEntry) -> str:
    asked = f"<blockquote>{_safe(entry.question)}</blockquote>\n" if entry.question else ""
    return (
        f"<h2>{_safe(entry.day)} · {_safe(entry.theme)}</h2>\n{asked}"
        f'<p class="mine">{_safe(entry.text)}</p>\n<p class="small">{_safe(_note(speaker, entry))}</p>'
    )


def _note(speaker: Speaker, entry: JournalEntry) -> str:
    state = speaker.plain(f"journal.file_{entry.state}")
    return f"{state} {speaker.plain('journal.with_files', n=entry.files)}" if entry.files else state


def _safe(text: str) -> str:
    return escape(str(text), Html)
