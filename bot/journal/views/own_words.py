"""What can be done with a whole journal, said plainly beforehand: taking it along, wiping it, letting it stay."""

from bot.core import names, parts
from bot.core.parts import Json
from bot.words import Speaker


def export_page(speaker: Speaker, pointers: Json) -> Json:
    """As what it can be taken along, and where the file will be."""
    buttons = [
        parts.button(speaker.plain(f"journal.as_{form}"), action) for form, action in names.JOURNAL_FILES.items()
    ]
    return _window(speaker, [parts.section(speaker.mrkdwn("journal.export_means")), parts.actions(*buttons)], pointers)


def export_sent_page(speaker: Speaker) -> Json:
    """The page after a file was asked for."""
    return _window(speaker, [parts.section(speaker.mrkdwn("journal.on_its_way"))], {})


def confirm_wipe_page(speaker: Speaker) -> Json:
    """What wiping everything does to what was shared; and the button that does it."""
    wipe = parts.button(speaker.plain("journal.wipe_for_good"), names.JOURNAL_WIPE_FOR_GOOD, style="danger")
    return _window(speaker, [parts.section(speaker.mrkdwn("journal.wipe_means")), parts.actions(wipe)], {})


def journal_wiped_page(speaker: Speaker) -> Json:
    """The page after everything is gone."""
    return _window(speaker, [parts.section(speaker.mrkdwn("journal.wiped"))], {})


def yearly_question(speaker: Speaker, year: str) -> Json:
    """Asked in private, once a year."""
    buttons = (
        parts.button(speaker.plain("journal.let_it_stay"), names.JOURNAL_STAYS, year),
        parts.button(speaker.plain("journal.look"), names.JOURNAL),
        parts.button(speaker.plain("journal.wipe"), names.JOURNAL_WIPE),
    )
    blocks = [parts.section(speaker.mrkdwn("journal.may_it_stay")), parts.actions(*buttons)]
    return parts.message(speaker.plain("journal.title"), blocks)


def yearly_answer(speaker: Speaker) -> Json:
    """What that word becomes when all may stay."""
    return parts.message(speaker.plain("journal.title"), [parts.section(speaker.mrkdwn("journal.stays"))])


def _window(speaker: Speaker, blocks: list[Json], pointers: Json) -> Json:
    return parts.modal(
        names.REFLECTION, speaker.plain("journal.title"), blocks, pointers=pointers, close=speaker.plain("common.close")
    )
