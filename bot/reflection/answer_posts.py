"""A reflection where others read it: in the thread of its round, or in private with one colleague."""

from sqlalchemy.orm import Session

from bot.core.errors import Refusal
from bot.core.services import Services
from bot.outbox.posted_text import PostedText
from bot.outbox.queue import Destination
from bot.reflection.round_cards import question_of
from bot.reflection.views import thread as views
from db.models import Circle, Member, Reflection, Round


class AnswerPosts:
    """Keeps what others can read equal to what its writer wants there."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def show_answer(self, session: Session, circle: Circle, member: Member, reflection: Reflection, text: str) -> None:
        """Let it say this text wherever it stands by its state; raises `Refusal` where there is no thread any more."""
        if reflection.state == "shared":
            self._in_thread(session, circle, member, reflection, text)
        elif reflection.state == "sent":
            self._in_private(session, circle, member, reflection, text)

    def delete_answer_posts(self, session: Session, reflection: Reflection) -> None:
        """Nobody else reads it any more."""
        self._standing(session, reflection).delete_posts()

    def _in_thread(self, session: Session, circle: Circle, member: Member, reflection: Reflection, text: str) -> None:
        card = f"round:{reflection.round_id}"
        root = self._services.outbox.find_target(session, card)
        if root is None or root.deleted_at or circle.channel.left_at:
            raise Refusal("reflection.no_thread")
        bodies = views.shared_posts(self._services.speaker_for(circle), member.slack, text)
        self._standing(session, reflection).show_posts(bodies, Destination(under=card), card)

    def _in_private(self, session: Session, circle: Circle, member: Member, reflection: Reflection, text: str) -> None:
        colleague = session.get_one(Member, reflection.sent_to)
        speaker, round_ = self._services.speaker_for(circle, colleague), session.get_one(Round, reflection.round_id)
        bodies = views.sent_posts(speaker, member.slack, question_of(self._services, speaker, round_).text, text)
        self._standing(session, reflection).show_posts(bodies, self._services.outbox.open_dm(session, colleague.slack))

    def _standing(self, session: Session, reflection: Reflection) -> PostedText:
        return PostedText(self._services.outbox, session, f"reflection:{reflection.id}")
