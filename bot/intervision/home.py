"""What intervision puts on Home: what somebody can do in their cases now, their cases, and bringing a new one."""

from collections.abc import Iterator, Sequence
from functools import partial

from bot.core import names
from bot.core.home import HomeButton, HomeRow, TodoItem
from bot.core.providers import HomeProvider, MemberContext
from bot.core.services import Services
from bot.intervision.context import CaseContext, channel_key, load_case, parse_protocol
from bot.intervision.rules.permissions import Action, AvailableAction, available_actions, may
from bot.intervision.surfaces import StepButton
from bot.intervision.views.card import step_heading
from bot.intervision.views.waiting import why_it_waits
from bot.intervision.views.words import confirm_dialog, role_alone
from bot.library.enums import CasePlace, Role
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, conversation_link
from db.models import CaseRow, Circle
from db.queries.intervision import inviting_cases_in, open_cases_of, participations

# How many cases that look for people are offered at once.
_MOST_INVITATIONS = 10
# How many cases are listed on Home; all of them are behind its button.
MOST_CASES = 3


def home_provider(services: Services) -> HomeProvider:
    """What intervision puts on Home."""
    rows = partial(_rows, services)
    return HomeProvider(todo=partial(_todo, services), circle_buttons=_bring_button, rows=rows)


def _todo(services: Services, reader: MemberContext) -> Iterator[TodoItem]:
    for row in (one for one in open_cases_of(reader.session, reader.member) if one.waits_for is None):
        yield from _todo_in_case(services, reader, load_case(services, reader.session, row.id, to_read=True))
    if not reader.member.is_guest:
        yield from _cases_to_join(services, reader)
        for place in (circle.channel.slack for circle in reader.circles):
            yield TodoItem("bring", "next.bring_button", names.BRING_CASE, place, place)


def _todo_in_case(services: Services, reader: MemberContext, context: CaseContext) -> Iterator[TodoItem]:
    if context.case.lies_still_until:
        if reader.member.id == context.case.owner:
            yield _waking_item(services, reader, context)
        return
    for available in available_actions(context.case, reader.member.id, reader.now):
        # In a live case people talk: noting something is no open task, and the card is at hand.
        if not (available.action == Action.WRITE and context.case.is_live):
            yield _todo_item(services, reader, context, available)


def _todo_item(services: Services, reader: MemberContext, context: CaseContext, available: AvailableAction) -> TodoItem:
    speaker, case_id = reader.speaker, context.row.id
    own_channel = _channel_of(services, reader, context.row)
    channel = own_channel or context.circle.channel.slack
    place = _of_two(speaker, own_channel) if context.is_pair and own_channel else None
    words = {"method": context.case.protocol.name.in_(speaker.language)}
    if available.action == Action.START:
        ask = confirm_dialog(speaker, "start")
        return TodoItem("start", "live.start_calm", names.START_CASE, case_id, channel, words, confirm=ask)
    step, closes_at = context.case.protocol.step(available.step), context.case.state_of(available.step).closes_at
    words["step"] = step_heading(speaker, context.case.protocol.numbered(), step)
    pointer = StepButton(case_id, step.key).to_value()
    if available.action == Action.READY:
        return TodoItem("ready", "case.ready", names.OWNER_READY, pointer, channel, words, place=place)
    words["until"] = context.moment_on_page(speaker, closes_at)
    kind = "write_more" if available.is_more else "write"
    return TodoItem(kind, "case.write", names.WRITE, pointer, channel, words, place=place)


def _waking_item(services: Services, reader: MemberContext, context: CaseContext) -> TodoItem:
    step = step_heading(reader.speaker, context.case.protocol.numbered(), context.case.open_steps[0])
    words = {"method": context.case.protocol.name.in_(reader.speaker.language), "step": step}
    channel = _channel_of(services, reader, context.row) or context.circle.channel.slack
    return TodoItem("wake", "still.go_on", names.GO_ON_CASE, context.row.id, channel, words)


