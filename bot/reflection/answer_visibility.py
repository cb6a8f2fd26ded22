"""What becomes of an answer: kept, sent to one colleague, shared with or without a name, or wiped."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import require_in_circle
from bot.core.errors import NotKnownYet, Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.outbox.posted_text import id_of_post
from bot.people.api import find_member, is_in
from bot.reflection.answer_modal import AnswerContext, AnswerModal
from bot.reflection.answer_posts import AnswerPosts
from bot.reflection.rules import NAMELESS_WAIT
from bot.reflection.views import answers as views
from bot.reflection.views import thread as words
from db.models import Circle, Member, OutboxTarget, Reflection
from db.queries.reflection import all_reflections_of


class AnswerVisibility:
    """The writer's own choice, which can be made again as long as there is an answer."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._windows = AnswerModal(services)
        self._sharing = AnswerPosts(services)

    def keep_answer(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The answer is for its writer alone; what others could read is taken away."""
        with self._services.database.writing() as session:
            reflection, reader = self._windows.load_own_answer(session, user, reflection_id, now, to_change=True)
            self._becomes(session, reader, reflection, "kept")
            return self._windows.answers_page_for(session, reader)

    def share_answer(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The answer stands in the round's thread, with its writer's name."""
        with self._services.database.writing() as session:
            reflection, reader = self._here(session, user, reflection_id, now)
            self._becomes(session, reader, reflection, "shared")
            return self._windows.answers_page_for(session, reader)

    def share_without_name(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The answer waits for others, to be posted with them when the round ends; nothing says whose it is then."""
        with self._services.database.writing() as session:
            _, reader = self._windows.load_own_answer(session, user, reflection_id, now)
            # The round first, as who posts what waits does: neither waits for the other.
            session.refresh(reader.round, with_for_update={"key_share": True})
            reflection, reader = self._here(session, user, reflection_id, now)
            if not self._windows.may_be_nameless(session, reader):
                raise Refusal("reflection.no_longer_nameless")
            reader.round.batch_at = reader.round.batch_at or reader.round.posted_at + NAMELESS_WAIT
            self._becomes(session, reader, reflection, "nameless")
            return self._windows.answers_page_for(session, reader)

    def open_colleague_form(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The form that asks which colleague it goes to."""
        with self._services.database.reading() as session:
            reflection, reader = self._windows.load_own_answer(session, user, reflection_id, now)
            return views.choose_colleague_form(
                self._windows.speaker_for(reader), {"round": reader.round.id, "send": reflection.id}
            )

    def send_to_colleague(self, user: str, reflection_id: str, to: str, now: datetime) -> Json:
        """One colleague in the circle gets the answer in private, with its writer's name; nobody else does."""
        with self._services.database.writing() as session:
            reflection, reader = self._here(session, user, reflection_id, now)
            reflection.sent_to, before = self._colleague(session, reader, to).id, reflection.sent_to
            if before not in (None, reflection.sent_to):
                self._sharing.delete_answer_posts(session, reflection)
            self._becomes(session, reader, reflection, "sent")
            return self._windows.answers_page_for(session, reader)

    def withdraw_answer(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The answer is gone: where others could read it, and here."""
        with self._services.database.writing() as session:
            reflection, reader = self._windows.load_own_answer(session, user, reflection_id, now, to_change=True)
            self._becomes(session, reader, reflection, "withdrawn")
            return views.answer_withdrawn_page(self._windows.speaker_for(reader), {"round": reader.round.id})

    def withdraw_all_answers(self, session: Session, member: Member, now: datetime) -> None:
        """Everything this person wrote is gone; what they typed in threads is kept here no more."""
        for reflection, round_ in all_reflections_of(session, member):
            if reflection.source == "form":
                circle = session.get_one(Circle, round_.circle_id)
                self._becomes(session, AnswerContext(round_, circle, member, now), reflection, "withdrawn")
            else:
                reflection.state, reflection.words, reflection.files = "gone", None, 0

    def on_post_deleted(self, session: Session, post: OutboxTarget) -> None:
        """Somebody deleted a post of an answer in Slack: the whole answer is for its writer alone again."""
        reflection = session.get(Reflection, id_of_post(post), with_for_update=True)
        session.refresh(post, with_for_update=True)
        if reflection is None or post.deleted_at is not None:
            return
        self._services.outbox.note_deleted(session, post)
        if reflection.state in ("shared", "sent"):
            self._sharing.delete_answer_posts(session, reflection)
            reflection.state, reflection.sent_to = "kept", None

    def _here(self, session: Session, user: str, reflection_id: str, now: datetime) -> tuple[Reflection, AnswerContext]:
        """An answer whose writer is still in its circle: who left shares nothing there."""
        reflection, reader = self._windows.load_own_answer(session, user, reflection_id, now, to_change=True)
        require_in_circle(session, reader.circle, reader.member)
        return reflection, reader

    def _colleague(self, session: Session, reader: AnswerContext, to: str) -> Member:
        colleague = find_member(session, to)
        if colleague is None:
            raise NotKnownYet(to, reader.circle.channel.slack, "reflection.one_moment")
        stranger = colleague.is_bot or colleague.is_guest or colleague.is_external or colleague.is_deactivated
        if stranger or not is_in(session, reader.circle.channel, colleague):
            raise Refusal("reflection.no_colleague")
        if colleague.id == reader.member.id:
            raise Refusal("reflection.yourself")
        return colleague

    def _becomes(self, session: Session, reader: AnswerContext, reflection: Reflection, state: str) -> None:
        """Where it stood it stands no more, where it is to stand it does; who was asked about it has chosen."""
        if reflection.state != state:
            self._sharing.delete_answer_posts(session, reflection)
        reflection.state = state
        if state != "sent":
            reflection.sent_to = None
        if state == "withdrawn":
            reflection.words = None
        self._sharing.show_answer(
            session, reader.circle, reader.member, reflection, self._windows.read_answer(reflection)
        )
        self._services.outbox.update_if_posted(
            session, f"alone:{reflection.id}", words.given_back_chosen(self._windows.speaker_for(reader))
        )
