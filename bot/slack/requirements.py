"""What the bot needs of Slack: every method that it calls, every event that it handles, and the scopes for them.

The manifest takes its scopes from these tables, so it asks for no scope without a use. A test compares the tables with
what the test suite really used.
"""

from dataclasses import dataclass

PUBLIC, PRIVATE, DIRECT, GROUP = "channels", "groups", "im", "mpim"
_EVERYWHERE = (PUBLIC, PRIVATE, DIRECT, GROUP)


@dataclass(frozen=True)
class SlackMethod:
    """A method of Slack's Web API, the scopes that it needs, and what the bot does with it."""

    name: str
    scopes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SlackEvent:
    """An event (by its name in the manifest), the scopes that it needs, and why the bot subscribes to it."""

    name: str
    scopes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class SlackSurface:
    """Something else in Slack that needs a scope."""

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
    SlackMethod("conversations.create", ("groups:write",), "To make the private channel of a case."),
    SlackMethod("conversations.invite", ("groups:write",), "To invite the people who joined a case to its channel."),
    SlackMethod("conversations.kick", ("groups:write",), "To remove somebody who leaves a case from its channel."),
    SlackMethod("conversations.archive", ("groups:write",), "To close the channel of a case when its words are wiped."),
    SlackMethod(
        "conversations.open", _each("write", DIRECT, GROUP), "To talk with one person, or with the two of a case."
    ),
    SlackMethod(
        "conversations.info", _each("read", PUBLIC, PRIVATE), "To see whether a channel is private, and whose it is."
    ),
    SlackMethod("conversations.members", _each("read", PUBLIC, PRIVATE), "To know who is in a circle or a case."),
    SlackMethod(
        "conversations.list", ("groups:read",), "To find a case's channel when it is uncertain whether it was made."
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
    SlackEvent("app_mention", ("app_mentions:read",), "To answer people who mention the bot."),
    SlackEvent("app_home_opened", (), "To show somebody their own Home when they look at it."),
    SlackEvent("member_joined_channel", _each("read", PUBLIC, PRIVATE), "To greet a circle, and to know who is in it."),
    SlackEvent(
        "member_left_channel", _each("read", PUBLIC, PRIVATE), "To stop showing a circle's words to somebody who left."
    ),
    SlackEvent("channel_archive", ("channels:read",), "To pause a circle whose channel is archived."),
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
    """An error that the bot knows, by Slack's name, and what the bot does. With any other, the outbox job fails."""

    name: str
    response: str


_APP_REFUSED = "Nothing is lost: the bot waits a minute and tries again, and says so in the log."
_UNCERTAIN = "The outbox job is uncertain: the bot looks in Slack before it tries again."
_TOO_LATE = "The form does not open; nothing is lost, and the person presses again."
_FAILED = "The outbox job fails, and the bot tells the circle's moderators."
_ALREADY_DONE = "That is what the bot wanted: it goes on."

FAILURES = (
    SlackFailure("ratelimited", "The bot tries again when Slack says; other channels do not wait."),
    SlackFailure("rate_limited", "As ratelimited."),
    SlackFailure("message_limit_exceeded", "As ratelimited."),
    SlackFailure("fatal_error", _UNCERTAIN),
    SlackFailure("internal_error", _UNCERTAIN),
    SlackFailure("service_unavailable", _UNCERTAIN),
    SlackFailure("request_timeout", _UNCERTAIN),
    SlackFailure("invalid_auth", _APP_REFUSED),
    SlackFailure("not_authed", _APP_REFUSED),
    SlackFailure("account_inactive", _APP_REFUSED),
    SlackFailure("token_revoked", _APP_REFUSED),
    SlackFailure("token_expired", _APP_REFUSED),
    SlackFailure("missing_scope", _APP_REFUSED),
    SlackFailure("expired_trigger_id", _TOO_LATE),
    SlackFailure("exchanged_trigger_id", _TOO_LATE),
    SlackFailure("invalid_trigger_id", _TOO_LATE),
    SlackFailure("push_limit_reached", "Three pages are open on top of each other: a fourth is not shown."),
    SlackFailure("not_found", "The form was closed meanwhile: nothing is shown, nothing is lost."),
    SlackFailure("hash_conflict", "The page changed meanwhile, or was sent: its new state is not shown."),
    SlackFailure(
        "cant_invite",
        "The others are invited; moderators read that somebody was not, and the owner of the case reads who.",
    ),
    SlackFailure("is_archived", _FAILED),
    SlackFailure("not_in_channel", _FAILED),
    SlackFailure("channel_not_found", _FAILED),
    SlackFailure("message_not_found", "Somebody deleted the message: the bot does not post it again."),
    SlackFailure("thread_not_found", "The thread is gone: nothing of it is kept any more."),
    SlackFailure("name_taken", "If an uncertain attempt of the bot made the channel, the bot uses that one."),
    SlackFailure("already_in_channel", _ALREADY_DONE),
    SlackFailure("already_archived", _ALREADY_DONE),
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
