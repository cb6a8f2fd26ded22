"""The place of a case: a channel of its own, or the one conversation of its two people with the bot."""

from collections.abc import Iterable, Iterator

from bot.core.parts import Json
from bot.intervision.context import CaseContext, read_contribution
from bot.intervision.create import CaseIntake, read_intake
from bot.intervision.rules.case import StepPhase, story_step
from bot.intervision.views.card import step_heading
from bot.intervision.views.opening import Opening, opening_post, series_opening_post, series_turn_post
from bot.library.enums import Role
from bot.library.protocol import FormField, Step, steps_in_order
from bot.listening.api import READ_EVERY
from bot.outbox.queue import Destination
from bot.words import Mrkdwn, Speaker
from db.models import Member
from db.queries import intervision as cases


def destination(context: CaseContext) -> Destination:
    """Where the messages of a case go."""
    return Destination(inside=context.channel_key)


def has_channel(context: CaseContext) -> bool:
    """Whether it is there, or queued to be made."""
    return context.services.outbox.find_target(context.session, context.channel_key) is not None


def where_owner_is(context: CaseContext) -> str:
    """Slack's id of its channel, once its owner is in it; empty before that, and for a conversation of two."""
    target = context.services.outbox.find_target(context.session, context.channel_key)
    if target is None or target.channel is None or context.is_pair:
        return ""
    return target.channel if cases.is_in_channel(context.session, target.channel, context.row.owner_id) else ""


def open_channel(context: CaseContext) -> None:
    """The place, its people in it, and the story at the top. Nothing where that was done before.

    The cases of a series share a place with one opening; each has its story where its turn begins.
    """
    if not has_channel(context):
        _make_channel(context)
        if context.row.series:
            speaker = context.services.speaker_for(context.circle)
            _upsert_posts(context, "opening:0", "opening", series_opening_post(speaker, _opening(context)))
    if not _has_story(context):
        show_story(context)


def is_story_card(context: CaseContext, step: Step) -> bool:
    """Whether the story at the top is the card of this step."""
    return step == _told_at_the_top(context)


def follow_story(context: CaseContext) -> None:
    """The story was told, or told anew: the top of the channel says it so."""
    if _has_story(context):
        show_story(context)


def show_story(context: CaseContext) -> None:
    """The story, as it is now; where its words are wiped, that they are."""
    speaker, name, step = context.services.speaker_for(context.circle), _story_name(context), _told_at_the_top(context)
    view = series_turn_post if context.row.series else opening_post
    _upsert_posts(context, f"card:{step.key}" if step else f"{name}:0", name, view(speaker, _opening(context)))


def _told_at_the_top(context: CaseContext) -> Step | None:
    """The step of which the story at the top is the card: the first one that is played.

    None where another step comes before it: a card that opens is a new message. An older version posted a card besides.
    """
    case, story = context.case, story_step(context.case.protocol)
    if story is None or _is_there(context, f"{_story_name(context)}:0"):
        return None
    played = (step for step in steps_in_order(case.protocol) if case.state_of(step.key).state != StepPhase.SKIPPED)
    is_told = _is_there(context, f"card:{story.key}") or story == next(played, None)
    return story if is_told else None


def _has_story(context: CaseContext) -> bool:
    step = _told_at_the_top(context)
    return _is_there(context, f"card:{step.key}" if step else f"{_story_name(context)}:0")


def _is_there(context: CaseContext, name: str) -> bool:
    return context.services.outbox.find_target(context.session, context.post_key(name)) is not None


def _story_name(context: CaseContext) -> str:
    return "story" if context.row.series else "opening"


def _make_channel(context: CaseContext) -> None:
    outbox, session = context.services.outbox, context.session
    key, people = context.channel_key, context.slack_ids(*Role)
    if context.is_pair:
        outbox.open_group_dm(session, key, people, subject=context.subject)
    else:
        outbox.make_channel(session, key, context.channel_name(), subject=key.removesuffix(":channel"))
        outbox.invite_members(session, context.post_key("people"), people, destination(context))
    if context.row.started_at:
        outbox.catch_up_from(session, key, context.row.started_at + READ_EVERY)


def remove_people(context: CaseContext, member: Member) -> None:
    """Somebody left the case: take them out of its channel. Slack takes nobody out of a conversation of two."""
    if has_channel(context) and not context.is_pair:
        key = context.post_key(f"left:{member.id}")
        context.services.outbox.remove_member(context.session, key, member.slack, destination(context))


def close_channel(context: CaseContext) -> None:
    """After the last word: a channel of ours is archived; a conversation belongs to its people, and stays."""
    if has_channel(context) and not context.is_pair:
        context.services.outbox.archive_channel(context.session, context.post_key("archive"), destination(context))


def _opening(context: CaseContext) -> Opening:
    speaker, intake = context.services.speaker_for(context.circle), read_intake(context)
    step = _told_at_the_top(context)
    return Opening(
        case=context.row.id,
        title=intake.title,
        question=intake.question,
        story=_story(context, intake),
        owner=context.name_of(context.owner),
        facilitator=next(iter(context.names_with(Role.FACILITATOR)), None),
        peers=context.names_with(Role.PEER),
        observers=context.names_with(Role.OBSERVER),
        step=step.key if step else "",
        heading=step_heading(speaker, context.case.protocol.numbered(), step) if step else "",
        time=_time_to_tell(speaker, context, step) if step else Mrkdwn(""),
        is_wiped=step is not None and context.case.state_of(step.key).wiped,
        method=context.case.protocol.name.in_(speaker.language),
        contact=context.circle.contact or "",
        of_two=context.is_pair,
        fields=[(asked.label.in_(speaker.language), text) for asked, text in _shown_at_once(context, intake)],
    )


def _story(context: CaseContext, intake: CaseIntake) -> str:
    """What its owner wrote in the intake, or made of it since."""
    told = context.case.contribution(context.story_id)
    return read_contribution(context, told) if told else intake.story


def _time_to_tell(speaker: Speaker, context: CaseContext, step: Step) -> Mrkdwn:
    """Until when people who talk tell it, while they do."""
    state = context.case.state_of(step.key)
    if not context.case.is_live or not context.case.is_open(step.key) or state.deadline is None:
        return Mrkdwn("")
    until = speaker.clock(state.deadline, context.circle.timezone)
    return speaker.mrkdwn("live.over_time" if state.rung_at else "card.exact_live", until=until)


def _upsert_posts(context: CaseContext, first: str, name: str, bodies: Iterable[Json]) -> None:
    """Show these messages, of which the first has a key of its own."""
    for number, body in enumerate(bodies):
        key = f"{name}:{number}" if number else first
        context.upsert(context.post_key(key), body, destination(context))


def _shown_at_once(context: CaseContext, intake: CaseIntake) -> Iterator[tuple[FormField, str]]:
    """What the method asks besides the story, and is not withheld."""
    for asked in context.case.protocol.fields:
        if asked.withheld_until is None and (text := intake.fields.get(asked.key)):
            yield asked, text
