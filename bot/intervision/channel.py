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

    def place(self, dossier: CaseContext) -> Destination:
        """Where the messages of a case go."""
        return Destination(inside=dossier.room_key)

    def is_open(self, session: Session, dossier: CaseContext) -> bool:
        """Whether it is there, or queued to be made."""
        return self._outbox.post(session, dossier.room_key) is not None

    def open(self, session: Session, dossier: CaseContext) -> None:
        """The place, its people in it, and the story at the top. Nothing where that was done before.

        The cases of a series share a place with one opening; each has its story where its turn begins.
        """
        if not self.is_open(session, dossier):
            self._make(session, dossier)
        if dossier.row.series and self._outbox.post(session, dossier.key("story:0")) is None:
            self._say(session, dossier, "story", case_opening.series_turn_post(self._voice(dossier), self._told(dossier)))

    def _make(self, session: Session, dossier: CaseContext) -> None:
        key, people = dossier.room_key, dossier.slack_ids(*Role)
        if dossier.of_two:
            self._outbox.gather(session, key, people, subject=dossier.subject)
        else:
            self._outbox.make_channel(session, key, dossier.room(), subject=key.removesuffix(":channel"))
            self._outbox.invite(session, dossier.key("people"), people, self.place(dossier))
        if dossier.row.started_at:
            self._outbox.listen(session, key, dossier.row.started_at + EVERY)
        opening = case_opening.series_opening_post if dossier.row.series else case_opening.opening_post
        self._say(session, dossier, "opening", opening(self._voice(dossier), self._told(dossier)))

    def let_out(self, session: Session, dossier: CaseContext, member: Member) -> None:
        """Somebody left the case: they read along no longer. Out of a conversation of two nobody can be taken."""
        if self.is_open(session, dossier) and not dossier.of_two:
            key = dossier.key(f"left:{member.id}")
            self._outbox.remove(session, key, member.slack, self.place(dossier))

    def close(self, session: Session, dossier: CaseContext) -> None:
        """After the last word: a channel of ours is archived; a conversation belongs to its people, and stays."""
        if self.is_open(session, dossier) and not dossier.of_two:
            self._outbox.archive(session, dossier.key("archive"), self.place(dossier))

    def _voice(self, dossier: CaseContext) -> Speaker:
        return self._desk.voice(dossier.circle)

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
            of_two=dossier.of_two,
            fields=[(asked.label.in_(say.language), text) for asked, text in _shown_at_once(dossier, intake)],
            live=dossier.case.is_live,
        )

    def _say(self, session: Session, dossier: CaseContext, name: str, bodies: Iterable[Json]) -> None:
        for number, body in enumerate(bodies):
            key = dossier.key(f"{name}:{number}")
            self._outbox.show(session, key, body, self.place(dossier), subject=dossier.subject)


def _shown_at_once(dossier: CaseContext, intake: CaseIntake) -> Iterator[tuple[FormField, str]]:
    """What the method asks besides the story, and is not withheld."""
    for asked in dossier.case.protocol.fields:
        if asked.withheld_until is None and (text := intake.fields.get(asked.key)):
            yield asked, text
