"""What moderators read after a clock that was far ahead planned a question for then."""

from datetime import datetime

from bot.core import parts
from bot.core.parts import Json
from bot.words import Speaker


def planned_again_post(speaker: Speaker, wrong: datetime, right: datetime, zone: str) -> Json:
    """For when the next question was planned, and for when it is now."""
    moments = {"wrong": speaker.moment(wrong, zone), "right": speaker.moment(right, zone)}
    text = speaker.mrkdwn("rhythm.planned_again", **moments)
    return parts.message(speaker.plain("rhythm.headline"), [parts.section(text)])
