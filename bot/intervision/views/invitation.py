"""Before a case starts: the card for the circle, the owner's own page, and the page after joining."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.views.reminders import reminders_choice
from bot.intervision.views.words import confirm_dialog, start_buttons, text_key
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention, mention_all


@dataclass(frozen=True)
class CaseInvitation:
    """All that the circle may know of a case. `at_once`: in a series, how many cases run together; 0 elsewhere.

    `can_observe`: the method has a place for observers.
    """

    case: str
    state: str
    method: str
    choose_when: str
    steps: int
    days: int
    theme: str
    smallest: int
    largest: int
    is_full: bool
    can_observe: bool
    wants_facilitator: bool
    of_two: bool = False
    at_once: int = 0

    @property
    def takes_lookers_on(self) -> bool:
        """Whether the group is full, and somebody can come along beside it; a conversation of two stays one."""
        return self.is_full and self.can_observe and not self.of_two


@dataclass(frozen=True)
class OwnersPage:
    """What the owner sees. `people` are Slack's ids; `begins` is said when it begins later than it was started.

    `ended` says why the case is over, where it did not come to its last step: a reason, or called_off.
    """

    case: str
    state: str
    title: str
    people: Sequence[str]
    facilitator: str | None
    still_needed: int
    can_start: bool
    channel_name: str
    begins: str | None
    of_two: bool = False
    days: int = 0
    minutes: int = 0
    is_full: bool = False
    method: str = ""
    ended: str = ""


def invitation_card(speaker: Speaker, invitation: CaseInvitation) -> Json:
    """The card in the circle's channel."""
    if invitation.state != "inviting":
        key = text_key(f"invitation_{invitation.state}", invitation.of_two)
        key = f"series.invitation_{invitation.state}" if invitation.at_once else key
        text = speaker.mrkdwn(key, method=invitation.method)
        return parts.message(speaker.plain("case.invitation_headline"), [parts.section(text)])
    place = speaker.mrkdwn(text_key(_place(invitation), invitation.of_two))
    intro = "series.invitation_intro" if invitation.at_once else text_key("invitation_intro", invitation.of_two)
    blocks = [
        parts.section(speaker.mrkdwn(intro)),
        *_everybody_brings_one(speaker, invitation),
        parts.section(_facts(speaker, invitation)),
        parts.context(speaker.mrkdwn("case.choose_when", name=invitation.method, hint=invitation.choose_when)),
        parts.context(place, speaker.mrkdwn("case.invitation_free")),
    ]
    if buttons := _join_buttons(speaker, invitation):
        blocks.append(parts.actions(*buttons))
    return parts.message(speaker.plain("case.invitation_headline"), blocks)


def _place(invitation: CaseInvitation) -> str:
    """The key of the words for whether there is a place left."""
    if invitation.takes_lookers_on:
        return "invitation_full_observe"
    return "invitation_full" if invitation.is_full else "invitation_place"


def _everybody_brings_one(speaker: Speaker, invitation: CaseInvitation) -> Iterator[Json]:
    if invitation.at_once:
        yield parts.section(speaker.mrkdwn("series.invitation_everybody", n=invitation.at_once))


def _facts(speaker: Speaker, invitation: CaseInvitation) -> Mrkdwn:
    fewest, most = invitation.smallest, invitation.largest
    group = speaker.mrkdwn(text_key("invitation_group", invitation.of_two), smallest=fewest, largest=most)
    what = {"method": invitation.method, "theme": invitation.theme}
    facts = speaker.mrkdwn("case.invitation_facts", steps=invitation.steps, days=invitation.days, **what)
    return Mrkdwn(f"{facts}\n{group}")


def owners_page(speaker: Speaker, page: OwnersPage) -> Json:
    """The owner's own message from the bot: who is in, and the button to start."""
    headline = speaker.plain("case.owner_headline")
    if page.state == "running":
        name, text = ("owner_begins", page.begins) if page.begins else ("owner_running", page.channel_name)
        return parts.message(headline, [parts.section(speaker.mrkdwn(text_key(name, page.of_two), text=text))])
    if page.state == "waiting":
        return _waiting(speaker, page)
    if page.state != "inviting":
        over = f"ended.{page.ended}" if page.ended else text_key("owner_closed", page.of_two)
        text = speaker.mrkdwn(over, title=page.title, method=page.method)
        return parts.message(headline, [parts.section(text)])
    blocks = [
        parts.section(speaker.mrkdwn("case.owner_title", title=page.title)),
        parts.section(_who(speaker, page)),
        parts.section(_enough(speaker, page)),
        *_paces(speaker, page),
        parts.actions(*_owner_buttons(speaker, page)),
        parts.context(speaker.mrkdwn(text_key("owner_note", page.of_two))),
    ]
    return parts.message(headline, blocks)


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


