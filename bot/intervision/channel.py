"""Where a case lives: a channel of its own, or the one conversation of its two people with the bot."""

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from bot.core.parts import Json
from bot.core.services import Services
from bot.intervision.context import CaseContext, CaseIntake, read_intake
from bot.intervision.views import opening as case_opening
from bot.library.enums import Role
from bot.library.protocol import FormField
from bot.listening.api import READ_EVERY
from bot.outbox.queue import Destination
from bot.words import Speaker
from db.models import Member


class CaseChannel:
    """Queues the making of a case's place, and what stands at its top."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._outbox = services.outbox

    def destination(self, context: CaseContext) -> Destination:
        """Where the messages of a case go."""
        return Destination(inside=context.channel_key)

    def is_open(self, session: Session, context: CaseContext) -> bool:
        """Whether it is there, or queued to be made."""
        return self._outbox.find_target(session, context.channel_key) is not None

    def open_channel(self, session: Session, context: CaseContext) -> None:
        """The place, its people in it, and the story at the top. Nothing where that was done before.

        The cases of a series share a place with one opening; each has its story where its turn begins.
        """
        if not self.is_open(session, context):
            self._make(session, context)
        if context.row.series and self._outbox.find_target(session, context.post_key("story:0")) is None:
            self._say(
                session, context, "story", case_opening.series_turn_post(self._voice(context), self._told(context))
            )

    def _make(self, session: Session, context: CaseContext) -> None:
        key, people = context.channel_key, context.slack_ids(*Role)
        if context.is_pair:
            self._outbox.open_group_dm(session, key, people, subject=context.subject)
        else:
            self._outbox.make_channel(session, key, context.channel_name(), subject=key.removesuffix(":channel"))
            self._outbox.invite_members(session, context.post_key("people"), people, self.destination(context))
        if context.row.started_at:
            self._outbox.catch_up_from(session, key, context.row.started_at + READ_EVERY)
        opening = case_opening.series_opening_post if context.row.series else case_opening.opening_post
        self._say(session, context, "opening", opening(self._voice(context), self._told(context)))

    def remove_people(self, session: Session, context: CaseContext, member: Member) -> None:
        """Somebody left the case: they read along no longer. Out of a conversation of two nobody can be taken."""
        if self.is_open(session, context) and not context.is_pair:
            key = context.post_key(f"left:{member.id}")
            self._outbox.remove_member(session, key, member.slack, self.destination(context))

    def close_channel(self, session: Session, context: CaseContext) -> None:
        """After the last word: a channel of ours is archived; a conversation belongs to its people, and stays."""
        if self.is_open(session, context) and not context.is_pair:
            self._outbox.archive_channel(session, context.post_key("archive"), self.destination(context))

    def _voice(self, context: CaseContext) -> Speaker:
        return self._services.speaker_for(context.circle)

    def _told(self, context: CaseContext) -> case_opening.Opening:
        speaker, intake = self._voice(context), read_intake(self._services, context.row)
        return case_opening.Opening(
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

    def _say(self, session: Session, context: CaseContext, name: str, bodies: Iterable[Json]) -> None:
        for number, body in enumerate(bodies):
            key = context.post_key(f"{name}:{number}")
            self._outbox.upsert(session, key, body, self.destination(context), subject=context.subject)


def _shown_at_once(context: CaseContext, intake: CaseIntake) -> Iterator[tuple[FormField, str]]:
    """What the method asks besides the story, and is not withheld."""
    for asked in context.case.protocol.fields:
        if asked.withheld_until is None and (text := intake.fields.get(asked.key)):
            yield asked, text
