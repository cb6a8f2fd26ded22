"""What is announced of a case: the invitation to its circle, how far it is to its owner alone, and its end to all."""

from bot.intervision import channel
from bot.intervision.context import CaseContext, read_contribution_for
from bot.intervision.create import read_intake
from bot.intervision.rules.case import Contribution, StopReason
from bot.intervision.rules.inviting import asked_of_peers, planned_end, times_of_peers
from bot.intervision.rules.permissions import Action, may, no_such_role
from bot.intervision.views.closing import Closing, closing_card
from bot.intervision.views.invitation import CaseInvitation, OwnersPage, invitation_card, owners_page
from bot.library.enums import Kind, Role
from bot.outbox.queue import Destination
from bot.words import Speaker


def show_invitation(context: CaseContext) -> None:
    """The circle sees how a case works and how far it is; nothing of what it is about, and nobody in it.

    For a series it sees the one invitation; once that began, how each of its cases goes is no news for the circle.
    """
    ends = context.case.over and context.row.started_at
    if context.parallel_cases and (ends or not context.is_first):
        return
    speaker = context.services.speaker_for(context.circle)
    body = invitation_card(speaker, _invitation(speaker, context))
    context.upsert(context.post_key("invitation"), body, Destination(channel=context.circle.channel.slack))


def show_owners_page(context: CaseContext, ended: StopReason | None = None) -> None:
    """The owner alone sees who is in, and starts when there are enough; later how it ended, and why if `ended`."""
    case, owner = context.case, context.owner
    speaker = context.services.speaker_for(context.circle, owner)
    peers = context.slack_ids(*(role for role in Role if role != Role.OWNER))
    starts = context.row.opens_at
    page = OwnersPage(
        case=context.row.id,
        state=case.state.value,
        title=read_intake(context).title,
        people=peers,
        facilitator=next(iter(context.slack_ids(Role.FACILITATOR)), None),
        still_needed=max(0, case.protocol.group.min - len(case.group)),
        can_start=may(case, context.row.owner_id, Action.START) is None,
        is_full=len(case.group) >= case.protocol.group.max,
        begins=context.moment_in_message(speaker, starts) or None,
        place=channel.where_owner_is(context),
        of_two=context.is_pair,
        days=_whole_days(case.protocol.working_days),
        minutes=case.protocol.live_minutes,
        method=case.protocol.name.in_(speaker.language),
        ended=_ending(context, ended),
    )
    place = context.services.outbox.open_dm(context.session, owner.slack)
    context.upsert(context.post_key("owner"), owners_page(speaker, page), place)


def show_closing(context: CaseContext, reason: StopReason | None) -> None:
    """The last card: thanks, what the owner takes along, and what happens with the words."""
    if context.row.started_at is None or not channel.has_channel(context):
        return
    speaker = context.services.speaker_for(context.circle)
    closing = Closing(
        case=context.row.id,
        owner=context.name_of(context.owner),
        reason=reason.value if reason else None,
        title=read_intake(context).title,
        commitments=[read_contribution_for(context, each, speaker) for each in _commitments(context)],
        kept_until=speaker.day(context.row.forget_at, context.circle.timezone) if context.row.forget_at else "",
        in_series=context.row.series is not None,
    )
    context.upsert(context.post_key("closing:0"), closing_card(speaker, closing), channel.destination(context))


def _ending(context: CaseContext, reason: StopReason | None) -> str:
    """Which words say to the owner why the case is over; empty for one that came to its last step, or goes on."""
    begun = context.row.started_at is not None
    return (reason.value if begun else "called_off") if reason and context.case.over else ""


def _commitments(context: CaseContext) -> list[Contribution]:
    found = context.case.contributions
    return [c for c in found if c.kind == Kind.COMMITMENT and c.author == context.row.owner_id and c.revealed]


def _invitation(speaker: Speaker, context: CaseContext) -> CaseInvitation:
    case, protocol, zone = context.case, context.case.protocol, context.circle.timezone
    theme, calendar = context.services.library.themes.get(context.row.theme), context.services.calendar(context.circle)
    return CaseInvitation(
        case=context.row.id,
        state=case.state.value,
        method=protocol.name.in_(speaker.language),
        theme=theme.in_(speaker.language) if theme else "",
        asked=[kind.value for kind in asked_of_peers(protocol)],
        times=times_of_peers(protocol),
        days=_whole_days(protocol.working_days),
        first=speaker.short_day(calendar.next_presentable(context.row.asked_at), zone),
        last=speaker.short_day(planned_end(case, context.row.asked_at, calendar), zone),
        is_full=len(case.group) >= protocol.group.max,
        can_observe=no_such_role(protocol, Role.OBSERVER) is None,
        of_two=context.is_pair,
        at_once=context.parallel_cases,
    )


def _whole_days(days: float) -> int:
    return int(-(-days // 1))
