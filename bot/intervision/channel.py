"""The place of a case: a channel of its own, or the one conversation of its two people with the bot."""

from collections.abc import Iterable, Iterator

from bot.core.parts import Json
from bot.intervision.context import CaseContext
from bot.intervision.create import CaseIntake, read_intake
from bot.intervision.views.opening import Opening, opening_post, series_opening_post, series_turn_post
from bot.library.enums import Role
from bot.library.protocol import FormField
from bot.listening.api import READ_EVERY
from bot.outbox.queue import Destination
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
    if context.row.series and context.services.outbox.find_target(context.session, context.post_key("story:0")) is None:
        speaker = context.services.speaker_for(context.circle)
        _upsert_posts(context, "story", series_turn_post(speaker, _opening(context)))


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
    opening = series_opening_post if context.row.series else opening_post
    _upsert_posts(context, "opening", opening(context.services.speaker_for(context.circle), _opening(context)))


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
    return Opening(
        title=intake.title,
        question=intake.question,
        story=intake.story,
        owner=context.owner.slack,
        facilitator=next(iter(context.slack_ids(Role.FACILITATOR)), None),
        peers=context.slack_ids(Role.PEER),
        observers=context.slack_ids(Role.OBSERVER),
        method=context.case.protocol.name.in_(speaker.language),
        contact=context.circle.contact or "",
        of_two=context.is_pair,
        fields=[(asked.label.in_(speaker.language), text) for asked, text in _shown_at_once(context, intake)],
        live=context.case.is_live,
    )


def _upsert_posts(context: CaseContext, name: str, bodies: Iterable[Json]) -> None:
    for number, body in enumerate(bodies):
        context.upsert(context.post_key(f"{name}:{number}"), body, destination(context))


def _shown_at_once(context: CaseContext, intake: CaseIntake) -> Iterator[tuple[FormField, str]]:
    """What the method asks besides the story, and is not withheld."""
    for asked in context.case.protocol.fields:
        if asked.withheld_until is None and (text := intake.fields.get(asked.key)):
            yield asked, text
