"""What the bot needs of Slack: every method that it calls, every event that it handles, and the scopes for them.

The manifest takes its scopes from these tables, so it asks for no scope without a use. A test compares the tables with
what the test suite really used.
"""

from dataclasses import dataclass

PUBLIC, PRIVATE, DIRECT, GROUP = "channels", "groups", "im", "mpim"
_EVERYWHERE = (PUBLIC, PRIVATE, DIRECT, GROUP)


@dataclass(frozen=True)
class SlackUse:
    """A method of the Web API, an event (as the manifest calls it) or a surface: the scopes it needs, and what for."""

    name: str
    scopes: tuple[str, ...]
    reason: str


def _each(kind: str, *places: str) -> tuple[str, ...]:
    return tuple(f"{place}:{kind}" for place in places)


METHODS = (
    SlackUse(
        "auth.test",
        (),
        "To learn who the bot is, and in a quiet time whether Slack still answers and which scopes we have.",
    ),
    SlackUse("apps.connections.open", (), "To get the address of the Socket Mode connection (with the app token)."),
    SlackUse("chat.postMessage", ("chat:write",), "To post prompts, steps, reveals and digests."),
    SlackUse("chat.update", ("chat:write",), "To keep the bot's own cards up to date."),
    SlackUse("chat.delete", ("chat:write",), "To take back a message of the bot when the author of its words asks."),
    SlackUse("chat.postEphemeral", ("chat:write",), "To say in one line, to one person, that what they sent is kept."),
    SlackUse(
        "files.getUploadURLExternal", ("files:write",), "To send a member what they wrote, as a file, in private."
    ),
    SlackUse("files.completeUploadExternal", ("files:write",), "The same, once its bytes are there."),
    SlackUse("conversations.create", ("groups:write",), "To make the private channel of a case."),
    SlackUse("conversations.invite", ("groups:write",), "To invite the people who joined a case to its channel."),
    SlackUse("conversations.kick", ("groups:write",), "To remove somebody who leaves a case from its channel."),
    SlackUse("conversations.archive", ("groups:write",), "To close the channel of a case when its words are wiped."),
    SlackUse(
        "conversations.open", _each("write", DIRECT, GROUP), "To talk with one person, or with the two of a case."
    ),
    SlackUse(
        "conversations.info", _each("read", PUBLIC, PRIVATE), "To see whether a channel is private, and whose it is."
    ),
    SlackUse("conversations.members", _each("read", PUBLIC, PRIVATE), "To know who is in a circle or a case."),
    SlackUse(
        "conversations.list", ("groups:read",), "To find a case's channel when it is uncertain whether it was made."
    ),
    SlackUse("conversations.history", _each("history", *_EVERYWHERE), "To look before repeating, and to catch up."),
    SlackUse("conversations.replies", _each("history", *_EVERYWHERE), "The same in a thread."),
    SlackUse("users.conversations", _each("read", PUBLIC, PRIVATE), "To know where it is after it was away."),
    SlackUse("users.info", ("users:read",), "To know whether somebody is a guest, and in which time zone they live."),
    SlackUse("views.open", (), "To open a form when somebody presses a button or types a command."),
    SlackUse("views.update", (), "To fill in a form that opened while the bot was still looking."),
    SlackUse("views.push", (), "To show a second page on top of a form."),
    SlackUse("views.publish", (), "To show somebody their own Home."),
)

