"""Insights: one sentence that a member makes of what they wrote, first only for themselves, then shared if they want.

What an insight is made of, and the insight itself, exist for its author alone. A form that is sent twice makes one.
When somebody deletes the post of a shared insight in Slack, it is for its writer alone again (`on_post_deleted`).
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import in_circle, known_member
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Service, Services
from bot.journal.entries import JournalContext, build_entry, place_of_insight, read_writing
from bot.journal.rules import LONGEST_INSIGHT, as_one_line
from bot.journal.surfaces import InsightForm
from bot.journal.views import insights as views
from bot.journal.views.page import JournalEntry
from bot.outbox.posted_text import PostedText, id_of_post
from bot.outbox.queue import Destination
from bot.reflection.api import AnswerContext, load_own_answer
from bot.reflection.types import DECIDED_STATES, ask_again_at
from db.models import Circle, Insight, Member, OutboxTarget, Reflection, Round
from db.queries import journal as queries

FORM_TOKEN = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class InsightContext:
    """An insight with its circle and its writer, in one transaction."""

    services: Services
    session: Session
    insight: Insight
    circle: Circle
    member: Member

    @property
    def journal(self) -> JournalContext:
        """Its writer's journal."""
        speaker = self.services.speaker_for(self.circle, self.member)
        return JournalContext(self.services, self.session, self.member, speaker)

    @property
    def text(self) -> str:
        """What the insight says."""
        return read_writing(self.journal, (self.insight, None))


