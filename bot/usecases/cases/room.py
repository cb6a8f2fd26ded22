"""Where a case lives: a channel of its own, or the one conversation of its two people with the bot."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from bot.outbox import Place
from bot.rules.protocol import FormField
from bot.rules.vocabulary import Role
from bot.usecases.cases.dossier import Dossier, Intake, intake_of
from bot.usecases.catching_up import EVERY
from bot.usecases.desk import Desk
from bot.views import case_opening
from db.models import Member


class Room:
    """Queues the making of a case's place, and what stands at its top."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._outbox = desk.outbox

    def place(self, dossier: Dossier) -> Place:
        """Where the messages of a case go."""
        return Place(inside=dossier.key("channel"))

    def is_open(self, session: Session, dossier: Dossier) -> bool:
        """Whether it is there, or queued to be made."""
        return self._outbox.post(session, dossier.key("channel")) is not None

    def open(self, session: Session, dossier: Dossier) -> None:
        """The place, its people in it, and the story at the top. Nothing where that was done before."""
        if self.is_open(session, dossier):
            return
        key, people = dossier.key("channel"), dossier.slack_ids(*Role)
        if dossier.of_two:
            self._outbox.gather(session, key, people, subject=dossier.subject)
        else:
            self._outbox.make_channel(session, key, dossier.room(), subject=dossier.subject)
            self._outbox.invite(session, dossier.key("people"), people, self.place(dossier))
        if dossier.row.started_at:
            self._outbox.listen(session, key, dossier.row.started_at + EVERY)
        self._opening(session, dossier)

    def let_out(self, session: Session, dossier: Dossier, member: Member) -> None:
        """Somebody left the case: they read along no longer. Out of a conversation of two nobody can be taken."""
        if self.is_open(session, dossier) and not dossier.of_two:
            key = dossier.key(f"left:{member.id}")
            self._outbox.remove(session, key, member.slack, self.place(dossier))

    def close(self, session: Session, dossier: Dossier) -> None:
        """After the last word: a channel of ours is archived; a conversation belongs to its people, and stays."""
        if self.is_open(session, dossier) and not dossier.of_two:
            self._outbox.archive(session, dossier.key("archive"), self.place(dossier))

    def _opening(self, session: Session, dossier: Dossier) -> None:
        say, intake = self._desk.voice(dossier.circle), intake_of(self._desk, dossier.row)
        told = case_opening.Opening(
            title=intake.title,
            question=intake.question,
            story=intake.story,
            owner=dossier.owner.slack,
            facilitator=next(iter(dossier.slack_ids(Role.FACILITATOR)), None),
            peers=dossier.slack_ids(Role.PEER),
            method=dossier.case.protocol.name.in_(say.language),
            contact=dossier.circle.contact or "",
            of_two=dossier.of_two,
            fields=[(asked.label.in_(say.language), text) for asked, text in _shown_at_once(dossier, intake)],
            live=dossier.case.is_live,
        )
        for number, body in enumerate(case_opening.opening(say, told)):
            key = dossier.key(f"opening:{number}")
            self._outbox.show(session, key, body, self.place(dossier), subject=dossier.subject)


def _shown_at_once(dossier: Dossier, intake: Intake) -> Iterator[tuple[FormField, str]]:
    """What the method asks besides the story, and is not withheld."""
    for asked in dossier.case.protocol.fields:
        if asked.withheld_until is None and (text := intake.fields.get(asked.key)):
            yield asked, text