def _cases_to_join(services: Services, reader: MemberContext) -> Iterator[TodoItem]:
    for circle in reader.circles:
        for id in inviting_cases_in(reader.session, circle, reader.member, _MOST_INVITATIONS):
            context = load_case(services, reader.session, id, to_read=True)
            if may(context.case, reader.member.id, Action.JOIN) is None:
                theme, language = services.library.themes.get(context.row.theme), reader.speaker.language
                words = {
                    "method": context.case.protocol.name.in_(language),
                    "theme": theme.in_(language) if theme else "",
                }
                yield TodoItem("join", "case.join", names.JOIN_CASE, id, circle.channel.slack, words)


def _bring_button(reader: MemberContext, circle: Circle) -> Iterator[HomeButton]:
    if not reader.member.is_guest:
        yield HomeButton(reader.speaker.plain("next.bring_button"), names.BRING_CASE, circle.channel.slack)


def _rows(services: Services, reader: MemberContext) -> Iterator[HomeRow]:
    """The member's cases, or the way to bring one; a member who left every circle finds both through the command."""
    cases = open_cases_of(reader.session, reader.member) if reader.circles else []
    if cases:
        lines = [_own_case(services, reader, row) for row in cases[:MOST_CASES]]
        yield own_cases_row(reader.speaker, lines, len(cases))
    elif reader.circles and not reader.member.is_guest:
        yield HomeRow(reader.speaker.mrkdwn("home.bring"), next(_bring_button(reader, reader.circles[0])))


def own_cases_row(speaker: Speaker, lines: Sequence[Mrkdwn], total: int) -> HomeRow:
    """The first few cases, a line each, how many more there are in `total`, and the button to all of them."""
    texts = list(lines)
    if total > len(lines):
        texts.append(speaker.mrkdwn("home.more_cases", n=total - len(lines)))
    return HomeRow(Mrkdwn("\n".join(texts)), HomeButton(speaker.plain("case.mine_button", n=total), names.MY_CASES))


def _own_case(services: Services, reader: MemberContext, row: CaseRow) -> Mrkdwn:
    """A case in one line: its method, the member's roles in it, and where it is."""
    speaker, protocol = reader.speaker, parse_protocol(row.protocol)
    own = {one.role for one in participations(reader.session, row.id) if one.member_id == reader.member.id}
    of_two = protocol.place == CasePlace.DIRECT
    roles = ", ".join(role_alone(speaker, role.value, of_two) for role in Role if role.value in own)
    method, channel = protocol.name.in_(speaker.language), _channel_of(services, reader, row)
    if row.lies_still_until and not row.waits_for:
        context = load_case(services, reader.session, row.id, to_read=True)
        until = context.moment_on_page(speaker, row.lies_still_until)
        return speaker.mrkdwn("still.home", method=method, roles=roles, until=until)
    if row.waits_for:
        why = why_it_waits(speaker, row.waits_for, channel if protocol.place != CasePlace.DIRECT else None)
        return speaker.mrkdwn("home.case_waits", method=method, roles=roles, why=why)
    if protocol.place == CasePlace.DIRECT and channel:
        return speaker.mrkdwn("home.case_running", method=method, roles=roles, place=_of_two(speaker, channel))
    key = "home.case_running" if channel else "home.case_inviting"
    place = channel or reader.session.get_one(Circle, row.circle_id).channel.slack
    return speaker.mrkdwn(key, method=method, roles=roles, place=channel_link(place))


def _of_two(speaker: Speaker, channel: str) -> Mrkdwn:
    """The conversation of a case of two, whose name only lists who is in it."""
    return conversation_link(channel, speaker.mrkdwn("two.conversation"))


def _channel_of(services: Services, reader: MemberContext, row: CaseRow) -> str | None:
    """Slack's id of the channel of a case; None until it is made."""
    target = services.outbox.find_target(reader.session, channel_key(row))
    return target.channel if target else None
