"""What the outbox does when Slack refuses a job, and our own words for what no answer of Slack says. Pure."""

from datetime import timedelta
from enum import Enum

from bot.slack.answers import SCOPE_REFUSED, TOKEN_REFUSED

# Our own words for why a job failed.
UNREADABLE, NO_BODY, UNKNOWN_OPERATION = "words_do_not_open", "no_body", "unknown_operation"
UNCERTAIN, OUR_ERROR, NOT_IN_SLACK, STANDS_TWICE = "uncertain", "our_error", "not_in_slack", "stands_twice"
OUR_WORDS = frozenset({UNREADABLE, NO_BODY, UNKNOWN_OPERATION, UNCERTAIN, OUR_ERROR, NOT_IN_SLACK, STANDS_TWICE})

_NOBODY = frozenset({"user_disabled", "user_not_found", "users_not_found", "cannot_dm_bot", "user_not_visible"})
# Trying again is no use: Slack will say the same of this job for ever.
_FINAL = frozenset({
    "edit_window_closed", "cant_update_message", "cant_delete_message", "msg_too_long", "msg_blocks_too_long",
    "invalid_blocks", "invalid_blocks_format", "invalid_arguments", "invalid_metadata_format", "metadata_too_large",
    "no_text", "too_many_attachments", "cannot_reply_to_message", "view_too_large", "name_taken", "invalid_name",
    "invalid_name_specials", "invalid_name_maxlength", "invalid_name_punctuation", "invalid_name_required",
    "cant_kick_self", "cant_kick_from_general", "cant_archive_general", "cant_archive_required",
})  # fmt: skip
# No start of a process mends these; what may have been taken down is for the operator alone to post again.
RULED_OUT = _FINAL | {NOT_IN_SLACK, STANDS_TWICE}
# For how long a refused job is asked again often, and then seldom.
_OFTEN, SELDOM, _FIRST_HOUR = timedelta(seconds=45), timedelta(minutes=10), timedelta(hours=1)
# A missing message or thread is asked for again, the last time hours later, before it is believed to be gone.
GONE_PAUSES = (timedelta(minutes=1), timedelta(hours=2))


class Response(Enum):
    """What happens after a refusal."""

    PAUSE_ALL = "our token is refused: nothing is sent for a while"
    BLOCK_METHOD = "our token misses a scope: only this method has to wait"
    SEARCH_AGAIN = "only the look in Slack failed: it begins again"
    ASK_AGAIN = "the message or its thread is not there: believed when it is said again, hours later"
    GIVE_UP = "there is nobody to show it to"
    TRY_AGAIN = "failed, told, and tried again: somebody may mend it"
    FAIL = "failed, and told"


def response_to(kind: str, error: str) -> Response:
    """What the outbox does when Slack refuses a job of this kind (see `ClaimedJob.kind`) with this error."""
    if error in TOKEN_REFUSED:
        return Response.PAUSE_ALL
    if error in SCOPE_REFUSED:
        return Response.BLOCK_METHOD
    if error == "invalid_cursor":
        return Response.SEARCH_AGAIN
    if error == "thread_not_found" or (error == "message_not_found" and kind in {"update", "delete"}):
        return Response.ASK_AGAIN
    if kind == "home" or (kind == "direct" and error in _NOBODY):
        return Response.GIVE_UP
    # A direct conversation has no words that could be wrong, and others wait for it.
    is_final = error in OUR_WORDS or (error in _FINAL and kind != "direct")
    return Response.FAIL if is_final else Response.TRY_AGAIN


def pause_of_failed(kind: str, error: str, failed_for: timedelta) -> timedelta | None:
    """How long until a job that failed so long ago is tried again; None where that is no use."""
    if error != UNKNOWN_OPERATION and response_to(kind, error) is not Response.TRY_AGAIN:
        return None
    return _OFTEN if failed_for < _FIRST_HOUR else SELDOM
