"""The private words for a form or page that did not open."""

from bot.core import parts
from bot.core.parts import Json
from bot.words import Speaker


def unopened_notice(speaker: Speaker, key: str, button: tuple[str, str] | None, *, is_in_form: bool) -> Json:
    """The text at `key`, what to do where a form may still be open, and the button (its action and value), if any."""
    blocks = [parts.section(speaker.mrkdwn(key))]
    if is_in_form:
        blocks.append(parts.context(speaker.mrkdwn("unopened.in_form")))
    if button:
        blocks.append(parts.actions(parts.button(speaker.plain("unopened.again"), *button)))
    return parts.message(speaker.plain(key), blocks)
