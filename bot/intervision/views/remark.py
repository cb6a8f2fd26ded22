"""A private word about what somebody types in a case's channel."""

from bot.core import blocks as parts
from bot.core.blocks import Json
from bot.intervision.views.words import text_key
from bot.words import Speaker


def first_remark(say: Speaker, *, of_two: bool = False) -> Json:
    """Said once: it is welcome, and contributions come through the button."""
    return parts.message(
        say.plain("case.remark_headline"), [parts.section(say.mrkdwn(text_key("remark_first", of_two)))]
    )


def remarks_still_there(say: Speaker) -> Json:
    """In the thread of a step whose words were wiped: what people typed there stands in Slack, and is theirs."""
    return parts.message(say.plain("kept.stand_headline"), [parts.context(say.mrkdwn("kept.stand"))])
