"""The form in which a circle's rhythm is chosen, and the page on which one reads what was proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.rules import closed_periods
from bot.rules.closed_periods import Slip
from bot.rules.icalendar import NotTaken
from bot.rules.rhythm import Period, Rhythm
from bot.views import names, parts
from bot.views import rhythm as views
from bot.views.parts import Json
from bot.views.zones import zones
from bot.words import Speaker

# A page shows so many events that were left out one by one, and says how many more there were.
_MOST_LEFT = 20


@dataclass(frozen=True)
class Wished:
    """What the form says. `weekdays` 0 is Monday, `clock` is "HH:MM"; `closed` and `calendar` as typed and pasted."""

    weekdays: tuple[int, ...]
    weeks: int
    clock: str
    zone: str
    moves: bool
    closed: str
    calendar: str


def form(say: Speaker, rhythm: Rhythm, zone: str, pointers: Json) -> Json:
    """Everything about when questions come, filled in as it is."""
    field = parts.input_block
    chosen = [str(day) for day in rhythm.weekdays]
    clock = {"type": "timepicker", "initial_time": f"{rhythm.clock:%H:%M}"}
    closed = parts.text_field(multiline=True, initial=closed_periods.written(rhythm.closed))
    blocks = [
        parts.section(say.mrkdwn("rhythm.form_intro")),
        field("weekdays", say.plain("rhythm.weekdays"), parts.checkboxes(weekdays(say), chosen)),
        field("weeks", say.plain("rhythm.weeks"), parts.radios(often(say), str(rhythm.weeks))),
        field("clock", say.plain("circle.clock"), clock),
        field("timezone", say.plain("circle.timezone"), zones(zone)),
        field("moves", say.plain("rhythm.when_closed"), parts.radios(_moving(say), "yes" if rhythm.moves else "no")),
        field("closed", say.plain("rhythm.closed"), closed, hint=say.plain("rhythm.closed_hint"), optional=True),
        field(
            "calendar", say.plain("rhythm.calendar"), parts.text_field(multiline=True),
            hint=say.plain("rhythm.calendar_hint"), optional=True,
        ),
    ]  # fmt: skip
    return parts.modal(
        names.RHYTHM_FORM, say.plain("rhythm.title"), blocks, pointers=pointers,
        close=say.plain("common.cancel"), submit=say.plain("rhythm.propose"),
    )  # fmt: skip


def proposed(
    say: Speaker, rhythm: Rhythm, until: str, zone: str = "",
    taken: Sequence[Period] = (), left: Sequence[NotTaken] = (),
) -> Json:  # fmt: skip
    """What stands in the channel now, what was taken from a calendar, and what was not, each with why."""
    blocks = [parts.section(say.mrkdwn("rhythm.now_proposed", until=until))]
    blocks += [parts.section(text) for text in views.told(say, rhythm, zone)]
    if taken or left:
        blocks.append(parts.section(say.mrkdwn("rhythm.taken", n=len(taken))))
    blocks += [parts.context(piece) for text in _left(say, left) for piece in parts.split(text)]
    title, close = say.plain("rhythm.title"), say.plain("common.close")
    return parts.modal(names.RHYTHM_FORM, title, blocks, pointers={}, close=close)


def slips(say: Speaker, found: Iterable[Slip]) -> str:
    """What is wrong with the closed periods as typed, line by line; as much of it as Slack shows beside a field."""
    told = [say.plain(f"rhythm.slip_{one.why}", line=one.line) for one in found]
    return "\n".join(told[:5])


def often(say: Speaker) -> list[Json]:
    """How often: every week, or every other."""
    return [parts.option(say.plain(f"rhythm.weeks_{weeks}"), str(weeks)) for weeks in (1, 2)]


def weekdays(say: Speaker) -> list[Json]:
    """The seven days."""
    return [parts.option(say.weekday(day), str(day)) for day in range(7)]


def _moving(say: Speaker) -> list[Json]:
    return [parts.option(say.plain(f"rhythm.moves_{answer}"), answer) for answer in ("yes", "no")]


def _left(say: Speaker, left: Sequence[NotTaken]) -> list[str]:
    """A line for each event that was left out."""
    named = [(one.why, one.summary or say.plain("rhythm.nameless")) for one in left[:_MOST_LEFT]]
    lines = [say.plain(f"rhythm.left_{why}", event=event) for why, event in named]
    more = [say.plain("rhythm.left_more", n=len(left) - _MOST_LEFT)] if len(left) > _MOST_LEFT else []
    return [*lines, *more]
