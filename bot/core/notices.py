"""Short private messages: why something cannot be done, and what Slack refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.core import parts
from bot.core.parts import Json
from bot.words import Mrkdwn, Speaker

OUR_ERRORS: Final = frozenset({"words_do_not_open", "no_body", "unknown_operation", "uncertain", "our_error"})
"""Our own names for why something could not be done: what they mean is for whoever runs Klankbord."""

_HEADLINES: Final = {"stays": "trouble.stays_headline", "still_there": "trouble.still_there_headline"}
EXPLAINED: Final = (
    "is_archived",
    "not_in_channel",
    "channel_not_found",
    "restricted_action",
    "no_channel",
    "cant_invite",
    "user_disabled",
    "cannot_dm_bot",
    "msg_too_long",
    "not_in_slack",
    "stands_twice",
)
"""Slack's errors that we can explain, and our own for what we may not make, and what is not there or stands twice."""


@dataclass(frozen=True)
class Receipt:
    """One line after a form was sent or a button pressed: what was kept, and what is still open.

    It holds no word that anybody wrote: what it says is for this moment, and Slack may lose it. A `text` that has to be
    made is made when it is told, after Slack got its answer. `button` leads to what else can be done about it.
    """

    text: Mrkdwn | Callable[[], Mrkdwn]
    button: Json | None = None

    def words(self) -> Mrkdwn:
        """What the person reads."""
        return self.text() if callable(self.text) else self.text

    def as_message(self) -> Json:
        """As the message that one person reads."""
        words = self.words()
        return parts.message(str(words), [parts.section(words), *([parts.actions(self.button)] if self.button else [])])


def notice(speaker: Speaker, text: Mrkdwn) -> Json:
    """A page with one text."""
    return parts.modal(speaker, "notice", "common.bot_name", [parts.section(text)])


def failure_notice(speaker: Speaker, what: str, where: Mrkdwn, error: str) -> Json:
    """What could not be done (posted, undelivered, stays, still_there, uninvited, unarchived, not_made,
    not_opened), and why."""
    intro, why = speaker.mrkdwn(f"trouble.{what}", where=where), parts.section(why_it_failed(speaker, error))
    return parts.message(speaker.plain(_HEADLINES.get(what, "trouble.headline")), [parts.section(intro), why])


def why_it_failed(speaker: Speaker, error: str) -> Mrkdwn:
    """Why, and what mends it: in words where we know what Slack means; `error` is Slack's name for it, or our own."""
    if error in OUR_ERRORS:
        return speaker.mrkdwn("trouble.why_ours")
    if error in EXPLAINED:
        return speaker.mrkdwn(f"trouble.why_{error}")
    return speaker.mrkdwn("trouble.why_other", error=error)


def not_invited_notice(speaker: Speaker, where: Mrkdwn, error: str) -> Json:
    """A person whom Slack did not let us invite to a channel of the bot."""
    return _message(speaker, "trouble.left_out_headline", speaker.mrkdwn("trouble.left_out", where=where, error=error))


def missing_notice(speaker: Speaker, where: Mrkdwn, person: Mrkdwn, error: str) -> Json:
    """The same for the owner of the case, who may know which `person` it is."""
    text = speaker.mrkdwn("trouble.missing", where=where, person=person, error=error)
    return _message(speaker, "trouble.left_out_headline", text)


def _message(speaker: Speaker, headline: str, text: Mrkdwn) -> Json:
    return parts.message(speaker.plain(headline), [parts.section(text)])
