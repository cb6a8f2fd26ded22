"""What somebody reads in one line after sending a form of a step, or saying that there is nothing to add."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.core.notices import Receipt
from bot.intervision.rules.readers import visibility
from bot.library.protocol import Step
from bot.words import Mrkdwn, Speaker


@dataclass(frozen=True)
class KeptWords:
    """What is so in a step once its form was sent.

    `closes_at` is until when it can be changed, None once the step is closed; `zone` is the circle's. `has_words`: the
    writer has something there still. `left_open` is how many of the places to answer are open, `room_left` how many
    more the step asks. `again` is as in `views.card`.
    """

    step: Step
    closes_at: datetime | None
    zone: str
    has_words: bool = True
    left_open: int = 0
    room_left: int = 0
    live: bool = False
    again: str = ""


def kept_receipt(speaker: Speaker, kept: KeptWords) -> Receipt:
    """What was kept, who reads it when, until when it can be changed, and what is still open."""
    return Receipt(partial(_kept, speaker, kept))


def _kept(speaker: Speaker, kept: KeptWords) -> Mrkdwn:
    if kept.again == "put_back":
        return speaker.mrkdwn("receipt.put_back")
    until = speaker.moment(kept.closes_at, kept.zone) if kept.closes_at else ""
    said = [speaker.mrkdwn(_what_was_kept(kept), until=until)]
    if kept.left_open and kept.has_words:
        said.append(speaker.mrkdwn("receipt.left_open", n=kept.left_open))
    if kept.room_left and kept.closes_at and kept.has_words:
        said.append(speaker.mrkdwn("receipt.room_left", n=kept.room_left))
    return Mrkdwn(" ".join(said))


def _what_was_kept(kept: KeptWords) -> str:
    """The key of the words for it."""
    if kept.closes_at is None:
        return "receipt.closed"
    if not kept.has_words:
        return "receipt.withdrawn_live" if kept.live else "receipt.withdrawn"
    return f"live.kept_{visibility(kept.step)}" if kept.live else f"receipt.{visibility(kept.step)}"


def passed_receipt(speaker: Speaker, until: str | None) -> Receipt:
    """After "nothing to add"."""
    return Receipt(speaker.mrkdwn("receipt.passed", until=until) if until else speaker.mrkdwn("receipt.passed_closed"))


def set_aside_receipt(speaker: Speaker) -> Receipt:
    """After only advice for later was written."""
    return Receipt(speaker.mrkdwn("receipt.aside"))
