"""What people see of a case, and where: the circle, its owner in private, and the people in its own channel."""

from collections.abc import Sequence
from datetime import datetime

from bot.intervision import channel
from bot.intervision import step_cards as cards
from bot.intervision.context import CaseContext, read_contribution_for
from bot.intervision.create import read_intake
from bot.intervision.rules.case import Contribution, StopReason
from bot.intervision.rules.facilitating import FacilitatorAction
from bot.intervision.rules.permissions import Action, may, no_such_role
from bot.intervision.rules.readers import whose_turn
from bot.intervision.views.card import turn_post
from bot.intervision.views.closing import Closing, closing_card
from bot.intervision.views.facilitate import facilitator_line
from bot.intervision.views.invitation import CaseInvitation, OwnersPage, invitation_card, owners_page
from bot.intervision.views.live import bell_post
from bot.intervision.views.remark import remarks_still_there
from bot.library.enums import Kind, Role
from bot.library.protocol import Step
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


def show_owners_page(context: CaseContext) -> None:
    """The owner alone sees who is in, and starts when there are enough."""
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
        channel_name=context.channel_name(),
        begins=speaker.moment(starts, context.circle.timezone) if starts else None,
        of_two=context.is_pair,
        days=_whole_days(case.protocol.working_days),
        minutes=case.protocol.live_minutes,
    )
    place = context.services.outbox.open_dm(context.session, owner.slack)
    context.upsert(context.post_key("owner"), owners_page(speaker, page), place)


def show_step_card(context: CaseContext, step: Step) -> None:
    """The card of a step that opened, changed or closed, in the case's own channel."""
    if context.case.state_of(step.key).opened_at is None:
        return
    channel.open_channel(context)
    if channel.is_story_card(context, step):
        channel.show_story(context)
        return
    body = cards.build_step_card(context.services.speaker_for(context.circle), context, step)
    context.upsert(context.card_key(step.key), body, channel.destination(context))


def post_bell(context: CaseContext, step: Step) -> None:
    """Live: the time of this step is over. Said once, in the case's own channel."""
    speaker = context.services.speaker_for(context.circle)
    body = bell_post(speaker, step.name.in_(speaker.language))
    again = context.case.state_of(step.key).reopened_at
    key = context.post_key(f"bell:{step.key}:{again:%Y%m%d%H%M%S}" if again else f"bell:{step.key}")
    context.post_once(key, body, channel.destination(context))


def post_turn(context: CaseContext, step: Step, person: int) -> None:
    """The word went on to somebody: said once to them, where the others write too."""
    speaker, key = context.services.speaker_for(context.circle), context.post_key(f"turn:{step.key}:{person}")
    body, place = (turn_post(speaker, context.members[person].slack), Destination(under=context.card_key(step.key)))
    context.post_once(key, body, place)


def post_facilitated(context: CaseContext, steps: Sequence[Step], how: FacilitatorAction, now: datetime) -> None:
    """Who leads did something, with these steps, that all in the case should know."""
    speaker = context.services.speaker_for(context.circle)
    key = context.post_key(f"led:{how}:{steps[0].key}:{now:%Y%m%d%H%M%S}")
    asked = whose_turn(context.case, steps[0]) if how == FacilitatorAction.BACK and not context.case.is_live else ()
    people = [context.members[person].slack for person in asked]
    body = facilitator_line(speaker, how, steps, context.row.id, live=context.case.is_live, people=people)
    context.post_once(key, body, channel.destination(context))


def post_remarks_still_there(context: CaseContext, step: str) -> None:
    """The words of a step were wiped; what people typed in its thread is there still, and only they can delete it."""
    body, key = (remarks_still_there(context.services.speaker_for(context.circle)), context.post_key(f"remarks:{step}"))
    context.post_once(key, body, Destination(under=context.card_key(step)))


def show_closing(context: CaseContext, reason: StopReason | None) -> None:
    """The last card: thanks, what the owner takes along, and what happens with the words."""
    if context.row.started_at is None or not channel.has_channel(context):
        return
    speaker = context.services.speaker_for(context.circle)
    closing = Closing(
        case=context.row.id,
        owner=context.owner.slack,
        reason=reason.value if reason else None,
        commitments=[read_contribution_for(context, each, speaker) for each in _commitments(context)],
        kept_until=speaker.day(context.row.forget_at, context.circle.timezone) if context.row.forget_at else "",
        of_two=context.is_pair,
        in_series=context.parallel_cases > 0,
    )
    place = channel.destination(context)
    for number, body in enumerate(closing_card(speaker, closing)):
        context.upsert(context.post_key(f"closing:{number}"), body, place)


def _commitments(context: CaseContext) -> list[Contribution]:
    found = context.case.contributions
    return [c for c in found if c.kind == Kind.COMMITMENT and c.author == context.row.owner_id and c.revealed]


def _invitation(speaker: Speaker, context: CaseContext) -> CaseInvitation:
    case = context.case
    protocol = case.protocol
    theme = context.services.library.themes.get(context.row.theme)
    return CaseInvitation(
        case=context.row.id,
        state=case.state.value,
        method=protocol.name.in_(speaker.language),
        choose_when=protocol.choose_when.in_(speaker.language),
        steps=sum(any(not step.reading_only for step in parts) for parts in protocol.numbered()),
        days=_whole_days(protocol.working_days),
        theme=theme.in_(speaker.language) if theme else "",
        smallest=protocol.group.min,
        largest=protocol.group.max,
        is_full=len(case.group) >= protocol.group.max,
        can_observe=no_such_role(protocol, Role.OBSERVER) is None,
        of_two=context.is_pair,
        at_once=context.parallel_cases,
        wants_facilitator=_wants_facilitator(context),
    )


def _wants_facilitator(context: CaseContext) -> bool:
    """In a series everybody brings a question, and the bot keeps the time."""
    can_lead = no_such_role(context.case.protocol, Role.FACILITATOR) is None
    return can_lead and not context.case.holding(Role.FACILITATOR)


def _whole_days(days: float) -> int:
    return int(-(-days // 1))
