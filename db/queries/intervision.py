"""Finding cases, who is in them, and what was written there."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, and_, bindparam, delete, func, insert, or_, select, true
from sqlalchemy.orm import Session, aliased

from db.models import (
    CaseRow,
    Channel,
    ChannelMember,
    Circle,
    ContributionRow,
    Insight,
    LateContribution,
    Member,
    OutboxTarget,
    Participation,
    Remark,
)

OPEN_STATES = ("inviting", "waiting", "running")

# Every contribution asks these, so they are put together once.
_CASE: BindParameter[str] = bindparam("case")
_FORM: BindParameter[str] = bindparam("form")
_SLOT: BindParameter[str] = bindparam("slot")
_OPENED = select(CaseRow, Circle).join(Circle, Circle.id == CaseRow.circle_id).where(CaseRow.id == _CASE)
_LOCKED = _OPENED.with_for_update(of=CaseRow).execution_options(populate_existing=True)
_PARTICIPATIONS = (
    select(Participation.member_id, Participation.role, Participation.number)
    .where(Participation.case_id == _CASE)
    .order_by(Participation.number)
)
_MEMBERS = select(Member).where(Member.id.in_(bindparam("ids", expanding=True)))
_CONTRIBUTIONS = (
    select(ContributionRow)
    .where(ContributionRow.case_id == _CASE, ContributionRow.state != "withdrawn")
    .order_by(ContributionRow.number, ContributionRow.id)
)
# Most of what happens in a case adds to what was written and changes nothing of it: so it is read without the words.
_WRITTEN = _CONTRIBUTIONS.with_only_columns(
    ContributionRow.id,
    ContributionRow.step,
    ContributionRow.member_id,
    ContributionRow.kind,
    ContributionRow.about,
    ContributionRow.state,
    ContributionRow.written_at,
    ContributionRow.rating,
)
_TABLE = ContributionRow.metadata.tables[ContributionRow.__tablename__]
_LAST = select(func.coalesce(func.max(ContributionRow.number), 0) + 1).where(ContributionRow.case_id == _CASE)
_ADD = insert(_TABLE).values(number=_LAST.scalar_subquery())
_ADD_NAMELESS = insert(_TABLE).values(number=0)
_OF_FORM = select(ContributionRow.case_id, ContributionRow.member_id).where(
    ContributionRow.form_token == _FORM, ContributionRow.slot == _SLOT
)
_OURS = select(OutboxTarget.channel).where(OutboxTarget.key == bindparam("key"), OutboxTarget.channel.is_not(None))
# The channel of the case, if it is private and we know who is in it now.
_CASE_CHANNEL = (
    select(Channel.id, Channel.slack)
    .where(Channel.slack.in_(_OURS), Channel.kind == "private", Channel.left_at.is_(None), Channel.look_up_at.is_(None))
    .subquery()
)
_IN_CIRCLE, _IN_CASE_CHANNEL, _HOME = aliased(ChannelMember), aliased(ChannelMember), aliased(OutboxTarget)
_MEMBER_OF_CASE = (
    select(
        Member,
        _IN_CIRCLE.member_id.is_not(None).label("in_circle"),
        _CASE_CHANNEL.c.slack.label("channel"),
        _IN_CASE_CHANNEL.member_id.is_not(None).label("in_channel"),
        _HOME.id.is_not(None).label("has_home"),
    )
    .outerjoin(_IN_CIRCLE, and_(_IN_CIRCLE.channel_id == bindparam("circle"), _IN_CIRCLE.member_id == Member.id))
    .outerjoin(_CASE_CHANNEL, true())
    .outerjoin(
        _IN_CASE_CHANNEL,
        and_(_IN_CASE_CHANNEL.channel_id == _CASE_CHANNEL.c.id, _IN_CASE_CHANNEL.member_id == Member.id),
    )
    .outerjoin(_HOME, _HOME.key == "home:" + Member.slack)
    .where(Member.slack == bindparam("slack"))
)


def find_case(session: Session, case_id: str, *, to_read: bool = False) -> tuple[CaseRow, Circle] | None:
    """The case with this id and its circle; locked until the transaction ends: whoever changes it does so alone."""
    found = session.execute(_OPENED if to_read else _LOCKED, {"case": case_id}).one_or_none()
    return (found[0], found[1]) if found else None


def find_case_by_form(session: Session, form: str) -> CaseRow | None:
    """The case that was made of this form."""
    return session.scalar(select(CaseRow).where(CaseRow.form_token == form))


def find_member_of_case(session: Session, slack: str, circle_channel: int, key: str) -> Row[*tuple[Any, ...]] | None:
    """Somebody who does something in a case, with all that is asked about them, in one query.

    `circle_channel` is our id of the circle's channel, `key` our key for the channel of the case. Gives `Member`,
    `in_circle`, `channel` (Slack's id of the case's channel; None while we do not know who is in it), `in_channel`, and
    `has_home`: whether they ever looked at their Home.
    """
    return session.execute(_MEMBER_OF_CASE, {"slack": slack, "circle": circle_channel, "key": key}).one_or_none()


def participations(session: Session, case_id: str) -> Sequence[Row[int, str, int]]:
    """Who has which role: `member_id`, `role`, and `number`, in the order in which they joined."""
    return session.execute(_PARTICIPATIONS, {"case": case_id}).all()


def was_form_sent(session: Session, form: str) -> bool:
    """Whether something came through this form of a step, in time or late."""
    sent = select(ContributionRow.id).where(ContributionRow.form_token == form).limit(1)
    late = select(LateContribution.id).where(LateContribution.form_token == form)
    return session.scalar(sent) is not None or session.scalar(late) is not None


def members_by_id(session: Session, ids: Collection[int]) -> dict[int, Member]:
    """These people, by our own id."""
    return {member.id: member for member in session.scalars(_MEMBERS, {"ids": sorted(ids)})} if ids else {}


def contributions_with_words(session: Session, case_id: str) -> list[ContributionRow]:
    """What was written in this case, in the order it came, without what was withdrawn."""
    return list(session.scalars(_CONTRIBUTIONS, {"case": case_id}))


def contributions_without_words(session: Session, case_id: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Like `contributions_with_words`, without their words and what they came through."""
    return session.execute(_WRITTEN, {"case": case_id}).all()


