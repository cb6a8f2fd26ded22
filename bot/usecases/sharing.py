"""A reflection where others read it: in the thread of its round, or in private with one colleague.

As many posts as its text needs, and none when it is taken back.
"""

from itertools import count, takewhile

from sqlalchemy.orm import Session

from bot.outbox import Place
from bot.usecases.desk import Desk
from bot.usecases.refusals import Refusal
from bot.usecases.round_cards import question_of
from bot.views import thread as views
from bot.views.parts import Json
from db.models import Circle, Member, Post, Reflection, Round


class Sharing:
    """Keeps what others can read equal to what its writer wants there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def follow(self, session: Session, circle: Circle, member: Member, reflection: Reflection, text: str) -> None:
        """Let it say this text wherever it stands by its state; raises `Refusal` where there is no thread any more."""
        if reflection.state == "shared":
            self._in_thread(session, circle, member, reflection, text)
        elif reflection.state == "sent":
            self._in_private(session, circle, member, reflection, text)

    def _in_thread(self, session: Session, circle: Circle, member: Member, reflection: Reflection, text: str) -> None:
        card = f"round:{reflection.round_id}"
        root = self._desk.outbox.post(session, card)
        if root is None or root.gone_at or circle.channel.left_at:
            raise Refusal("reflection.no_thread")
        bodies = views.shared(self._desk.voice(circle), member.slack, text)
        self._show(session, reflection, bodies, Place(under=card), card)

    def _in_private(self, session: Session, circle: Circle, member: Member, reflection: Reflection, text: str) -> None:
        colleague = session.get_one(Member, reflection.sent_to)
        say, round_ = self._desk.voice(circle, colleague), session.get_one(Round, reflection.round_id)
        bodies = views.sent(say, member.slack, question_of(self._desk, say, round_).text, text)
        self._show(session, reflection, bodies, self._desk.outbox.direct(session, colleague.slack), None)

    def _show(self, session: Session, one: Reflection, bodies: list[Json], at: Place, subject: str | None) -> None:
        keys = self._keys(session, one, len(bodies))
        for key, body in zip(keys, bodies, strict=True):
            self._desk.outbox.show(session, key, body, at, subject=subject)

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
