"""A case that lies still: the line in its place, how its owner wakes it, and what the group can say."""

from dataclasses import dataclass

from bot.core import names, parts
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.intervision.views.words import confirm_dialog
from bot.words import Mrkdwn, Speaker


@dataclass(frozen=True)
class StillLine:
    """What its people read: `until` is when it ends by itself, or empty once it lies still no longer."""

    case: str
    title: str
    until: str
    is_over: bool = False
    is_group_there: bool = False


def still_line(speaker: Speaker, line: StillLine) -> Json:
    """In the place of a case: that it lies still, that nobody has to do anything, and the one thing they may say."""
    name = "over" if line.is_over else "woke_up"
    key = f"still.{name}" if not line.until else "still.group_was_there" if line.is_group_there else "still.line"
    says = parts.button(speaker.plain("still.group_is_there"), names.GROUP_IS_THERE, line.case)
    may_say = line.until and not line.is_group_there
    text = parts.section(speaker.mrkdwn(key, title=line.title, until=line.until), says if may_say else None)
    return parts.message(speaker.plain("still.headline"), [text])


def wake_up_buttons(speaker: Speaker, case: str) -> list[Json]:
    """What only its owner can do: go on, leave the open step out, or end with what there is."""
    ends = confirm_dialog(speaker, "round_off")
    return [
        parts.button(speaker.plain("still.go_on"), names.GO_ON_CASE, case, style="primary"),
        parts.button(speaker.plain("still.skip"), names.SKIP_OWN_STEP, case),
        parts.button(speaker.plain("still.round_off"), names.ROUND_OFF_CASE, case, confirm=ends),
    ]


def woken_receipt(speaker: Speaker, how: str, moment: Mrkdwn | str = "") -> Receipt:
    """What came of it: `how` is go_on, skip, end, ends_later or not_any_more; `moment` is until or from when."""
    return Receipt(speaker.mrkdwn(f"still.did_{how}", moment=moment))


def said_receipt(speaker: Speaker, *, lies_still: bool) -> Receipt:
    """For who said that the group is still there."""
    return Receipt(speaker.mrkdwn("still.said" if lies_still else "still.goes_on_already"))