def add_contribution(session: Session, contribution: Mapping[str, Any], *, nameless: bool) -> None:
    """One more contribution, by column: the last of its case, or, if it is `nameless`, in no order."""
    if nameless:
        session.execute(_ADD_NAMELESS, contribution)
    else:
        session.execute(_ADD, {**contribution, "case": contribution["case_id"]})


def forget_writers(session: Session, case_id: str, step: str) -> None:
    """What was written in a step whose names were hidden for good is put in again, so that its rows are in no order.

    What was taken back there goes altogether. An id is random; the order of rows is that in which people wrote, and
    the jobs for their Homes show who did when.
    """
    here = (_TABLE.c.case_id == case_id, _TABLE.c.step == step)
    written = select(_TABLE).where(*here, _TABLE.c.state != "withdrawn").order_by(_TABLE.c.id)
    rows = [dict(row) for row in session.execute(written).mappings()]
    session.execute(delete(ContributionRow).where(*here))
    if rows:
        session.execute(insert(_TABLE), rows)


def find_by_form_slot(session: Session, form: str, slot: str) -> Row[str, int | None] | None:
    """The case and the writer of what came through this place in this form, withdrawn or not."""
    return session.execute(_OF_FORM, {"form": form, "slot": slot}).one_or_none()


def open_cases_of(session: Session, who: Member) -> list[CaseRow]:
    """The cases this member is in that are not over, oldest first."""
    own = select(Participation.case_id).where(Participation.member_id == who.id)
    found = select(CaseRow).where(CaseRow.id.in_(own), CaseRow.state.in_(OPEN_STATES))
    return list(session.scalars(found.order_by(CaseRow.asked_at, CaseRow.id)))


def kept_cases_of(session: Session, who: Member) -> list[CaseRow]:
    """The cases this member was in that are over and whose words still stand, the latest first."""
    own = select(Participation.case_id).where(Participation.member_id == who.id)
    found = select(CaseRow).where(
        CaseRow.id.in_(own), CaseRow.state.not_in(OPEN_STATES), CaseRow.forget_at.is_not(None)
    )
    return list(session.scalars(found.order_by(CaseRow.ended_at.desc(), CaseRow.id)))


def cases_taken_along(session: Session, who: Member) -> set[str]:
    """Ids of the cases of which this member wrote what they take along, also if they wiped that again."""
    return set(
        session.scalars(select(Insight.case_id).where(Insight.member_id == who.id, Insight.case_id.is_not(None)))
    )


def inviting_cases_with(session: Session, who: Member, slack_channel: str | None = None) -> list[str]:
    """Ids of the cases this member is in that still look for people; of one circle, where its channel is given."""
    own = select(Participation.case_id).where(Participation.member_id == who.id)
    found = select(CaseRow.id).where(CaseRow.state == "inviting", CaseRow.id.in_(own)).order_by(CaseRow.id)
    if slack_channel:
        here = select(Circle.id).join(Channel, Channel.id == Circle.channel_id).where(Channel.slack == slack_channel)
        found = found.where(CaseRow.circle_id.in_(here))
    return list(session.scalars(found))


