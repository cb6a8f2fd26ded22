"""What must be so after a run: nothing is lost, nothing is stuck, nothing went wrong untold, nothing stands twice."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.torture.acts import People
from bot.core.services import Services
from bot.crypto import places
from bot.outbox.refusals import NOT_IN_SLACK
from bot.words.escaping import unescape
from db.models import CaseRow, Circle, ContributionRow, LateContribution, OutboxJob, OutboxTarget, Reflection, Remark
from playground.faults import Fault
from playground.model import Conversation, Message

# A channel that was not set up yet has nobody to tell: that it was not greeted is said by health and `outbox list`.
_GREETING = "hello"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be: `kind` is lost, stuck, untold or twice."""

    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


def check(people: People, services: Services, now: datetime) -> list[Finding]:
    """All that is wrong in the world of these people, and in the database of `services`, after all could recover."""
    with services.database.reading() as session:
        return list(_Checker(people, services, now).findings(session))


class _Checker:
    def __init__(self, people: People, services: Services, now: datetime) -> None:
        self._people, self._services, self._now = people, services, now
        self._workspace, self._writings = people.world.workspace, people.writings.by_text

    def findings(self, session: Session) -> Iterator[Finding]:
        yield from self._lost_or_kept_twice(session)
        yield from self._not_standing(session)
        yield from self._question_missing(session)
        yield from self._stuck_jobs(session)
        yield from self._stuck_plans(session)
        yield from self._untold(session)
        yield from self._stands_twice()

    # ------------------------------------------------------------------------------------------- lost

    def _lost_or_kept_twice(self, session: Session) -> Iterator[Finding]:
        """What a member wrote is in the database once, with its last text, unless it was deleted."""
        kept = " | ".join(self._kept_words(session))
        happened = self._workspace.faults.happened
        left = {one.rule.value for one in happened if one.kind is Fault.DEACTIVATED}
        for text, writing in self._writings.items():
            times = kept.count(text)
            if writing.kind == "case" and writing.writer.name in left:
                # A case that had not begun goes with its owner, whose account was closed for a while.
                continue
            if writing.must_be_kept and times == 0:
                yield Finding("lost", f"the {writing.kind} {writing.name} of {writing.writer.name} is not kept")
            elif writing.must_be_gone and times > 0:
                yield Finding(
                    "lost", f"the {writing.kind} {writing.name} of {writing.writer.name} is kept, and is deleted"
                )
            elif times > 1:
                yield Finding(
                    "twice", f"the {writing.kind} {writing.name} of {writing.writer.name} is kept {times} times"
                )

    def _kept_words(self, session: Session) -> Iterator[str]:
        rows: list[tuple[Any, str]] = [
            (Reflection, places.REFLECTION),
            (Remark, places.REMARK),
            (ContributionRow, places.CONTRIBUTION),
            (LateContribution, places.LATE_CONTRIBUTION),
            (CaseRow, places.INTAKE),
        ]
        for row, place in rows:
            for one_id, words in session.execute(select(row.id, row.words).where(row.words.is_not(None))):
                yield self._services.open_text(words, places.place(place, one_id))

    def _not_standing(self, session: Session) -> Iterator[Finding]:
        """Each post that we believe to be in Slack is there, and each that we owe is."""
        for target in session.scalars(select(OutboxTarget).where(OutboxTarget.deleted_at.is_(None))):
            channel = self._workspace.channels.get(target.channel or "")
            if channel is None or target.ts is None or self._may_be_lost(target):
                continue
            if target.ts not in channel.messages:
                if not self._is_told_lost(session, target):
                    yield Finding("lost", f"{_kind(target)} does not stand in {_name(channel)}")
            elif marker_of(channel.messages[target.ts]) not in ("", target.id):
                yield Finding("lost", f"{_kind(target)} is taken for another message")

    def _is_told_lost(self, session: Session, target: OutboxTarget) -> bool:
        """Whether it failed because a person may have taken it down: it is not posted again, and somebody reads so."""
        is_failed = OutboxJob.state == "failed", OutboxJob.error == NOT_IN_SLACK
        failed = select(OutboxJob.id).where(OutboxJob.target_id == target.id, *is_failed)
        if session.scalar(failed.limit(1)) is None:
            return False
        return _kind(target) == _GREETING or self._is_told(session, NOT_IN_SLACK)

    def _may_be_lost(self, target: OutboxTarget) -> bool:
        """Whether Slack lost a message there that need not stand: only what is about a case or a round must."""
        channel = self._workspace.channels.get(target.channel or "")
        names = {target.channel, *(channel.former_ids if channel else ())}
        lost = (one for one in self._workspace.faults.happened if one.kind is Fault.NEVER_STORED)
        return target.subject is None and any(one.channel in names for one in lost)

    def _question_missing(self, session: Session) -> Iterator[Finding]:
        """Each circle has had its question for each week in which it was set up."""
        for circle in session.scalars(select(Circle)):
            if circle.next_round_at and circle.next_round_at < self._now:
                yield Finding("stuck", f"the question of {circle.next_round_at} never came")

    # ------------------------------------------------------------------------------------------- stuck

    def _stuck_jobs(self, session: Session) -> Iterator[Finding]:
        """Each job is done, or failed and somebody reads why, or it waits behind one that is tried again."""
        unsent = OutboxJob.state.in_(("waiting", "sending", "posted", "failed"))
        jobs = session.execute(select(OutboxJob, OutboxTarget).join(OutboxTarget).where(unsent)).all()
        tried_again = {job.queue_key for job, _ in jobs if job.state == "failed" and job.not_before}
        for job, target in jobs:
            if job.state == "failed":
                if not self._is_told(session, job.error or "") and _kind(target) != _GREETING:
                    yield Finding("untold", f"{job.operation} of {_kind(target)} failed ({job.error})")
            elif job.state == "posted" and target.verify_at and target.verify_at > self._now:
                # It was posted just now.
                continue
            elif job.queue_key not in tried_again:
                yield Finding("stuck", f"{job.operation} of {_kind(target)} is {job.state} ({job.error})")

    def _is_told(self, session: Session, error: str) -> bool:
        """Whether somebody was told of this error in private, and can read it."""
        notices = select(OutboxTarget).where(
            OutboxTarget.key.like(f"trouble:%:{error}:%"), OutboxTarget.ts.is_not(None)
        )
        said = self._workspace.channels
        return any(one.ts in said[one.channel].messages for one in session.scalars(notices) if one.channel in said)

    def _stuck_plans(self, session: Session) -> Iterator[Finding]:
        for case in session.scalars(select(CaseRow)):
            moments = [at for at in (case.due_at, case.opens_at) if at]
            if any(at < self._now for at in moments):
                yield Finding("stuck", f"a case that is {case.state} was due at {min(moments)}")
            elif case.state in ("waiting", "running") and not moments:
                yield Finding("stuck", f"a case is {case.state}, and nothing is due in it")

    # ------------------------------------------------------------------------------------------- untold

    def _untold(self, session: Session) -> Iterator[Finding]:
        for one in self._people.unopened:
            if not one.is_told:
                yield Finding("untold", f"{one.person.name} pressed {one.what} at {one.at:%H:%M:%S} and read nothing")

    # ------------------------------------------------------------------------------------------- twice

    def _stands_twice(self) -> Iterator[Finding]:
        """No message of the bot stands twice in one channel, and no text of a member."""
        for channel in self._workspace.channels.values():
            ours = [one for one in channel.messages.values() if one.bot_id]
            for marker, times in Counter(map(marker_of, ours)).items():
                if marker and times > 1:
                    yield Finding("twice", f"{self._kind_of(marker)} stands {times} times in {_name(channel)}")
            if not channel.is_direct:
                yield from self._texts_twice(channel, ours)

    def _texts_twice(self, channel: Conversation, ours: list[Message]) -> Iterator[Finding]:
        said = [unescape(f"{one.text} {one.blocks}") for one in ours]
        for writing in self._writings.values():
            times = sum(writing.name in one for one in said)
            if times > 1 and writing.kind != "case":
                yield Finding("twice", f"the {writing.kind} {writing.name} stands {times} times in {_name(channel)}")

    def _kind_of(self, marker: str) -> str:
        with self._services.database.reading() as session:
            target = session.get(OutboxTarget, marker)
            return _kind(target) if target else "what we do not know"


def marker_of(message: Message) -> str:
    """The id in the metadata of a message; empty if it has none."""
    return str(((message.metadata or {}).get("event_payload") or {}).get("id", ""))


def _kind(target: OutboxTarget) -> str:
    """What a target is, without the ids in its key."""
    parts = target.key.split(":")
    return ":".join(part for part in parts if not any(letter.isdigit() for letter in part)) or target.key


def _name(channel: Conversation) -> str:
    return channel.name or "a direct conversation"
