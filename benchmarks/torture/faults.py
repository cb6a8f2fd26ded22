"""What goes wrong at Slack during a run, drawn by chance from all that the playground can do wrong."""

from random import Random

from playground.faults import Fault, FaultRule
from playground.faults.kinds import EVENTS, MENDED_BY, PLACES, SOCKETS, USUAL_METHODS

# Every fault, but a channel that is deleted with its circle, what puts places right, and sockets, which these copies do
# not have; and twice as often what decides between lost and twice.
_LEFT_OUT = {
    Fault.DELETED,
    Fault.RECONNECT,
    *SOCKETS,
    *MENDED_BY.values(),
    Fault.CONNECTIONS_REFUSED,
    Fault.CONNECTIONS_LIMITED,
}
_KINDS = (
    *(kind for kind in Fault if kind not in _LEFT_OUT),
    Fault.RESET, Fault.RESET_BEFORE, Fault.HTML, Fault.NEVER_STORED, Fault.STORED_LATER, Fault.HISTORY_BEHIND,
)  # fmt: skip
_EVENTS_OF = {Fault.DROPPED: ("message",), Fault.ODD_FIELDS: ("message",)}
_METHODS = (
    "chat.postMessage", "chat.postMessage", "chat.postMessage", "chat.update", "chat.delete", "conversations.create",
    "conversations.open", "conversations.invite", "conversations.history", "conversations.replies",
    "conversations.members", "users.conversations", "users.info", "views.open", "views.update", "views.publish",
    "auth.test",
)  # fmt: skip
_REFUSALS = (
    "restricted_action",
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "cant_update_message",
    "msg_too_long",
)
# What stands on a web page that comes in place of an answer.
CANARY = "kanarie"
_LASTS = (20, 90, 600, 3600)
_LATE = (1, 8, 25, 60, 150)


def draw_rule(chance: Random, circle: str, somebody: str) -> FaultRule:
    """A fault for a while; `circle` is the channel, and `somebody` the person, of those that are about one."""
    kind, lasts = chance.choice(_KINDS), chance.choice(_LASTS)
    if kind in PLACES:
        place = () if kind is Fault.DEACTIVATED else (circle,)
        return FaultRule(kind, channels=place, until=lasts, value=_value(kind, chance, somebody))
    return FaultRule(
        kind,
        methods=_methods(kind, chance),
        chance=chance.choice((0.3, 0.6, 1.0)),
        until=lasts,
        seconds=chance.choice(_LATE) if kind in _HAS_SECONDS else None,
        value=_value(kind, chance, somebody),
    )


_HAS_SECONDS = {Fault.STORED_LATER, Fault.HISTORY_BEHIND, Fault.LIMITED, Fault.LIMITED_DATE, Fault.LATE}


def _methods(kind: Fault, chance: Random) -> tuple[str, ...]:
    if kind in _EVENTS_OF:
        return _EVENTS_OF[kind]
    if kind in {Fault.INVALID_AUTH, Fault.TOKEN_REVOKED}:
        return tuple(dict.fromkeys(_METHODS))
    if kind in USUAL_METHODS or kind in EVENTS:
        return ()
    return (chance.choice(_METHODS), chance.choice(_METHODS))


def _value(kind: Fault, chance: Random, somebody: str) -> str:
    match kind:
        case Fault.REFUSED:
            return chance.choice(_REFUSALS)
        case Fault.MISSING_SCOPE:
            return "chat:write"
        case Fault.DEACTIVATED:
            return somebody
        case Fault.SHARED:
            return "T0ANDERS"
        case Fault.HTML | Fault.HTML_BEFORE:
            return CANARY
    return ""


def described(rule: FaultRule) -> str:
    """A rule in one line."""
    at = ", ".join(dict.fromkeys((*rule.methods, *rule.channels))) or "the usual places"
    more = "".join(f", {name} {value}" for name, value in (("by", rule.seconds), ("with", rule.value)) if value)
    return f"{rule.kind.name} at {at}, {rule.chance:.0%} for {rule.until} s{more}"
