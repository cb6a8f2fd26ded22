"""Which faults the page offers, in which order, and what has to be chosen for each."""

from __future__ import annotations

from playground.faults.kinds import (
    ANSWERS,
    EVENTS,
    MENDED_BY,
    MOMENTS,
    PEOPLE,
    PLACES,
    USUAL_METHODS,
    USUAL_SECONDS,
    Fault,
)
from playground.model import Json

GROUPS: dict[str, tuple[Fault, ...]] = {
    "answers": (
        Fault.SILENT,
        Fault.SILENT_BEFORE,
        Fault.SLOW,
        Fault.BROKEN_AFTER,
        Fault.BROKEN_BEFORE,
        Fault.CUT,
        Fault.CUT_BEFORE,
        Fault.RESET,
        Fault.RESET_BEFORE,
        Fault.HTML,
        Fault.HTML_BEFORE,
        Fault.GARBLED,
        Fault.FIELDS_MISSING,
        Fault.FATAL_ERROR,
        Fault.NEVER_STORED,
        Fault.STORED_LATER,
        Fault.HISTORY_BEHIND,
        Fault.CLOCK_SKEWED,
        Fault.NO_SCOPES_HEADER,
    ),
    "later": (
        Fault.LIMITED,
        Fault.LIMITED_ZERO,
        Fault.LIMITED_DATE,
        Fault.LIMITED_NONSENSE,
        Fault.LIMITED_UNSAID,
        Fault.PAGES_OF_15,
        Fault.CONNECTIONS_LIMITED,
    ),
    "refused": (
        Fault.MISSING_SCOPE,
        Fault.INVALID_AUTH,
        Fault.TOKEN_REVOKED,
        Fault.RESTRICTED_ACTION,
        Fault.CANT_INVITE,
        Fault.EDIT_WINDOW_CLOSED,
        Fault.TRIGGER_EXPIRED,
        Fault.VIEW_TOO_LARGE,
        Fault.CHANNEL_NOT_FOUND,
        Fault.THREAD_NOT_FOUND,
        Fault.INVALID_CURSOR,
        Fault.UNKNOWN_ERROR,
        Fault.CONNECTIONS_REFUSED,
    ),
    "events": (
        Fault.DROPPED,
        Fault.LATE,
        Fault.TWICE,
        Fault.OUT_OF_ORDER,
        Fault.ODD_FIELDS,
        Fault.LINK_PREVIEW,
        Fault.SOCKET_CLOSED,
        Fault.SOCKET_REFRESH,
    ),
    "places": (
        Fault.ARCHIVED,
        Fault.BOT_REMOVED,
        Fault.BOT_REMOVED_UNSAID,
        Fault.SHARED,
        Fault.MADE_PRIVATE,
        Fault.ID_CHANGED,
        Fault.DELETED,
        Fault.DEACTIVATED,
    ),
}
# What the app can be doing when a call of it goes wrong.
DOINGS: dict[str, tuple[str, ...]] = {
    "post": ("chat.postMessage",),
    "update": ("chat.update",),
    "delete": ("chat.delete",),
    "read": ("conversations.history", "conversations.replies"),
    "form": ("views.open", "views.push", "views.update"),
    "home": ("views.publish",),
    "respond": ("response_url",),
    "upload": ("upload", "files.getUploadURLExternal", "files.completeUploadExternal"),
    "channel": ("conversations.create",),
    "invite": ("conversations.invite",),
    "people": ("users.info", "conversations.members"),
    "connect": ("apps.connections.open",),
    "anything": (),
}
# These hold until they are stopped; the others are first meant for one time.
LASTING = frozenset(
    {
        Fault.INVALID_AUTH,
        Fault.TOKEN_REVOKED,
        Fault.MISSING_SCOPE,
        Fault.RESTRICTED_ACTION,
        Fault.CANT_INVITE,
        Fault.EDIT_WINDOW_CLOSED,
    }
    | {Fault.HISTORY_BEHIND, Fault.PAGES_OF_15, Fault.CLOCK_SKEWED, Fault.NO_SCOPES_HEADER, Fault.CONNECTIONS_LIMITED}
    | {Fault.CONNECTIONS_REFUSED}
)
_OF_THE_APP = frozenset(
    {Fault.INVALID_AUTH, Fault.TOKEN_REVOKED, Fault.CLOCK_SKEWED, Fault.NO_SCOPES_HEADER, Fault.CHANNEL_NOT_FOUND}
)
_IN_A_CHANNEL = frozenset(
    {
        Fault.NEVER_STORED,
        Fault.STORED_LATER,
        Fault.HISTORY_BEHIND,
        Fault.THREAD_NOT_FOUND,
        Fault.EDIT_WINDOW_CLOSED,
        Fault.CHANNEL_NOT_FOUND,
    }
)
_OWN_SECONDS = frozenset({Fault.TWICE, Fault.OUT_OF_ORDER})


def offered_faults() -> Json:
    """For the page: the kinds by group, what each needs to know, and what the app can be doing."""
    return {
        "groups": [{"name": name, "kinds": [_offered(kind) for kind in kinds]} for name, kinds in GROUPS.items()],
        "doings": list(DOINGS),
    }


def needs_of(kind: Fault) -> list[str]:
    """What has to be chosen for this kind."""
    return [need for need, kinds in _NEEDS.items() if kind in kinds]


def _offered(kind: Fault) -> Json:
    return {
        "name": kind.name,
        "needs": needs_of(kind),
        "seconds": USUAL_SECONDS.get(kind),
        "lasting": kind in LASTING,
        "mended": kind not in PLACES or kind in MENDED_BY,
    }


_NEEDS: dict[str, frozenset[Fault]] = {
    "doing": ANSWERS - USUAL_METHODS.keys() - _OF_THE_APP,
    "place": PLACES - PEOPLE,
    "channel": EVENTS | _IN_A_CHANNEL,
    "person": PEOPLE,
    "seconds": frozenset(USUAL_SECONDS) - _OWN_SECONDS,
    "times": frozenset(Fault) - MOMENTS,
}
