"""What the bot relies on at Slack: every method it calls, every event it hears, and the scope each one needs.

The scopes the manifest asks for are derived from these tables, so none is asked for without a use, and a test compares
the tables with what the suite saw happen.
"""

from dataclasses import dataclass

PUBLIC, PRIVATE, DIRECT, GROUP = "channels", "groups", "im", "mpim"
_EVERYWHERE = (PUBLIC, PRIVATE, DIRECT, GROUP)


@dataclass(frozen=True)
class SlackMethod:
    """A method of Slack's Web API, the bot scopes it takes, and what the bot uses it for."""

    name: str
    scopes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SlackEvent:
    """An event the bot asks to hear (by the name the manifest uses), the scopes that takes, and why."""

    name: str
    scopes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SlackSurface:
    """A place in Slack that needs a scope and is no method or event."""

    name: str
    scopes: tuple[str, ...]
    reason: str


def _each(kind: str, *places: str) -> tuple[str, ...]:
    return tuple(f"{place}:{kind}" for place in places)


METHODS = (
    SlackMethod("auth.test", (), "To learn who the bot is and in which workspace, once at the start."),
    SlackMethod("apps.connections.open", (), "To get the address of the Socket Mode connection (with the app token)."),
    SlackMethod("chat.postMessage", ("chat:write",), "To post prompts, steps, reveals and digests."),
    SlackMethod("chat.update", ("chat:write",), "To keep the bot's own cards up to date."),
    SlackMethod("chat.delete", ("chat:write",), "To take back a message of the bot when the author of its words asks."),
    SlackMethod(
        "files.getUploadURLExternal", ("files:write",), "To send a member what they wrote, as a file, in private."
    ),
    SlackMethod("files.completeUploadExternal", ("files:write",), "The same, once its bytes are there."),
    SlackMethod("conversations.create", ("groups:write",), "To make the private channel a case lives in."),
    SlackMethod("conversations.invite", ("groups:write",), "To bring the people who joined a case into its channel."),
    SlackMethod("conversations.kick", ("groups:write",), "To let somebody who leaves a case out of its channel."),
    SlackMethod("conversations.archive", ("groups:write",), "To close the channel of a case when its words are wiped."),
    SlackMethod(
        "conversations.open", _each("write", DIRECT, GROUP), "To talk with one person, or with the two of a case."
    ),
    SlackMethod(
        "conversations.info", _each("read", PUBLIC, PRIVATE), "To see whether a channel is private, and whose it is."
    ),
    SlackMethod("conversations.members", _each("read", PUBLIC, PRIVATE), "To know who is in a circle or a case."),
    SlackMethod(
        "conversations.list", ("groups:read",), "To find a case's channel when it is in doubt whether it was made."
    ),
    SlackMethod("conversations.history", _each("history", *_EVERYWHERE), "To look before repeating, and to catch up."),
    SlackMethod("conversations.replies", _each("history", *_EVERYWHERE), "The same in a thread."),
    SlackMethod("users.conversations", _each("read", PUBLIC, PRIVATE), "To know where it is after it was away."),
    SlackMethod(
        "users.info", ("users:read",), "To know whether somebody is a guest, and in which time zone they live."
    ),
    SlackMethod("views.open", (), "To open a form when somebody presses a button or types a command."),
    SlackMethod("views.update", (), "To fill in a form that opened while the bot was still looking."),
    SlackMethod("views.push", (), "To show a second page on top of a form."),
    SlackMethod("views.publish", (), "To show somebody their own Home."),
)

EVENTS = (
    SlackEvent("message.channels", ("channels:history",), "To keep answers in a public circle, and follow edits."),
    SlackEvent("message.groups", ("groups:history",), "The same in a private circle and in the channel of a case."),
    SlackEvent("message.im", ("im:history",), "To answer people who write to the bot."),
    SlackEvent("message.mpim", ("mpim:history",), "To keep remarks in a case of two, while it runs."),
    SlackEvent("app_mention", ("app_mentions:read",), "To answer who calls the bot by its name."),
    SlackEvent("app_home_opened", (), "To show somebody their own Home when they look at it."),
    SlackEvent("member_joined_channel", _each("read", PUBLIC, PRIVATE), "To greet a circle, and to know who is in it."),
    SlackEvent("member_left_channel", _each("read", PUBLIC, PRIVATE), "To show its words no longer to who left."),
    SlackEvent("channel_archive", ("channels:read",), "To pause a circle whose channel is put away."),
    SlackEvent("channel_unarchive", ("channels:read",), "To go on when the channel comes back."),
    SlackEvent("channel_deleted", ("channels:read",), "To stop, and tell a moderator, when the channel is gone."),
    SlackEvent("channel_left", ("channels:read",), "To stop when the bot is taken out of a channel."),
    SlackEvent("group_archive", ("groups:read",), "As channel_archive, for private channels."),
    SlackEvent("group_unarchive", ("groups:read",), "As channel_unarchive, for private channels."),
    SlackEvent("group_deleted", ("groups:read",), "As channel_deleted, for private channels."),
    SlackEvent("group_left", ("groups:read",), "As channel_left, for private channels."),
    SlackEvent("user_change", ("users:read",), "To notice who has left the workspace or became a guest."),
    SlackEvent("app_uninstalled", (), "To stop when the app is taken away."),
    SlackEvent("tokens_revoked", (), "To stop when the bot's token is taken away."),
)


