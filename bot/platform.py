"""What the bot relies on at Slack: every method it calls, every event it hears, and the scope each one needs.

The scopes the manifest asks for are derived from these tables, so none is asked for without a use, and a test compares
the tables with what the suite saw happen.
"""

from dataclasses import dataclass

PUBLIC, PRIVATE, DIRECT, GROUP = "channels", "groups", "im", "mpim"
_EVERYWHERE = (PUBLIC, PRIVATE, DIRECT, GROUP)


@dataclass(frozen=True)
class Method:
    """A method of Slack's Web API, the bot scopes it takes, and what the bot uses it for."""

    name: str
    scopes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Event:
    """An event the bot asks to hear (by the name the manifest uses), the scopes that takes, and why."""

    name: str
    scopes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Surface:
    """A place in Slack that needs a scope and is no method or event."""

    name: str
    scopes: tuple[str, ...]
    reason: str


def _each(kind: str, *places: str) -> tuple[str, ...]:
    return tuple(f"{place}:{kind}" for place in places)


METHODS = (
    Method("auth.test", (), "To learn who the bot is and in which workspace, once at the start."),
    Method("apps.connections.open", (), "To get the address of the Socket Mode connection (with the app token)."),
    Method("chat.postMessage", ("chat:write",), "To post prompts, steps, reveals and digests."),
    Method("chat.update", ("chat:write",), "To keep the bot's own cards up to date."),
    Method("chat.delete", ("chat:write",), "To take back a message of the bot when the author of its words asks."),
    Method("chat.postEphemeral", ("chat:write",), "To answer one person in a channel where others read along."),
    Method("conversations.create", ("groups:write",), "To make the private channel a case lives in."),
    Method("conversations.invite", ("groups:write",), "To bring the people who joined a case into its channel."),
    Method("conversations.open", _each("write", DIRECT, GROUP), "To talk with one person, or with the two of a pair."),
    Method("conversations.info", _each("read", PUBLIC, PRIVATE), "To see whether a channel is private or archived."),
    Method("conversations.members", _each("read", PUBLIC, PRIVATE), "To know who is in a circle or a case."),
    Method("conversations.list", _each("read", PUBLIC, PRIVATE), "To find the bot's channels again after it was away."),
    Method("conversations.history", _each("history", *_EVERYWHERE), "To catch up after the bot was away."),
    Method("conversations.replies", _each("history", *_EVERYWHERE), "To catch up, and to look before repeating."),
    Method("users.info", ("users:read",), "To know somebody's name, and whether they are a guest or have left."),
    Method("views.open", (), "To open a form when somebody presses a button or types a command."),
    Method("views.update", (), "To fill in a form that opened while the bot was still looking."),
    Method("views.push", (), "To show a second page on top of a form."),
    Method("views.publish", (), "To show somebody their own Home."),
)

EVENTS = (
    Event("message.channels", ("channels:history",), "To keep answers in a public circle, and follow edits."),
    Event("message.groups", ("groups:history",), "The same in a private circle and in the channel of a case."),
    Event("message.im", ("im:history",), "To answer people who write to the bot."),
    Event("message.mpim", ("mpim:history",), "To follow a case between two people."),
    Event("app_mention", ("app_mentions:read",), "To answer who calls the bot by its name."),
    Event("app_home_opened", (), "To show somebody their own Home when they look at it."),
    Event("member_joined_channel", _each("read", PUBLIC, PRIVATE), "To greet a circle, and to know who is in it."),
    Event("member_left_channel", _each("read", PUBLIC, PRIVATE), "To show its words no longer to who left."),
    Event("channel_archive", ("channels:read",), "To pause a circle whose channel is put away."),
    Event("channel_unarchive", ("channels:read",), "To go on when the channel comes back."),
    Event("channel_rename", ("channels:read",), "To call a circle by its present name."),
    Event("channel_deleted", ("channels:read",), "To stop, and tell a moderator, when the channel is gone."),
    Event("channel_left", ("channels:read",), "To stop when the bot is taken out of a channel."),
    Event("group_archive", ("groups:read",), "As channel_archive, for private channels."),
    Event("group_unarchive", ("groups:read",), "As channel_unarchive, for private channels."),
    Event("group_rename", ("groups:read",), "As channel_rename, for private channels."),
    Event("group_deleted", ("groups:read",), "As channel_deleted, for private channels."),
    Event("group_left", ("groups:read",), "As channel_left, for private channels."),
    Event("user_change", ("users:read",), "To follow names, and to stop sending to who has left the workspace."),
    Event("app_uninstalled", (), "To stop when the app is taken away."),
    Event("tokens_revoked", (), "To stop when the bot's token is taken away."),
)

SURFACES = (Surface("slash commands and shortcuts", ("commands",), "To be asked for something, in any channel."),)

# What each command means, and how it is written; a manifest shows one language, the bot understands all of them always.
COMMANDS = {
    "klankbord": {"nl": "/klankbord", "en": "/klankbord", "fr": "/klankbord"},
    "reflect": {"nl": "/reflectie", "en": "/reflect", "fr": "/reflexion"},
    "intervision": {"nl": "/intervisie", "en": "/intervision", "fr": "/intervision"},
    "digest": {"nl": "/overzicht", "en": "/digest", "fr": "/synthese"},
}

SHORTCUT_ANYWHERE = "bring_case"
SHORTCUT_ON_A_MESSAGE = "reflect_on_message"

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
