"""What can be done with a whole journal, explained beforehand: taking it along, wiping it, letting it stay."""

from bot.core import names, parts
from bot.core.parts import Json
from bot.journal.surfaces import EXPORT_FORMS, ExportPage
from bot.words import Speaker


def export_page(speaker: Speaker, page: ExportPage) -> Json:
    """In which forms it can be taken along, and where the file will be."""
    buttons = [parts.button(speaker.plain(f"journal.as_{form}"), action) for action, form in EXPORT_FORMS.items()]
    blocks = [parts.section(speaker.mrkdwn("journal.export_means")), parts.actions(*buttons)]
    return parts.modal(speaker, names.JOURNAL_EXPORT_PAGE, "journal.title", blocks, page.to_metadata())


def export_sent_page(speaker: Speaker) -> Json:
    """The page after a file was asked for."""
    blocks = [parts.section(speaker.mrkdwn("journal.on_its_way"))]
    return parts.modal(speaker, names.JOURNAL_EXPORT_PAGE, "journal.title", blocks)


def confirm_wipe_page(speaker: Speaker) -> Json:
    """What wiping everything does to what was shared, and the button that does it."""
    wipe = parts.button(speaker.plain("journal.wipe_for_good"), names.JOURNAL_WIPE_FOR_GOOD, style="danger")
    blocks = [parts.section(speaker.mrkdwn("journal.wipe_means")), parts.actions(wipe)]
    return parts.modal(speaker, names.JOURNAL_WIPE_PAGE, "journal.title", blocks)


def journal_wiped_page(speaker: Speaker) -> Json:
    """The page after everything is gone."""
    blocks = [parts.section(speaker.mrkdwn("journal.wiped"))]
    return parts.modal(speaker, names.JOURNAL_WIPE_PAGE, "journal.title", blocks)


def yearly_question(speaker: Speaker, year: str) -> Json:
    """Asks in private, once a year, whether everything may stay."""
    buttons = (
        parts.button(speaker.plain("journal.let_it_stay"), names.JOURNAL_STAYS, year),
        parts.button(speaker.plain("journal.look"), names.JOURNAL),
        parts.button(speaker.plain("journal.wipe"), names.JOURNAL_WIPE),
    )
    blocks = [parts.section(speaker.mrkdwn("journal.may_it_stay")), parts.actions(*buttons)]
    return parts.message(speaker.plain("journal.title"), blocks)


def yearly_answer(speaker: Speaker) -> Json:
    """What that message becomes when all may stay."""
    return parts.message(speaker.plain("journal.title"), [parts.section(speaker.mrkdwn("journal.stays"))])
