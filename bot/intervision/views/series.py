"""A series: the page after joining with a question of one's own, and words that go back to whoever wrote them."""

from collections.abc import Iterator
from functools import partial

from bot.core import names, parts
from bot.core.parts import Json, messages, quoted
from bot.intervision.views.words import confirm_dialog
from bot.words import Speaker


def series_joined(speaker: Speaker, case: str) -> Json:
    """The page after joining: when one's turn comes, and the way out."""
    sure = confirm_dialog(speaker, "leave_series")
    leave = parts.button(speaker.plain("case.leave"), names.LEAVE_CASE, case, confirm=sure)
    blocks = [parts.section(speaker.mrkdwn("series.joined")), parts.actions(leave)]
    return parts.modal(speaker, names.CASE_PAGE, "case.title", blocks)


def series_given_back(speaker: Speaker, *texts: str) -> list[Json]:
    """A case that does not come to its turn: what its owner wrote, to keep or to bring elsewhere."""
    blocks = [parts.section(speaker.mrkdwn("series.given_back")), *_quoted(texts)]
    return messages(speaker.plain("case.owner_headline"), blocks)


def _quoted(texts: tuple[str, ...]) -> Iterator[Json]:
    for text in texts:
        yield from (parts.section(piece) for piece in quoted(partial(parts.split, text)))
