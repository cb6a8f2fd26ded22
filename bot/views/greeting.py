"""The bot's first words in a channel, and what they become once the circle is set up."""

from bot.rules.rhythm import Rhythm
from bot.views import names, parts
from bot.views.parts import Json
from bot.views.rhythm import in_words
from bot.words import Speaker


def hello(say: Speaker) -> Json:
    """Who we are, what we do and what is kept, with the way to begin."""
    blocks = [
        parts.section(say.mrkdwn("greeting.hello")),
        parts.context(say.mrkdwn("greeting.before_set_up")),
        parts.actions(parts.button(say.plain("greeting.set_up"), names.SET_UP, style="primary")),
    ]
    return parts.message(say.plain("greeting.headline"), blocks)


def ready(say: Speaker, rhythm: Rhythm) -> Json:
    """The circle is set up: when the prompt comes, and the three commands."""
    blocks = [
        parts.section(say.mrkdwn("greeting.ready", rhythm=in_words(say, rhythm))),
        parts.section(say.mrkdwn("greeting.commands")),
        parts.context(say.mrkdwn("greeting.what_is_kept")),
    ]
    return parts.message(say.plain("greeting.ready_headline"), blocks)
