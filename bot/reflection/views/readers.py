"""Who reads what somebody writes for a weekly question: the button that is on its card and its form, and its page."""

from bot.core import names, parts
from bot.core.parts import Json
from bot.words import Speaker

_SAYS = ("readers.thread", "readers.form", "readers.server", "readers.along")


def who_reads_button(speaker: Speaker) -> Json:
    """The button that opens the page."""
    return parts.button(speaker.plain("readers.title"), names.WHO_READS)


def who_reads_page(speaker: Speaker) -> Json:
    """Who reads what is typed in the thread and what is written in the form, and who could technically reach it."""
    blocks = [parts.section(speaker.mrkdwn(key)) for key in _SAYS]
    return parts.modal(speaker, names.WHO_READS_PAGE, "readers.title", blocks)
