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
    journal, own_words = door.bot.journal, door.bot.own_words
    within = partial(in_journal, door.bot)

    def page(knock: Interaction, number: int) -> Json:
        return journal.page(knock.user, _sought(knock, number), knock.now)

    def from_here(show: Callable[[Interaction], Json]) -> Callable[[Interaction], Json]:
        """What `show` gives, with the way back to this page."""

        def shown(knock: Interaction) -> Json:
            pointer = journal.pointer(_sought(knock, _page(knock.pointers)))
            return journal.way_back(knock.user, show(knock), pointer)

        return shown

    door.opens(names.JOURNAL, lambda knock: journal.page(knock.user, JournalSearch(), knock.now))
    door.opens(names.JOURNAL_SIEVE, lambda knock: page(knock, 0))
    for leaf in (names.JOURNAL_NEWER, names.JOURNAL_OLDER):
        door.opens(leaf, lambda knock: page(knock, _number(knock.value)))
    door.opens(names.JOURNAL_ENTRY, from_here(lambda knock: journal.entry(knock.user, knock.value, knock.now)))
    door.opens(names.INSIGHT, from_here(lambda knock: door.bot.insights.page(knock.user, knock.value)))
    for action, theme in {names.INSIGHTS: INSIGHTS, names.NOT_INSIGHTS: ""}.items():
        door.opens(action, partial(_apart, door.bot, theme))
    door.opens(names.JOURNAL_BACK, lambda knock: journal.back(knock.user, _pointer(knock.pointers), knock.now))
    door.acts(names.FORGET_REPLY, within(lambda knock: journal.forget_reply(knock.user, knock.value, knock.now)))
    door.opens(names.JOURNAL_EXPORT, within(lambda knock: own_words.forms(knock.user)))
    for form, action in names.JOURNAL_FILES.items():
        door.acts(action, within(partial(_file, door.bot, form)))
    door.opens(names.JOURNAL_WIPE, within(lambda knock: own_words.sure(knock.user)))
    door.acts(names.JOURNAL_WIPE_FOR_GOOD, lambda knock: own_words.wipe(knock.user, knock.now))
    door.acts(names.JOURNAL_STAYS, lambda knock: own_words.stay(knock.user, str(knock.value)))


def behind_reflect(bot: Bot, knock: Interaction) -> Json | None:
    """What `/reflect` opens for a word of ours behind it; None for any other."""
    return bot.journal.page(knock.user, JournalSearch(), knock.now) if knock.text.lower() in WORDS else None


def searched(bot: Bot, knock: Interaction) -> Json | None:
    """What a journal's window shows when it is sent; None for a window that is none of its pages."""
    return bot.journal.page(knock.user, _sought(knock, 0), knock.now) if SEARCH in knock.fields else None


def in_journal(bot: Bot, show: Callable[[Interaction], Json]) -> Callable[[Interaction], Json]:
    """What `show` gives, with the way back if it was the journal that it was opened from."""

    def shown(knock: Interaction) -> Json:
        view = show(knock)
        pointer = _pointer(knock.pointers)
        return bot.journal.way_back(knock.user, view, pointer) if pointer else view

    return shown


def _apart(bot: Bot, theme: str, knock: Interaction) -> Json:
    """The first page of what was looked for, among insights alone or everything."""
    return bot.journal.page(knock.user, replace(_sought(knock, 0), theme=theme), knock.now)


def _file(bot: Bot, form: str, knock: Interaction) -> Json:
    return bot.own_words.export(knock.user, form, knock.pointers, knock.now)


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
        names.MAKE_INSIGHT: lambda knock: insights.form(knock.user, knock.value, knock.now),
        names.CHANGE_INSIGHT: lambda knock: insights.change(knock.user, knock.value),
    }.items():
        door.opens(action, in_journal(bot, opened))
    for action, acted in {
        names.KEEP_INSIGHT: lambda knock: insights.keep(knock.user, knock.value),
        names.SHARE_INSIGHT: lambda knock: insights.share(knock.user, knock.value),
        names.WIPE_INSIGHT: lambda knock: insights.wipe(knock.user, knock.value),
    }.items():
        door.acts(action, in_journal(bot, acted))


def written(bot: Bot, knock: Interaction) -> Json | None:
    """What the window shows when the form of an insight is sent; None for a window that is none."""
    return bot.insights.write(knock.user, _insight_draft(knock), knock.now) if SENTENCE in knock.fields else None


def _insight_draft(knock: Interaction) -> InsightDraft:
    of, insight, form = (str(knock.pointers.get(name) or "") for name in ("of", "insight", "form"))
    return InsightDraft(of, insight, form, str(knock.fields[SENTENCE] or ""))
