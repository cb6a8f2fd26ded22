"""Queues outbox jobs in the database of another process, as its services do."""

from base64 import urlsafe_b64decode

from sqlalchemy import func, select

from bot.core.clocks import elapsed
from bot.crypto.vault import Vault
from bot.outbox.queue import Destination, Outbox
from db.clock import database_clock
from db.models import OutboxJob, OutboxTarget
from db.session import Database
from tests.app.running import KEY


class DirectQueue:
    """Queues in the database at `url`, sealed with `running.KEY`."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.outbox = Outbox(Vault([urlsafe_b64decode(KEY)]), database_clock(self.database, elapsed))

    def post_once(self, destination: Destination, *texts: str) -> None:
        """Queue each text once; its key is the text itself."""
        with self.database.writing() as session:
            for text in texts:
                self.outbox.post_once(session, text, {"text": text}, destination)

    def make_channel(self, name: str) -> Destination:
        """Queue a private channel; returns the destination inside it."""
        with self.database.writing() as session:
            self.outbox.make_channel(session, name, name)
        return Destination(inside=name)

    def state_of(self, text: str) -> tuple[str, str | None]:
        """The state and the error of the job with this text."""
        job = (
            select(OutboxJob.state, OutboxJob.error)
            .join(OutboxTarget, OutboxTarget.id == OutboxJob.target_id)
            .where(OutboxTarget.key == text)
        )
        with self.database.reading() as session:
            state, error = session.execute(job).one()
            return state, error

    def is_done(self) -> bool:
        """True if no job is unsent."""
        unsent = select(func.count()).where(OutboxJob.state.in_(("waiting", "sending", "failed")))
        with self.database.reading() as session:
            return session.scalar(unsent) == 0
