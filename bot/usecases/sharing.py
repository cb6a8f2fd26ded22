"""A shared reflection in the thread of its round: as many posts as its text needs, and none when it is taken back."""

from itertools import count, takewhile

from sqlalchemy.orm import Session

from bot.outbox import Place
from bot.usecases.desk import Desk
from bot.usecases.refusals import Refusal
from bot.views import thread as views
from db.models import Circle, Member, Post, Reflection


class Sharing:
    """Keeps what stands in the thread equal to what its writer wants there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, session: Session, circle: Circle, member: Member, reflection: Reflection, text: str) -> None:
        """Let the thread show this text; raises `Refusal` where there is no thread any more."""
        card = f"round:{reflection.round_id}"
        root = self._desk.outbox.post(session, card)
        if root is None or root.gone_at or circle.channel.left_at:
            raise Refusal("reflection.no_thread")
        bodies = views.shared(self._desk.voice(circle), member.slack, text)
        keys = self._keys(session, reflection, len(bodies))
        for key, body in zip(keys, bodies, strict=True):
            self._desk.outbox.show(session, key, body, Place(under=card), subject=card)

    def take_away(self, session: Session, reflection: Reflection, after: int = 0) -> None:
        """Take away the posts of this reflection, all or those `after` the first few."""
        for post in self._standing(session, reflection)[after:]:
            self._desk.outbox.take_away(session, post)

    def _keys(self, session: Session, reflection: Reflection, wanted: int) -> list[str]:
        """Keys of the posts that stand, and new ones: a post that was taken away does not come back."""
        self.take_away(session, reflection, after=wanted)
        standing = [post.key for post in self._standing(session, reflection)]
        ever = len(self._ever(session, reflection))
        return standing + [_key(reflection, ever + number) for number in range(wanted - len(standing))]

    def _standing(self, session: Session, reflection: Reflection) -> list[Post]:
        return [post for post in self._ever(session, reflection) if post.gone_at is None]

    def _ever(self, session: Session, reflection: Reflection) -> list[Post]:
        """Every post this reflection had, in their order; asked one by one, since no index finds half a key."""
        found = (self._desk.outbox.post(session, _key(reflection, number)) for number in count())
        return list(takewhile(lambda post: post is not None, found))  # type: ignore[arg-type]


def answer_in(post: Post) -> str:
    """The id of the reflection that this post shows."""
    return post.key.split(":")[1]


def _key(reflection: Reflection, number: int) -> str:
    return f"reflection:{reflection.id}:{number}"
