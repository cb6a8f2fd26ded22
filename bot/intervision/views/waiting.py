"""What the people of a case read while it waits for its place, and when it goes on."""

from dataclasses import dataclass

from bot.circles.types import lost_place_text
from bot.core import parts
from bot.core.parts import Json
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, mention

# Of these a case has words of its own, since what mends them is not what mends a circle's.
_OWN_WORDS = ("not_made", "not_opened", "deleted")


@dataclass(frozen=True)
class WaitingCase:
    """A case that waits. `channel` is Slack's id, where there is one; `owner` is empty where the owner reads it."""

    reason: str
    method: str
    channel: str | None
    owner: str | None


def waits_notice(speaker: Speaker, case: WaitingCase) -> Json:
    """In private, to one of its people: which case waits, why, and what mends it."""
    if case.owner:
        intro = speaker.mrkdwn("waits.of_owner", owner=mention(case.owner), method=case.method)
    else:
        intro = speaker.mrkdwn("waits.yours", method=case.method)
    why = why_it_waits(speaker, case.reason, case.channel)
    return parts.message(speaker.plain("waits.headline"), [parts.section(intro), parts.section(why)])


def why_it_waits(speaker: Speaker, reason: str, channel: str | None) -> Mrkdwn:
    """Why a case waits, and what mends it."""
    if reason in _OWN_WORDS or channel is None:
        return speaker.mrkdwn(f"waits.{reason}" if reason in _OWN_WORDS else "waits.not_opened")
    return lost_place_text(speaker, reason, channel_link(channel))


def goes_on_post(speaker: Speaker, until: str | None) -> Json:
    """In its place, once: it goes on, and until when people can write."""
    text = speaker.mrkdwn("waits.goes_on_until", until=until) if until else speaker.mrkdwn("waits.goes_on")
    return parts.message(speaker.plain("waits.goes_on_headline"), [parts.section(text)])
