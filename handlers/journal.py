"""My journal: `/reflect journal`, its button in Home, and the window in which one leafs, searches and wipes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.bot import Bot
from bot.core import names
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.journal.insights import InsightDraft
from bot.journal.views.insights import SENTENCE
from bot.journal.views.page import ALL, INSIGHTS, PERIOD, SEARCH, THEME, JournalSearch
from handlers.router import Interaction, Router

# What can be typed behind `/reflect`.
WORDS = {"journal", "dagboek"}
_MOST_PAGES = 10_000


def register(router: Router) -> None:
    """Connect the surfaces of the journal."""
    journal, own_words = router.bot.journal, router.bot.journal_export
    within = partial(in_journal, router.bot)

    def page(interaction: Interaction, number: int) -> Json:
        return journal.open_journal_page(interaction.user, _sought(interaction, number), interaction.now)

    def from_here(show: Callable[[Interaction], Json]) -> Callable[[Interaction], Json]:
        """What `show` gives, with the way back to this page."""

        def shown(interaction: Interaction) -> Json:
            pointer = journal.pointer_to(_sought(interaction, _page(interaction.pointers)))
            return journal.way_back(interaction.user, show(interaction), pointer)

        return shown

    router.on_open(
        names.JOURNAL, lambda interaction: journal.open_journal_page(interaction.user, JournalSearch(), interaction.now)
    )
    router.on_open(names.JOURNAL_SIEVE, lambda interaction: page(interaction, 0))
    for leaf in (names.JOURNAL_NEWER, names.JOURNAL_OLDER):
        router.on_open(leaf, lambda interaction: page(interaction, _number(interaction.value)))
    router.on_open(
        names.JOURNAL_ENTRY,
        from_here(lambda interaction: journal.open_entry(interaction.user, interaction.value, interaction.now)),
    )
    router.on_open(
        names.INSIGHT,
        from_here(lambda interaction: router.bot.insights.open_insight_page(interaction.user, interaction.value)),
    )
    for action, theme in {names.INSIGHTS: INSIGHTS, names.NOT_INSIGHTS: ""}.items():
        router.on_open(action, partial(_apart, router.bot, theme))
    router.on_open(
        names.JOURNAL_BACK,
        lambda interaction: journal.go_back(interaction.user, _pointer(interaction.pointers), interaction.now),
    )
    router.on_action(
        names.FORGET_REPLY,
        within(lambda interaction: journal.forget_reply(interaction.user, interaction.value, interaction.now)),
    )
    router.on_open(names.JOURNAL_EXPORT, within(lambda interaction: own_words.open_export_page(interaction.user)))
    for form, action in names.JOURNAL_FILES.items():
        router.on_action(action, within(partial(_file, router.bot, form)))
    router.on_open(names.JOURNAL_WIPE, within(lambda interaction: own_words.open_wipe_page(interaction.user)))
    router.on_action(
        names.JOURNAL_WIPE_FOR_GOOD, lambda interaction: own_words.wipe_journal(interaction.user, interaction.now)
    )
    router.on_action(
        names.JOURNAL_STAYS, lambda interaction: own_words.keep_another_year(interaction.user, str(interaction.value))
    )


def behind_reflect(bot: Bot, interaction: Interaction) -> Json | None:
    """What `/reflect` opens for a word of ours behind it; None for any other."""
    return (
        bot.journal.open_journal_page(interaction.user, JournalSearch(), interaction.now)
        if interaction.text.lower() in WORDS
        else None
    )


def searched(bot: Bot, interaction: Interaction) -> Json | None:
    """What a journal's window shows when it is sent; None for a window that is none of its pages."""
    return (
        bot.journal.open_journal_page(interaction.user, _sought(interaction, 0), interaction.now)
        if SEARCH in interaction.fields
        else None
    )


def in_journal(bot: Bot, show: Callable[[Interaction], Json]) -> Callable[[Interaction], Json]:
    """What `show` gives, with the way back if it was the journal that it was opened from."""

    def shown(interaction: Interaction) -> Json:
        view = show(interaction)
        pointer = _pointer(interaction.pointers)
        return bot.journal.way_back(interaction.user, view, pointer) if pointer else view

    return shown


def _apart(bot: Bot, theme: str, interaction: Interaction) -> Json:
    """The first page of what was looked for, among insights alone or everything."""
    return bot.journal.open_journal_page(
        interaction.user, replace(_sought(interaction, 0), theme=theme), interaction.now
    )


def _file(bot: Bot, form: str, interaction: Interaction) -> Json:
    return bot.journal_export.export_journal(interaction.user, form, interaction.pointers, interaction.now)


def _sought(interaction: Interaction, page: int) -> JournalSearch:
    chosen = {name: str(interaction.fields.get(name) or "") for name in (THEME, PERIOD, SEARCH)}
    if THEME not in interaction.fields:
        # A page of insights alone, or of a short journal, has no choice of themes.
        chosen[THEME] = str(_pointer(interaction.pointers).get("theme", ""))
    theme, period = ("" if chosen[name] == ALL else chosen[name] for name in (THEME, PERIOD))
    return JournalSearch(theme, period, chosen[SEARCH], page)


def _pointer(pointers: Json) -> Json:
    found = pointers.get("journal")
    return found if isinstance(found, dict) else {}


def _page(pointers: Json) -> int:
    page = _pointer(pointers).get("page")
    return page if isinstance(page, int) else 0


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value[:9]) > _MOST_PAGES:
        raise Refusal("common.gone")
    return int(value[:9])


def register_insights(router: Router) -> None:
    """Connect the surfaces of insights."""
    bot, insights = router.bot, router.bot.insights
    for action, opened in {
        names.MAKE_INSIGHT: lambda interaction: insights.open_insight_form(
            interaction.user, interaction.value, interaction.now
        ),
        names.CHANGE_INSIGHT: lambda interaction: insights.open_change_form(interaction.user, interaction.value),
    }.items():
        router.on_open(action, in_journal(bot, opened))
    for action, acted in {
        names.KEEP_INSIGHT: lambda interaction: insights.keep_insight(interaction.user, interaction.value),
        names.SHARE_INSIGHT: lambda interaction: insights.share_insight(interaction.user, interaction.value),
        names.WIPE_INSIGHT: lambda interaction: insights.wipe_insight(interaction.user, interaction.value),
    }.items():
        router.on_action(action, in_journal(bot, acted))


def written(bot: Bot, interaction: Interaction) -> Json | None:
    """What the window shows when the form of an insight is sent; None for a window that is none."""
    return (
        bot.insights.submit_insight(interaction.user, _insight_draft(interaction), interaction.now)
        if SENTENCE in interaction.fields
        else None
    )


def _insight_draft(interaction: Interaction) -> InsightDraft:
    of, insight, form = (str(interaction.pointers.get(name) or "") for name in ("of", "insight", "form"))
    return InsightDraft(of, insight, form, str(interaction.fields[SENTENCE] or ""))
