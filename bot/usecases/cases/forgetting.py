"""The end of a case's words: wiped here when their time is over, and taken away in Slack."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from bot.usecases import access
from bot.usecases.cases import dossier as dossiers
from bot.usecases.cases.dossier import Dossier
from bot.usecases.cases.room import Room
from bot.usecases.desk import Desk
from bot.usecases.refusals import Refusal
from db.models import Contribution, LateWords, Remark, SetAside
from db.queries import cases


class Forgetting:
    """Forgets cases. How a case went (method, steps, moments) stays; what was said in it does not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def due(self, now: datetime) -> list[str]:
        """The cases whose time is over."""
        with self._desk.database.reading() as session:
            return cases.to_forget(session, now)

    def forget(self, case_id: str, now: datetime) -> bool:
        """Wipe a case whose time is over; returns whether it was."""
        with self._desk.database.writing() as session:
            dossier = dossiers.opened(session, case_id)
            if dossier.row.forget_at is None or dossier.row.forget_at > now:
                return False
            self._forget(session, dossier)
            return True

    def forget_now(self, user: str, case_id: str) -> None:
        """The owner wipes the case before its time; only after it ended. Twice is once."""
        with self._desk.database.writing() as session:
            member, dossier = access.known_member(session, user), dossiers.opened(session, case_id)
            if member.id != dossier.row.owner_id:
                raise Refusal("case.refused_only_owner")
            if not dossier.case.over:
                raise Refusal("case.wipe_after_end")
            if dossier.row.forget_at is not None:
                self._forget(session, dossier)

    def _forget(self, session: Session, dossier: Dossier) -> None:
        wipe_words(session, dossier)
        dossier.row.forget_at = None
        outbox, room = self._desk.outbox, dossier.key("channel")
        for post in outbox.posts_of(session, dossier.subject):
            if post.key != room:
                outbox.take_away(session, post)
        Room(self._desk).close(session, dossier)


def wipe_words(session: Session, dossier: Dossier) -> None:
    """Nothing of what was said in a case is left in its rows."""
    id = dossier.row.id
    dossier.row.words = None
    session.execute(update(Contribution).where(Contribution.case_id == id).values(words=None))
    session.execute(update(LateWords).where(LateWords.case_id == id).values(words=None))
    session.execute(delete(SetAside).where(SetAside.case_id == id))
    session.execute(update(Remark).where(Remark.case_id == id).values(words=None))
