"""The page with the cases somebody is in, and the ways out of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.views.lying_still import wake_up_buttons
from bot.intervision.views.reminders import reminders_choice
from bot.intervision.views.waiting import why_it_waits
from bot.intervision.views.words import confirm_dialog, role_alone, start_buttons, text_key
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link

# How many are on one page: three blocks each, in a view of a hundred.
MOST_CASES_SHOWN = 20


@dataclass(frozen=True)
class MyCase:
    """One case. `title` is empty for whoever may not know it yet; `channel` is Slack's id, once it is made.

    `kept_until`: it is over, and its words stand until then.
    """

    case: str
    title: str
    method: str
    theme: str
    roles: Sequence[str]
    state: str
    channel: str | None
    can_stop: bool
    can_start: bool
    can_leave: bool
    can_change: bool = False
    of_two: bool = False
    in_series: bool = False
    can_take_along: bool = False
    kept_until: str = ""
    waits_for: str | None = None
    still_until: str = ""
    can_wake: bool = False


def my_cases_page(
    speaker: Speaker, mine: Sequence[MyCase], *, first: int = 0, total: int = 0, is_reminded: bool | None = None
) -> Json:
    """These cases, of a `total` from number `first` on, with what can be done; and the way to the others.

    `is_reminded`: whether its reader is told before something closes; None for those who were never asked.
    """
    blocks = [block for one in mine for block in _one(speaker, one)]
    blocks = blocks or [parts.section(speaker.mrkdwn("case.mine_none"))]
    before, after = first - MOST_CASES_SHOWN, first + MOST_CASES_SHOWN
    back = [parts.button(speaker.plain("questions.earlier"), names.MY_CASES_BACK, str(max(before, 0)))] if first else []
    more = after < total
    on = [parts.button(speaker.plain("case.mine_more"), names.MY_CASES_ON, str(after))] if more else []
    blocks += [parts.actions(*back, *on)] if back or on else []
    if is_reminded is not None:
        blocks.append(reminders_choice(speaker, is_wanted=is_reminded))
    return parts.modal(speaker, names.MY_CASES_PAGE, "case.mine_title", blocks)


def _place(speaker: Speaker, one: MyCase) -> Mrkdwn:
    """Where it is, or why it waits."""
    channel = None if one.of_two else one.channel
    if one.kept_until:
        where = channel_link(channel) if channel else speaker.mrkdwn("two.mine_room")
        return speaker.mrkdwn(f"ending.mine_{one.state}", day=one.kept_until, where=where)
    if one.still_until and not one.waits_for:
        return speaker.mrkdwn("still.mine", until=one.still_until)
    if one.waits_for:
        return why_it_waits(speaker, one.waits_for, channel)
    return channel_link(channel) if channel else speaker.mrkdwn(_where(one))


def _where(one: MyCase) -> str:
    """The key of the words for where it is; a conversation of two has no name to link to."""
    if one.channel:
        return "two.mine_room"
    return text_key(f"mine_{one.state}", one.of_two and one.state == "running")


def _one(speaker: Speaker, one: MyCase) -> list[Json]:
    where = _place(speaker, one)
    roles, what = ", ".join(role_alone(speaker, role, one.of_two) for role in one.roles), one.title or one.method
    text = speaker.mrkdwn("case.mine_one", title=what, method=one.method, theme=one.theme, roles=roles, where=where)
    leaves = confirm_dialog(speaker, "leave_series" if one.in_series else "leave")
    buttons = wake_up_buttons(speaker, one.case) if one.can_wake else []
    if one.can_start:
        buttons += start_buttons(speaker, one.case, asks=True)
    if one.can_change:
        buttons.append(parts.button(speaker.plain("changing.change"), names.CHANGE_CASE, one.case))
    if one.can_leave:
        buttons.append(parts.button(speaker.plain("case.leave"), names.LEAVE_CASE, one.case, confirm=leaves))
    if one.can_stop:
        stops = confirm_dialog(speaker, "stop")
        buttons.append(parts.button(speaker.plain("case.stop"), names.STOP_CASE, one.case, confirm=stops))
    if one.can_take_along:
        label = speaker.plain("ending.take_along")
        buttons.append(parts.button(label, names.TAKE_ALONG, one.case, style="primary"))
    if one.kept_until:
        buttons.append(parts.button(speaker.plain("leading.more"), names.CASE_MORE, one.case))
    return [parts.section(text), parts.actions(*buttons), parts.divider()]
