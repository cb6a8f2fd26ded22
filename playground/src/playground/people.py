"""What one human does and sees in Slack; `Forbidden` where Slack's client would not offer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from playground import channels, home, interactions, messages, modals, places, reading
from playground.forms import ElementName
from playground.model import Container, Conversation, Message, SubmitResult, View, WorkspaceUser
from playground.permissions import require_member
from playground.state import ClientSession


class Person(ClientSession):
    """What one human does and sees."""

    def __repr__(self) -> str:
        return f"<{self.user.real_name}>"

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def real_name(self) -> str:
        return self.user.real_name

    def at_window(self, window: str) -> Person:
        """The same person at one of their windows, in which forms open that the others do not show."""
        return Person(self.workspace, self.user, window) if window else self

    # Writing

    def says(
        self,
        channel: Conversation,
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
            return messages.say_message(
                self.workspace, self.user, channel, text, thread=thread, files=files, broadcast=also_in_channel
            )

    def edits(self, message: Message, text: str) -> None:
        """Change one's own message."""
        with self.workspace.changing():
            messages.edit_message(self.workspace, self.user, message, text)

    def deletes(self, message: Message) -> None:
        """Delete one's own message (an administrator: anybody's); ephemeral ones are only dismissed."""
        with self.workspace.changing():
            messages.delete_by_person(self.workspace, self.user, message)

    def reacts(self, message: Message, name: str) -> None:
        """Add the emoji `name` (without colons) to a message, or take it away again."""
        with self.workspace.changing():
            messages.toggle_reaction(self.workspace, self.user, message, name.strip(":"))

    # Talking to the app

    def commands(self, channel: Conversation, command: str, text: str = "") -> None:
        """Type a slash command in a channel."""
        interactions.type_command(self, channel, command, text)

    def presses(
        self, container: Container | None, label_or_action_id: ElementName, *, value: str | None = None
    ) -> None:
        """Press a button, found by its text or its action_id (and `value` where several look alike)."""
        interactions.press_button(self, container, label_or_action_id, value)

    def chooses(self, container: Container | None, block_or_action_id: ElementName, value: Any) -> None:
        """Pick in a menu, date, radio or checkbox that acts at once; found by label, block_id or action_id."""
        interactions.choose_value(self, container, block_or_action_id, value)

    def fills(self, container: Container | None, values: Mapping[Any, Any]) -> None:
        """Fill in by label, block_id or action_id: text, an option's value or visible text, lists for several."""
        interactions.fill_in(self, container, values)

    def submits(self, view: View | None = None) -> SubmitResult:
        """Press the form's own button (of the form on top when none is named)."""
        return interactions.submit_form(self, view)

    def closes(self, view: View | None = None) -> None:
        """Close the form on top without sending it."""
        interactions.close_form(self, view)

    def shortcut(self, callback_id: str, message: Message | None = None) -> None:
        """Use one of the app's shortcuts, from the menu of `message` or the global one."""
        interactions.use_shortcut(self, callback_id, message)

    def opens_home(self) -> View | None:
        """Open the app's Home; what is shown there, if anything was published."""
        return home.open_home(self)

    # Channels

    def creates_channel(self, name: str, *, private: bool = False) -> Conversation:
        """Make a channel."""
        with self.workspace.changing():
            return channels.create_by_person(self.workspace, self.user, name, private=private)

    def joins(self, channel: Conversation) -> None:
        """Join a public channel."""
        with self.workspace.changing():
            channels.join_by_person(self.workspace, self.user, channel)

    def leaves(self, channel: Conversation) -> None:
        with self.workspace.changing():
            require_member(self.user, channel)
            channels.remove_member(self.workspace, channel, self.user.id)

    def invites(self, channel: Conversation, who: Person | WorkspaceUser) -> None:
        """Bring somebody, or the app, into a channel one is in."""
        with self.workspace.changing():
            channels.invite_by_person(self.workspace, self.user, channel, _user_of(who))

    def kicks(self, channel: Conversation, who: Person | WorkspaceUser) -> None:
        with self.workspace.changing():
            require_member(self.user, channel)
            channels.remove_member(self.workspace, channel, _user_of(who).id, by=self.user.id)

    def renames(self, channel: Conversation, name: str) -> None:
        with self.workspace.changing():
            channels.rename_by_person(self.workspace, self.user, channel, name)

    def archives(self, channel: Conversation) -> None:
        with self.workspace.changing():
            require_member(self.user, channel)
            channels.archive_channel(self.workspace, channel, self.user.id)

    def unarchives(self, channel: Conversation) -> None:
        with self.workspace.changing():
            channels.unarchive_channel(self.workspace, channel, self.user.id)

    def makes_private(self, channel: Conversation) -> None:
        """Make a public channel private."""
        with self.workspace.changing():
            require_member(self.user, channel)
            places.make_private(self.workspace, channel, self.user.id)

    def shares(self, channel: Conversation, team: str = "T0OTHERTEAM") -> None:
        """Share a channel with another organisation."""
        with self.workspace.changing():
            places.share_channel(self.workspace, channel, team)

    def unshares(self, channel: Conversation, team: str = "T0OTHERTEAM") -> None:
        """Share it no longer."""
        with self.workspace.changing():
            places.unshare_channel(self.workspace, channel, team)

    def deletes_channel(self, channel: Conversation) -> None:
        with self.workspace.changing():
            channels.delete_channel(self.workspace, channel, self.user.id)

    def opens_dm(self, *others: Person | WorkspaceUser) -> Conversation:
        """The direct conversation with one or more others, or with the app."""
        with self.workspace.changing():
            return channels.direct_conversation(self.workspace, [self.id, *(_user_of(other).id for other in others)])

    def reads(self, channel: Conversation) -> None:
        """Look at a channel: nothing in it is unread any more."""
        with self.workspace.changing():
            reading.mark_read(self.workspace, self.user, channel)

    # What this person sees, whole: nothing changes in the middle of a look

    def channels(self) -> list[Conversation]:
        """The channels and conversations in this person's sidebar."""
        with self.workspace.changing():
            return reading.sidebar_channels(self.workspace, self.user)

    def messages(self, channel: Conversation) -> list[Message]:
        """The channel from old to new, without thread replies, with what only this person sees."""
        with self.workspace.changing():
            return reading.top_level_messages(self.workspace, self.user, channel)

    def thread(self, message: Message) -> list[Message]:
        """A message and its replies, from old to new, with what only this person sees there."""
        with self.workspace.changing():
            return reading.thread_messages(self.workspace, self.user, message)

    @property
    def modal(self) -> View | None:
        """The form on top, or None."""
        return modals.top_modal(self.workspace, self.id, self.window)

    @property
    def home(self) -> View | None:
        """The app's Home as last published for this person, or None."""
        return self.workspace.homes.get(self.id)

    def unread(self, channel: Conversation) -> int:
        """How many top-level messages of others this person has not read yet."""
        with self.workspace.changing():
            return reading.unread_count(self.workspace, self.user, channel)

    def sees(self, text: str) -> bool:
        """Whether `text` can be read anywhere: a channel or thread one is in, the form on top, Home."""
        with self.workspace.changing():
            return any(text in seen for seen in reading.everything_visible(self))

    def visible_text(self, place: Conversation | Container | None) -> str:
        """What a channel (with its threads), message or view says, as this person reads it; "" for nothing."""
        with self.workspace.changing():
            return reading.visible_text(self, place) if place else ""


def _user_of(who: Person | WorkspaceUser) -> WorkspaceUser:
    return who.user if isinstance(who, Person) else who
