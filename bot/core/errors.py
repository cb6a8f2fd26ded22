"""Saying no, kindly: a use case raises one of these, and the door tells who knocked, privately."""

from typing import Any


class Refusal(Exception):
    """What was asked cannot be done; `key` names the text that says why and what can be done instead.

    Nothing was changed. Arguments fill the text; they hold no words of a case.
    """

    def __init__(self, key: str, **arguments: Any) -> None:
        super().__init__(key)
        self.key = key
        self.arguments = arguments


class NotKnownYet(Refusal):
    """We have no facts about this person or place yet: they are looked up, and who knocked tries again."""

    def __init__(self, user: str, channel: str | None = None, key: str = "common.one_moment") -> None:
        super().__init__(key)
        self.user = user
        self.channel = channel


class CommandMistake(Exception):
    """A question from the command line that has no answer; its text is one plain line with the remedy."""
