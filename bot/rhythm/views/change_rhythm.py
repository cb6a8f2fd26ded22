"""The form in which a circle's rhythm is chosen, and the page on which one reads what was proposed."""

from collections.abc import Iterable, Sequence

from bot.core import names, parts
from bot.core.calendar import ClosedPeriod
from bot.core.parts import Json
from bot.rhythm.rules.closed_periods import Slip
from bot.rhythm.rules.icalendar import NotTaken
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.surfaces import MOST_CALENDARS, RHYTHM_FIELDS, RhythmForm, RhythmSettings, calendar_field_id
from bot.rhythm.views.rhythm_page import rhythm_lines
from bot.words import Speaker

# A page shows so many events that were left out one by one, and says how many more there were.
_MOST_LEFT_OUT = 20
# Slack shows about so many lines beside a field.
_MOST_SLIPS = 5


def rhythm_form(speaker: Speaker, settings: RhythmSettings, form: RhythmForm) -> Json:
    """Everything about when questions come; a calendar can be pasted over several fields."""
    blocks = [
        parts.section(speaker.mrkdwn("rhythm.form_intro")),
        *(field.block(speaker, settings) for field in RHYTHM_FIELDS),
        *_calendar_blocks(speaker, settings.calendar),
    ]
    return parts.modal(speaker, names.RHYTHM_FORM, "rhythm.title", blocks, form.to_metadata(), submit="rhythm.propose")


def rhythm_proposed_page(
    speaker: Speaker,
    rhythm: Rhythm,
    until: str,
    zone: str = "",
    taken: Sequence[ClosedPeriod] = (),
    left_out: Sequence[NotTaken] = (),
) -> Json:
    """What the channel reads now, what was taken from a calendar, and what was left out of it, each with why.

    `until` is when it holds; `zone` is the new time zone, if that changes.
    """
    blocks = [parts.section(speaker.mrkdwn("rhythm.now_proposed", until=until))]
    blocks += [parts.section(text) for text in rhythm_lines(speaker, rhythm, zone)]
    if taken or left_out:
        blocks.append(parts.section(speaker.mrkdwn("rhythm.taken", n=len(taken))))
    blocks += [parts.context(piece) for text in _left_out_lines(speaker, left_out) for piece in parts.split(text)]
    page = parts.modal(speaker, names.RHYTHM_FORM, "rhythm.title", blocks)
    # The page below it shows what was so before.
    return {**page, "clear_on_close": True}


def slips_text(speaker: Speaker, slips: Iterable[Slip]) -> str:
    """What is wrong with the closed periods as typed, line by line; as much of it as Slack shows beside a field."""
    return "\n".join([speaker.plain(f"rhythm.slip_{slip.why}", line=slip.line) for slip in slips][:_MOST_SLIPS])


def _calendar_blocks(speaker: Speaker, texts: Sequence[str]) -> Iterable[Json]:
    """How to get at the text of a calendar, and the fields to paste it in."""
    yield parts.section(speaker.mrkdwn("rhythm.calendar_how"))
    for number, text in enumerate(texts, start=1):
        key = "rhythm.calendar" if number == 1 else "rhythm.calendar_more"
        element = parts.text_field(multiline=True, initial=text)
        yield parts.input_block(calendar_field_id(number), speaker.plain(key, number=number), element, optional=True)
    if len(texts) < MOST_CALENDARS:
        yield parts.actions(parts.button(speaker.plain("rhythm.more_room"), names.MORE_CALENDAR))


def _left_out_lines(speaker: Speaker, left_out: Sequence[NotTaken]) -> list[str]:
    """A line for each event that was left out."""
    # Everybody expects that what is over is left out, so it comes last.
    shown = sorted(left_out, key=lambda one: one.why == "over")[:_MOST_LEFT_OUT]
    named = [(one.line, one.why, one.summary or speaker.plain("rhythm.nameless")) for one in shown]
    lines: list[str] = [speaker.plain(f"rhythm.left_{why}", line=line, event=event) for line, why, event in named]
    more = len(left_out) - _MOST_LEFT_OUT
    return [*lines, speaker.plain("rhythm.left_more", n=more)] if more > 0 else lines
