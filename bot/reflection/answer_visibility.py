"""Who can read an answer: its writer alone, one colleague, or the circle, in the thread of the round.

When somebody deletes a post of it in Slack, the whole answer is for its writer alone again (`on_post_deleted`).
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import require_in_circle
from bot.core.errors import NotKnownYet, Refusal
from bot.core.parts import Json
from bot.core.services import Service, Services
from bot.outbox.posted_text import PostedText, id_of_post
from bot.outbox.queue import Destination
from bot.people.api import find_member, is_in
from bot.reflection.answer_context import (
    AnswerContext,
    answers_page_for,
    can_share_without_name,
    load_own_answer,
    read_answer,
)
from bot.reflection.round_cards import question_of
from bot.reflection.rules import NAMELESS_WAIT
from bot.reflection.surfaces import KEPT, NAMELESS, SENT, SHARED, ColleagueForm
from bot.reflection.views import answers as views
from bot.reflection.views import thread
from db.models import Circle, Member, OutboxTarget, Reflection
from db.queries.reflection import all_reflections_of


class AnswerVisibility(Service):
    """The writer's own choice, which they can make again as long as the answer exists."""

    def keep_answer(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The answer is for its writer alone; what others could read is deleted."""
        with self._services.database.writing() as session:
            reflection, context = load_own_answer(self._services, session, user, reflection_id, now, to_change=True)
            choose_readers(context, reflection, KEPT)
            return answers_page_for(context, reflection)

    def share_answer(self, user: str, reflection_id: str, now: datetime) -> Json:
        """Post the answer in the thread of its round, with its writer's name."""
        with self._services.database.writing() as session:
            reflection, context = self._load_in_circle(session, user, reflection_id, now)
            choose_readers(context, reflection, SHARED)
            return answers_page_for(context, reflection)

    def share_without_name(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The answer waits for others, to be posted with them when the round ends; nothing says whose it is then.

        Raises `Refusal` where that is not offered (any more).
        """
        with self._services.database.writing() as session:
            _, context = load_own_answer(self._services, session, user, reflection_id, now)
            lock_batch(context)
            reflection, context = self._load_in_circle(session, user, reflection_id, now)
            choose_readers(context, reflection, NAMELESS)
            return answers_page_for(context, reflection)

    def open_colleague_form(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The form that asks which colleague the answer goes to."""
        with self._services.database.reading() as session:
            reflection, context = load_own_answer(self._services, session, user, reflection_id, now)
            return views.choose_colleague_form(context.speaker, ColleagueForm(reflection.id))

    def send_to_colleague(self, user: str, form: ColleagueForm, now: datetime) -> Json:
        """Send the answer to one colleague in the circle, in private and with its writer's name."""
        with self._services.database.writing() as session:
            reflection, context = self._load_in_circle(session, user, form.reflection_id, now)
            choose_readers(context, reflection, SENT, form.colleague)
            return answers_page_for(context, reflection)

    def withdraw_answer(self, user: str, reflection_id: str, now: datetime) -> Json:
        """Delete the answer: where others could read it, and here."""
        with self._services.database.writing() as session:
            reflection, context = load_own_answer(self._services, session, user, reflection_id, now, to_change=True)
            _change_state(context, reflection, "withdrawn")
            return views.answer_withdrawn_page(context.speaker)

    def withdraw_all_answers(self, session: Session, member: Member, now: datetime) -> None:
        """Delete everything this member wrote; what they typed in threads stays in Slack, and is kept here no more."""
        for reflection, round_ in all_reflections_of(session, member):
            if reflection.source == "form":
                circle = session.get_one(Circle, round_.circle_id)
                context = AnswerContext(self._services, session, round_, circle, member, now)
                _change_state(context, reflection, "withdrawn")
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
            delete_answer_posts(self._services, session, reflection)
            reflection.state, reflection.sent_to = "kept", None

    def _load_in_circle(
        self, session: Session, user: str, reflection_id: str, now: datetime
    ) -> tuple[Reflection, AnswerContext]:
        """An answer whose writer is still in its circle; raises `Refusal` for somebody who left."""
        reflection, context = load_own_answer(self._services, session, user, reflection_id, now, to_change=True)
        require_in_circle(session, context.circle, context.member)
        return reflection, context


def choose_readers(context: AnswerContext, reflection: Reflection, readers: str, colleague: str = "") -> None:
    """The writer chose who reads this answer: KEPT, SHARED, SENT (to this `colleague`, by Slack's id) or NAMELESS.

    Raises `Refusal` where that cannot be (any more).
    """
    if readers == SENT:
        reflection.sent_to, before = _load_colleague(context, colleague).id, reflection.sent_to
        if before not in (None, reflection.sent_to):
            delete_answer_posts(context.services, context.session, reflection)
    if readers == NAMELESS:
        if not can_share_without_name(context):
            raise Refusal("reflection.no_longer_nameless")
        context.round.batch_at = context.round.batch_at or context.round.posted_at + NAMELESS_WAIT
    _change_state(context, reflection, readers)


def lock_batch(context: AnswerContext) -> None:
    """Lock the round before an answer in it, as posting a batch does, so that neither waits for the other."""
    context.session.refresh(context.round, with_for_update={"key_share": True})


def show_answer(context: AnswerContext, reflection: Reflection, text: str) -> None:
    """Let its posts say this text, if others can read it; raises `Refusal` where the thread is gone."""
    if reflection.state == "shared":
        _post_in_thread(context, reflection, text)
    elif reflection.state == "sent":
        _send_in_private(context, reflection, text)


def delete_answer_posts(services: Services, session: Session, reflection: Reflection) -> None:
    """Delete all posts of an answer, so that nobody else can read it."""
    _posts_of(services, session, reflection).delete_posts()


def _change_state(context: AnswerContext, reflection: Reflection, state: str) -> None:
    """Delete its posts if the state changes, post it where the new state says, and end a question about it."""
    if reflection.state != state:
        delete_answer_posts(context.services, context.session, reflection)
    reflection.state = state
    if state != "sent":
        reflection.sent_to = None
    if state == "withdrawn":
        reflection.words = None
    show_answer(context, reflection, read_answer(context.services, reflection))
    chosen = thread.given_back_chosen(context.speaker)
    context.services.outbox.update_if_posted(context.session, f"alone:{reflection.id}", chosen)


def _post_in_thread(context: AnswerContext, reflection: Reflection, text: str) -> None:
    card, services = f"round:{reflection.round_id}", context.services
    root = services.outbox.find_target(context.session, card)
    if root is None or root.deleted_at or context.circle.channel.left_at:
        raise Refusal("reflection.no_thread")
    bodies = thread.shared_posts(services.speaker_for(context.circle), context.member.slack, text)
    _posts_of(services, context.session, reflection).show_posts(bodies, Destination(under=card), card)


def _send_in_private(context: AnswerContext, reflection: Reflection, text: str) -> None:
    services, colleague = context.services, context.session.get_one(Member, reflection.sent_to)
    speaker = services.speaker_for(context.circle, colleague)
    question = question_of(services, speaker, context.round).text
    bodies = thread.sent_posts(speaker, context.member.slack, question, text)
    at = services.outbox.open_dm(context.session, colleague.slack)
    _posts_of(services, context.session, reflection).show_posts(bodies, at)


def _load_colleague(context: AnswerContext, user: str) -> Member:
    colleague, channel = find_member(context.session, user), context.circle.channel
    if colleague is None:
        raise NotKnownYet(user, channel.slack, "reflection.one_moment")
    stranger = colleague.is_bot or colleague.is_guest or colleague.is_external or colleague.is_deactivated
    if stranger or not is_in(context.session, channel, colleague):
        raise Refusal("reflection.no_colleague")
    if colleague.id == context.member.id:
        raise Refusal("reflection.yourself")
    return colleague


def _posts_of(services: Services, session: Session, reflection: Reflection) -> PostedText:
    return PostedText(services.outbox, session, f"reflection:{reflection.id}")
