"""My journal: `/reflect journal`, its button in Home, and the window in which one leafs, searches and wipes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.bot import Bot
from bot.core import names
from bot.core.blocks import Json
from bot.core.errors import Refusal
from bot.journal.insights import InsightDraft
from bot.journal.views.insights import SENTENCE
from bot.journal.views.page import ALL, INSIGHTS, PERIOD, SEARCH, THEME, JournalSearch
from handlers.router import Router, Interaction

# What can be typed behind `/reflect`.
WORDS = {"journal", "dagboek"}
_MOST_PAGES = 10_000


def register(door: Router) -> None:
    """Connect the surfaces of the journal."""
    journal, own_words = door.bot.journal, door.bot.journal_export
    within = partial(in_journal, door.bot)

    def page(knock: Interaction, number: int) -> Json:
        return journal.open_journal_page(knock.user, _sought(knock, number), knock.now)

    def from_here(show: Callable[[Interaction], Json]) -> Callable[[Interaction], Json]:
        """What `show` gives, with the way back to this page."""

        def shown(knock: Interaction) -> Json:
            pointer = journal.pointer_to(_sought(knock, _page(knock.pointers)))
            return journal.way_back(knock.user, show(knock), pointer)

        return shown

    door.on_open(names.JOURNAL, lambda knock: journal.open_journal_page(knock.user, JournalSearch(), knock.now))
    door.on_open(names.JOURNAL_SIEVE, lambda knock: page(knock, 0))
    for leaf in (names.JOURNAL_NEWER, names.JOURNAL_OLDER):
        door.on_open(leaf, lambda knock: page(knock, _number(knock.value)))
    door.on_open(names.JOURNAL_ENTRY, from_here(lambda knock: journal.open_entry(knock.user, knock.value, knock.now)))
    door.on_open(names.INSIGHT, from_here(lambda knock: door.bot.insights.open_insight_page(knock.user, knock.value)))
    for action, theme in {names.INSIGHTS: INSIGHTS, names.NOT_INSIGHTS: ""}.items():
        door.on_open(action, partial(_apart, door.bot, theme))
    door.on_open(names.JOURNAL_BACK, lambda knock: journal.go_back(knock.user, _pointer(knock.pointers), knock.now))
    door.on_action(names.FORGET_REPLY, within(lambda knock: journal.forget_reply(knock.user, knock.value, knock.now)))
    door.on_open(names.JOURNAL_EXPORT, within(lambda knock: own_words.open_export_page(knock.user)))
    for form, action in names.JOURNAL_FILES.items():
        door.on_action(action, within(partial(_file, door.bot, form)))
    door.on_open(names.JOURNAL_WIPE, within(lambda knock: own_words.open_wipe_page(knock.user)))
    door.on_action(names.JOURNAL_WIPE_FOR_GOOD, lambda knock: own_words.wipe_journal(knock.user, knock.now))
    door.on_action(names.JOURNAL_STAYS, lambda knock: own_words.keep_another_year(knock.user, str(knock.value)))


def behind_reflect(bot: Bot, knock: Interaction) -> Json | None:
    """What `/reflect` opens for a word of ours behind it; None for any other."""
    return bot.journal.open_journal_page(knock.user, JournalSearch(), knock.now) if knock.text.lower() in WORDS else None


def searched(bot: Bot, knock: Interaction) -> Json | None:
    """What a journal's window shows when it is sent; None for a window that is none of its pages."""
    return bot.journal.open_journal_page(knock.user, _sought(knock, 0), knock.now) if SEARCH in knock.fields else None


def in_journal(bot: Bot, show: Callable[[Interaction], Json]) -> Callable[[Interaction], Json]:
    """What `show` gives, with the way back if it was the journal that it was opened from."""

    def shown(knock: Interaction) -> Json:
        view = show(knock)
        pointer = _pointer(knock.pointers)
        return bot.journal.way_back(knock.user, view, pointer) if pointer else view

    return shown


def _apart(bot: Bot, theme: str, knock: Interaction) -> Json:
    """The first page of what was looked for, among insights alone or everything."""
    return bot.journal.open_journal_page(knock.user, replace(_sought(knock, 0), theme=theme), knock.now)


def _file(bot: Bot, form: str, knock: Interaction) -> Json:
    return bot.journal_export.export_journal(knock.user, form, knock.pointers, knock.now)


def _sought(knock: Interaction, page: int) -> JournalSearch:
    chosen = {name: str(knock.fields.get(name) or "") for name in (THEME, PERIOD, SEARCH)}
    if THEME not in knock.fields:
        # A page of insights alone, or of a short journal, has no choice of themes.
        chosen[THEME] = str(_pointer(knock.pointers).get("theme", ""))
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


def register_insights(door: Router) -> None:
    """Connect the surfaces of insights."""
    bot, insights = door.bot, door.bot.insights
    for action, opened in {
        names.MAKE_INSIGHT: lambda knock: insights.open_insight_form(knock.user, knock.value, knock.now),
        names.CHANGE_INSIGHT: lambda knock: insights.open_change_form(knock.user, knock.value),
    }.items():
        door.on_open(action, in_journal(bot, opened))
    for action, acted in {
        names.KEEP_INSIGHT: lambda knock: insights.keep_insight(knock.user, knock.value),
        names.SHARE_INSIGHT: lambda knock: insights.share_insight(knock.user, knock.value),
        names.WIPE_INSIGHT: lambda knock: insights.wipe_insight(knock.user, knock.value),
    }.items():
        door.on_action(action, in_journal(bot, acted))


def written(bot: Bot, knock: Interaction) -> Json | None:
    """What the window shows when the form of an insight is sent; None for a window that is none."""
    return bot.insights.submit_insight(knock.user, _insight_draft(knock), knock.now) if SENTENCE in knock.fields else None


def _insight_draft(knock: Interaction) -> InsightDraft:
    of, insight, form = (str(knock.pointers.get(name) or "") for name in ("of", "insight", "form"))
    return InsightDraft(of, insight, form, str(knock.fields[SENTENCE] or ""))
