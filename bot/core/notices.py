"""Short private words: a page that says why something cannot be done, a line for who can mend something."""

from bot.core import parts
from bot.core.parts import Json
from bot.words import Mrkdwn, Plain, Speaker


def notice(speaker: Speaker, text: Mrkdwn) -> Json:
    """A page with one thing to read."""
    title, close = speaker.plain("common.bot_name"), speaker.plain("common.close")
    return parts.modal("notice", title, [parts.section(text)], pointers={}, close=close)


def failure_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """What Slack refused and where, and what can be done about it."""
    return _told(speaker.plain("trouble.headline"), speaker.mrkdwn("trouble.parked", where=where, error=error))


def undelivered_notice(speaker: Speaker, _where: Mrkdwn, error: str) -> Json:
    """A private message that Slack refused: nobody else needs to know to whom."""
    return _told(speaker.plain("trouble.headline"), speaker.mrkdwn("trouble.undelivered", error=error))


def unreadable_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """Words that were to be posted, and that our key does not open."""
    return _told(speaker.plain("trouble.headline"), speaker.mrkdwn("trouble.sealed", where=where, error=error))


def still_there_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """A message that was to be taken away, and still stands there."""
    return _told(speaker.plain("trouble.stays_headline"), speaker.mrkdwn("trouble.stays", where=where, error=error))


def not_invited_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """Slack does not let somebody into a channel of ours."""
    return _told(
        speaker.plain("trouble.left_out_headline"), speaker.mrkdwn("trouble.left_out", where=where, error=error)
    )


def missing_notice(speaker: Speaker, where: Mrkdwn, person: Mrkdwn, error: str) -> Json:
    """For whose case it is: whom Slack does not let into its channel."""
    text = speaker.mrkdwn("trouble.missing", where=where, person=person, error=error)
    return _told(speaker.plain("trouble.left_out_headline"), text)


def still_there(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """Somebody left a case, and Slack does not let us take them out of its channel."""
    return _told(
        speaker.plain("trouble.still_there_headline"), speaker.mrkdwn("trouble.still_there", where=where, error=error)
    )


def _told(headline: Plain, text: Mrkdwn) -> Json:
    return parts.message(headline, [parts.section(text)])
