"""What the bot says: texts by key in Dutch, English and French, and the one place where arguments are escaped."""

from bot.core.text import LANGUAGES
from bot.words.escaping import Html, Mrkdwn, Plain
from bot.words.speech import Speaker, Speakers

__all__ = ["LANGUAGES", "Html", "Mrkdwn", "Plain", "Speaker", "Speakers"]