def joined_post(
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
    """The page after joining as `role`: what happens now, the other ways to be there, and the way back.

    `is_reminded`: the box for being told before something closes is ticked.
    """
    text = speaker.mrkdwn(text_key("joined", of_two) if role == "peer" else f"case.joined_as_{role}")
    think_along = "join_rather_peer" if role == "facilitator" else "join_peer"
    others = [(think_along, names.JOIN_CASE)] if can_join and role != "peer" else []
    others += [("join_facilitator", names.FACILITATE_CASE)] if can_facilitate else []
    others += [("join_observer", names.OBSERVE_CASE)] if can_observe and role != "observer" else []
    buttons = [parts.button(speaker.plain(f"case.{label}"), action, case) for label, action in others]
    sure = confirm_dialog(speaker, "leave")
    leave = parts.button(speaker.plain("case.leave"), names.LEAVE_CASE, case, confirm=sure)
    choice = reminders_choice(speaker, is_wanted=is_reminded)
    return _page(speaker, [parts.section(text), choice, parts.actions(*buttons, leave)])


def facilitator_taken_notice(speaker: Speaker, case: str) -> Json:
    """Somebody was first; one can still think along."""
    join = parts.button(speaker.plain("case.join"), names.JOIN_CASE, case, style="primary")
    return _page(speaker, [parts.section(speaker.mrkdwn("case.refused_facilitator_taken")), parts.actions(join)])


def left_post(speaker: Speaker, *, of_two: bool = False) -> Json:
    """The page after leaving."""
    return _page(speaker, [parts.section(speaker.mrkdwn(text_key("left", of_two)))])


def _page(speaker: Speaker, blocks: list[Json]) -> Json:
    return parts.modal(speaker, "case_page", "case.title", blocks)


def _join_buttons(speaker: Speaker, invitation: CaseInvitation) -> list[Json]:
    if invitation.is_full:
        observe = parts.button(speaker.plain("case.come_observe"), names.OBSERVE_CASE, invitation.case)
        return [observe] if invitation.takes_lookers_on else []
    buttons = [parts.button(speaker.plain("case.join"), names.JOIN_CASE, invitation.case, style="primary")]
    if invitation.wants_facilitator:
        buttons.append(parts.button(speaker.plain("case.join_facilitator"), names.FACILITATE_CASE, invitation.case))
    return buttons


def _owner_buttons(speaker: Speaker, page: OwnersPage) -> list[Json]:
    sure = confirm_dialog(speaker, "cancel")
    stop = parts.button(speaker.plain("case.cancel"), names.STOP_CASE, page.case, confirm=sure)
    change = parts.button(speaker.plain("changing.change"), names.CHANGE_CASE, page.case)
    if not page.can_start:
        return [change, stop]
    choose = parts.button(speaker.plain("start.choose"), names.CHOOSE_FIRST, page.case)
    return [*start_buttons(speaker, page.case), choose, change, stop]


def _paces(speaker: Speaker, page: OwnersPage) -> list[Json]:
    """The one question before the start: writing over days, or talking now."""
    if not page.can_start:
        return []
    return [parts.section(speaker.mrkdwn("live.how", days=page.days, minutes=page.minutes))]


def _who(speaker: Speaker, page: OwnersPage) -> Mrkdwn:
    if not page.people:
        return speaker.mrkdwn("case.owner_nobody")
    who = speaker.mrkdwn("case.owner_people", people=mention_all(page.people))
    if page.of_two:
        return who
    if page.facilitator:
        return Mrkdwn(f"{who}\n{speaker.mrkdwn('case.facilitator_is', person=mention(page.facilitator))}")
    return Mrkdwn(f"{who}\n{speaker.mrkdwn('case.no_facilitator')}")


def _enough(speaker: Speaker, page: OwnersPage) -> Mrkdwn:
    if page.can_start:
        enough = "owner_full" if page.is_full and not page.of_two else "owner_enough"
        return speaker.mrkdwn(text_key(enough, page.of_two))
    return speaker.mrkdwn("case.owner_waiting", n=max(1, page.still_needed))
