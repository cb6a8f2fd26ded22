"""A circle's rhythm: in words, as a page with the next four, and as lines in the channel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import names, parts
from bot.core.calendar import holiday_names
from bot.core.parts import Json
from bot.rhythm.rules import closed_periods
from bot.rhythm.rules.rhythm import Fate, PlanSlot, Rhythm, SlotOutcome
from bot.words import Mrkdwn, Speaker


@dataclass(frozen=True)
class RhythmPageContent:
    """What the page shows: the rhythm that holds (none while `holds` is false), and the next slots, in this zone.

    `past` are the last few slots without a question on their day, latest first. `is_proposed`: members can object to
    something `until` then. `is_after_hours`: people do not work now, and a question that is asked now comes all the
    same. `is_moderator`: its reader is one.
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
    is_moderator: bool = False


def rhythm_in_words(speaker: Speaker, rhythm: Rhythm) -> str:
    """On which days, at which hour: "elke maandag om 9:00"."""
    key = "rhythm.every_week" if rhythm.weeks == 1 else "rhythm.every_other_week"
    return speaker.plain(key, days=speaker.weekdays(rhythm.weekdays), clock=speaker.wall_clock(rhythm.clock))


def rhythm_lines(speaker: Speaker, rhythm: Rhythm, zone: str = "") -> list[Mrkdwn]:
    """The whole rhythm: days and hour, what becomes of closed days, and the circle's own closed periods.

    `zone` is the new time zone, where that is to change.
    """
    moves = "rhythm.moves" if rhythm.weeks == 1 else "rhythm.moves_two_weeks"
    closed = speaker.mrkdwn(moves if rhythm.moves else "rhythm.skips")
    comes = speaker.mrkdwn("circle.works", rhythm=rhythm_in_words(speaker, rhythm))
    texts = [Mrkdwn(f"{comes} {closed}")]
    texts += [speaker.mrkdwn("rhythm.zone", zone=zone)] if zone else []
    if rhythm.closed:
        texts += [speaker.mrkdwn("rhythm.closed_too"), *parts.split(closed_periods.write_periods(rhythm.closed))]
    return texts


def rest_line(speaker: Speaker, until: date) -> Mrkdwn:
    """No questions until this day."""
    return speaker.mrkdwn("rhythm.rest", day=speaker.day(until))


def rhythm_page(speaker: Speaker, content: RhythmPageContent, circle_id: int) -> Json:
    """How it goes now, what is proposed, and what becomes of the next four; for moderators, what they can do."""
    blocks = [*map(parts.section, rhythm_lines(speaker, content.rhythm)), *_notes(speaker, content)]
    if content.holds:
        blocks.append(parts.header(speaker.plain("rhythm.next_four")))
        blocks += [_slot_section(speaker, content, slot) for slot in content.slots]
    by_moderators = parts.context(speaker.mrkdwn("rhythm.by_moderators"))
    blocks += _past_blocks(speaker, content.past)
    blocks += _moderator_blocks(speaker, content) if content.is_moderator else [by_moderators]
    return parts.modal(speaker, names.RHYTHM_PAGE, "rhythm.title", blocks, {"circle": circle_id})


def skipped_post(speaker: Speaker, slot: PlanSlot, *, comes_after_all: bool) -> Json:
    """The line in the channel about one question that does not come, or comes after all."""
    key = "rhythm.line_unskipped" if comes_after_all else "rhythm.line_skipped"
    return _line_post(speaker, speaker.mrkdwn(key, day=speaker.day(slot.planned)))


def paused_post(speaker: Speaker, until: date) -> Json:
    """The line in the channel about a pause."""
    return _line_post(speaker, speaker.mrkdwn("rhythm.line_paused", day=speaker.day(until)))


def resumed_post(speaker: Speaker, moment: datetime, zone: str) -> Json:
    """What that line becomes when the questions go on."""
    return _line_post(speaker, speaker.mrkdwn("rhythm.line_resumed", moment=speaker.moment(moment, zone)))


