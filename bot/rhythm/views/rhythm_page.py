"""A circle's rhythm: in words, as a page with the next four, and as lines in the channel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import blocks as parts
from bot.core import names
from bot.core.blocks import Json
from bot.core.calendar import holiday_names
from bot.rhythm.rules import closed_periods
from bot.rhythm.rules.rhythm import Fate, SlotOutcome, Rhythm, PlanSlot
from bot.words import Mrkdwn, Speaker


@dataclass(frozen=True)
class RhythmPageContent:
    """What the page shows: the rhythm that holds (none while `holds` is false), and the next slots, in this zone.

    `past` are the last few that went otherwise, latest first.

    `is_proposed`: members can object to something `until` then. `is_after_hours`: people do not work
    now, and a question that is asked now comes all the same. `leads`: its reader is a moderator.
    """

    rhythm: Rhythm
    slots: tuple[PlanSlot, ...]
    zone: str
    today: date
    past: tuple[SlotOutcome, ...] = ()
    holds: bool = True
    paused_until: date | None = None
    is_proposed: bool = False
    until: str = ""
    may_post: bool = True
    is_after_hours: bool = False
    leads: bool = False


def rhythm_in_words(say: Speaker, rhythm: Rhythm) -> str:
    """On which days, at which hour: "elke maandag om 9:00"."""
    key = "rhythm.every_week" if rhythm.weeks == 1 else "rhythm.every_other_week"
    return say.plain(key, days=say.weekdays(rhythm.weekdays), clock=say.wall_clock(rhythm.clock))


def rhythm_lines(say: Speaker, rhythm: Rhythm, zone: str = "") -> list[Mrkdwn]:
    """The whole rhythm: days and hour, what becomes of closed days, and the circle's own closed periods.

    `zone` is the one in which all this is from then on, where that is to change.
    """
    moves = "rhythm.moves" if rhythm.weeks == 1 else "rhythm.moves_two_weeks"
    closed = say.mrkdwn(moves if rhythm.moves else "rhythm.skips")
    comes = say.mrkdwn("circle.works", rhythm=rhythm_in_words(say, rhythm))
    texts = [Mrkdwn(f"{comes} {closed}")]
    texts += [say.mrkdwn("rhythm.zone", zone=zone)] if zone else []
    if rhythm.closed:
        texts += [say.mrkdwn("rhythm.closed_too"), *parts.split(closed_periods.write_periods(rhythm.closed))]
    return texts


def rest_line(say: Speaker, until: date) -> Mrkdwn:
    """No questions until this day."""
    return say.mrkdwn("rhythm.rest", day=say.day(until))


def rhythm_page(say: Speaker, shown: RhythmPageContent, pointers: Json) -> Json:
    """How it goes now, what is proposed, and what becomes of the next four; for moderators, what they can do."""
    blocks = [*map(parts.section, rhythm_lines(say, shown.rhythm)), *_notes(say, shown)]
    if shown.holds:
        blocks.append(parts.header(say.plain("rhythm.next_four")))
        blocks += [_slot(say, shown, slot) for slot in shown.slots]
    blocks += _past(say, shown.past)
    blocks += _choices(say, shown) if shown.leads else [parts.context(say.mrkdwn("rhythm.by_moderators"))]
    title, close = say.plain("rhythm.title"), say.plain("common.close")
    return parts.modal(names.RHYTHM_PAGE, title, blocks, pointers=pointers, close=close)


def skipped_post(say: Speaker, slot: PlanSlot, *, comes_after_all: bool) -> Json:
    """The line in the channel about one question that does not come, or comes after all."""
    key = "rhythm.line_unskipped" if comes_after_all else "rhythm.line_skipped"
    return _line(say, say.mrkdwn(key, day=say.day(slot.planned)))


def paused_post(say: Speaker, until: date) -> Json:
    """The line in the channel about a pause."""
    return _line(say, say.mrkdwn("rhythm.line_paused", day=say.day(until)))


def resumed_post(say: Speaker, moment: datetime, zone: str) -> Json:
    """What that line becomes when the questions go on."""
    return _line(say, say.mrkdwn("rhythm.line_resumed", moment=say.moment(moment, zone)))


def _line(say: Speaker, text: Mrkdwn) -> Json:
    return parts.message(say.plain("rhythm.headline"), [parts.section(text)])


def _notes(say: Speaker, shown: RhythmPageContent) -> Iterable[Json]:
    if shown.paused_until and shown.paused_until > shown.today:
        yield parts.section(say.mrkdwn("rhythm.is_paused", day=say.day(shown.paused_until)))
    if shown.is_proposed:
        yield parts.section(say.mrkdwn("rhythm.is_proposed", until=shown.until))
    elif not shown.holds:
        yield parts.section(say.mrkdwn("rhythm.none_holds"))


def _slot(say: Speaker, shown: RhythmPageContent, slot: PlanSlot) -> Json:
    period = shown.rhythm.period_of(slot.planned)
    why = _why(say, slot.planned, period.name if period else None)
    moment, day = say.moment(slot.at, shown.zone), say.day(slot.planned)
    text = say.mrkdwn(f"rhythm.slot_{slot.fate.value}", moment=moment, day=day, why=why)
    if shown.leads and slot.fate == Fate.SKIPPED:
        return parts.section(text, parts.button(say.plain("rhythm.unskip"), names.UNSKIP_SLOT, slot.key))
    if shown.leads and slot.fate.comes:
        return parts.section(text, parts.button(say.plain("rhythm.skip"), names.SKIP_SLOT, slot.key))
    return parts.section(text)


def _past(say: Speaker, past: Iterable[SlotOutcome]) -> list[Json]:
    """What did not come, or on another day, a line each with its reason; who did that is not said."""
    lines = [f"• {_line_of(say, one)}" for one in past]
    return [parts.header(say.plain("rhythm.past")), parts.section(Mrkdwn("\n".join(lines)))] if lines else []


def _line_of(say: Speaker, one: SlotOutcome) -> Mrkdwn:
    came = say.day(one.came) if one.came else ""
    why = _why(say, one.planned, one.closed_for)
    return say.mrkdwn(f"rhythm.past_{one.why.value}", day=say.day(one.planned), came=came, why=why)


def _why(say: Speaker, day: date, closed_for: str | None) -> str:
    """What the day is closed for: the circle's own name for it, or the holiday's."""
    own = closed_for if closed_for is not None else holiday_names(day.year, say.language).get(day)
    return own or say.plain("rhythm.closed_day")


def _choices(say: Speaker, shown: RhythmPageContent) -> list[Json]:
    change = parts.button(say.plain("rhythm.change"), names.CHANGE_RHYTHM)
    if not shown.holds:
        return [parts.actions(change)]
    coming = next((slot for slot in shown.slots if slot.fate.comes), None)
    now = [_post_now(say, coming, shown)] if coming and shown.may_post else []
    is_paused = shown.paused_until is not None and shown.paused_until > shown.today
    resume = [parts.button(say.plain("rhythm.resume"), names.RESUME)] if is_paused else []
    pause = [] if is_paused else [parts.section(say.mrkdwn("rhythm.pause"), _day(say))]
    return [parts.actions(*now, *resume, change), *pause, parts.context(say.mrkdwn("rhythm.channel_reads"))]


def _post_now(say: Speaker, slot: PlanSlot, shown: RhythmPageContent) -> Json:
    key = "rhythm.post_now_after_hours" if shown.is_after_hours else "rhythm.post_now_means"
    means = say.plain(key, moment=say.moment(slot.at, shown.zone))
    sure = parts.confirm(say.plain("rhythm.post_now"), means, say.plain("rhythm.post"), say.plain("common.cancel"))
    return parts.button(say.plain("rhythm.post_now"), names.POST_NOW, slot.key, confirm=sure)


def _day(say: Speaker) -> Json:
    picker = {"type": "datepicker", "action_id": names.PAUSE_UNTIL}
    return {**picker, "placeholder": parts.plain(say.plain("rhythm.choose_day"))}
