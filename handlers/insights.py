"""Insights: made of what one wrote, in the window of the weekly question and of the journal."""

from bot.bot import Bot
from bot.usecases.insights import Draft
from bot.views import names
from bot.views.insights import SENTENCE
from bot.views.parts import Json
from handlers.door import Door, Knock
from handlers.journal import in_journal


def register_insights(door: Door) -> None:
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


def written(bot: Bot, knock: Knock) -> Json | None:
    """What the window shows when the form of an insight is sent; None for a window that is none."""
    return bot.insights.write(knock.user, _insight_draft(knock), knock.now) if SENTENCE in knock.fields else None


def _insight_draft(knock: Knock) -> Draft:
    of, insight, form = (str(knock.pointers.get(name) or "") for name in ("of", "insight", "form"))
    return Draft(of, insight, form, str(knock.fields[SENTENCE] or ""))
