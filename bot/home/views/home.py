"""The app's Home: somebody's own circles, cases and language, and what to do next. And the short words in private."""

from collections.abc import Iterable, Sequence

from bot.circles.types import own_language_section
from bot.core import names, parts
from bot.core.home import OwnCircle, TodoItem
from bot.core.parts import Json
from bot.home.surfaces import PrivateMessage
from bot.home.views.todo import missing_part, todo_blocks, todo_ending
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link

# A Home holds a hundred blocks; somebody in more circles than this finds the rest in Slack's own sidebar.
MOST_OPEN = 12
MOST_CIRCLES = 10


def home_view(
    speaker: Speaker,
    items: Sequence[TodoItem],
    circles: Sequence[OwnCircle],
    sections: Sequence[Json],
    settings: Sequence[Json],
    language: str | None,
    *,
    is_whole: bool = True,
) -> Json:
    """Everything of the reader's own on one page, what is open for them first. Nobody else's things are on it.

    `sections` follow the circles; `settings` are what the reader chooses, as is the `language` they chose before. What
    is not `is_whole` says that a part is missing.
    """
    open_now = [parts.header(speaker.plain("home.open")), *_open_items(speaker, items), parts.divider()]
    own = [*_circles(speaker, circles), *sections, parts.divider(), *settings]
    return parts.home(
        [*_welcome(speaker), *open_now, *own, *missing_part(speaker, is_whole), *_language(speaker, language)]
    )


def beginner_home(
    speaker: Speaker,
    items: Sequence[TodoItem],
    sections: Sequence[Json],
    language: str | None,
    *,
    is_new: bool = True,
    is_whole: bool = True,
) -> Json:
    """Home of somebody who is in no circle that works (any more): how to begin, and what they wrote before.

    Who is not new has a circle that waits; one of the sections says why.
    """
    how = [parts.section(speaker.mrkdwn("home.begin"))] if is_new else []
    begin = _open_items(speaker, items) if items else how
    own = [*begin, *sections, *missing_part(speaker, is_whole), parts.divider()]
    return parts.home([*_welcome(speaker), *own, *_language(speaker, language)])


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


def _welcome(speaker: Speaker) -> list[Json]:
    return [parts.header(speaker.plain("home.welcome")), parts.section(speaker.mrkdwn("home.what_for"))]


def _open_items(speaker: Speaker, items: Sequence[TodoItem]) -> Iterable[Json]:
    """As many as fit; the others come when these are done, and are with the cases."""
    if not items:
        yield parts.section(speaker.mrkdwn("home.quiet"))
    for item in items[:MOST_OPEN]:
        yield from todo_blocks(speaker, item)
    if len(items) > MOST_OPEN:
        yield parts.context(speaker.mrkdwn("home.more_open", n=len(items) - MOST_OPEN))


def _circles(speaker: Speaker, circles: Sequence[OwnCircle]) -> Iterable[Json]:
    yield parts.section(speaker.mrkdwn("home.my_circles"))
    for circle in circles[:MOST_CIRCLES]:
        yield parts.section(Mrkdwn(circle.text))
        yield parts.actions(*(parts.button(one.label, one.action, one.pointer) for one in circle.buttons))
    if len(circles) > MOST_CIRCLES:
        yield parts.context(speaker.mrkdwn("home.more_circles", n=len(circles) - MOST_CIRCLES))


def _language(speaker: Speaker, language: str | None) -> Iterable[Json]:
    yield parts.section(speaker.mrkdwn("greeting.commands"))
    yield own_language_section(speaker, language)
    yield parts.context(speaker.mrkdwn("greeting.what_is_kept"))
