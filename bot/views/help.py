"""What `help` answers: what a command does, and the next thing to do."""

from bot.views import parts
from bot.views.parts import Json
from bot.words import Speaker


def klankbord(say: Speaker) -> Json:
    """Help for `/klankbord`: all there is, at a glance."""
    return private(say, "help.klankbord")


def private(say: Speaker, key: str) -> Json:
    """A private answer to a command."""
    text = say.mrkdwn(key)
    return {**parts.message(text, [parts.section(text)]), "response_type": "ephemeral"}
