"""Which jobs can be sent now, as one statement: only the database sees the jobs of every copy of the bot.

A job waits for what it needs and for nothing else: the channel it goes to, the first message of its thread, earlier
jobs of the same target; a new message also for the earlier new messages of its queue key, so that order holds there,
and for those who are being invited. What failed holds up nothing, but for a new message that is tried again by itself.
"""

from sqlalchemy import BindParameter, Boolean, ColumnElement, Select, and_, bindparam, case, or_, select
from sqlalchemy.orm import aliased

from db.models import Channel, OutboxJob, OutboxTarget
from db.session import Instant

# These make the conversation that other jobs wait for.
CONVERSATION_OPERATIONS = ("channel", "direct", "group")
# They change who is in a channel, and are done in their order.
MEMBERSHIP_OPERATIONS = ("invite", "remove")
# They show nothing, and so go to a channel that another organisation reads too.
CLEARING_OPERATIONS = ("delete", "remove", "archive")
# An uncertain attempt of these is looked for in Slack before they are done again.
SEARCHED_OPERATIONS = ("post", "file")
UNDER_WAY = ("waiting", "sending")
UNSENT = (*UNDER_WAY, "failed")
SHARED = "shared"


def select_sendable() -> Select[OutboxJob, OutboxTarget, OutboxTarget]:
    """The first jobs that can be sent at `now`, each with its target and the first message of its thread.

    Parameters: now, limit, and those of `bot.outbox.rate_limits.Blocked`.
    """
    now, root = bindparam("now", type_=Instant()), aliased(OutboxTarget)
    lease_is_over = and_(OutboxJob.state == "sending", OutboxJob.lease_until <= now)
    is_tried_again = and_(OutboxJob.state == "failed", OutboxJob.not_before.is_not(None))
    kind = case((_is_new_post(), "post"), (OutboxJob.operation == "post", "update"), else_=OutboxJob.operation)
    return (
        select(OutboxJob, OutboxTarget, root)
        .join(OutboxTarget, OutboxTarget.id == OutboxJob.target_id)
        .outerjoin(root, root.id == OutboxTarget.thread_target_id)
        .where(or_(OutboxJob.state == "waiting", lease_is_over, is_tried_again))
        .where(or_(OutboxJob.not_before.is_(None), OutboxJob.not_before <= now))
        .where(*_nothing_is_before())
        .where(or_(OutboxTarget.thread_target_id.is_(None), root.ts.is_not(None)))
        .where(or_(OutboxTarget.channel.is_not(None), OutboxJob.operation.in_(CONVERSATION_OPERATIONS)))
        .where(or_(OutboxJob.operation.in_(CLEARING_OPERATIONS), ~_is_shared()))
        .where(or_(OutboxTarget.channel.is_(None), OutboxTarget.channel.not_in(_list_of("busy_channels"))))
        .where(or_(~_is_new_post(), OutboxTarget.channel.not_in(_list_of("limited_channels"))))
        .where(kind.not_in(_list_of("limited_kinds")))
        .where(or_(bindparam("may_search", type_=Boolean()), ~_is_searched()))
        .order_by(OutboxJob.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=OutboxJob)
    )


def _nothing_is_before() -> list[ColumnElement[bool]]:
    """Each is a condition of its own: with an "or" inside one, the database compares every job with every other."""
    earlier, its_target = aliased(OutboxJob), aliased(OutboxTarget)
    before = select(earlier.id).where(earlier.id < OutboxJob.id)
    is_under_way = earlier.state.in_(UNDER_WAY)
    is_to_be_tried_again = and_(earlier.state == "failed", earlier.not_before.is_not(None))
    in_queue = before.where(earlier.queue_key == OutboxJob.queue_key)
    in_threads = before.where(earlier.queue_key.startswith(OutboxJob.queue_key + "/"), is_under_way)
    same_target = before.where(earlier.target_id == OutboxJob.target_id, is_under_way)
    new_posts = in_queue.join(its_target, its_target.id == earlier.target_id).where(
        earlier.operation == "post", its_target.ts.is_(None), or_(is_under_way, is_to_be_tried_again)
    )
    membership = in_queue.where(earlier.operation.in_(MEMBERSHIP_OPERATIONS), is_under_way)
    inviting = in_queue.where(earlier.operation == "invite", is_under_way)
    is_archive = OutboxJob.operation == "archive"
    return [
        ~same_target.exists(),
        ~and_(_is_new_post(), new_posts.exists()),
        ~and_(_is_new_post(), inviting.exists()),
        ~and_(OutboxJob.operation.in_(MEMBERSHIP_OPERATIONS), membership.exists()),
        ~and_(is_archive, in_queue.where(is_under_way).exists()),
        ~and_(is_archive, in_threads.exists()),
    ]


def _is_new_post() -> ColumnElement[bool]:
    return and_(OutboxJob.operation == "post", OutboxTarget.ts.is_(None))


def _is_searched() -> ColumnElement[bool]:
    """Whether it has to be looked for in Slack first."""
    is_uncertain = and_(OutboxJob.first_tried_at.is_not(None), OutboxTarget.ts.is_(None))
    return and_(OutboxJob.operation.in_(SEARCHED_OPERATIONS), is_uncertain)


def _is_shared() -> ColumnElement[bool]:
    """Whether people of another organisation read in the channel."""
    here = select(Channel.id).where(Channel.slack == OutboxTarget.channel, Channel.away_reason == SHARED)
    return here.exists()


def _list_of(name: str) -> BindParameter[list[str]]:
    return bindparam(name, expanding=True)
