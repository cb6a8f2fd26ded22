"""Short private messages: why something cannot be done, and what Slack refused."""

from bot.core import parts
from bot.core.parts import Json
from bot.words import Mrkdwn, Speaker


def notice(speaker: Speaker, text: Mrkdwn) -> Json:
    """A page with one text."""
    return parts.modal(speaker, "notice", "common.bot_name", [parts.section(text)])


def failure_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """A post that Slack refused: where, Slack's error, and what can be done."""
    return _message(speaker, "trouble.headline", speaker.mrkdwn("trouble.failed", where=where, error=error))


def undelivered_notice(speaker: Speaker, _where: Mrkdwn, error: str) -> Json:
    """A private message that Slack refused, without saying to whom."""
    return _message(speaker, "trouble.headline", speaker.mrkdwn("trouble.undelivered", error=error))


def unreadable_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """A post whose words our keys do not open."""
    return _message(speaker, "trouble.headline", speaker.mrkdwn("trouble.sealed", where=where, error=error))


def not_deleted_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """A message that Slack did not let us delete."""
    return _message(speaker, "trouble.stays_headline", speaker.mrkdwn("trouble.stays", where=where, error=error))


def not_invited_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """A person whom Slack did not let us invite to a channel of the bot."""
    return _message(speaker, "trouble.left_out_headline", speaker.mrkdwn("trouble.left_out", where=where, error=error))


def missing_notice(speaker: Speaker, where: Mrkdwn, person: Mrkdwn, error: str) -> Json:
    """The same for the owner of the case, who may know which `person` it is."""
    text = speaker.mrkdwn("trouble.missing", where=where, person=person, error=error)
    return _message(speaker, "trouble.left_out_headline", text)


def not_removed_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """A person who left a case, and whom Slack did not let us remove from its channel."""
    text = speaker.mrkdwn("trouble.still_there", where=where, error=error)
    return _message(speaker, "trouble.still_there_headline", text)


def _message(speaker: Speaker, headline: str, text: Mrkdwn) -> Json:
    return parts.message(speaker.plain(headline), [parts.section(text)])
