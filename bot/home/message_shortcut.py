"""Taking up a message somebody typed: as their reflection, their case, or their contribution to a step.

The message stays where it is. Only its author can do this: Slack says who that is, and our own facts have the last
word, when the form opens and again when it is sent.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_at, circles_of, first_circle_of, known_member, require_in_circle
from bot.core import parts
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.home.todo import Todo
from bot.home.views import message_shortcut as views
from bot.home.views.message_shortcut import ShortcutChoice
from bot.intervision.api import Cases, ContributionFormState, load_for_member_in_channel
from bot.intervision.types import STORY_FIELDS, Action, available_actions, step_heading
from bot.library.enums import Kind
from bot.listening.api import author_of, case_in, parse_new_message, post_at
from bot.reflection.api import (
    LIVING_STATES,
    AnswerDraft,
    AnswerModal,
    Answers,
    find_reflection_by_message,
    latest_round,
    question_of,
)
from bot.reflection.types import MOST_FIELDS
from bot.rhythm.api import latest_rounds
from bot.words import Speaker
from db.models import Circle, Member

_FORM = re.compile(r"[0-9a-f]{16}")
# This week's question, and the two before it.
_ROUNDS = 3
# How Slack's ids of conversations with the bot alone begin.
_PRIVATE = re.compile(r"D[A-Z0-9]+$")
_NEXT = 2
# What a post of ours is, by our key for it; the words for each stand in the catalogues.
_OURS = (
    (re.compile(r"round:"), "take_up.ours_round"),
    (re.compile(r"case:[^:]+:invitation"), "take_up.ours_invitation"),
    (re.compile(r"case:[^:]+:card"), "take_up.ours_card"),
    (re.compile(r"contribution:|reflection:|late:|insight:"), "take_up.ours_words"),
)


class MessageShortcut:
    """What can be done with a message."""

    def __init__(self, services: Services, answers: Answers, all_cases: Cases) -> None:
        self._services = services
        self._answers, self._cases = answers, all_cases
        self._next, self._windows = Todo(services), AnswerModal(services)

    def open_shortcut_form(self, user: str, channel: str, message: Json, now: datetime) -> Json:
        """The form for a message's own author; for anybody else, and for what the bot said, the page that explains."""
        heard = parse_new_message(channel, message)
        with self._services.database.reading() as session:
            member = known_member(session, user)
            speaker = self._voice(session, member, channel)
            if heard is None or heard.user != user:
                key = self._ours(session, channel, str(message.get("ts"))) if heard is None else "take_up.not_yours"
                return self._explained(session, member, speaker, key, channel, now)
            choices = self._choices(session, member, channel, heard.ts, speaker, now)
            texts = parts.split_into_fields(heard.text)
            if not choices or len(texts) > MOST_FIELDS:
                key = "take_up.too_long" if choices else "take_up.not_here"
                return self._explained(session, member, speaker, key, channel, now)
            return views.shortcut_form(
                speaker, choices, texts, {"channel": channel, "ts": heard.ts, "form": secrets.token_hex(8)}
            )

    def use_message(self, user: str, pointers: Json, what: str, texts: Sequence[str], now: datetime) -> Json:
        """What the author chose, with the words as they are in the form now. Returns the next page.

        Refuses what was not offered, or is not any more, and a form without words.
        """
        channel, ts, form = (str(pointers.get(name)) for name in ("channel", "ts", "form"))
        with self._services.database.reading() as session:
            member = known_member(session, user)
            speaker = self._voice(session, member, channel)
            offered = {one.value: one for one in self._choices(session, member, channel, ts, speaker, now)}
        if what not in offered or not _FORM.fullmatch(form):
            raise Refusal("common.outdated")
        text = parts.join_fields(texts)
        if parts.is_blank(text):
            raise Refusal("reflection.blank")
        return self._made(user, offered[what], form, text, now)

    def open_case_form_from(self, user: str, reflection_id: str, now: datetime) -> Json:
        """The form to bring a case, with an answer of this person in it to go on with; refuses one that is too long."""
        with self._services.database.reading() as session:
            reflection, reader = self._windows.load_own_answer(session, user, reflection_id, now, typed_too=True)
            story, channel = (
                parts.split_into_fields(self._windows.read_answer(reflection)),
                reader.circle.channel.slack,
            )
        if len(story) > len(STORY_FIELDS):
            raise Refusal("take_up.too_long_for_a_story")
        return self._cases.inviting.open_intake_form(user, channel, story)

    def _made(self, user: str, choice: ShortcutChoice, form: str, text: str, now: datetime) -> Json:
        pointer = choice.value.partition(":")[2]
        if choice.kind == "round":
            return self._answers.submit_answer(user, AnswerDraft(int(pointer), None, form, [text], None), now)
        if choice.kind == "step":
            case, _, step = pointer.partition(":")
            return self._cases.contributing.open_contribution_form(user, ContributionFormState(case, step), now, text)
        story = parts.split_into_fields(text)
        if len(story) > len(STORY_FIELDS):
            raise Refusal("take_up.too_long_for_a_story")
        return self._cases.inviting.open_intake_form(user, pointer, story)

    def _choices(
        self, session: Session, member: Member, channel: str, ts: str, speaker: Speaker, now: datetime
    ) -> list[ShortcutChoice]:
        """What this person can make of this message of theirs. Refuses what our own facts say another wrote."""
        author = author_of(session, channel, ts)
        if author not in (None, member.id):
            raise Refusal("take_up.not_yours")
        circle, case = circle_at(session, channel), case_in(session, channel)
        if case:
            return list(self._steps(session, member, case, speaker, now))
        if circle is None and _PRIVATE.match(channel):
            return list(self._now_asked(session, member, speaker))
        if circle is None or circle.set_up_at is None:
            return []
        require_in_circle(session, circle, member)
        found = list(self._rounds(session, circle, channel, ts, speaker))
        return found if member.is_guest else [*found, ShortcutChoice(f"case:{channel}", "case")]

    def _rounds(
        self, session: Session, circle: Circle, channel: str, ts: str, speaker: Speaker
    ) -> Iterator[ShortcutChoice]:
        """The recent questions, but for the one that has this message among its answers already."""
        kept = find_reflection_by_message(session, channel, ts)
        for round_ in latest_rounds(session, circle, _ROUNDS):
            if kept is None or kept.round_id != round_.id or kept.state not in LIVING_STATES:
                day = speaker.day(round_.posted_at, circle.timezone)
                yield ShortcutChoice(
                    f"round:{round_.id}", "round", day, question_of(self._services, speaker, round_).text
                )

    def _now_asked(self, session: Session, member: Member, speaker: Speaker) -> Iterator[ShortcutChoice]:
        """For what somebody typed to the bot in private: the present question of each of their circles."""
        for circle in circles_of(session, member):
            if round_ := latest_round(session, circle):
                day = speaker.day(round_.posted_at, circle.timezone)
                yield ShortcutChoice(
                    f"round:{round_.id}", "round", day, question_of(self._services, speaker, round_).text
                )

    def _steps(
        self, session: Session, member: Member, case: str, speaker: Speaker, now: datetime
    ) -> Iterator[ShortcutChoice]:
        context, _ = load_for_member_in_channel(self._services, session, case, member.slack, to_read=True)
        writing_now = (
            move.step for move in available_actions(context.case, member.id, now) if move.action == Action.WRITE
        )
        for step in map(context.case.protocol.step, writing_now):
            if Kind.RATING not in step.kinds:
                name = step_heading(speaker, context.case.protocol.numbered(), step)
                yield ShortcutChoice(f"step:{case}:{step.key}", "step", name)

    def _ours(self, session: Session, channel: str, ts: str) -> str:
        """The key of the words for what a message of ours is."""
        post = post_at(session, channel, ts)
        if post is None:
            return "take_up.not_yours"
        return next((key for pattern, key in _OURS if pattern.match(post.key)), "take_up.ours")

    def _explained(
        self, session: Session, member: Member, speaker: Speaker, key: str, channel: str, now: datetime
    ) -> Json:
        return views.shortcut_explained(
            speaker, key, self._next.todo_of(session, member, speaker, now, channel)[:_NEXT]
        )

    def _voice(self, session: Session, member: Member, channel: str) -> Speaker:
        own = circle_at(session, channel) or first_circle_of(session, member)
        return self._services.speaker_for(own, member)
