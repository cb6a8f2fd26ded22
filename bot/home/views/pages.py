"""The pages behind the rows of Home."""

from collections.abc import Iterable, Sequence

from bot.circles.types import own_language_section
from bot.core import names, parts
from bot.core.home import HomeButton, OwnCircle, TodoItem
from bot.core.parts import Json
from bot.home.views.todo import missing_part, todo_blocks
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link

# A page holds a hundred blocks; the longest questions need two each.
MOST_OPEN = 30
# Somebody in more circles than this finds the others in Slack's own sidebar.
MOST_CIRCLES = 30


def todo_page(speaker: Speaker, items: Sequence[TodoItem], *, is_whole: bool = True) -> Json:
    """Everything that its reader can do now, the first things first."""
    blocks = [block for item in items[:MOST_OPEN] for block in todo_blocks(speaker, item)]
    if not items:
        blocks = [parts.section(speaker.mrkdwn("home.quiet"))]
    if len(items) > MOST_OPEN:
        blocks.append(parts.context(speaker.mrkdwn("home.more_open", n=len(items) - MOST_OPEN)))
    return _page(speaker, names.TODO_PAGE, "home.open", blocks, is_whole)


def circles_page(speaker: Speaker, circles: Sequence[OwnCircle], *, is_whole: bool = True) -> Json:
    """The circles of its reader, and what they can do in each."""
    blocks: list[Json] = []
    for circle in circles[:MOST_CIRCLES]:
        buttons = (parts.button(one.label, one.action, one.pointer) for one in circle.buttons)
        blocks += [*([parts.divider()] if blocks else []), parts.section(circle.text), parts.actions(*buttons)]
    if len(circles) > MOST_CIRCLES:
        blocks.append(parts.context(speaker.mrkdwn("home.more_circles", n=len(circles) - MOST_CIRCLES)))
    return _page(speaker, names.CIRCLES_PAGE, "home.my_circles", blocks or [_begin(speaker)], is_whole)


def own_page(speaker: Speaker, sections: Iterable[Json], language: str | None, *, is_whole: bool = True) -> Json:
    """What is its reader's alone, with the `language` they chose (None: that of the circle); then how this works."""
    how = [
        parts.header(speaker.plain("home.how")),
        parts.section(speaker.mrkdwn("home.what_for")),
        parts.section(speaker.mrkdwn("greeting.commands")),
        parts.context(speaker.mrkdwn("greeting.what_is_kept")),
    ]
    own = [*sections, own_language_section(speaker, language), parts.divider()]
    return _page(speaker, names.OWN_PAGE, "home.for_myself", [*own, *how], is_whole)


def joined_circle(channel: str, texts: Sequence[Mrkdwn], buttons: Sequence[HomeButton]) -> OwnCircle:
    """All that the wings say of one circle."""
    return OwnCircle(channel, Mrkdwn("\n".join(texts)) or channel_link(channel), tuple(buttons))


def _begin(speaker: Speaker) -> Json:
    return parts.section(speaker.mrkdwn("home.begin"))


def _page(speaker: Speaker, callback: str, title: str, blocks: Sequence[Json], is_whole: bool) -> Json:
    return parts.modal(speaker, callback, title, [*blocks, *missing_part(speaker, is_whole)])
