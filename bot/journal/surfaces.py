"""What the windows of a journal and of insights know, and what their fields are.

Everything that comes back was sent by a client and may be forged: whether it is this person's, the services check.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.core import names
from bot.core.errors import Refusal
from bot.core.parts import Json

SEARCH, THEME, PERIOD = "search", "theme", "period"
LONGEST_SEARCH = 100
# Every theme, and every period; and, in place of a theme, insights alone (no theme has such a key).
ALL, INSIGHTS = "-", "@insights"
SENTENCE = "sentence"
# The forms of a file, by the buttons that ask for them.
EXPORT_FORMS = {action: form for form, action in names.JOURNAL_FILES.items()}
LAST_PAGE = 10_000


def page_number(value: str) -> int:
    """The number of a page, from the value of a button; raises `Refusal` for anything else."""
    if not value.isascii() or not value.isdigit() or int(value[:9]) > LAST_PAGE:
        raise Refusal("common.gone")
    return int(value[:9])


@dataclass(frozen=True)
class JournalPlace:
    """The page of the journal from which a window was opened, to go back to; what was searched for is sealed."""

    page: int = 0
    theme: str = ""
    period: str = ""
    search: str = ""

    def to_metadata(self) -> Json:
        """As every window that was opened from that page knows it."""
        return {"journal": asdict(self)}

    @classmethod
    def from_metadata(cls, pointers: Json) -> "JournalPlace | None":
        """From what a client sent; None for a window that was not opened from the journal."""
        found = pointers.get("journal")
        if not isinstance(found, dict) or not found:
            return None
        page, chosen = found.get("page"), (str(found.get(name, "")) for name in (THEME, PERIOD, SEARCH))
        return cls(page if isinstance(page, int) else 0, *chosen)


@dataclass(frozen=True)
class JournalSearch:
    """Which entries: of a theme, of a period, with these words in them; and which page of them, from 0."""

    theme: str = ""
    period: str = ""
    search: str = ""
    page: int = 0

    @classmethod
    def from_sent(cls, pointers: Json, fields: Mapping[str, Any], page: int = 0) -> "JournalSearch":
        """What is chosen in a page of the journal. Where it has no choice of themes, it stays with its own."""
        place = JournalPlace.from_metadata(pointers) or JournalPlace()
        theme = str(fields[THEME] or "") if THEME in fields else place.theme
        period, search = (str(fields.get(name) or "") for name in (PERIOD, SEARCH))
        return cls("" if theme == ALL else theme, "" if period == ALL else period, search, page)


@dataclass(frozen=True)
class InsightForm:
    """The form of an insight: the reflection it is made of, or the insight it changes; its own id; the sentence."""

    reflection_id: str = ""
    insight_id: str = ""
    form_token: str = ""
    text: str = ""

    def to_metadata(self) -> Json:
        """What the form knows without its field."""
        known = {"of": self.reflection_id, "insight": self.insight_id, "form": self.form_token}
        return {name: value for name, value in known.items() if value}

    @classmethod
    def from_sent(cls, pointers: Json, fields: Mapping[str, Any]) -> "InsightForm":
        """From what a client sent."""
        made_of, changes, token = (str(pointers.get(name) or "") for name in ("of", "insight", "form"))
        return cls(made_of, changes, token, str(fields.get(SENTENCE) or ""))


@dataclass(frozen=True)
class TakeAlongForm:
    """The form after a case: of which case, the insight it changes if there is one, its own id; the sentence."""

    case_id: str
    insight_id: str = ""
    form_token: str = ""
    text: str = ""

    def to_metadata(self) -> Json:
        """What the form knows without its field."""
        known = {"case": self.case_id, "insight": self.insight_id, "form": self.form_token}
        return {name: value for name, value in known.items() if value}

    @classmethod
    def from_sent(cls, pointers: Json, fields: Mapping[str, Any]) -> "TakeAlongForm":
        """From what a client sent."""
        case, changes, token = (str(pointers.get(name) or "") for name in ("case", "insight", "form"))
        return cls(case, changes, token, str(fields.get(SENTENCE) or ""))


@dataclass(frozen=True)
class ExportPage:
    """The page from which files are asked for; its id makes one file of each form, however often one presses."""

    token: str

    def to_metadata(self) -> Json:
        """What the page knows."""
        return {"export": self.token}

    @classmethod
    def from_metadata(cls, pointers: Json) -> "ExportPage":
        """From what a client sent."""
        return cls(str(pointers.get("export")))
