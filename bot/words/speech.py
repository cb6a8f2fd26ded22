"""The catalogues of three languages, compiled in memory, and a speaker for each.

The key of a text is `context.name`: `context` is the gettext message context (one for each surface), `name` the msgid.
"""

import gettext
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, get_day_names, get_timezone_location
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.core.text import LANGUAGES, Language, printed
from bot.words.escaping import Html, Mrkdwn, Plain, escape

_FOLDER = Path(__file__).parent / "catalogues"


class Speaker:
    """The texts of one language. A missing key or argument raises `KeyError`."""

    def __init__(self, language: Language, texts: gettext.GNUTranslations) -> None:
        self.language, self._texts = language, texts

    def mrkdwn(self, key: str, **arguments: Any) -> Mrkdwn:
        """The text of `key` as mrkdwn, with its arguments escaped."""
        return Mrkdwn(self._text(key, Mrkdwn, arguments))

    def plain(self, key: str, **arguments: Any) -> Plain:
        """The text of `key` for where Slack interprets nothing."""
        return Plain(self._text(key, Plain, arguments))

    def html(self, key: str, **arguments: Any) -> Html:
        """The text of `key` as HTML, with text and arguments escaped."""
        safe = {name: escape(value, Html) for name, value in arguments.items()}
        return Html(escape(self._template(key, arguments), Html).format_map(safe))

    def day(self, moment: datetime | date, zone: str | None = None) -> str:
        """A day in words, in the circle's zone: "donderdag 26 november"."""
        local = moment.astimezone(ZoneInfo(zone)) if isinstance(moment, datetime) and zone else moment
        pattern = {"nl": "EEEE d MMMM", "fr": "EEEE d MMMM", "en": "EEEE d MMMM"}[self.language]
        return format_date(local, pattern, locale=self.language)

    def full_day(self, moment: datetime, zone: str) -> str:
        """A day of any year, in the circle's zone: "26 november 2026"."""
        return format_date(moment.astimezone(ZoneInfo(zone)), "d MMMM y", locale=self.language)

    def short_day(self, moment: datetime, zone: str) -> str:
        """A day in figures, in the circle's zone: "26/11"."""
        return format_date(moment.astimezone(ZoneInfo(zone)), "d/M", locale=self.language)

    def clock(self, moment: datetime, zone: str) -> str:
        """A time of day, in the circle's zone: "17:00"; in the hour that a clock change repeats, "2:30 (UTC+0100)"."""
        local = moment.astimezone(ZoneInfo(zone))
        text = format_time(local, "H:mm", locale=self.language)
        is_repeated = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        return f"{text} (UTC{local:%z})" if is_repeated else text

    def wall_clock(self, at: time) -> str:
        """A time of day, in no zone: "9:00"."""
        return format_time(at, "H:mm", locale=self.language)

    def moment(self, moment: datetime, zone: str) -> Mrkdwn:
        """A day and a time, in the circle's zone. No language writes it with a character that has to be escaped."""
        return Mrkdwn(self.plain("common.moment", day=self.day(moment, zone), clock=self.clock(moment, zone)))

    def moment_in_zone(self, moment: datetime, zone: str) -> Mrkdwn:
        """The same, with the place whose time it is: for forms and pages that people in several zones read."""
        place = get_timezone_location(ZoneInfo(zone), locale=self.language, return_city=True)
        return Mrkdwn(self.plain("common.moment_in_zone", moment=self.moment(moment, zone), place=place))

    def weekday(self, number: int) -> str:
        """The name of a weekday; 0 is Monday."""
        return str(get_day_names("wide", locale=self.language)[number])

    def weekdays(self, numbers: Sequence[int]) -> str:
        """Several weekdays in one phrase: "maandag en donderdag"."""
        return format_list([self.weekday(number) for number in numbers], locale=self.language)

    def month(self, day: date) -> str:
        """A month in words: "november 2026"."""
        return format_date(day, "LLLL y", locale=self.language)

    def stamp(self, moment: datetime, zone: str) -> str:
        """A date and time in figures, for reports."""
        return format_datetime(moment.astimezone(ZoneInfo(zone)), "yyyy-MM-dd HH:mm", locale="en")

    def _text(self, key: str, form: type[str], arguments: Mapping[str, Any]) -> str:
        is_safe = form is Plain
        safe = {n: each if is_safe or isinstance(each, form) else escape(each, form) for n, each in arguments.items()}
        return self._template(key, arguments).format_map(safe)

    def _template(self, key: str, arguments: Mapping[str, Any]) -> str:
        context, _, name = key.partition(".")
        if "n" in arguments:
            found = self._texts.npgettext(context, name, name, int(arguments["n"]))
        else:
            found = self._texts.pgettext(context, name)
        if found == name:
            raise KeyError(f"no text {key!r} in {self.language}")
        return found


class Speakers(dict[str, Speaker]):
    """The speakers of all languages: `speakers["nl"]` is the Dutch one."""

    @classmethod
    @cache
    def load(cls, folder: Path = _FOLDER) -> "Speakers":
        """Read and compile every catalogue (`<folder>/<language>/*.po`), once in a process."""
        return cls({language: Speaker(language, _compiled(catalogue(language, folder))) for language in LANGUAGES})


def catalogue(language: str, folder: Path = _FOLDER) -> Catalog:
    """All messages of one language, from its PO files."""
    whole = Catalog(locale=language)
    for file in sorted((folder / language).glob("*.po")):
        with file.open("rb") as lines:
            for message in read_po(lines, locale=language, abort_invalid=True):
                if message.id:
                    whole.add(message.id, _as_shown(message.string, language), context=message.context)
    return whole


def _as_shown(text: str | Sequence[str], language: str) -> str | tuple[str, ...]:
    """A text of the catalogue with its typography; arguments, such as what people write, are not changed."""
    return printed(text, language) if isinstance(text, str) else tuple(printed(form, language) for form in text)


def _compiled(catalog: Catalog) -> gettext.GNUTranslations:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)
