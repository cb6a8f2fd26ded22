"""Every kind of fault, in plain words: what the app gets, and whether Slack did what was asked."""

from __future__ import annotations

from enum import Enum


class Fault(Enum):
    """What goes wrong. Answers strike calls of the Web API; events what is on its way to the app; places happen."""

    # Answers that decide nothing
    CUT = "done, and the connection closes in the middle of the answer"
    CUT_BEFORE = "not done, and the connection closes in the middle of the answer"
    SILENT = "done, and no answer ever comes"
    SILENT_BEFORE = "not done, and no answer ever comes"
    RESET = "done, and the connection is reset"
    RESET_BEFORE = "not done, and the connection is reset"
    BROKEN_AFTER = "done, and answered with 500"
    BROKEN_BEFORE = "not done, and answered with 500"
    HTML = "done, and answered 200 with a web page"
    HTML_BEFORE = "not done, and answered 200 with a web page"
    GARBLED = "done, and answered 200 with JSON that lacks its end"
    FIELDS_MISSING = "done, and answered ok: true with nothing else"
    FATAL_ERROR = "done, and answered ok: false, fatal_error"
    SLOW = "done, and the answer comes some seconds later"
    # Answers that say less than the truth
    NEVER_STORED = "answered ok: true, and never stored"
    STORED_LATER = "answered ok: true, and stored some seconds later"
    HISTORY_BEHIND = "what was stored in the last seconds cannot be read yet"
    # Not now
    LIMITED = "not done, and answered with 429 and Retry-After"
    LIMITED_ZERO = "not done, and answered with 429 and Retry-After: 0"
    LIMITED_DATE = "not done, and answered with 429 and a date in Retry-After"
    LIMITED_NONSENSE = "not done, and answered with 429 and nonsense in Retry-After"
    LIMITED_UNSAID = "not done, and answered with 429 without Retry-After"
    PAGES_OF_15 = "history in pages of 15, one call a minute"
    # Refused
    REFUSED = "not done, and refused with the error that the rule names"
    UNKNOWN_ERROR = "not done, and refused with an error that nobody knows"
    INVALID_AUTH = "not done: invalid_auth"
    TOKEN_REVOKED = "not done: token_revoked"
    MISSING_SCOPE = "not done: missing_scope, and which one is needed"
    CHANNEL_NOT_FOUND = "not done: channel_not_found"
    THREAD_NOT_FOUND = "not done: thread_not_found"
    INVALID_CURSOR = "not done: invalid_cursor, from the second page on"
    EDIT_WINDOW_CLOSED = "not done: edit_window_closed"
    RESTRICTED_ACTION = "not done: restricted_action"
    CANT_INVITE = "not done: cant_invite"
    TRIGGER_EXPIRED = "not done: expired_trigger_id"
    VIEW_TOO_LARGE = "not done: view_too_large"
    CONNECTIONS_REFUSED = "no new connection: internal_error"
    CONNECTIONS_LIMITED = "no new connection: 429 and Retry-After"
    # What stands beside an answer
    CLOCK_SKEWED = "done, and the Date of the answer is off"
    NO_SCOPES_HEADER = "done, and the answer does not say which scopes the token has"
    RECONNECT = "done, and the app's sockets are asked to come back (refresh_requested)"

    # Events on their way to the app
    DROPPED = "the event never comes"
    TWICE = "the event comes twice, the second time with another event_id"
    LATE = "the event comes some seconds later"
    OUT_OF_ORDER = "the event comes after the one that follows it"
    ODD_FIELDS = "a field of the event is missing, null or something else"
    LINK_PREVIEW = "a link preview is added: message_changed with the same words"
    # The line itself
    SOCKET_REFRESH = "the app's sockets are asked to come back (refresh_requested)"
    SOCKET_CLOSED = "the app's sockets are closed without a word"

    # Places and people
    ARCHIVED = "the channel is archived"
    UNARCHIVED = "the channel is unarchived"
    BOT_REMOVED = "the app is removed from the channel, and hears so"
    BOT_REMOVED_UNSAID = "the app is removed from the channel, and hears nothing"
    BOT_ASKED_BACK = "the app is invited to the channel"
    ID_CHANGED = "the channel gets another id (channel_id_changed)"
    DELETED = "the channel is deleted"
    MADE_PRIVATE = "the public channel becomes private"
    SHARED = "the channel is shared with another organisation (channel_shared)"
    UNSHARED = "the channel is not shared any more (channel_unshared)"
    DEACTIVATED = "somebody's account is closed"
    REACTIVATED = "somebody's account is opened again"


EVENTS = frozenset({Fault.DROPPED, Fault.TWICE, Fault.LATE, Fault.OUT_OF_ORDER, Fault.ODD_FIELDS, Fault.LINK_PREVIEW})
SOCKETS = frozenset({Fault.SOCKET_REFRESH, Fault.SOCKET_CLOSED})
# What puts a place right again; what cannot be put right is not here.
MENDED_BY = {
    Fault.ARCHIVED: Fault.UNARCHIVED,
    Fault.BOT_REMOVED: Fault.BOT_ASKED_BACK,
    Fault.BOT_REMOVED_UNSAID: Fault.BOT_ASKED_BACK,
    Fault.SHARED: Fault.UNSHARED,
    Fault.DEACTIVATED: Fault.REACTIVATED,
}
PEOPLE = frozenset({Fault.DEACTIVATED, Fault.REACTIVATED})
PLACES = frozenset({*MENDED_BY, *MENDED_BY.values(), Fault.ID_CHANGED, Fault.DELETED, Fault.MADE_PRIVATE})
# These happen at a moment; the others strike a call or an event.
MOMENTS = SOCKETS | PLACES
ANSWERS = frozenset(Fault) - EVENTS - MOMENTS
# These go together with another fault of the same call.
BESIDE = frozenset({Fault.HISTORY_BEHIND, Fault.CLOCK_SKEWED, Fault.NO_SCOPES_HEADER})

_READING = ("conversations.history", "conversations.replies")
# What a kind strikes where its rule names no method; a kind that is not here strikes every method.
USUAL_METHODS: dict[Fault, tuple[str, ...]] = {
    Fault.NEVER_STORED: ("chat.postMessage",),
    Fault.STORED_LATER: ("chat.postMessage",),
    Fault.HISTORY_BEHIND: _READING,
    Fault.PAGES_OF_15: _READING,
    Fault.INVALID_CURSOR: _READING,
    Fault.THREAD_NOT_FOUND: ("conversations.replies", "chat.postMessage"),
    Fault.EDIT_WINDOW_CLOSED: ("chat.update",),
    Fault.RESTRICTED_ACTION: ("conversations.create",),
    Fault.CANT_INVITE: ("conversations.invite",),
    Fault.TRIGGER_EXPIRED: ("views.open", "views.push"),
    Fault.VIEW_TOO_LARGE: ("views.open", "views.push"),
    Fault.CONNECTIONS_REFUSED: ("apps.connections.open",),
    Fault.CONNECTIONS_LIMITED: ("apps.connections.open",),
    Fault.LINK_PREVIEW: ("message",),
}
# How many seconds, where the rule does not say.
USUAL_SECONDS: dict[Fault, float] = {
    Fault.SLOW: 5,
    Fault.STORED_LATER: 25,
    Fault.HISTORY_BEHIND: 20,
    Fault.LIMITED: 1,
    Fault.LIMITED_DATE: 5,
    Fault.CONNECTIONS_LIMITED: 30,
    Fault.CLOCK_SKEWED: 300,
    Fault.TWICE: 0,
    Fault.LATE: 30,
    Fault.OUT_OF_ORDER: 60,
}
