"""Before a case starts: the card for the circle, the owner's own page, and what somebody reads after joining."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.intervision.views.reminders import reminders_choice
from bot.intervision.views.words import confirm_dialog, listed, start_buttons, text_key
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, escape, mention, mention_all


@dataclass(frozen=True)
class CaseInvitation:
    """All that the circle may know of a case. `at_once`: in a series, how many cases run together; 0 elsewhere.

    `asked` is what a colleague is asked for, as kinds, and `times` how often; `first` and `last` are the days between
    which it is played if it starts soon. `can_observe`: the method has a place for observers.
    """

    case: str
    state: str
    method: str
    theme: str
    asked: Sequence[str]
    times: int
    days: int
    first: str
    last: str
    is_full: bool
    can_observe: bool
    of_two: bool = False
    at_once: int = 0

    @property
    def takes_lookers_on(self) -> bool:
        """Whether the group is full, and somebody can come along beside it; a conversation of two stays one."""
        return self.is_full and self.can_observe and not self.of_two


@dataclass(frozen=True)
class OwnersPage:
    """What the owner sees. `people` are Slack's ids; `begins` is said when it begins later than it was started.

    `ended` says why the case is over, where it did not come to its last step: a reason, or called_off. `place` is
    Slack's id of its channel, once people are in it; empty for a conversation of two, which has no link.
    """

    case: str
    state: str
    title: str
    people: Sequence[str]
    facilitator: str | None
    still_needed: int
    can_start: bool
    begins: str | None
    place: str = ""
    of_two: bool = False
    days: int = 0
    minutes: int = 0
    is_full: bool = False
    method: str = ""
    ended: str = ""


def invitation_card(speaker: Speaker, invitation: CaseInvitation) -> Json:
    """The card in the circle's channel: what is asked of whoever reads it, and one button to join."""
    headline = speaker.plain("case.invitation_headline")
    if invitation.state != "inviting":
        key = text_key(f"invitation_{invitation.state}", invitation.of_two)
        key = f"series.invitation_{invitation.state}" if invitation.at_once else key
        return parts.message(headline, [parts.section(speaker.mrkdwn(key, method=invitation.method))])
    lines = filter(None, (_intro(speaker, invitation), _asked(speaker, invitation), _time(speaker, invitation)))
    what = [escape(text, Mrkdwn) for text in (invitation.method, invitation.theme) if text]
    blocks = [parts.section(Mrkdwn("\n".join(lines))), parts.context(Mrkdwn(" · ".join(what)))]
    if button := _join_button(speaker, invitation):
        blocks.append(parts.actions(button))
    return parts.message(headline, blocks)


def _intro(speaker: Speaker, invitation: CaseInvitation) -> Mrkdwn:
    if invitation.at_once:
        return speaker.mrkdwn("series.invitation_intro")
    return speaker.mrkdwn(text_key("invitation_intro", invitation.of_two))


def _asked(speaker: Speaker, invitation: CaseInvitation) -> Mrkdwn:
    """What whoever joins will do."""
    if invitation.at_once:
        return speaker.mrkdwn("series.invitation_everybody")
    if invitation.of_two:
        return speaker.mrkdwn("two.invitation_asked")
    tasks = [speaker.plain(f"inviting.asked_{kind}") for kind in invitation.asked]
    return speaker.mrkdwn("inviting.asked", tasks=listed(speaker, tasks)) if tasks else Mrkdwn("")


def _time(speaker: Speaker, invitation: CaseInvitation) -> Mrkdwn:
    """How much time it takes and until when one can join; whether there is a place left."""
    if invitation.is_full:
        full = "case.invitation_full_observe" if invitation.takes_lookers_on else "case.invitation_full"
        return speaker.mrkdwn("two.invitation_full" if invitation.of_two else full)
    if invitation.at_once:
        return speaker.mrkdwn("series.invitation_time", times=invitation.times, days=invitation.days)
    return speaker.mrkdwn("inviting.time", times=invitation.times, first=invitation.first, last=invitation.last)


def owners_page(speaker: Speaker, page: OwnersPage) -> Json:
    """The owner's own message from the bot: who is in and the button to start; after that, the way to its place."""
    headline = speaker.plain("case.owner_headline")
    if page.state == "running":
        return parts.message(headline, [parts.section(_where(speaker, page))])
    if page.state == "waiting":
        return _waiting(speaker, page)
    if page.state != "inviting":
        over = f"ended.{page.ended}" if page.ended else f"case.owner_{page.state}"
        text = speaker.mrkdwn(over, title=page.title, method=page.method)
        return parts.message(headline, [parts.section(text)])
    blocks = [
        parts.section(_title_and_people(speaker, page)),
        parts.section(_enough(speaker, page)),
        parts.actions(*_owner_buttons(speaker, page)),
        parts.context(speaker.mrkdwn(text_key("owner_note", page.of_two))),
    ]
    return parts.message(headline, blocks)


def _where(speaker: Speaker, page: OwnersPage) -> Mrkdwn:
    """Where it goes on, or when; nothing is said to be there before people are in it."""
    if page.begins:
        return speaker.mrkdwn(text_key("owner_begins", page.of_two), title=page.title, text=page.begins)
    if page.of_two:
        return speaker.mrkdwn("two.owner_running", title=page.title)
    if page.place:
        return speaker.mrkdwn("case.owner_running", title=page.title, place=channel_link(page.place))
    return speaker.mrkdwn("case.owner_started", title=page.title)


