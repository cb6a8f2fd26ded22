"""What a circle is asked after three silent rounds."""

from bot.core import blocks as parts
from bot.core import names
from bot.core.blocks import Json
from bot.words import Speaker


def inactive_question(say: Speaker, circle: str) -> Json:
    """Three ways on; each but the first is a proposal to which others can object."""
    means = say.plain("silence.rest_means")
    sure = parts.confirm(say.plain("silence.rest"), means, say.plain("rhythm.propose"), say.plain("common.cancel"))
    blocks = [
        parts.section(say.mrkdwn("silence.asked")),
        parts.actions(
            parts.button(say.plain("silence.go_on"), names.GO_ON, circle),
            parts.button(say.plain("silence.other_rhythm"), names.OTHER_RHYTHM, circle),
            parts.button(say.plain("silence.rest"), names.REST, circle, confirm=sure),
        ),
        parts.context(say.mrkdwn("silence.who_may")),
    ]
    return parts.message(say.plain("silence.headline"), blocks)


def inactive_answered(say: Speaker, answer: str) -> Json:
    """What became of it: `answer` is goes_on or proposed."""
    text = say.mrkdwn(f"silence.{answer}")
    return parts.message(say.plain("silence.headline"), [parts.section(text)])