EVENTS = (
    SlackUse("message.channels", ("channels:history",), "To keep answers in a public circle, and follow edits."),
    SlackUse("message.groups", ("groups:history",), "The same in a private circle and in the channel of a case."),
    SlackUse("message.im", ("im:history",), "To answer people who write to the bot."),
    SlackUse("message.mpim", ("mpim:history",), "To keep remarks in a case of two, while it runs."),
    SlackUse("app_mention", ("app_mentions:read",), "To answer people who mention the bot."),
    SlackUse("app_home_opened", (), "To show somebody their own Home when they look at it."),
    SlackUse("member_joined_channel", _each("read", PUBLIC, PRIVATE), "To greet a circle, and to know who is in it."),
    SlackUse(
        "member_left_channel", _each("read", PUBLIC, PRIVATE), "To stop showing a circle's words to somebody who left."
    ),
    SlackUse(
        "channel_id_changed", _each("read", PUBLIC, PRIVATE), "To go on where a channel gets another id of Slack's."
    ),
    SlackUse(
        "channel_shared", _each("read", PUBLIC, PRIVATE), "To stop at once where another organisation reads along."
    ),
    SlackUse("channel_unshared", _each("read", PUBLIC, PRIVATE), "To go on when it does not any more."),
    SlackUse("channel_archive", ("channels:read",), "To pause a circle whose channel is archived."),
    SlackUse("channel_unarchive", ("channels:read",), "To go on when the channel comes back."),
    SlackUse("channel_deleted", ("channels:read",), "To stop, and tell a moderator, when the channel is gone."),
    SlackUse("channel_left", ("channels:read",), "To stop when the bot is taken out of a channel."),
    SlackUse("group_archive", ("groups:read",), "As channel_archive, for private channels."),
    SlackUse("group_unarchive", ("groups:read",), "As channel_unarchive, for private channels."),
    SlackUse("group_deleted", ("groups:read",), "As channel_deleted, for private channels."),
    SlackUse("group_left", ("groups:read",), "As channel_left, for private channels."),
    SlackUse("user_change", ("users:read",), "To notice who has left the workspace or became a guest."),
    SlackUse("app_uninstalled", (), "To stop when the app is taken away."),
    SlackUse("tokens_revoked", (), "To stop when the bot's token is taken away."),
)


@dataclass(frozen=True)
class SlackFailure:
    """An error that the bot knows, by Slack's name, and what the bot does. With any other, the outbox job fails."""

    name: str
    response: str


_APP_REFUSED = "Nothing is lost: the bot waits three quarters of a minute and tries again; log and health say so."
_UNCERTAIN = "The outbox job is uncertain: the bot looks in Slack four times before it tries again."
_TOO_LATE = "The form does not open: the person reads so at once, with a button to try again."
_FAILED = "The outbox job fails, and the bot tells the circle's moderators."
_LOST = "What belongs in that channel waits; moderators, and the people of a case, read why and what mends it."
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
    SlackFailure("missing_scope", "Only this method waits, until the app has the scope; log and health name both."),
    SlackFailure("invalid_cursor", "The search or reading begins again where it was."),
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
    SlackFailure("is_archived", _LOST),
    SlackFailure("not_in_channel", _LOST),
    SlackFailure("channel_not_found", _LOST),
    SlackFailure("user_not_in_channel", "What they alone read comes in their direct conversation."),
    SlackFailure(
        "restricted_action", "Moderators read what an admin of the workspace can allow; the bot tries again by itself."
    ),
    SlackFailure("message_not_found", "Asked again, hours later: if it is not there then, it was deleted."),
    SlackFailure("thread_not_found", "Asked again, hours later: if it is not there then, the thread is gone."),
    SlackFailure("edit_window_closed", _FAILED),
    SlackFailure("invalid_arguments", "A mistake of ours: the job fails or the form does not open, and that is said."),
    SlackFailure("name_taken", "If an uncertain attempt of the bot made the channel, the bot uses that one."),
    SlackFailure("already_in_channel", _ALREADY_DONE),
    SlackFailure("already_archived", _ALREADY_DONE),
)

SURFACES = (SlackUse("slash commands and shortcuts", ("commands",), "To be asked for something, in any channel."),)

# What each command means, and how it is written; a manifest shows one language, the bot understands all of them always.
COMMANDS = {
    "klankbord": {"nl": "/klankbord", "en": "/klankbord", "fr": "/klankbord"},
    "reflect": {"nl": "/reflectie", "en": "/reflect", "fr": "/reflexion"},
    "intervision": {"nl": "/intervisie", "en": "/intervision", "fr": "/intervision"},
    "digest": {"nl": "/overzicht", "en": "/digest", "fr": "/synthese"},
}

SHORTCUT_ANYWHERE = "bring_case"
SHORTCUT_ON_MESSAGE = "take_up"


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
