"""Where a case lives: a channel of its own, or the one conversation of its two people with the bot."""

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from bot.core.blocks import Json
from bot.core.services import Services
from bot.intervision.context import CaseContext, CaseIntake, read_intake
from bot.intervision.views import opening as case_opening
from bot.library.enums import Role
from bot.library.protocol import FormField
from bot.listening.catching_up import EVERY
from bot.outbox.queue import Destination
from bot.words import Speaker
from db.models import Member


class CaseChannel:
    """Queues the making of a case's place, and what stands at its top."""

    def __init__(self, desk: Services) -> None:
        self._desk = desk
        self._outbox = desk.outbox

    def destination(self, dossier: CaseContext) -> Destination:
        """Where the messages of a case go."""
        return Destination(inside=dossier.channel_key)

    def is_open(self, session: Session, dossier: CaseContext) -> bool:
        """Whether it is there, or queued to be made."""
        return self._outbox.find_target(session, dossier.channel_key) is not None

    def open_channel(self, session: Session, dossier: CaseContext) -> None:
        """The place, its people in it, and the story at the top. Nothing where that was done before.

        The cases of a series share a place with one opening; each has its story where its turn begins.
        """
        if not self.is_open(session, dossier):
            self._make(session, dossier)
        if dossier.row.series and self._outbox.find_target(session, dossier.post_key("story:0")) is None:
            self._say(session, dossier, "story", case_opening.series_turn_post(self._voice(dossier), self._told(dossier)))

    def _make(self, session: Session, dossier: CaseContext) -> None:
        key, people = dossier.channel_key, dossier.slack_ids(*Role)
        if dossier.is_pair:
            self._outbox.open_group_dm(session, key, people, subject=dossier.subject)
        else:
            self._outbox.make_channel(session, key, dossier.channel_name(), subject=key.removesuffix(":channel"))
            self._outbox.invite_members(session, dossier.post_key("people"), people, self.destination(dossier))
        if dossier.row.started_at:
            self._outbox.catch_up_from(session, key, dossier.row.started_at + EVERY)
        opening = case_opening.series_opening_post if dossier.row.series else case_opening.opening_post
        self._say(session, dossier, "opening", opening(self._voice(dossier), self._told(dossier)))

    def remove_people(self, session: Session, dossier: CaseContext, member: Member) -> None:
        """Somebody left the case: they read along no longer. Out of a conversation of two nobody can be taken."""
        if self.is_open(session, dossier) and not dossier.is_pair:
            key = dossier.post_key(f"left:{member.id}")
            self._outbox.remove_member(session, key, member.slack, self.destination(dossier))

    def close_channel(self, session: Session, dossier: CaseContext) -> None:
        """After the last word: a channel of ours is archived; a conversation belongs to its people, and stays."""
        if self.is_open(session, dossier) and not dossier.is_pair:
            self._outbox.archive_channel(session, dossier.post_key("archive"), self.destination(dossier))

    def _voice(self, dossier: CaseContext) -> Speaker:
        return self._desk.speaker_for(dossier.circle)

    def _told(self, dossier: CaseContext) -> case_opening.Opening:
        say, intake = self._voice(dossier), read_intake(self._desk, dossier.row)
        return case_opening.Opening(
            title=intake.title,
            question=intake.question,
            story=intake.story,
            owner=dossier.owner.slack,
            facilitator=next(iter(dossier.slack_ids(Role.FACILITATOR)), None),
            peers=dossier.slack_ids(Role.PEER),
            observers=dossier.slack_ids(Role.OBSERVER),
            method=dossier.case.protocol.name.in_(say.language),
            contact=dossier.circle.contact or "",
            of_two=dossier.is_pair,
            fields=[(asked.label.in_(say.language), text) for asked, text in _shown_at_once(dossier, intake)],
            live=dossier.case.is_live,
        )

    def _say(self, session: Session, dossier: CaseContext, name: str, bodies: Iterable[Json]) -> None:
        for number, body in enumerate(bodies):
            key = dossier.post_key(f"{name}:{number}")
            self._outbox.upsert(session, key, body, self.destination(dossier), subject=dossier.subject)


def _shown_at_once(dossier: CaseContext, intake: CaseIntake) -> Iterator[tuple[FormField, str]]:
    """What the method asks besides the story, and is not withheld."""
    for asked in dossier.case.protocol.fields:
        if asked.withheld_until is None and (text := intake.fields.get(asked.key)):
            yield asked, text
