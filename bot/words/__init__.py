"""The texts of the bot, by key, in Dutch, English and French; their arguments are escaped here."""

from bot.core.text import LANGUAGES
from bot.words.escaping import Html, Mrkdwn, Plain
from bot.words.speech import Speaker, Speakers
