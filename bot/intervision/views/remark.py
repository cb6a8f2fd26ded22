"""A private word about what somebody types in a case's channel."""

from bot.core import parts
from bot.core.parts import Json
from bot.intervision.views.words import text_key
from bot.words import Speaker


def first_remark(speaker: Speaker, *, of_two: bool = False) -> Json:
    """Said once: it is welcome, and contributions come through the button."""
    welcome = parts.section(speaker.mrkdwn(text_key("remark_first", of_two)))
    return parts.message(speaker.plain("case.remark_headline"), [welcome])


def remarks_still_there(speaker: Speaker) -> Json:
    """In the thread of a step whose words were wiped: what people typed there is still in Slack, and is theirs."""
    return parts.message(speaker.plain("kept.stand_headline"), [parts.context(speaker.mrkdwn("kept.stand"))])
