"""The digest as a file: Markdown, a page to print, a table and JSON, all from the same value.

None of these holds a word of a member, and each shows exactly what the page in Slack shows.
"""

import csv
import io
import json
import re
from collections.abc import Callable

from bot.core.html import STYLE
from bot.core.period_names import period_name
from bot.core.text import Text
from bot.digest.rules import AskedPrompt, Digest
from bot.digest.views import page as words
from bot.words import Html, Speaker
from bot.words.escaping import escape


def write_report(speaker: Speaker, digest: Digest, form: str) -> str:
    """The digest in one of `FORMS`. KeyError for another."""
    return _WRITERS[form](speaker, digest)


def report_as_markdown(speaker: Speaker, digest: Digest) -> str:
    """For a wiki, a mail or a report in the making."""
    lines = [
        f"# {_markdown(_title(speaker, digest))}",
        *(_markdown(line) for line in _dates(speaker, digest)),
        f"## {speaker.plain('digest.report_numbers')}",
        f"- {words.shared_words(speaker, digest.shared)}\n- {words.cases_words(speaker, digest.cases)}",
        f"## {speaker.plain('digest.report_themes')}",
        _markdown(words.theme_names(speaker, digest) or _none(speaker)),
        f"## {speaker.plain('digest.report_methods')}",
        _markdown(words.method_names(speaker, digest) or _none(speaker)),
        f"## {speaker.plain('digest.report_questions')}",
        "\n".join(_markdown_row(speaker, asked) for asked in digest.asked) or speaker.plain("digest.nothing_asked"),
        f"---\n\n{words.thresholds(speaker)}",
    ]
    return "\n\n".join(lines) + "\n"


def report_as_html(speaker: Speaker, digest: Digest) -> str:
    """A page that needs no other file and prints well."""
    title = _safe(_title(speaker, digest))
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{speaker.language}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<h1>{title}</h1>",
            *(f'<p class="small">{_safe(line)}</p>' for line in _dates(speaker, digest)),
            f"<h2>{speaker.html('digest.report_numbers')}</h2>\n<ul>",
            f"<li>{_safe(words.shared_words(speaker, digest.shared))}</li>",
            f"<li>{_safe(words.cases_words(speaker, digest.cases))}</li>\n</ul>",
            f"<h2>{speaker.html('digest.report_themes')}</h2>",
            f"<p>{_safe(words.theme_names(speaker, digest) or _none(speaker))}</p>",
            f"<h2>{speaker.html('digest.report_methods')}</h2>",
            f"<p>{_safe(words.method_names(speaker, digest) or _none(speaker))}</p>",
            f"<h2>{speaker.html('digest.report_questions')}</h2>",
            _html_questions(speaker, digest),
            f'<p class="small">{_safe(words.thresholds(speaker))}</p>\n</body>\n</html>\n',
        )
    )


def report_as_csv(speaker: Speaker, digest: Digest) -> str:
    """For a spreadsheet: a line per question, then the two numbers of the period. Empty means too few to count."""
    lines = io.StringIO()
    rows = csv.writer(lines)
    rows.writerow(speaker.plain(f"digest.report_{name}") for name in ("day", "theme", "question", "shared", "cases"))
    for asked in digest.asked:
        theme, question = _in(speaker, asked.theme), words.question_text(speaker, asked)
        rows.writerow((asked.on.isoformat(), theme, question, _figure(asked.shared), ""))
    rows.writerow((period_name(speaker, digest.period), "", "", _figure(digest.shared), _figure(digest.cases)))
    return lines.getvalue()


def report_as_json(speaker: Speaker, digest: Digest) -> str:
    """For another program. `null` means too few to count; the keys are the same in every language."""
    period = {"key": digest.period.key, "name": period_name(speaker, digest.period)}
    whole = {
        "language": speaker.language,
        "made_on": digest.made_on.isoformat(),
        "period": {**period, "first": digest.period.first.isoformat(), "last": digest.period.last.isoformat()},
        "shared_reflections_at_least": digest.shared,
        "closed_cases_at_least": digest.cases,
        "themes": [theme.in_(speaker.language) for theme in digest.themes],
        "methods": [method.in_(speaker.language) for method in digest.methods],
        "questions": [_question(speaker, asked) for asked in digest.asked],
        "note": words.thresholds(speaker),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


_WRITERS: dict[str, Callable[[Speaker, Digest], str]] = {
    "markdown": report_as_markdown,
    "html": report_as_html,
    "csv": report_as_csv,
    "json": report_as_json,
}
FORMS = tuple(_WRITERS)


def _title(speaker: Speaker, digest: Digest) -> str:
    return speaker.plain("digest.headline", period=period_name(speaker, digest.period))


def _dates(speaker: Speaker, digest: Digest) -> list[str]:
    first, last = digest.period.first.isoformat(), digest.period.last.isoformat()
    lines: list[str] = [speaker.plain("digest.report_period", first=first, last=last)]
    lines.append(speaker.plain("digest.report_made", day=digest.made_on.isoformat()))
    if digest.made_on <= digest.period.last:
        lines.append(speaker.plain("digest.not_over"))
    return lines


def _markdown_row(speaker: Speaker, asked: AskedPrompt) -> str:
    question, shared = _markdown(words.question_text(speaker, asked)), words.question_words(speaker, asked.shared)
    return f"- **{asked.on.isoformat()}** {question} ({shared})"


def _html_questions(speaker: Speaker, digest: Digest) -> str:
    if not digest.asked:
        return f"<p>{speaker.html('digest.nothing_asked')}</p>"
    heads = "".join(f"<th>{speaker.html(f'digest.report_{name}')}</th>" for name in ("day", "question", "shared"))
    rows = "\n".join(_html_row(speaker, asked) for asked in digest.asked)
    return f"<table>\n<tr>{heads}</tr>\n{rows}\n</table>"


def _html_row(speaker: Speaker, asked: AskedPrompt) -> str:
    cells = (asked.on.isoformat(), words.question_text(speaker, asked), words.question_words(speaker, asked.shared))
    return f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in cells)}</tr>"


def _question(speaker: Speaker, asked: AskedPrompt) -> dict[str, str | int | None]:
    return {
        "asked_on": asked.on.isoformat(),
        "theme": _in(speaker, asked.theme),
        "question": words.question_text(speaker, asked),
        "shared_reflections": asked.shared,
    }


def _in(speaker: Speaker, text: Text | None) -> str:
    return text.in_(speaker.language) if text else ""


def _none(speaker: Speaker) -> str:
    return speaker.plain("digest.report_none")


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)


def _safe(text: str) -> str:
    return escape(str(text), Html)


def _markdown(text: str) -> str:
    """Text that says itself in Markdown; a dash or a dot needs no care in the middle of a line."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)
