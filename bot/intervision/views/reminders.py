"""The one private message a day, and the choice to have one before something closes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.surfaces import StepButton
from bot.intervision.views.lying_still import wake_up_buttons
from bot.library.enums import Kind
from bot.library.protocol import Step
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, conversation_link

REMINDERS_FIELD: Final = "reminders"
"""The block of the choice to be told in the morning before something closes."""

_WANTED: Final = "wanted"
# Two or three blocks each, in a message of fifty.
_MOST: Final = 15


@dataclass(frozen=True)
class ReminderItem:
    """One thing to tell: `news` is closes, prolonged, lies_still or group_is_there.

    `title` is empty where the message is about several cases. `until` is when the step closes, or the case ends.
    """

    news: str
    case: str
    step: Step
    heading: str
    method: str
    title: str
    place: Mrkdwn
    until: str
    can_pass: bool
    can_have_more_time: bool
    is_group_there: bool = False


def case_place(speaker: Speaker, channel: str | None, *, of_two: bool) -> Mrkdwn:
    """The way to where a case lives; the name of a conversation of two only lists who is in it."""
    if channel is None:
        return speaker.mrkdwn("case.mine_running")
    return conversation_link(channel, speaker.mrkdwn("two.conversation")) if of_two else channel_link(channel)


def daily_message(speaker: Speaker, items: Sequence[ReminderItem]) -> Json:
    """All of it, with what can be done about each; nothing of what others did."""
    closes = [item for item in items[:_MOST] if item.news == "closes"]
    blocks = [block for item in items[:_MOST] if item not in closes for block in _own_case(speaker, item)]
    if closes:
        blocks.append(parts.section(speaker.mrkdwn("remind.closes")))
        blocks += [block for item in closes for block in _closing_step(speaker, item)]
        blocks.append(parts.context(speaker.mrkdwn("remind.how_to_stop")))
    return parts.message(speaker.plain("remind.headline"), blocks)


def reminders_choice(speaker: Speaker, *, is_wanted: bool) -> Json:
    """The box that is ticked unless somebody unticked it."""
    box = parts.checkboxes([parts.option(speaker.plain("remind.wanted"), _WANTED)], [_WANTED] if is_wanted else [])
    return parts.actions({**box, "action_id": names.REMINDERS_CHOSEN}, block_id=REMINDERS_FIELD)


def _closing_step(speaker: Speaker, item: ReminderItem) -> list[Json]:
    what = {"step": item.heading, "method": item.title or item.method, "place": item.place, "until": item.until}
    buttons = [_write_button(speaker, item)]
    if item.can_pass:
        buttons.append(parts.button(speaker.plain("case.pass"), names.PASS, _pointer(item)))
    if item.can_have_more_time:
        buttons.append(parts.button(speaker.plain("remind.more_time"), names.ONE_DAY_MORE, _pointer(item)))
    return [parts.section(speaker.mrkdwn("remind.step", **what)), parts.actions(*buttons)]


def _own_case(speaker: Speaker, item: ReminderItem) -> list[Json]:
    """To its owner: their step has more time, or their case lies still."""
    name = "prolonged" if item.news == "prolonged" else "still_there" if item.is_group_there else "lies_still"
    what = {"title": item.title or item.method, "step": item.heading, "place": item.place, "until": item.until}
    text = parts.section(speaker.mrkdwn(f"remind.{name}", **what))
    if item.news == "prolonged":
        return [text, parts.actions(_write_button(speaker, item))]
    return [text, parts.actions(*wake_up_buttons(speaker, item.case))]


def _write_button(speaker: Speaker, item: ReminderItem) -> Json:
    key = "case.rate" if Kind.RATING in item.step.kinds else "case.write"
    return parts.button(speaker.plain(key), names.WRITE, _pointer(item), style="primary")


def _pointer(item: ReminderItem) -> str:
    return StepButton(item.case, item.step.key).to_value()
