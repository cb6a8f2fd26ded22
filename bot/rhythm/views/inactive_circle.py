"""What a circle is asked after three silent rounds."""

from bot.circles.types import CirclePointer
from bot.core import names, parts
from bot.core.parts import Json
from bot.words import Speaker


def inactive_question(speaker: Speaker, circle: CirclePointer) -> Json:
    """Three ways on; each but the first is a proposal to which others can object."""
    confirm = parts.confirm(speaker, "silence.rest", "silence.rest_means", "rhythm.propose")
    blocks = [
        parts.section(speaker.mrkdwn("silence.asked")),
        parts.actions(
            parts.button(speaker.plain("silence.go_on"), names.GO_ON, circle.to_value()),
            parts.button(speaker.plain("silence.other_rhythm"), names.OTHER_RHYTHM, circle.to_value()),
            parts.button(speaker.plain("silence.rest"), names.REST, circle.to_value(), confirm=confirm),
        ),
        parts.context(speaker.mrkdwn("silence.who_may")),
    ]
    return parts.message(speaker.plain("silence.headline"), blocks)


def inactive_answered(speaker: Speaker, answer: str) -> Json:
    """What the question becomes once it has its `answer`: goes_on or proposed."""
    text = speaker.mrkdwn(f"silence.{answer}")
    return parts.message(speaker.plain("silence.headline"), [parts.section(text)])
