"""The posts in which others read what one person wrote: as many as the text needs, none once it is withdrawn."""

from collections.abc import Sequence
from itertools import count, takewhile

from sqlalchemy.orm import Session

from bot.core.parts import Json
from bot.outbox.queue import Destination, Outbox
from db.models import OutboxTarget


class PostedText:
    """The posts of one text. `name` is the text's own, such as "reflection:ID"; its posts have the keys "NAME:0", …"""

    def __init__(self, outbox: Outbox, session: Session, name: str) -> None:
        self._outbox, self._session, self._name = outbox, session, name

    def show_posts(self, bodies: Sequence[Json], destination: Destination, subject: str | None = None) -> None:
        """Queue that the text is exactly these posts: others are deleted."""
        for key, body in zip(self._keys_for(len(bodies)), bodies, strict=True):
            self._outbox.upsert(self._session, key, body, destination, subject=subject)

    def delete_posts(self, after: int = 0) -> None:
        """Queue the deletion of all posts, or of those after the first `after`."""
        for target in self._current_posts()[after:]:
            self._outbox.delete_message(self._session, target)

    def _keys_for(self, wanted: int) -> list[str]:
        """The keys of the current posts, and new keys for more: a deleted post never comes back."""
        self.delete_posts(after=wanted)
        current = [target.key for target in self._current_posts()]
        used = len(self._all_posts())
        return current + [self._key(used + number) for number in range(wanted - len(current))]

    def _current_posts(self) -> list[OutboxTarget]:
        return [target for target in self._all_posts() if target.deleted_at is None]

    def _all_posts(self) -> list[OutboxTarget]:
        """Every post it ever had, in order. Asked one by one, since no index finds the beginning of a key."""
        found = (self._outbox.find_target(self._session, self._key(number)) for number in count())
        return list(takewhile(lambda target: target is not None, found))  # type: ignore[arg-type]

    def _key(self, number: int) -> str:
        return f"{self._name}:{number}"


def id_of_post(target: OutboxTarget) -> str:
    """The id of the text that this post shows."""
    return target.key.split(":")[1]
