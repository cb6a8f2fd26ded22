"""What one human does and sees in Slack; `Forbidden` where Slack's client would not offer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from playground import channels, home, interactions, messages, modals, reading
from playground.forms import ElementName
from playground.model import Channel, Message, SubmitResult, User, View

if TYPE_CHECKING:
    from playground.workspace import Workspace

Container = Message | View
Member = "Person | User"


class Person:
    """The hand and the eyes of one human."""

    def __init__(self, workspace: Workspace, user: User) -> None:
        self.workspace = workspace
        self.user = user

    def __repr__(self) -> str:
        return f"<{self.user.real_name}>"

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def real_name(self) -> str:
        return self.user.real_name

    # Writing

    def says(
        self,
        channel: Channel,
        text: str,
        *,
        thread: str | Message | None = None,
        files: Iterable[tuple[str, bytes]] = (),
        also_in_channel: bool = False,
    ) -> Message:
        """Write in a channel or thread, as typed: `@Anna` becomes a mention, & < > are escaped as Slack stores them.

        `files` are (name, content) pairs. Forbidden outside one's channels, in an archived one, and for empty text.
        """
        with self.workspace.changing():
            return messages.say(
                self.workspace, self.user, channel, text, thread=thread, files=files, broadcast=also_in_channel
            )

    def edits(self, message: Message, text: str) -> None:
        """Change one's own message."""
        with self.workspace.changing():
            messages.edit(self.workspace, self.user, message, text)

    def deletes(self, message: Message) -> None:
        """Delete one's own message (an administrator: anybody's); ephemeral ones are only dismissed."""
        with self.workspace.changing():
            messages.delete_by_person(self.workspace, self.user, message)

    def reacts(self, message: Message, name: str) -> None:
        """Add the emoji `name` (without colons) to a message, or take it away again."""
        with self.workspace.changing():
            messages.toggle_reaction(self.workspace, self.user, message, name.strip(":"))

    # Talking to the app

    def commands(self, channel: Channel, command: str, text: str = "") -> None:
        """Type a slash command in a channel."""
        interactions.command(self, channel, command, text)

    def presses(
        self, container: Container | None, label_or_action_id: ElementName, *, value: str | None = None
    ) -> None:
        """Press a button, found by what stands on it or its action_id (and `value` where several look alike)."""
        interactions.press(self, container, label_or_action_id, value)

    def chooses(self, container: Container | None, block_or_action_id: ElementName, value: Any) -> None:
        """Pick in a menu, date, radio or checkbox that acts at once; found by label, block_id or action_id."""
        interactions.choose(self, container, block_or_action_id, value)

    def fills(self, container: Container | None, values: Mapping[Any, Any]) -> None:
        """Fill in by label, block_id or action_id: text, an option's value or visible text, lists for several."""
        interactions.fill(self, container, values)

    def submits(self, view: View | None = None) -> SubmitResult:
        """Press the form's own button (of the form on top when none is named)."""
        return interactions.submit(self, view)

    def closes(self, view: View | None = None) -> None:
        """Close the form on top without sending it."""
        interactions.close(self, view)

    def shortcut(self, callback_id: str, message: Message | None = None) -> None:
        """Use one of the app's shortcuts, from the menu of `message` or the global one."""
        interactions.shortcut(self, callback_id, message)

    def opens_home(self) -> View | None:
        """Open the app's Home; what is shown there, if anything was published."""
        return home.open_home(self)

    # Channels

    def creates_channel(self, name: str, *, private: bool = False) -> Channel:
        """Make a channel."""
        with self.workspace.changing():
            return channels.create_by_person(self.workspace, self.user, name, private=private)

    def joins(self, channel: Channel) -> None:
        """Join a public channel."""
        with self.workspace.changing():
            channels.join_by_person(self.workspace, self.user, channel)

    def leaves(self, channel: Channel) -> None:
        with self.workspace.changing():
            channels.require_member(self.user, channel)
            channels.remove(self.workspace, channel, self.user.id)

    def invites(self, channel: Channel, who: Person | User) -> None:
        """Bring somebody, or the app, into a channel one is in."""
        with self.workspace.changing():
            channels.invite_by_person(self.workspace, self.user, channel, _user_of(who))

    def kicks(self, channel: Channel, who: Person | User) -> None:
        with self.workspace.changing():
            channels.require_member(self.user, channel)
            channels.remove(self.workspace, channel, _user_of(who).id, by=self.user.id)

    def renames(self, channel: Channel, name: str) -> None:
        with self.workspace.changing():
            channels.rename_by_person(self.workspace, self.user, channel, name)

    def archives(self, channel: Channel) -> None:
        with self.workspace.changing():
            channels.require_member(self.user, channel)
            channels.archive(self.workspace, channel, self.user.id)

    def unarchives(self, channel: Channel) -> None:
        with self.workspace.changing():
            channels.unarchive(self.workspace, channel, self.user.id)

    def deletes_channel(self, channel: Channel) -> None:
        with self.workspace.changing():
            channels.delete(self.workspace, channel, self.user.id)

    def opens_dm(self, *others: Person | User) -> Channel:
        """The direct conversation with one or more others, or with the app."""
        return self.workspace.direct_channel([self.id, *(_user_of(other).id for other in others)])

    def reads(self, channel: Channel) -> None:
        """Look at a channel: nothing in it is unread any more."""
        with self.workspace.changing():
            reading.mark_read(self.workspace, self.user, channel)

    # What this person sees, whole: nothing changes in the middle of a look

    def channels(self) -> list[Channel]:
        """The channels and conversations in this person's sidebar."""
        with self.workspace.changing():
            return reading.sidebar(self.workspace, self.user)

    def messages(self, channel: Channel) -> list[Message]:
        """The channel from old to new, without thread replies, with what only this person sees."""
        with self.workspace.changing():
            return reading.top_level(self.workspace, self.user, channel)

    def thread(self, message: Message) -> list[Message]:
        """A message and its replies, from old to new, with what only this person sees there."""
        with self.workspace.changing():
            return reading.thread(self.workspace, self.user, message)

    @property
    def modal(self) -> View | None:
        """The form on top, or None."""
        return modals.top(self.workspace, self.id)

    @property
    def home(self) -> View | None:
        """The app's Home as last published for this person, or None."""
        return self.workspace.homes.get(self.id)

    def unread(self, channel: Channel) -> int:
        """How many top-level messages of others this person has not read yet."""
        with self.workspace.changing():
            return reading.unread(self.workspace, self.user, channel)

    def sees(self, text: str) -> bool:
        """Whether `text` can be read anywhere: a channel or thread one is in, the form on top, Home."""
        with self.workspace.changing():
            return any(text in seen for seen in reading.everything(self))

    def visible_text(self, place: Channel | Message | View | None) -> str:
        """What a channel (with its threads), message or view says, as this person reads it; "" for nothing."""
        with self.workspace.changing():
            return reading.text_of(self, place) if place else ""


