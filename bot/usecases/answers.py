"""Answering a weekly question in a window: first for oneself, then kept or shared, changed or taken back."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.rules import writing
from bot.usecases import access
from bot.usecases.desk import Desk
from bot.usecases.refusals import Refusal
from bot.usecases.rounds import question_of
from bot.usecases.sharing import Sharing, answer_in
from bot.views import reflection as views
from bot.views.parts import Json
from bot.words import LANGUAGES
from db.models import Circle, Member, Post, Reflection, Round
from db.queries import reflections


@dataclass(frozen=True)
class Draft:
    """What the window holds when it is sent or asked for more room: pointers to check, and what was written."""

    round_id: int
    reflection: str | None
    form: str
    texts: list[str]
    language: str | None


@dataclass(frozen=True)
class _Reader:
    """Who looks into the window, and at which round."""

    round: Round
    circle: Circle
    member: Member


class Answers:
    """One member's own answers. Nobody else's are in here, whatever a payload says."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sharing = Sharing(desk)

    def open(self, user: str, round_id: int) -> Json:
        """The window of a round: a form to answer in, or the answers this person has already."""
        with self._desk.database.reading() as session:
            return self._window(session, self._reader(session, user, round_id))

    def open_latest(self, user: str, channel: str) -> Json:
        """The same for the round that the circle of this channel is in."""
        with self._desk.database.reading() as session:
            circle, member = access.circle_here(session, user, channel)
            latest = reflections.latest_round(session, circle)
            if latest is None:
                raise self._none_yet(circle, member)
            return self._window(session, _Reader(latest, circle, member))

    def more_room(self, user: str, draft: Draft) -> Json:
        """The same form with one field more, and everything written so far in it."""
        with self._desk.database.reading() as session:
            reader = self._reader(session, user, draft.round_id)
            return self._form(reader, [*draft.texts, ""][: views.MOST_FIELDS], draft.form, draft.reflection)

    def change(self, user: str, reflection_id: str) -> Json:
        """A form with an answer of this person in it, to change."""
        with self._desk.database.reading() as session:
            reflection, reader = self._own(session, user, reflection_id)
            texts = writing.fields_of(self._text(reflection))
            return self._form(reader, texts, secrets.token_hex(8), reflection.id)

    def write(self, user: str, draft: Draft, now: datetime) -> Json:
        """Keep what was written, at once and only for its writer; returns the page on which they choose what next.

        Raises `Refusal` if there is nothing to read. A form that is sent twice makes one answer.
        """
        text = writing.joined(draft.texts)
        if writing.is_blank(text):
            raise Refusal("reflection.blank")
        with self._desk.database.writing() as session:
            reader = self._reader(session, user, draft.round_id)
            if draft.language in LANGUAGES:
                reader.member.language = draft.language
            if draft.reflection:
                self._rewrite(session, user, draft.reflection, text)
            else:
                self._keep(session, reader, draft.form, text, now)
            return self._page(session, reader)

    def keep(self, user: str, reflection_id: str) -> Json:
        """The answer is for its writer alone; what stood in the thread is taken away."""
        with self._desk.database.writing() as session:
            reflection, reader = self._own(session, user, reflection_id, to_change=True)
            self._sharing.take_away(session, reflection)
            reflection.state = "kept"
            return self._page(session, reader)

    def share(self, user: str, reflection_id: str) -> Json:
        """The answer stands in the round's thread, with its writer's name."""
        with self._desk.database.writing() as session:
            reflection, reader = self._own(session, user, reflection_id, to_change=True)
            self._sharing.show(session, reader.circle, reader.member, reflection, self._text(reflection))
            reflection.state = "shared"
            return self._page(session, reader)

    def withdraw(self, user: str, reflection_id: str) -> Json:
        """The answer is gone: out of the thread, and wiped here."""
        with self._desk.database.writing() as session:
            reflection, reader = self._own(session, user, reflection_id, to_change=True)
            self._sharing.take_away(session, reflection)
            reflection.state, reflection.words = "withdrawn", None
            return views.withdrawn(self._desk.voice(reader.circle, reader.member), {"round": reader.round.id})

    def lost(self, session: Session, post: Post) -> None:
        """Somebody deleted a post of a shared answer in Slack: the whole answer is for its writer alone again."""
        reflection = session.get(Reflection, answer_in(post), with_for_update=True)
        session.refresh(post, with_for_update=True)
        if reflection is None or post.gone_at is not None:
            return
        self._desk.outbox.lost(session, post)
        if reflection.state == "shared":
            self._sharing.take_away(session, reflection)
            reflection.state = "kept"

    def _window(self, session: Session, reader: _Reader) -> Json:
        if reflections.own_answers(session, reader.round, reader.member):
            return self._page(session, reader)
        return self._form(reader, [""], secrets.token_hex(8), None)

    def _form(self, reader: _Reader, texts: list[str], form: str, reflection: str | None) -> Json:
        say = self._desk.voice(reader.circle, reader.member)
        pointers = {"round": reader.round.id, "form": form, "reflection": reflection}
        return views.form(say, question_of(self._desk, say, reader.round), texts, pointers, reader.member.language)

    def _page(self, session: Session, reader: _Reader) -> Json:
        say = self._desk.voice(reader.circle, reader.member)
        own = reflections.own_answers(session, reader.round, reader.member)
        answers = [views.Answer(one.id, self._text(one), one.state) for one in own]
        return views.page(say, question_of(self._desk, say, reader.round), answers, {"round": reader.round.id})

    def _keep(self, session: Session, reader: _Reader, form: str, text: str, now: datetime) -> None:
        sent_before = reflections.by_form(session, form)
        if sent_before is None:
            fresh = secrets.token_hex(12)
            session.add(Reflection(
                id=fresh, round_id=reader.round.id, member_id=reader.member.id, state="undecided", source="form",
                form=form, words=self._desk.seal(text, _place(fresh)), written_at=now,
            ))
            session.flush()
        elif sent_before.member_id != reader.member.id:
            raise Refusal("common.outdated")

    def _rewrite(self, session: Session, user: str, reflection_id: str, text: str) -> None:
        reflection, reader = self._own(session, user, reflection_id, to_change=True)
        reflection.words = self._desk.seal(text, _place(reflection.id))
        if reflection.state == "shared":
            self._sharing.show(session, reader.circle, reader.member, reflection, text)

    def _reader(self, session: Session, user: str, round_id: int) -> _Reader:
        round_ = session.get(Round, round_id)
        if round_ is None:
            raise Refusal("common.gone")
        circle, member = access.circle_by_id(session, round_.circle_id, user)
        return _Reader(round_, circle, member)

    def _own(
        self, session: Session, user: str, reflection_id: str, *, to_change: bool = False
    ) -> tuple[Reflection, _Reader]:
        """An answer that this person wrote and still has; another's does not exist for them."""
        reflection = session.get(Reflection, reflection_id, with_for_update=to_change)
        member = access.known_member(session, user)
        own = reflection and reflection.member_id == member.id and reflection.source == "form"
        if reflection is None or not own or reflection.state not in reflections.LIVING:
            raise Refusal("common.gone")
        return reflection, self._reader(session, user, reflection.round_id)

    def _text(self, reflection: Reflection) -> str:
        return self._desk.read(reflection.words, _place(reflection.id))

    def _none_yet(self, circle: Circle, member: Member) -> Refusal:
        assert circle.next_round_at is not None, "a circle that is set up has a next round"
        say = self._desk.voice(circle, member)
        return Refusal("reflection.none_yet", moment=say.moment(circle.next_round_at, circle.timezone))


def _place(reflection_id: str) -> str:
    return f"reflection.words:{reflection_id}"