@dataclass(frozen=True)
class SlackFailure:
    """An error by Slack's own name that the bot knows, and what it does then. Any other parks what was to be said."""

    name: str
    response: str


_NOT_LET_IN = "Nothing is lost: the bot waits a minute and tries again, and says so in the log."
_IN_DOUBT = "It may have happened: the bot looks in Slack before it tries again."
_TOO_LATE = "The form does not open; nothing is lost, and whoever pressed presses again."
_PARKED = "What was to be said there is parked, and the circle's moderators are told."
_AS_WISHED = "That is what was wanted: it goes on."

FAILURES = (
    SlackFailure("ratelimited", "The bot comes back when Slack says; other channels do not wait."),
    SlackFailure("rate_limited", "As ratelimited."),
    SlackFailure("message_limit_exceeded", "As ratelimited."),
    SlackFailure("fatal_error", _IN_DOUBT),
    SlackFailure("internal_error", _IN_DOUBT),
    SlackFailure("service_unavailable", _IN_DOUBT),
    SlackFailure("request_timeout", _IN_DOUBT),
    SlackFailure("invalid_auth", _NOT_LET_IN),
    SlackFailure("not_authed", _NOT_LET_IN),
    SlackFailure("account_inactive", _NOT_LET_IN),
    SlackFailure("token_revoked", _NOT_LET_IN),
    SlackFailure("token_expired", _NOT_LET_IN),
    SlackFailure("missing_scope", _NOT_LET_IN),
    SlackFailure("expired_trigger_id", _TOO_LATE),
    SlackFailure("exchanged_trigger_id", _TOO_LATE),
    SlackFailure("invalid_trigger_id", _TOO_LATE),
    SlackFailure("push_limit_reached", "Three pages are open on top of each other: a fourth is not shown."),
    SlackFailure("not_found", "The form was closed meanwhile: nothing is shown, nothing is lost."),
    SlackFailure("hash_conflict", "The page changed meanwhile, or was sent: what would have replaced it is not shown."),
    SlackFailure(
        "cant_invite", "The others are let in; moderators hear that somebody could not be, and the owner who."
    ),
    SlackFailure("is_archived", _PARKED),
    SlackFailure("not_in_channel", _PARKED),
    SlackFailure("channel_not_found", _PARKED),
    SlackFailure("message_not_found", "Somebody took the message away: the bot does not put it back."),
    SlackFailure("thread_not_found", "The thread is gone: nothing of it is kept any more."),
    SlackFailure("name_taken", "If the channel is the bot's own, made by an attempt in doubt, it takes that one."),
    SlackFailure("already_in_channel", _AS_WISHED),
    SlackFailure("already_archived", _AS_WISHED),
)

SURFACES = (SlackSurface("slash commands and shortcuts", ("commands",), "To be asked for something, in any channel."),)

# What each command means, and how it is written; a manifest shows one language, the bot understands all of them always.
COMMANDS = {
    "klankbord": {"nl": "/klankbord", "en": "/klankbord", "fr": "/klankbord"},
    "reflect": {"nl": "/reflectie", "en": "/reflect", "fr": "/reflexion"},
    "intervision": {"nl": "/intervisie", "en": "/intervision", "fr": "/intervision"},
    "digest": {"nl": "/overzicht", "en": "/digest", "fr": "/synthese"},
}

SHORTCUT_ANYWHERE = "bring_case"
SHORTCUT_ON_MESSAGE = "take_up"

SOCKET_SCOPE = "connections:write"
SOCKET_SCOPE_REASON = "For the app token only: to open the Socket Mode connection."


def spellings(command: str) -> tuple[str, ...]:
    """Every way to write a command, each once: spellings("digest") -> ("/overzicht", "/digest", "/synthese")."""
    return tuple(dict.fromkeys(COMMANDS[command].values()))


def bot_scopes() -> tuple[str, ...]:
    """Every scope the bot asks for, in the alphabet's order."""
    return tuple(sorted(reasons_for_scopes()))


def reasons_for_scopes() -> dict[str, tuple[str, ...]]:
    """For each scope, what needs it: names of methods, events and surfaces."""
    needs: dict[str, list[str]] = {}
    for use in (*METHODS, *EVENTS, *SURFACES):
        for scope in use.scopes:
            needs.setdefault(scope, []).append(use.name)
    return {scope: tuple(names) for scope, names in needs.items()}
