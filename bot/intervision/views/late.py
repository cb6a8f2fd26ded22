"""What came after its step had closed: shown to its writer, and in the thread if the writer wants that."""

from bot.core import names, parts
from bot.core.parts import Json, messages
from bot.intervision.views.text import text_blocks
from bot.intervision.views.words import confirm_dialog
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, escape


def late_letter(speaker: Speaker, late_id: str, text: str, about: Mrkdwn) -> list[Json]:
    """The private messages that say the step has closed, show the words, and offer what can be done with them.

    `about` says of which step, and where.
    """
    said = [parts.context(about), parts.section(speaker.mrkdwn("late.kept")), *text_blocks(text)]
    blocks = [*said, *_choice(speaker, late_id)]
    return messages(speaker.plain("late.letter_notice"), blocks)


def unsent_advice_letter(speaker: Speaker, late_id: str, text: str, about: Mrkdwn) -> list[Json]:
    """The private messages after a case to who set advice aside that got no place in it."""
    said = [parts.context(about), parts.section(speaker.mrkdwn("late.left_over")), *text_blocks(text)]
    blocks = [*said, *_choice(speaker, late_id)]
    return messages(speaker.plain("late.left_over_notice"), blocks)


def about_late(heading: str, channel: str | None) -> Mrkdwn:
    """Which step this is about, and in which channel, if there is one with a name."""
    said = Mrkdwn(escape(heading, Mrkdwn))
    return Mrkdwn(f"{said} · {channel_link(channel)}") if channel else said


def late_letter_done(speaker: Speaker, key: str) -> Json:
    """What became of it, where the private message stood."""
    return parts.message(speaker.plain("late.letter_notice"), [parts.section(speaker.mrkdwn(key))])


def late_shared(speaker: Speaker, author: Mrkdwn, text: str) -> list[Json]:
    """The messages in the step's thread; `author` is a name, which notifies nobody of their own words."""
    return messages(
        speaker.plain("late.notice"),
        [parts.section(speaker.mrkdwn("late.by", who=author)), *text_blocks(text)],
    )


def _choice(speaker: Speaker, late_id: str) -> list[Json]:
    sure = confirm_dialog(speaker, "late_wipe")
    share = parts.button(speaker.plain("late.share"), names.LATE_SHARED, late_id)
    wipe = parts.button(speaker.plain("late.wipe"), names.LATE_WIPED, late_id, confirm=sure)
    return [parts.actions(share, wipe), parts.context(speaker.mrkdwn("late.how"))]
