"""What who leads can do besides *next*: a small page behind the card, and the line that tells everybody."""

from collections.abc import Collection

from bot.rules.leading import Lead
from bot.views import names, parts
from bot.views.case_words import sure
from bot.views.parts import Json
from bot.words import Speaker

_ACTIONS = {
    Lead.SKIP: names.SKIP_STEP,
    Lead.MORE_TIME: names.MORE_TIME,
    Lead.CALM: names.PACE_CALM,
    Lead.LIVE: names.PACE_LIVE,
}


def page(say: Speaker, pointer: str, heading: str, can: Collection[Lead]) -> Json:
    """What can be done in this step, each with what it does."""
    blocks = [parts.section(say.mrkdwn("leading.intro", heading=heading))]
    for how in Lead:
        if how in can:
            ask = sure(say, "skip") if how == Lead.SKIP else None
            button = parts.button(say.plain(f"leading.{how}"), _ACTIONS[how], pointer, confirm=ask)
            blocks.append(parts.section(say.mrkdwn(f"leading.{how}_explained"), button))
    return _page(say, blocks)


def done(say: Speaker, how: Lead) -> Json:
    """The page after it."""
    return _page(say, [parts.section(say.mrkdwn(f"leading.{how}_done"))])


def line(say: Speaker, how: Lead, name: str) -> Json:
    """What all in the case read; `name` is that of the step."""
    return parts.message(say.plain("leading.headline"), [parts.section(say.mrkdwn(f"leading.{how}_line", name=name))])


def _page(say: Speaker, blocks: list[Json]) -> Json:
    title, close = say.plain("leading.title"), say.plain("common.close")
    return parts.modal(names.LEAD_PAGE, title, blocks, pointers={}, close=close)
