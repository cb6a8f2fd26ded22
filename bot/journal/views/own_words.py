"""What can be done with a whole journal, said plainly beforehand: taking it along, wiping it, letting it stay."""

from bot.core import blocks as parts
from bot.core import names
from bot.core.blocks import Json
from bot.words import Speaker


def export_page(say: Speaker, pointers: Json) -> Json:
    """As what it can be taken along, and where the file will be."""
    buttons = [parts.button(say.plain(f"journal.as_{form}"), action) for form, action in names.JOURNAL_FILES.items()]
    return _window(say, [parts.section(say.mrkdwn("journal.export_means")), parts.actions(*buttons)], pointers)


def export_sent_page(say: Speaker) -> Json:
    """The page after a file was asked for."""
    return _window(say, [parts.section(say.mrkdwn("journal.on_its_way"))], {})


def confirm_wipe_page(say: Speaker) -> Json:
    """What wiping everything does to what was shared; and the button that does it."""
    wipe = parts.button(say.plain("journal.wipe_for_good"), names.JOURNAL_WIPE_FOR_GOOD, style="danger")
    return _window(say, [parts.section(say.mrkdwn("journal.wipe_means")), parts.actions(wipe)], {})


def journal_wiped_page(say: Speaker) -> Json:
    """The page after everything is gone."""
    return _window(say, [parts.section(say.mrkdwn("journal.wiped"))], {})


def yearly_question(say: Speaker, year: str) -> Json:
    """Asked in private, once a year."""
    buttons = (
        parts.button(say.plain("journal.let_it_stay"), names.JOURNAL_STAYS, year),
        parts.button(say.plain("journal.look"), names.JOURNAL),
        parts.button(say.plain("journal.wipe"), names.JOURNAL_WIPE),
    )
    blocks = [parts.section(say.mrkdwn("journal.may_it_stay")), parts.actions(*buttons)]
    return parts.message(say.plain("journal.title"), blocks)


def yearly_answer(say: Speaker) -> Json:
    """What that word becomes when all may stay."""
    return parts.message(say.plain("journal.title"), [parts.section(say.mrkdwn("journal.stays"))])


def _window(say: Speaker, blocks: list[Json], pointers: Json) -> Json:
    return parts.modal(
        names.REFLECTION, say.plain("journal.title"), blocks, pointers=pointers, close=say.plain("common.close")
    )
