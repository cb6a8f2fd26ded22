"""What somebody can do now: the one place that decides it, for Home and for every help.

An invitation, never a reminder: nothing in here says what others did, or what is missing.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circles_of, circles_to_set_up
from bot.core.services import Services
from bot.home.views.todo import TodoItem
from bot.intervision.api import CaseContext, inviting_cases_in, load_case, open_cases_of
from bot.intervision.types import Action, AvailableAction, StepButton, available_actions, may, step_heading
from bot.reflection.api import drafts_of, has_answered, latest_round, question_of
from bot.words import Speaker
from db.models import Circle, Member

# What has somebody waiting comes first; what always can be done comes last.
_ORDER = ("set_up", "write", "ready", "start", "draft", "answer", "join", "write_more", "bring")
# How many cases that look for people are offered at once.
_MOST_INVITATIONS = 10


class Todo:
    """What is open for somebody."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def todo_of(
        self, session: Session, member: Member | None, speaker: Speaker, now: datetime, here: str = ""
    ) -> list[TodoItem]:
        """All that this person can do now, what belongs to the channel `here` first; nothing for who is not ours."""
        if member is None or member.is_bot or member.is_external or member.is_deactivated:
            return []
        circles = circles_of(session, member)
        found = [
            *(TodoItem("set_up", one.channel.slack, one.channel.slack) for one in circles_to_set_up(session, member)),
            *self._in_own_cases(session, member, speaker, now),
            *self._drafts(session, member, circles, speaker),
            *self._questions(session, member, circles, speaker),
        ]
        if not member.is_guest:
            found += self._invitations(session, member, circles, speaker)
            found += [TodoItem("bring", one.channel.slack, one.channel.slack) for one in circles]
        return sorted(found, key=lambda thing: (thing.channel != here, _ORDER.index(thing.kind)))

    def _in_own_cases(self, session: Session, member: Member, speaker: Speaker, now: datetime) -> Iterator[TodoItem]:
        for row in open_cases_of(session, member):
            context = load_case(self._services, session, row.id, to_read=True)
            for move in available_actions(context.case, member.id, now):
                # Who talks, talks: what could be noted is no open task, and its card is at hand.
                if move.action == Action.WRITE and context.case.is_live:
                    continue
                yield self._move(session, context, move, speaker)

    def _move(self, session: Session, context: CaseContext, move: AvailableAction, speaker: Speaker) -> TodoItem:
        room = self._services.outbox.find_target(session, context.channel_key)
        channel = (room.channel if room else None) or context.circle.channel.slack
        method = context.case.protocol.name.in_(speaker.language)
        if move.action == Action.START:
            return TodoItem("start", context.row.id, channel, {"method": method})
        step, until = context.case.protocol.step(move.step), context.case.state_of(move.step).closes_at
        told = {"method": method, "step": step_heading(speaker, context.case.protocol.numbered(), step)}
        pointer = StepButton(context.row.id, step.key).to_value()
        if move.action == Action.READY:
            return TodoItem("ready", pointer, channel, told)
        told["until"] = speaker.moment(until, context.circle.timezone) if until else ""
        return TodoItem("write_more" if move.is_more else "write", pointer, channel, told)

    def _drafts(
        self, session: Session, member: Member, circles: Iterable[Circle], speaker: Speaker
    ) -> Iterator[TodoItem]:
        own = {circle.id: circle.channel.slack for circle in circles}
        for draft, round_ in drafts_of(session, member):
            if round_.circle_id in own:
                question = question_of(self._services, speaker, round_).text
                yield TodoItem("draft", draft.id, own[round_.circle_id], question=question)

    def _questions(
        self, session: Session, member: Member, circles: Iterable[Circle], speaker: Speaker
    ) -> Iterator[TodoItem]:
        begun = {round_.id for _, round_ in drafts_of(session, member)}
        for circle in circles:
            latest = latest_round(session, circle)
            if latest and latest.id not in begun and not has_answered(session, latest, member):
                question = question_of(self._services, speaker, latest).text
                yield TodoItem("answer", str(latest.id), circle.channel.slack, question=question)

    def _invitations(
        self, session: Session, member: Member, circles: Iterable[Circle], speaker: Speaker
    ) -> Iterator[TodoItem]:
        for circle in circles:
            for id in inviting_cases_in(session, circle, member, _MOST_INVITATIONS):
                context = load_case(self._services, session, id, to_read=True)
                if may(context.case, member.id, Action.JOIN) is None:
                    theme = self._services.library.themes.get(context.row.theme)
                    told = {
                        "method": context.case.protocol.name.in_(speaker.language),
                        "theme": theme.in_(speaker.language) if theme else "",
                    }
                    yield TodoItem("join", id, circle.channel.slack, told)
