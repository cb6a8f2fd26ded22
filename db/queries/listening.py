"""Finding the places where people's words are kept, what is kept of them, and which are to be read again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from db.models import CaseRow, OutboxTarget, Reflection, Remark, Round, Workspace
from db.queries.due import due_times

_ROUND, _CASE = "round:", "case:"
OPEN_STATES = ("inviting", "waiting", "running")


@dataclass(frozen=True)
class Spot:
    """A place that is read: the thread under a weekly question, or (without `thread`) the whole channel of a case."""

    post: str
    subject: str
    channel: str
    thread: str | None


@dataclass(frozen=True)
class Claim:
    """A place that one process reads, until `until`. It was due at `due_at`; `progress` is how far reading came."""

    spot: Spot
    progress: dict[str, Any]
    due_at: datetime
    until: datetime


@dataclass(frozen=True)
class Kept:
    """What we know of a message: its latest change, whether it is still there as far as we know, and whether we
    posted it."""

    revision: str | None
    is_there: bool
    is_ours: bool = False


def make_all_due(session: Session, now: datetime) -> None:
    """Have every place where we listen read now."""
    session.execute(update(OutboxTarget).where(OutboxTarget.catch_up_at.is_not(None)).values(catch_up_at=now))


def make_channel_due(session: Session, channel: str, now: datetime) -> None:
    """Have the places in this channel read now: we may read there again."""
    here = OutboxTarget.channel == channel, OutboxTarget.catch_up_at.is_not(None)
    session.execute(update(OutboxTarget).where(*here).values(catch_up_at=now))


def note_listening(session: Session, now: datetime) -> None:
    """Slack's events come from now on: before, there may have been a break."""
    session.execute(update(Workspace).values(heard_since=now))


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether a place is to be read now."""
    return any(session.scalar(due.limit(1)) is not None for due in _due(now))


def claim_due(session: Session, now: datetime, until: datetime) -> Claim | None:
    """The place that is due longest. It is due again at `until`, should its reader not come to an end."""
    ordered = (due.order_by(OutboxTarget.catch_up_at, OutboxTarget.id).limit(1) for due in _due(now))
    found = (session.scalar(due.with_for_update(skip_locked=True)) for due in ordered)
    post = next((post for post in found if post is not None), None)
    if post is None or post.catch_up_at is None:
        return None
    due_at, post.catch_up_at = post.catch_up_at, until
    return Claim(_spot(post), post.reading or {}, due_at, until)


def keep_progress(session: Session, spot: Spot, progress: Mapping[str, Any]) -> OutboxTarget:
    """Keep how far reading came; a surplus thread that was noted meanwhile is not lost."""
    post = session.get_one(OutboxTarget, spot.post, with_for_update=True, populate_existing=True)
    surplus = {*(post.reading or {}).get("surplus", ()), *progress.get("surplus", ())}
    post.reading = {**progress, "surplus": sorted(surplus)}
    return post


def plan_again(session: Session, claim: Claim, progress: Mapping[str, Any], at: datetime | None) -> None:
    """Keep how far reading came, and go on `at` this moment (None: never), or earlier if somebody asked for it."""
    post = keep_progress(session, claim.spot, progress)
    was_asked = post.catch_up_at is not None and post.catch_up_at != claim.until
    if not was_asked or (at is not None and post.catch_up_at is not None and at < post.catch_up_at):
        post.catch_up_at = at


def is_followed(session: Session, spot: Spot, since: datetime) -> bool:
    """Whether people may still write there: in an open case, or under a question that was asked after `since`."""
    kind, _, id = spot.subject.partition(":")
    if kind == "round":
        round_ = session.get(Round, int(id))
        return round_ is not None and round_.posted_at > since
    here = select(CaseRow.id).where(or_(CaseRow.id == id, CaseRow.series == id), CaseRow.state.in_(OPEN_STATES))
    return session.scalar(here.limit(1)) is not None


def note_surplus(session: Session, channel: str, surplus: str, kept: str, at: datetime) -> None:
    """From now on, what stands under `surplus` is read with the thread under `kept`, `at` first."""
    post = post_at(session, channel, kept)
    if post is not None and post.catch_up_at is not None:
        session.refresh(post, with_for_update=True)
        progress = post.reading or {}
        post.reading = {**progress, "surplus": sorted({*progress.get("surplus", ()), surplus})}
        post.catch_up_at = min(post.catch_up_at or at, at)


def spot_of_case(session: Session, case_id: str) -> Spot | None:
    """The channel of this case, where it has one by now."""
    case = session.get(CaseRow, case_id)
    first = (case.series if case else None) or case_id
    made = OutboxTarget.key == f"{_CASE}{first}:channel", OutboxTarget.channel.is_not(None)
    post = session.scalar(select(OutboxTarget).where(*made))
    return _spot(post) if post else None


def plan_reading(session: Session, spot: Spot, at: datetime) -> None:
    """Have this place read at `at`."""
    session.execute(update(OutboxTarget).where(OutboxTarget.id == spot.post).values(catch_up_at=at))


def known_messages(session: Session, spot: Spot) -> dict[str, Kept]:
    """By `ts`, every message in this place that we know: what people said, and our own."""
    rows = session.execute(_remarks(spot) if spot.thread is None else _replies(spot))
    said = {ts: Kept(revision, is_there) for ts, revision, is_there in rows if ts}
    posted = session.execute(_ours(spot))
    return said | {ts: Kept(None, deleted_at is None, is_ours=True) for ts, deleted_at in posted if ts}


def _due(now: datetime) -> Iterator[Select[OutboxTarget]]:
    """The posts whose place is to be read now, and is in Slack."""
    placed = or_(OutboxTarget.ts.is_not(None), OutboxTarget.key == OutboxTarget.subject + ":channel")
    for is_time in due_times(OutboxTarget.catch_up_at, now):
        yield select(OutboxTarget).where(is_time, OutboxTarget.channel.is_not(None), placed)


def _spot(post: OutboxTarget) -> Spot:
    return Spot(post.id, post.subject or "", post.channel or "", post.ts)


def _remarks(spot: Spot) -> Select[str, str | None, bool]:
    return select(Remark.ts, Remark.revision, Remark.words.is_not(None)).where(Remark.channel == spot.channel)


def _replies(spot: Spot) -> Select[str | None, str | None, bool]:
    round_id = int(spot.subject.removeprefix(_ROUND))
    fields = Reflection.ts, Reflection.revision, Reflection.state == "shared"
    return select(*fields).where(Reflection.round_id == round_id, Reflection.source == "thread")


def _ours(spot: Spot) -> Select[str | None, datetime | None]:
    fields = select(OutboxTarget.ts, OutboxTarget.deleted_at)
    here = fields.where(OutboxTarget.channel == spot.channel, OutboxTarget.ts.is_not(None))
    in_thread = or_(OutboxTarget.id == spot.post, OutboxTarget.thread_target_id == spot.post)
    return here.where(in_thread) if spot.thread is not None else here


def post_at(session: Session, channel: str, ts: str) -> OutboxTarget | None:
    """The post of ours that is this message."""
    return session.scalar(select(OutboxTarget).where(OutboxTarget.channel == channel, OutboxTarget.ts == ts))


def subject_of_kept(session: Session, channel: str, ts: str) -> str | None:
    """The subject to which this message was kept, whatever thread it is in."""
    if round_id := session.scalar(
        select(Reflection.round_id).where(Reflection.channel == channel, Reflection.ts == ts)
    ):
        return f"{_ROUND}{round_id}"
    case = session.scalar(select(Remark.case_id).where(Remark.channel == channel, Remark.ts == ts))
    return f"{_CASE}{case}" if case else None


def author_of(session: Session, channel: str, ts: str) -> int | None:
    """Our id of the member who typed this message, if we kept it."""
    for row in (Reflection, Remark):
        if author := session.scalar(select(row.member_id).where(row.channel == channel, row.ts == ts)):
            return author
    return None


def case_in(session: Session, slack_channel: str, said: datetime | None = None) -> str | None:
    """The id of the case that has this channel, which we made for it.

    Two people have one conversation for all their cases, and the cases of a series share a channel: then it is the
    latest that had begun when the message was `said`.
    """
    # A channel has no ts, and its messages do: without this condition every message in it would be read.
    places = select(OutboxTarget.subject).where(OutboxTarget.channel == slack_channel, OutboxTarget.ts.is_(None))
    subjects = list(session.scalars(places.where(OutboxTarget.key == OutboxTarget.subject + ":channel")))
    ids = [subject.removeprefix("case:") for subject in subjects if subject]
    linked = session.scalars(select(CaseRow.id).where(CaseRow.series.in_(ids))).all() if ids else ()
    ids += [id for id in linked if id not in ids]
    return ids[0] if len(ids) == 1 else _latest(session, ids, said)


def _latest(session: Session, ids: list[str], said: datetime | None) -> str | None:
    begun = select(CaseRow.id).where(CaseRow.id.in_(ids)).order_by(CaseRow.started_at.desc(), CaseRow.asked_at.desc())
    return session.scalar(begun.where(CaseRow.started_at <= said) if said else begun)
