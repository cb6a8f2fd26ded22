"""Short private words: a page that says why something cannot be done, a line for who can mend something."""

from bot.views import parts
from bot.views.parts import Json
from bot.words import Mrkdwn, Speaker


def notice(say: Speaker, text: Mrkdwn) -> Json:
    """A page with one thing to read."""
    title, close = say.plain("common.bot_name"), say.plain("common.close")
    return parts.modal("notice", title, [parts.section(text)], pointers={}, close=close)


def trouble(say: Speaker, where: Mrkdwn, error: str) -> Json:
    """What Slack refused and where, and what can be done about it."""
    text = say.mrkdwn("trouble.parked", where=where, error=error)
    return parts.message(say.plain("trouble.headline"), [parts.section(text)])
