"""My journal and its insights: `/reflect journal`, its button in Home, and the window to read, search and wipe it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar, cast

from bot.bot import Bot
from bot.core import names
from bot.core.notices import Receipt
from bot.core.parts import Json
from bot.journal.surfaces import (
    EXPORT_FORMS,
    INSIGHTS,
    ExportPage,
    InsightForm,
    JournalPlace,
    JournalSearch,
    TakeAlongForm,
    page_number,
)
from handlers.interaction import Interaction
from handlers.router import Router

# What can be typed after `/reflect`.
WORDS = {"journal", "dagboek"}

Shown = TypeVar("Shown", bound=Json | Receipt | None)


def register(router: Router) -> None:
    """Connect the surfaces of the journal and of insights."""
    bot = router.bot
    for action, show in _PAGES.items():
        router.on_open(action, partial(show, bot))
    for action, show in _OPENS.items():
        router.on_open(action, in_journal(bot, show))
    for action, act in _ACTIONS.items():
        router.on_action(action, in_journal(bot, act))
    for action, form in EXPORT_FORMS.items():
        router.on_action(action, in_journal(bot, partial(export_journal, form=form)))
    router.on_action(names.JOURNAL_WIPE_FOR_GOOD, lambda it: bot.journal_retention.wipe_journal(it.user, it.now))
    router.on_action(names.JOURNAL_STAYS, lambda it: bot.journal_retention.keep_another_year(it.user, str(it.value)))
    router.on_form(names.JOURNAL_PAGE, partial(search_journal, bot))
    router.on_form(names.INSIGHT_FORM, in_journal(bot, submit_insight))
    router.on_open(names.TAKE_ALONG, lambda it: bot.case_insights.open_take_along_form(it.user, it.value))
    router.on_form(names.TAKE_ALONG_FORM, partial(submit_take_along_form, bot))


def open_named(bot: Bot, interaction: Interaction) -> Json | None:
    """The journal, if the word after `/reflect` names it."""
    return open_journal(bot, interaction) if interaction.text.lower() in WORDS else None


def in_journal(bot: Bot, show: Callable[[Bot, Interaction], Shown]) -> Callable[[Interaction], Shown]:
    """What `show` gives; a page or form has the way back if it was opened from the journal."""

    def shown(interaction: Interaction) -> Shown:
        view, place = show(bot, interaction), JournalPlace.from_metadata(interaction.pointers)
        if place and isinstance(view, dict):
            return cast(Shown, bot.journal.add_way_back(interaction.user, view, place))
        return view

    return shown


def open_journal(bot: Bot, interaction: Interaction) -> Json:
    """The first page of the journal."""
    return bot.journal.open_journal_page(interaction.user, JournalSearch(), interaction.now)


def search_journal(bot: Bot, interaction: Interaction) -> Json:
    """The first page of what is searched for."""
    return _open_page(bot, interaction, _search(interaction))


def _open_page(bot: Bot, interaction: Interaction, search: JournalSearch) -> Json:
    return bot.journal.open_journal_page(interaction.user, search, interaction.now)


def open_entry(bot: Bot, interaction: Interaction) -> Json:
    """One entry, with the way back to this page."""
    view = bot.journal.open_entry(interaction.user, interaction.value, interaction.now)
    return _with_way_back_here(bot, interaction, view)


def open_insight(bot: Bot, interaction: Interaction) -> Json:
    """One insight, with the way back to this page."""
    view = bot.insights.open_insight_page(interaction.user, interaction.value)
    return _with_way_back_here(bot, interaction, view)


def export_journal(bot: Bot, interaction: Interaction, form: str) -> Json:
    """Send the journal as a file of this form."""
    page = ExportPage.from_metadata(interaction.pointers)
    return bot.journal_export.export_journal(interaction.user, form, page, interaction.now)


def submit_insight(bot: Bot, interaction: Interaction) -> Json:
    """The form of an insight was sent."""
    form = InsightForm.from_sent(interaction.pointers, interaction.fields)
    return bot.insights.submit_insight(interaction.user, form, interaction.now)


def submit_take_along_form(bot: Bot, interaction: Interaction) -> Receipt:
    """The form after a case was sent."""
    form = TakeAlongForm.from_sent(interaction.pointers, interaction.fields)
    return bot.case_insights.submit_take_along_form(interaction.user, form, interaction.now)


def _search(interaction: Interaction, page: int = 0) -> JournalSearch:
    return JournalSearch.from_sent(interaction.pointers, interaction.fields, page)


def _place(interaction: Interaction) -> JournalPlace:
    """The page of the journal from which this window was opened, else the first."""
    return JournalPlace.from_metadata(interaction.pointers) or JournalPlace()


def _with_way_back_here(bot: Bot, interaction: Interaction, view: Json) -> Json:
    place = bot.journal.place_of(_search(interaction, _place(interaction).page))
    return bot.journal.add_way_back(interaction.user, view, place)


# Pages of the journal and its entries; what opens from them with a way back; and buttons that change something.
_PAGES: dict[str, Callable[[Bot, Interaction], Json]] = {
    names.JOURNAL: open_journal,
    names.JOURNAL_FILTER: search_journal,
    names.JOURNAL_NEWER: lambda bot, it: _open_page(bot, it, _search(it, page_number(it.value))),
    names.JOURNAL_OLDER: lambda bot, it: _open_page(bot, it, _search(it, page_number(it.value))),
    names.JOURNAL_ENTRY: open_entry,
    names.JOURNAL_BACK: lambda bot, it: bot.journal.go_back(it.user, _place(it), it.now),
    names.INSIGHT: open_insight,
    names.INSIGHTS: lambda bot, it: _open_page(bot, it, replace(_search(it), theme=INSIGHTS)),
    names.NOT_INSIGHTS: lambda bot, it: _open_page(bot, it, replace(_search(it), theme="")),
}
_OPENS: dict[str, Callable[[Bot, Interaction], Json]] = {
    names.JOURNAL_EXPORT: lambda bot, it: bot.journal_export.open_export_page(it.user),
    names.JOURNAL_WIPE: lambda bot, it: bot.journal_retention.open_wipe_page(it.user),
    names.MAKE_INSIGHT: lambda bot, it: bot.insights.open_insight_form(it.user, it.value, it.now),
    names.CHANGE_INSIGHT: lambda bot, it: bot.insights.open_change_form(it.user, it.value),
}
_ACTIONS: dict[str, Callable[[Bot, Interaction], Json]] = {
    names.FORGET_REPLY: lambda bot, it: bot.journal.forget_reply(it.user, it.value, it.now),
    names.KEEP_INSIGHT: lambda bot, it: bot.insights.keep_insight(it.user, it.value),
    names.SHARE_INSIGHT: lambda bot, it: bot.insights.share_insight(it.user, it.value),
    names.WIPE_INSIGHT: lambda bot, it: bot.insights.wipe_insight(it.user, it.value),
}