class Insights(Service):
    """Makes an insight, changes who can read it, and wipes it."""

    def open_insight_form(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The form to make one, below what it is made of.

        Raises `Refusal` for what is not this person's own, and where they have not chosen yet what becomes of it.
        """
        with self._services.database.reading() as session:
            reflection, context = _load_decided(self._services, session, user, reflection_id, now)
            journal = JournalContext(self._services, session, context.member, context.speaker)
            form = InsightForm(reflection_id, form_token=secrets.token_hex(8))
            return views.insight_form(context.speaker, build_entry(journal, (reflection, context.round)), form)

    def open_change_form(self, user: str, insight_id: str) -> Json:
        """The same form with an insight of this person in it, to change."""
        with self._services.database.reading() as session:
            context = load_own_insight(self._services, session, user, insight_id)
            form = InsightForm(insight_id=insight_id, text=context.text)
            return views.insight_form(context.journal.speaker, _origin(context), form, context.insight.state)

    def submit_insight(self, user: str, form: InsightForm, now: datetime) -> Json:
        """Keep the sentence, at once and only for its writer; returns the page on which they choose what next.

        An insight that is changed says the new sentence in the channel too. A form that is sent twice makes one
        insight. Raises `Refusal` for what is no sentence or too long, and for what is somebody else's.
        """
        text = sentence(form.text)
        with self._services.database.writing() as session:
            if form.insight_id:
                context = load_own_insight(self._services, session, user, form.insight_id, to_change=True)
                context.insight.words = self._services.seal(text, place_of_insight(context.insight.id))
                update_post(context)
            else:
                context = _make_once(self._services, session, user, form, text, now)
            return _insight_page(context)

    def open_insight_page(self, user: str, insight_id: str) -> Json:
        """One insight of this person, with what can be done with it."""
        with self._services.database.reading() as session:
            return _insight_page(load_own_insight(self._services, session, user, insight_id))

    def keep_insight(self, user: str, insight_id: str) -> Json:
        """The insight is for its writer alone; its post in the channel is deleted."""
        with self._services.database.writing() as session:
            context = load_own_insight(self._services, session, user, insight_id, to_change=True)
            context.insight.state = "kept"
            _posts_of(self._services, session, context.insight).delete_posts()
            return _insight_page(context)

    def share_insight(self, user: str, insight_id: str) -> Json:
        """Post it in the channel of its circle, with its writer's name; raises `Refusal` for somebody who left it."""
        with self._services.database.writing() as session:
            context = load_own_insight(self._services, session, user, insight_id, to_change=True)
            in_circle(session, context.circle, user)
            context.insight.state = "shared"
            update_post(context)
            return _insight_page(context)

    def wipe_insight(self, user: str, insight_id: str) -> Json:
        """Delete the insight: where others could read it, and here."""
        with self._services.database.writing() as session:
            context = load_own_insight(self._services, session, user, insight_id, to_change=True)
            _wipe(self._services, session, context.insight)
            return views.insight_wiped_page(context.journal.speaker)

    def wipe_all_insights(self, session: Session, member: Member) -> None:
        """Delete every insight of this member."""
        for insight in queries.all_insights_of(session, member):
            _wipe(self._services, session, insight)

    def on_post_deleted(self, session: Session, post: OutboxTarget) -> None:
        """Somebody deleted the post of an insight in Slack: it is for its writer alone again."""
        insight = session.get(Insight, id_of_post(post), with_for_update=True)
        session.refresh(post, with_for_update=True)
        if insight and post.deleted_at is None and insight.state == "shared":
            self._services.outbox.note_deleted(session, post)
            insight.state = "kept"


def sentence(text: str) -> str:
    """What was written, as the one line that is kept; raises `Refusal` for what is no sentence or too long."""
    line = as_one_line(text)
    if not line:
        raise Refusal("insight.blank")
    if len(line) > LONGEST_INSIGHT:
        raise Refusal("insight.too_long", most=LONGEST_INSIGHT)
    return line


def _make_once(
    services: Services, session: Session, user: str, form: InsightForm, text: str, now: datetime
) -> InsightContext:
    """The insight that this form makes, or made before."""
    if not FORM_TOKEN.fullmatch(form.form_token):
        raise Refusal("common.outdated")
    reflection, answer = _load_decided(services, session, user, form.reflection_id, now, to_change=True)
    if sent_before := queries.insight_by_form(session, form.form_token):
        return load_own_insight(services, session, user, sent_before.id)
    fresh, member = secrets.token_hex(12), answer.member
    insight = Insight(
        id=fresh,
        member_id=member.id,
        circle_id=answer.circle.id,
        reflection_id=reflection.id,
        form_token=form.form_token,
        state="undecided",
        words=services.seal(text, place_of_insight(fresh)),
        written_at=now,
    )
    session.add(insight)
    member.journal_ask_at = member.journal_ask_at or ask_again_at(now)
    session.flush()
    return InsightContext(services, session, insight, answer.circle, member)


def _load_decided(
    services: Services, session: Session, user: str, reflection_id: str, now: datetime, *, to_change: bool = False
) -> tuple[Reflection, AnswerContext]:
    """What this person wrote, if they chose already what becomes of it."""
    found = load_own_answer(services, session, user, reflection_id, now, to_change=to_change, typed_too=True)
    if found[0].state not in DECIDED_STATES:
        raise Refusal("common.outdated")
    return found


def load_own_insight(
    services: Services, session: Session, user: str, insight_id: str, *, to_change: bool = False
) -> InsightContext:
    """An insight that this person made and still has; raises `Refusal` for anybody else's, as for none."""
    insight = session.get(Insight, insight_id, with_for_update=to_change)
    member = known_member(session, user)
    if insight is None or insight.member_id != member.id or insight.words is None:
        raise Refusal("common.gone")
    return InsightContext(services, session, insight, session.get_one(Circle, insight.circle_id), member)


def _origin(context: InsightContext) -> JournalEntry | None:
    """What the insight was made of, if its writer still has it."""
    session, origin = context.session, context.insight.reflection_id
    reflection = session.get(Reflection, origin) if origin else None
    if reflection is None or reflection.words is None:
        return None
    return build_entry(context.journal, (reflection, session.get_one(Round, reflection.round_id)))


def _insight_page(context: InsightContext) -> Json:
    entry = build_entry(context.journal, (context.insight, None))
    return views.insight_page(context.journal.speaker, entry, context.circle.channel.slack)


def update_post(context: InsightContext) -> None:
    """Let the post in the channel, if there is to be one, say what the insight says now."""
    if context.insight.state == "shared":
        speaker, channel = context.services.speaker_for(context.circle), context.circle.channel.slack
        body = views.insight_post(speaker, context.member.slack, context.text)
        posts = _posts_of(context.services, context.session, context.insight)
        posts.show_posts([body], Destination(channel=channel))


def _wipe(services: Services, session: Session, insight: Insight) -> None:
    _posts_of(services, session, insight).delete_posts()
    insight.state, insight.words = "withdrawn", None


def _posts_of(services: Services, session: Session, insight: Insight) -> PostedText:
    return PostedText(services.outbox, session, f"insight:{insight.id}")
