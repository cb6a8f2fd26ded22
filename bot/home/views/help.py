"""What `help` answers: what a command does, and the next thing to do."""

from collections.abc import Sequence

from bot.core import parts
from bot.core.parts import Json
from bot.home.views import todo as next_things
from bot.home.views.todo import TodoItem
from bot.words import Speaker


def help_answer(speaker: Speaker, key: str, things: Sequence[TodoItem]) -> Json:
    """A private answer to a command, which ends with what its reader can do right now."""
    text = speaker.mrkdwn(key)
    blocks = [parts.section(text), *next_things.todo_ending(speaker, things)]
    return {**parts.message(text, blocks), "response_type": "ephemeral"}