def inviting_cases_in(session: Session, circle: Circle, who: Member, most: int) -> list[str]:
    """Ids of cases in this circle that look for people and that this member is not in, the newest first."""
    own = select(Participation.case_id).where(Participation.member_id == who.id)
    invites = CaseRow.circle_id == circle.id, CaseRow.state == "inviting", CaseRow.id.not_in(own)
    found = select(CaseRow.id).where(*invites)
    return list(session.scalars(found.order_by(CaseRow.asked_at.desc(), CaseRow.id).limit(most)))


def due_cases(session: Session, now: datetime) -> list[str]:
    """The cases in which something happens by itself now, the longest due first; none that waits for its place."""
    due = select(CaseRow.id).where(CaseRow.due_at <= now, CaseRow.waits_since.is_(None))
    return list(session.scalars(due.order_by(CaseRow.due_at)))


def cases_waiting(session: Session) -> list[str]:
    """The cases that wait for the place where they live."""
    # Not "is not null": SQLite would read every case for that.
    return sorted(session.scalars(select(CaseRow.id).where(CaseRow.waits_since > _LONG_AGO)))


def is_in_channel(session: Session, slack_channel: str, member_id: int) -> bool:
    """Whether we know that this member, by our id, is in this channel."""
    there = select(ChannelMember.member_id).join(Channel, Channel.id == ChannelMember.channel_id)
    found = there.where(Channel.slack == slack_channel, ChannelMember.member_id == member_id)
    return session.scalar(found) is not None


def begun_with_theme(session: Session, row: CaseRow) -> Sequence[tuple[CaseRow, Circle]]:
    """The other cases of this theme that ever began, with their circles; not those that share a place with this one."""
    found = select(CaseRow, Circle).join(Circle, Circle.id == CaseRow.circle_id)
    others = found.where(CaseRow.theme == row.theme, CaseRow.started_at.is_not(None), CaseRow.id != row.id)
    if row.series:
        others = others.where(CaseRow.series.is_distinct_from(row.series))
    return [(case, circle) for case, circle in session.execute(others)]


def cases_living_in(session: Session, slack_channel: str) -> list[str]:
    """The cases that began and are not over, and that live in this channel; the first of a series first."""
    made = select(OutboxTarget.subject).where(OutboxTarget.channel == slack_channel, OutboxTarget.ts.is_(None))
    subjects = session.scalars(made.where(OutboxTarget.key == OutboxTarget.subject + ":channel"))
    return [id for subject in subjects for id in cases_at(session, subject or "")]


def cases_at(session: Session, subject: str) -> list[str]:
    """The cases that began and are not over, and whose place was made for `subject` ("case:ID", also of a series)."""
    id = subject.removeprefix("case:")
    found = select(CaseRow.id).where(or_(CaseRow.id == id, CaseRow.series == id))
    ordered = found.order_by(CaseRow.id != id, CaseRow.asked_at, CaseRow.id)
    return list(session.scalars(ordered.where(CaseRow.state.in_(("waiting", "running")))))


def is_place_there(session: Session, key: str) -> bool:
    """Whether the place of a case, by our `key` of it, was made and the bot can work there."""
    channel = session.scalar(select(OutboxTarget.channel).where(OutboxTarget.key == key))
    lost = select(Channel.id).where(Channel.slack == channel, Channel.left_at.is_not(None))
    return channel is not None and session.scalar(lost) is None


def cases_to_forget(session: Session, now: datetime) -> list[str]:
    """The cases of which words are to be wiped now: all of them, or those of a step."""
    # Asked for an order, SQLite reads every case in it rather than look up both moments.
    found = select(CaseRow.id).where(or_(CaseRow.forget_at <= now, CaseRow.wipe_at <= now))
    return sorted(session.scalars(found))


def find_remark(session: Session, channel: str, ts: str) -> Remark | None:
    """The remark that is this message, locked until the transaction ends."""
    found = select(Remark).where(Remark.channel == channel, Remark.ts == ts)
    return session.scalar(found.with_for_update())


def remarks_in(session: Session, case_id: str) -> list[Remark]:
    """Every remark in this case."""
    return list(session.scalars(select(Remark).where(Remark.case_id == case_id)))


def methods_used_in(session: Session, circle: Circle) -> list[str]:
    """The keys of the methods of this circle's cases, the one that was used last first."""
    latest = func.max(CaseRow.asked_at)
    found = select(CaseRow.protocol_key).where(CaseRow.circle_id == circle.id).group_by(CaseRow.protocol_key)
    return list(session.scalars(found.order_by(latest.desc(), CaseRow.protocol_key)))


_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
