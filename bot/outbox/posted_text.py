"""Where others read what one person wrote: as many posts as its text needs, and none when it is taken back."""

from collections.abc import Sequence
from itertools import count, takewhile

from sqlalchemy.orm import Session

from bot.core.parts import Json
from bot.outbox.queue import Destination, Outbox
from db.models import OutboxTarget


class PostedText:
    """The posts of one thing, called `name` ("reflection:ID"): what of it others can read."""

    def __init__(self, outbox: Outbox, session: Session, name: str) -> None:
        self._outbox = outbox
        self._session = session
        self._name = name

    def show_posts(self, bodies: Sequence[Json], at: Destination, subject: str | None = None) -> None:
        """Let these stand there, and no more."""
        for key, body in zip(self._keys(len(bodies)), bodies, strict=True):
            self._outbox.upsert(self._session, key, body, at, subject=subject)

    def delete_posts(self, after: int = 0) -> None:
        """Take the posts away, all or those `after` the first few."""
        for post in self._posts()[after:]:
            self._outbox.delete_message(self._session, post)

    def _keys(self, wanted: int) -> list[str]:
        """Keys of the posts that stand, and new ones: a post that was taken away does not come back."""
        self.delete_posts(after=wanted)
        standing = [post.key for post in self._posts()]
        ever = len(self._all_posts())
        return standing + [self._key(ever + number) for number in range(wanted - len(standing))]

    def _posts(self) -> list[OutboxTarget]:
        return [post for post in self._all_posts() if post.deleted_at is None]

    def _all_posts(self) -> list[OutboxTarget]:
        """Every post it had, in their order; asked one by one, since no index finds half a key."""
        found = (self._outbox.find_target(self._session, self._key(number)) for number in count())
        return list(takewhile(lambda post: post is not None, found))  # type: ignore[arg-type]

    def _key(self, number: int) -> str:
        return f"{self._name}:{number}"


def id_of_post(post: OutboxTarget) -> str:
    """The id of what this post shows."""
    return post.key.split(":")[1]
