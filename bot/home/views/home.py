"""The app's Home: what is open for its reader, and three quiet rows to everything else. And the short private words."""

from collections.abc import Iterable, Sequence

from bot.core import names, parts
from bot.core.home import HomeButton, HomeRow, OwnCircle, TodoItem
from bot.core.parts import Json
from bot.home.rules import first_of
from bot.home.surfaces import PrivateMessage
from bot.home.views.todo import missing_part, todo_blocks, todo_ending
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link

# How many circles are named on Home; all of them are behind its button.
MOST_CIRCLES = 3


def home_view(
    speaker: Speaker,
    items: Sequence[TodoItem],
    notices: Sequence[Json],
    circles: Sequence[OwnCircle],
    rows: Sequence[HomeRow],
    *,
    is_whole: bool = True,
) -> Json:
    """What is open for the reader, the first thing with the one primary button; then their circles, their cases and
    what is theirs alone, a row each. Nobody else's things are on it.

    What is not `is_whole` says that a part is missing.
    """
    shown, others = first_of(items)
    beside = {item.action for item in shown}
    quiet = [_circles_row(speaker, circles), *(row for row in rows if row.button.action not in beside)]
    return parts.home(
        [
            *_open_now(speaker, shown, others),
            parts.divider(),
            *notices,
            *missing_part(speaker, is_whole),
            *map(_row, (*quiet, _own_row(speaker))),
        ]
    )


def beginner_home(
    speaker: Speaker,
    items: Sequence[TodoItem],
    notices: Sequence[Json],
    *,
    is_new: bool = True,
    is_whole: bool = True,
) -> Json:
    """Home of somebody who is in no circle that works (any more): how to begin, and the row to what they wrote before.

    Who is not new has a circle that waits; one of the notices says why.
    """
    welcome = [parts.header(speaker.plain("home.welcome")), parts.section(speaker.mrkdwn("home.what_for"))]
    how = [parts.section(speaker.mrkdwn("home.begin"))] if is_new else []
    shown, others = first_of(items)
    begin = _open_now(speaker, shown, others) if shown else how
    own = [*begin, *notices, *missing_part(speaker, is_whole), parts.divider()]
    return parts.home([*welcome, *own, _row(_own_row(speaker))])


def help_answer(speaker: Speaker, key: str, items: Sequence[TodoItem], *, is_whole: bool = True) -> Json:
    """A private answer to a command: the text at `key`, and what its reader can do right now."""
    text = speaker.mrkdwn(key)
    blocks = [parts.section(text), *todo_ending(speaker, items, is_whole)]
    return {**parts.message(text, blocks), "response_type": "ephemeral"}


def answer_to_message(
    speaker: Speaker, items: Sequence[TodoItem], pointer: PrivateMessage | None = None, *, is_whole: bool = True
) -> Json:
    """What the bot says to somebody who writes to it in private: that nobody reads along, and what can be done now.

    `pointer` is what they wrote, where it can become their reflection.
    """
    blocks = [parts.section(speaker.mrkdwn("home.spoken_to"))]
    if pointer:
        make = parts.button(speaker.plain("home.make_reflection"), names.TAKE_PRIVATE, pointer.to_value())
        blocks.append(parts.section(speaker.mrkdwn("home.may_be_reflection"), make))
    return parts.message(
        speaker.plain("home.spoken_to_headline"), [*blocks, *_what_can_be_done(speaker, items, is_whole)]
    )


def answer_to_mention(speaker: Speaker, channel: str, items: Sequence[TodoItem], *, is_whole: bool = True) -> Json:
    """What the bot says in private to somebody who calls it by its name in a channel."""
    text = parts.section(speaker.mrkdwn("home.called", place=channel_link(channel)))
    return parts.message(speaker.plain("home.called_headline"), [text, *_what_can_be_done(speaker, items, is_whole)])


def _what_can_be_done(speaker: Speaker, items: Sequence[TodoItem], is_whole: bool) -> list[Json]:
    return [parts.section(speaker.mrkdwn("greeting.commands")), *todo_ending(speaker, items, is_whole)]


def _open_now(speaker: Speaker, shown: Sequence[TodoItem], others: int) -> Iterable[Json]:
    """Only the first thing says its question: the others are a line each."""
    yield parts.header(speaker.plain("home.open"))
    if not shown:
        yield parts.section(speaker.mrkdwn("home.quiet"))
    for index, item in enumerate(shown):
        yield from todo_blocks(speaker, item, shows_question=not index, style=None if index else "primary")
    if others:
        yield parts.actions(parts.button(speaker.plain("home.others_button", n=others), names.OPEN_TODO))


def _circles_row(speaker: Speaker, circles: Sequence[OwnCircle]) -> HomeRow:
    """The one circle with what is said of it; of several, their names."""
    text, rest = circles[0].text, len(circles) - MOST_CIRCLES
    if len(circles) > 1:
        places = Mrkdwn(", ".join(channel_link(circle.channel) for circle in circles[:MOST_CIRCLES]))
        text = speaker.mrkdwn("home.circles_and_more", places=places, n=rest) if rest > 0 else places
    waiting = sum(button.waiting for circle in circles for button in circle.buttons)
    label = speaker.plain("home.circles_button", n=len(circles))
    return HomeRow(text, HomeButton(f"{label} ({waiting})" if waiting else label, names.OPEN_CIRCLES))


def _own_row(speaker: Speaker) -> HomeRow:
    return HomeRow(
        speaker.mrkdwn("home.for_myself_row"), HomeButton(speaker.plain("home.for_myself"), names.OPEN_OWN_PAGE)
    )


def _row(row: HomeRow) -> Json:
    return parts.section(row.text, parts.button(row.button.label, row.button.action, row.button.pointer))