def _waiting(speaker: Speaker, page: OwnersPage) -> Json:
    """In a series, for who joined with a question: it is kept, and its turn comes by itself."""
    sure = confirm_dialog(speaker, "leave_series")
    leave = parts.button(speaker.plain("case.leave"), names.LEAVE_CASE, page.case, confirm=sure)
    blocks = [
        parts.section(speaker.mrkdwn("case.owner_title", title=page.title)),
        parts.section(speaker.mrkdwn("series.owner_waiting")),
        parts.actions(parts.button(speaker.plain("changing.change"), names.CHANGE_CASE, page.case), leave),
    ]
    return parts.message(speaker.plain("case.owner_headline"), blocks)


def joined_receipt(
    speaker: Speaker, case: str, role: str, *, of_two: bool = False, is_reminded: bool = True
) -> Receipt:
    """The line after joining as `role`: what happens now, and the way to what else one can do."""
    told = f" {speaker.mrkdwn('remind.will_be_told')}" if is_reminded else ""
    more = parts.button(speaker.plain("leading.more"), names.JOINED_MORE, case)
    return Receipt(Mrkdwn(f"{_what_happens_now(speaker, role, of_two=of_two)}{told}"), more)


def joined_page(
    speaker: Speaker,
    case: str,
    role: str,
    *,
    can_join: bool,
    can_facilitate: bool,
    can_observe: bool,
    of_two: bool = False,
    is_reminded: bool = True,
) -> Json:
    """The page behind that line: the other ways to be there than `role`, and the way back.

    `is_reminded`: the box for being told before something closes is ticked.
    """
    text = _what_happens_now(speaker, role, of_two=of_two)
    think_along = "join_rather_peer" if role == "facilitator" else "join_peer"
    others = [(think_along, names.JOIN_CASE)] if can_join and role != "peer" else []
    others += [("join_facilitator", names.FACILITATE_CASE)] if can_facilitate else []
    others += [("join_observer", names.OBSERVE_CASE)] if can_observe and role != "observer" else []
    buttons = [parts.button(speaker.plain(f"case.{label}"), action, case) for label, action in others]
    sure = confirm_dialog(speaker, "leave")
    leave = parts.button(speaker.plain("case.leave"), names.LEAVE_CASE, case, confirm=sure)
    choice = reminders_choice(speaker, is_wanted=is_reminded)
    return _page(speaker, [parts.section(text), choice, parts.actions(*buttons, leave)])


def _what_happens_now(speaker: Speaker, role: str, *, of_two: bool) -> Mrkdwn:
    return speaker.mrkdwn(text_key("joined", of_two) if role == "peer" else f"case.joined_as_{role}")


def facilitator_taken_notice(speaker: Speaker, case: str) -> Json:
    """Somebody was first; one can still think along."""
    join = parts.button(speaker.plain("case.join"), names.JOIN_CASE, case, style="primary")
    return _page(speaker, [parts.section(speaker.mrkdwn("case.refused_facilitator_taken")), parts.actions(join)])


def left_post(speaker: Speaker, *, of_two: bool = False) -> Json:
    """The page after leaving."""
    return _page(speaker, [parts.section(speaker.mrkdwn(text_key("left", of_two)))])


def _page(speaker: Speaker, blocks: list[Json]) -> Json:
    return parts.modal(speaker, names.CASE_PAGE, "case.title", blocks)


def _join_button(speaker: Speaker, invitation: CaseInvitation) -> Json | None:
    """Leading and observing are offered on the page behind it; only observing is left where the group is full."""
    if not invitation.is_full:
        return parts.button(speaker.plain("case.join"), names.JOIN_CASE, invitation.case, style="primary")
    if invitation.takes_lookers_on:
        return parts.button(speaker.plain("case.come_observe"), names.OBSERVE_CASE, invitation.case)
    return None


def _owner_buttons(speaker: Speaker, page: OwnersPage) -> list[Json]:
    more = parts.button(speaker.plain("leading.more"), names.CASE_MORE, page.case)
    return [*start_buttons(speaker, page.case, asks=False), more] if page.can_start else [more]


def _title_and_people(speaker: Speaker, page: OwnersPage) -> Mrkdwn:
    title = speaker.mrkdwn("case.owner_title", title=page.title)
    return Mrkdwn(f"{title}\n{_who(speaker, page)}")


def _who(speaker: Speaker, page: OwnersPage) -> Mrkdwn:
    if not page.people:
        return speaker.mrkdwn("case.owner_nobody")
    who = speaker.mrkdwn("case.owner_people", people=mention_all(page.people))
    if page.facilitator is None or page.of_two:
        return who
    leads = speaker.mrkdwn("case.facilitator_is", person=mention(page.facilitator))
    return Mrkdwn(f"{who}\n{leads}")


def _enough(speaker: Speaker, page: OwnersPage) -> Mrkdwn:
    """How many are still sought, or that it can start, and how long it takes in each of the two ways."""
    if not page.can_start:
        return speaker.mrkdwn("case.owner_waiting", n=max(1, page.still_needed))
    enough = speaker.mrkdwn(text_key("owner_full" if page.is_full and not page.of_two else "owner_enough", page.of_two))
    how = speaker.mrkdwn("live.how", days=page.days, minutes=page.minutes)
    return Mrkdwn(f"{enough}\n{how}")