def _user_of(who: Person | User) -> User:
    return who.user if isinstance(who, Person) else who


def add_user(
    workspace: Workspace, name: str, real_name: str, *, tz: str, locale: str, guest: bool, team: str | None
) -> User:
    user = User(
        id=workspace.ids.named("U0", name),
        name=name,
        real_name=real_name,
        team_id=team or workspace.team_id,
        tz=tz,
        locale=locale,
        is_guest=guest,
        is_external=team is not None,
        updated=workspace.clock.seconds(),
    )
    workspace.users[user.id] = user
    return user


def add_bot(workspace: Workspace) -> User:
    """The app's bot user, there from the start."""
    bot = User(
        id=workspace.ids.named("U0", "klankbord"),
        name="klankbord",
        real_name="Klankbord",
        team_id=workspace.team_id,
        bot_id=workspace.ids.named("B0", "klankbord"),
        app_id=workspace.ids.named("A0", "klankbord"),
        updated=workspace.clock.seconds(),
    )
    workspace.users[bot.id] = bot
    return bot


def add_usergroup(workspace: Workspace, handle: str, name: str, members: list[str]) -> str:
    group_id = workspace.ids.new("S")
    workspace.usergroups[group_id] = {"handle": handle, "name": name, "users": members}
    return group_id
