"""The form in which a circle's rhythm is chosen, and the page on which one reads what was proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.calendar import ClosedPeriod
from bot.core.common_fields import time_zone_field
from bot.core.parts import Json
from bot.rhythm.rules import closed_periods
from bot.rhythm.rules.closed_periods import Slip
from bot.rhythm.rules.icalendar import NotTaken
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.views import rhythm_page as views
from bot.words import Speaker

# A year of school holidays, with all that calendar programs write around each.
MOST_FIELDS = 6
# A page shows so many events that were left out one by one, and says how many more there were.
_MOST_LEFT = 20


@dataclass(frozen=True)
class RhythmWishes:
    """What the form says. `weekdays` 0 is Monday, `clock` is "HH:MM"; `closed` and `calendar` as typed and pasted.

    `calendar` has a text for each of its fields.
    """

    weekdays: tuple[int, ...]
    weeks: int
    clock: str
    zone: str
    moves: bool
    closed: str
    calendar: tuple[str, ...] = ("",)

    @classmethod
    def of(cls, rhythm: Rhythm, zone: str) -> RhythmWishes:
        """This rhythm, as the form says it."""
        closed, clock = closed_periods.write_periods(rhythm.closed), f"{rhythm.clock:%H:%M}"
        return cls(rhythm.weekdays, rhythm.weeks, clock, zone, rhythm.moves, closed)


def rhythm_form(speaker: Speaker, wished: RhythmWishes, pointers: Json) -> Json:
    """Everything about when questions come, filled in as it is wished; it has room for a calendar in several fields."""
    field = parts.input_block
    chosen = [str(day) for day in wished.weekdays]
    clock = {"type": "timepicker", "initial_time": wished.clock}
    closed = parts.text_field(multiline=True, initial=wished.closed)
    blocks = [
        parts.section(speaker.mrkdwn("rhythm.form_intro")),
        field("weekdays", speaker.plain("rhythm.weekdays"), parts.checkboxes(weekday_options(speaker), chosen)),
        field("weeks", speaker.plain("rhythm.weeks"), parts.radios(weeks_field(speaker), str(wished.weeks))),
        field("clock", speaker.plain("circle.clock"), clock),
        field("timezone", speaker.plain("circle.timezone"), time_zone_field(wished.zone)),
        field(
            "moves",
            speaker.plain("rhythm.when_closed"),
            parts.radios(_moving(speaker), "yes" if wished.moves else "no"),
        ),
        field(
            "closed", speaker.plain("rhythm.closed"), closed, hint=speaker.plain("rhythm.closed_hint"), optional=True
        ),
        *_calendar(speaker, wished.calendar),
    ]
    return parts.modal(
        names.RHYTHM_FORM,
        speaker.plain("rhythm.title"),
        blocks,
        pointers=pointers,
        close=speaker.plain("common.cancel"),
        submit=speaker.plain("rhythm.propose"),
    )


def rhythm_proposed_page(
    speaker: Speaker,
    rhythm: Rhythm,
    until: str,
    zone: str = "",
    taken: Sequence[ClosedPeriod] = (),
    left: Sequence[NotTaken] = (),
) -> Json:
    """What stands in the channel now, what was taken from a calendar, and what was not, each with why."""
    blocks = [parts.section(speaker.mrkdwn("rhythm.now_proposed", until=until))]
    blocks += [parts.section(text) for text in views.rhythm_lines(speaker, rhythm, zone)]
    if taken or left:
        blocks.append(parts.section(speaker.mrkdwn("rhythm.taken", n=len(taken))))
    blocks += [parts.context(piece) for text in _left(speaker, left) for piece in parts.split(text)]
    title, close = speaker.plain("rhythm.title"), speaker.plain("common.close")
    told = parts.modal(names.RHYTHM_FORM, title, blocks, pointers={}, close=close)
    # The page below it tells how things stood before.
    return {**told, "clear_on_close": True}


def slips(speaker: Speaker, found: Iterable[Slip]) -> str:
    """What is wrong with the closed periods as typed, line by line; as much of it as Slack shows beside a field."""
    told = [speaker.plain(f"rhythm.slip_{one.why}", line=one.line) for one in found]
    return "\n".join(told[:5])


def weeks_field(speaker: Speaker) -> list[Json]:
    """How often: every week, or every other."""
    return [parts.option(speaker.plain(f"rhythm.weeks_{weeks}"), str(weeks)) for weeks in (1, 2)]


def weekday_options(speaker: Speaker) -> list[Json]:
    """The seven days."""
    return [parts.option(speaker.weekday(day), str(day)) for day in range(7)]


def calendar_field(number: int) -> str:
    """The id of one of the fields in which a calendar is pasted, from 1."""
    return f"calendar_{number}"


def _calendar(speaker: Speaker, texts: Sequence[str]) -> Iterable[Json]:
    """How to get at the text of a calendar, and so many fields to paste it in."""
    yield parts.section(speaker.mrkdwn("rhythm.calendar_how"))
    for number, text in enumerate(texts, start=1):
        label = (
            speaker.plain("rhythm.calendar") if number == 1 else speaker.plain("rhythm.calendar_more", number=number)
        )
        element = parts.text_field(multiline=True, initial=text)
        yield parts.input_block(calendar_field(number), label, element, optional=True)
    if len(texts) < MOST_FIELDS:
        yield parts.actions(parts.button(speaker.plain("rhythm.more_room"), names.MORE_CALENDAR))


def _moving(speaker: Speaker) -> list[Json]:
    return [parts.option(speaker.plain(f"rhythm.moves_{answer}"), answer) for answer in ("yes", "no")]


def _left(speaker: Speaker, left: Sequence[NotTaken]) -> list[str]:
    """A line for each event that was left out."""
    # What is over was left out for a reason that everybody expects, so it comes last.
    shown = sorted(left, key=lambda one: one.why == "over")[:_MOST_LEFT]
    named = [(one.line, one.why, one.summary or speaker.plain("rhythm.nameless")) for one in shown]
    lines = [speaker.plain(f"rhythm.left_{why}", line=line, event=event) for line, why, event in named]
    more = [speaker.plain("rhythm.left_more", n=len(left) - _MOST_LEFT)] if len(left) > _MOST_LEFT else []
    return [*lines, *more]
