"""Asks Slack who we are when it said nothing for a while: health knows of a refused token also in a quiet night."""

from datetime import timedelta
from typing import Final

from bot.bot import Bot
from bot.slack.errors import SlackError

# With the period of the scheduler and the time that a call may take, less than a minute.
ASKS_AFTER: Final = timedelta(seconds=30)


def ask_slack(bot: Bot) -> None:
    """Ask, unless Slack answered well a moment ago. What it says is noted in `bot.slack_answers`."""
    status = bot.slack_answers.status()
    if status.good_age is not None and status.good_age < ASKS_AFTER and not status.refused:
        return
    try:
        bot.slack_answers.forget_refusals(bot.interactive_slack.granted_scopes())
    except SlackError:
        # It is noted where every answer is.
        return
