"""Insights: one sentence that a member makes of what they wrote, first for themselves, and then as far as they want.

By its author only: what it is made of, and each insight, exists for nobody else.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import in_circle, known_member
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.journal.entries import JournalEntries, place_of_insight
from bot.journal.rules import LONGEST_INSIGHT, sentence
from bot.journal.views import insights as views
from bot.journal.views.page import JournalEntry
from bot.outbox.posted_text import PostedText, id_of_post
from bot.outbox.queue import Destination
from bot.reflection.api import AnswerContext, AnswerModal
from bot.reflection.types import DECIDED_STATES, ask_again_at
from bot.words import Speaker
from db.models import Circle, Insight, Member, OutboxTarget, Reflection, Round
from db.queries import journal as queries

_FORM = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class InsightDraft:
    """What the form holds when it is sent: which reflection it is made of, or which insight it changes, to check."""

    of: str
    insight: str
    form: str
    text: str


class Insights:
    """Making one, choosing what becomes of it, and taking it back."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._windows, self._notebook = AnswerModal(services), JournalEntries(services)

    def open_insight_form(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The form to make one, under what it is made of; refuses what is not this person's own, or not settled."""
        with self._services.database.reading() as session:
            reflection, reader = self._settled(session, user, reflection_id, now)
            speaker = self._windows.speaker_for(reader)
            origin = self._notebook.build_entry(session, reader.member, speaker, (reflection, reader.round))
            return views.insight_form(speaker, origin, {"of": reflection_id, "form": secrets.token_hex(8)})

    def open_change_form(self, user: str, insight_id: str) -> Json:
        """The same form with an insight of this person in it, to change."""
        with self._services.database.reading() as session:
            insight, circle, member = self._own(session, user, insight_id)
            speaker = self._services.speaker_for(circle, member)
            origin = self._origin(session, member, speaker, insight)
            return views.insight_form(speaker, origin, {"insight": insight_id}, self._text(insight), insight.state)

    def submit_insight(self, user: str, draft: InsightDraft, now: datetime) -> Json:
        """Keep the sentence, at once and only for its writer; returns the page on which they choose what next.

        One that is changed says the new sentence wherever it stands. A form that is sent twice makes one insight.
        Raises `Refusal` for what is no sentence, and for what is somebody else's.
        """
        text = sentence(draft.text)
        if not text:
            raise Refusal("insight.blank")
        if len(text) > LONGEST_INSIGHT:
            raise Refusal("insight.too_long", most=LONGEST_INSIGHT)
        with self._services.database.writing() as session:
            if draft.insight:
                insight, circle, member = self._own(session, user, draft.insight, to_change=True)
                insight.words = self._services.seal(text, place_of_insight(insight.id))
                self._follow(session, insight, circle, member)
            else:
                insight, circle, member = self._make(session, user, draft, text, now)
            return self._page(session, insight, circle, member)

    def open_insight_page(self, user: str, insight_id: str) -> Json:
        """One insight of this person, with what can be done with it."""
        with self._services.database.reading() as session:
            return self._page(session, *self._own(session, user, insight_id))

    def keep_insight(self, user: str, insight_id: str) -> Json:
        """It is for its writer alone; what stands in the channel is taken away."""
        with self._services.database.writing() as session:
            insight, circle, member = self._own(session, user, insight_id, to_change=True)
            insight.state = "kept"
            self._standing(session, insight).delete_posts()
            return self._page(session, insight, circle, member)

    def share_insight(self, user: str, insight_id: str) -> Json:
        """It stands in the channel of its circle, with its writer's name; refuses who left that circle."""
        with self._services.database.writing() as session:
            insight, circle, member = self._own(session, user, insight_id, to_change=True)
            in_circle(session, circle, user)
            insight.state = "shared"
            self._follow(session, insight, circle, member)
            return self._page(session, insight, circle, member)

    def wipe_insight(self, user: str, insight_id: str) -> Json:
        """It is gone: where others could read it, and here."""
        with self._services.database.writing() as session:
            insight, circle, member = self._own(session, user, insight_id, to_change=True)
            self._wipe(session, insight)
            return views.insight_wiped_page(self._services.speaker_for(circle, member))

    def wipe_all_insights(self, session: Session, member: Member) -> None:
        """Every insight of this person is gone."""
        for insight in queries.all_insights_of(session, member):
            self._wipe(session, insight)

    def on_post_deleted(self, session: Session, post: OutboxTarget) -> None:
        """Somebody deleted the post of an insight in Slack: it is for its writer alone again."""
        insight = session.get(Insight, id_of_post(post), with_for_update=True)
        session.refresh(post, with_for_update=True)
        if insight and post.deleted_at is None and insight.state == "shared":
            self._services.outbox.note_deleted(session, post)
            insight.state = "kept"

    def _make(
        self, session: Session, user: str, draft: InsightDraft, text: str, now: datetime
    ) -> tuple[Insight, Circle, Member]:
        if not _FORM.fullmatch(draft.form):
            raise Refusal("common.outdated")
        reflection, reader = self._settled(session, user, draft.of, now, to_change=True)
        if sent_before := queries.insight_by_form(session, draft.form):
            return self._own(session, user, sent_before.id)
        fresh = secrets.token_hex(12)
        insight = Insight(
            id=fresh,
            member_id=reader.member.id,
            circle_id=reader.circle.id,
            reflection_id=reflection.id,
            form_token=draft.form,
            state="undecided",
            words=self._services.seal(text, place_of_insight(fresh)),
            written_at=now,
        )
        session.add(insight)
        reader.member.journal_ask_at = reader.member.journal_ask_at or ask_again_at(now)
        session.flush()
        return insight, reader.circle, reader.member

    def _settled(
        self, session: Session, user: str, reflection_id: str, now: datetime, *, to_change: bool = False
    ) -> tuple[Reflection, AnswerContext]:
        """What this person wrote, and chose what becomes of it."""
        found = self._windows.load_own_answer(session, user, reflection_id, now, to_change=to_change, typed_too=True)
        if found[0].state not in DECIDED_STATES:
            raise Refusal("common.outdated")
        return found

    def _own(
        self, session: Session, user: str, insight_id: str, *, to_change: bool = False
    ) -> tuple[Insight, Circle, Member]:
        """An insight that this person made and still has. Another's does not exist for them."""
        insight = session.get(Insight, insight_id, with_for_update=to_change)
        member = known_member(session, user)
        if insight is None or insight.member_id != member.id or insight.words is None:
            raise Refusal("common.gone")
        return insight, session.get_one(Circle, insight.circle_id), member

    def _origin(self, session: Session, member: Member, speaker: Speaker, insight: Insight) -> JournalEntry | None:
        """What it was made of, as far as its writer still has it."""
        reflection = session.get(Reflection, insight.reflection_id) if insight.reflection_id else None
        if reflection is None or reflection.words is None:
            return None
        round_ = session.get_one(Round, reflection.round_id)
        return self._notebook.build_entry(session, member, speaker, (reflection, round_))

    def _page(self, session: Session, insight: Insight, circle: Circle, member: Member) -> Json:
        speaker = self._services.speaker_for(circle, member)
        return views.insight_page(
            speaker, self._notebook.build_entry(session, member, speaker, (insight, None)), circle.channel.slack
        )

    def _follow(self, session: Session, insight: Insight, circle: Circle, member: Member) -> None:
        """What stands in the channel says what it says now."""
        if insight.state == "shared":
            body = views.insight_post(self._services.speaker_for(circle), member.slack, self._text(insight))
            self._standing(session, insight).show_posts([body], Destination(channel=circle.channel.slack))

    def _wipe(self, session: Session, insight: Insight) -> None:
        self._standing(session, insight).delete_posts()
        insight.state, insight.words = "withdrawn", None

    def _text(self, insight: Insight) -> str:
        return self._notebook.read_text((insight, None))

    def _standing(self, session: Session, insight: Insight) -> PostedText:
        return PostedText(self._services.outbox, session, f"insight:{insight.id}")
