"""Refusals: a service raises one, and the router shows its text to the person who asked, privately."""

from typing import Any


class Refusal(Exception):
    """A request cannot be done, and nothing was changed.

    `key` names the text that says why and what to do instead; `arguments` fill that text, and hold no words of a case.
    """

    def __init__(self, key: str, **arguments: Any) -> None:
        super().__init__(key)
        self.key, self.arguments = key, arguments


class NotKnownYet(Refusal):
    """We know nothing yet about this user or channel: they are looked up, and the person tries again."""

    def __init__(self, user: str, channel: str | None = None, key: str = "common.one_moment") -> None:
        super().__init__(key)
        self.user, self.channel = user, channel


class CommandMistake(Exception):
    """A command cannot be done; the message is one plain line with the remedy."""