def _line_post(speaker: Speaker, text: Mrkdwn) -> Json:
    return parts.message(speaker.plain("rhythm.headline"), [parts.section(text)])


def _notes(speaker: Speaker, content: RhythmPageContent) -> Iterable[Json]:
    if content.paused_until and content.paused_until > content.today:
        yield parts.section(speaker.mrkdwn("rhythm.is_paused", day=speaker.day(content.paused_until)))
    if content.is_proposed:
        yield parts.section(speaker.mrkdwn("rhythm.is_proposed", until=content.until))
    elif not content.holds:
        yield parts.section(speaker.mrkdwn("rhythm.none_holds"))


def _slot_section(speaker: Speaker, content: RhythmPageContent, slot: PlanSlot) -> Json:
    period = content.rhythm.period_of(slot.planned)
    why = _closed_name(speaker, slot.planned, period.name if period else None)
    moment, day = speaker.moment(slot.at, content.zone), speaker.day(slot.planned)
    text = speaker.mrkdwn(f"rhythm.slot_{slot.fate.value}", moment=moment, day=day, why=why)
    if content.is_moderator and slot.fate == Fate.SKIPPED:
        return parts.section(text, parts.button(speaker.plain("rhythm.unskip"), names.UNSKIP_SLOT, slot.key))
    if content.is_moderator and slot.fate.comes:
        return parts.section(text, parts.button(speaker.plain("rhythm.skip"), names.SKIP_SLOT, slot.key))
    return parts.section(text)


def _past_blocks(speaker: Speaker, past: Iterable[SlotOutcome]) -> list[Json]:
    """What did not come, or on another day, a line each with its reason; who did that is not said."""
    lines = [f"• {_past_line(speaker, one)}" for one in past]
    return [parts.header(speaker.plain("rhythm.past")), parts.section(Mrkdwn("\n".join(lines)))] if lines else []


def _past_line(speaker: Speaker, one: SlotOutcome) -> Mrkdwn:
    came = speaker.day(one.came) if one.came else ""
    why = _closed_name(speaker, one.planned, one.closed_for)
    return speaker.mrkdwn(f"rhythm.past_{one.why.value}", day=speaker.day(one.planned), came=came, why=why)


def _closed_name(speaker: Speaker, day: date, closed_for: str | None) -> str:
    """What the day is closed for: the circle's own name for it, or the holiday's."""
    name = closed_for if closed_for is not None else holiday_names(day.year, speaker.language).get(day)
    return name or speaker.plain("rhythm.closed_day")


def _moderator_blocks(speaker: Speaker, content: RhythmPageContent) -> list[Json]:
    change = parts.button(speaker.plain("rhythm.change"), names.CHANGE_RHYTHM)
    if not content.holds:
        return [parts.actions(change)]
    coming = next((slot for slot in content.slots if slot.fate.comes), None)
    now = [_post_now_button(speaker, coming, content)] if coming and content.may_post else []
    is_paused = content.paused_until is not None and content.paused_until > content.today
    resume = [parts.button(speaker.plain("rhythm.resume"), names.RESUME)] if is_paused else []
    pause = [] if is_paused else [parts.section(speaker.mrkdwn("rhythm.pause"), _pause_day_picker(speaker))]
    return [parts.actions(*now, *resume, change), *pause, parts.context(speaker.mrkdwn("rhythm.channel_reads"))]


def _post_now_button(speaker: Speaker, slot: PlanSlot, content: RhythmPageContent) -> Json:
    key = "rhythm.post_now_after_hours" if content.is_after_hours else "rhythm.post_now_means"
    moment = speaker.moment(slot.at, content.zone)
    confirm = parts.confirm(speaker, "rhythm.post_now", key, "rhythm.post", moment=moment)
    return parts.button(speaker.plain("rhythm.post_now"), names.POST_NOW, slot.key, confirm=confirm)


def _pause_day_picker(speaker: Speaker) -> Json:
    picker = {"type": "datepicker", "action_id": names.PAUSE_UNTIL}
    return {**picker, "placeholder": parts.plain(speaker.plain("rhythm.choose_day"))}
