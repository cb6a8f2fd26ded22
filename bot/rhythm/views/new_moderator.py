"""What a circle that nobody looks after is asked, and the form for whoever does from now on."""

from collections.abc import Sequence

from bot.circles.types import CirclePointer, named_people
from bot.core import names, parts
from bot.core.parts import Json
from bot.words import Speaker


def who_looks_after(speaker: Speaker, circle: CirclePointer) -> Json:
    """To the circle: nobody looks after it now; anybody in it can."""
    button = parts.button(speaker.plain("moderator.show_form"), names.LOOK_AFTER, circle.to_value(), style="primary")
    blocks = [parts.section(speaker.mrkdwn("moderator.asked")), parts.actions(button)]
    return parts.message(speaker.plain("moderator.headline"), blocks)


def moderator_form(speaker: Speaker, circle: CirclePointer) -> Json:
    """What a moderator does, in a few words; sending it is saying yes."""
    blocks = [parts.section(speaker.mrkdwn("moderator.what")), parts.context(speaker.mrkdwn("moderator.passing_on"))]
    pointers = {"circle": circle.circle}
    title = "moderator.title"
    return parts.modal(speaker, names.LOOK_AFTER_FORM, title, blocks, pointers, submit="moderator.take_on")


def moderator_found(speaker: Speaker, moderators: Sequence[str]) -> Json:
    """What the question becomes once these people (Slack's ids) look after the circle."""
    text = speaker.mrkdwn("moderator.found", who=named_people(speaker, moderators))
    return parts.message(speaker.plain("moderator.headline"), [parts.section(text)])
