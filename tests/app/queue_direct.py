"""Queueing words in the database of a process that runs elsewhere, as its own use cases do."""

from base64 import urlsafe_b64decode

from sqlalchemy import func, select

from bot.core.clocks import elapsed
from bot.crypto.vault import Vault
from bot.outbox.queue import Destination, Outbox
from db.models import OutboxJob, OutboxTarget
from db.session import Database
from tests.app.running import KEY


class Pen:
    """Writes into the database at `url`, sealed with `running.KEY`."""

    def __init__(self, url: str) -> None:
        self.database, self.outbox = Database(url), Outbox(Vault([urlsafe_b64decode(KEY)]), elapsed)

    def says(self, place: Destination, *texts: str) -> None:
        """Each text is said once; its key is the text itself."""
        with self.database.writing() as session:
            for text in texts:
                self.outbox.post_once(session, text, {"text": text}, place)

    def makes_room(self, name: str) -> Destination:
        """A private channel; the place inside it."""
        with self.database.writing() as session:
            self.outbox.make_channel(session, name, name)
        return Destination(inside=name)

    def outcome(self, text: str) -> tuple[str, str | None]:
        """How far saying this is: its state, and what went wrong."""
        job = (
            select(OutboxJob.state, OutboxJob.error)
            .join(OutboxTarget, OutboxTarget.id == OutboxJob.target_id)
            .where(OutboxTarget.key == text)
        )
        with self.database.reading() as session:
            state, error = session.execute(job).one()
            return state, error

    def is_done(self) -> bool:
        """Whether nothing waits to be said any more."""
        unsent = select(func.count()).where(OutboxJob.state.in_(("waiting", "sending", "failed")))
        with self.database.reading() as session:
            return session.scalar(unsent) == 0
