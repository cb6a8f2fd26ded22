"""What `help` answers: what a command does, and the next thing to do."""

from collections.abc import Sequence

from bot.core import blocks as parts
from bot.core.blocks import Json
from bot.home.views import todo as next_things
from bot.home.views.todo import NextThing
from bot.words import Speaker


def private(say: Speaker, key: str, things: Sequence[NextThing]) -> Json:
    """A private answer to a command, which ends with what its reader can do right now."""
    text = say.mrkdwn(key)
    blocks = [parts.section(text), *next_things.ending(say, things)]
    return {**parts.message(text, blocks), "response_type": "ephemeral"}
