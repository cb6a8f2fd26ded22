"""The next things somebody can do, each with the button that does it: on Home, and at the end of every help."""

from collections.abc import Sequence

from bot.core import parts
from bot.core.home import TodoItem
from bot.core.parts import Json
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link

# Room in a paragraph for the sentence before a question.
_SENTENCE = 500


def todo_blocks(
    speaker: Speaker, item: TodoItem, *, shows_question: bool = True, style: str | None = None
) -> list[Json]:
    """A thing to do, with its button; `shows_question`: with the question that it is about, if there is one."""
    place = item.place or channel_link(item.channel)
    texts = [speaker.mrkdwn(f"next.{item.kind}", place=place, **item.words)]
    if item.question and shows_question:
        first, *others = parts.split(item.question, parts.SECTION - _SENTENCE)
        texts = [Mrkdwn(f"{texts[0]}\n{first}"), *others]
    button = parts.button(speaker.plain(item.label), item.action, item.pointer, style=style, confirm=item.confirm)
    return [*map(parts.section, texts[:-1]), parts.section(texts[-1], button)]


def todo_ending(speaker: Speaker, items: Sequence[TodoItem], is_whole: bool = True) -> list[Json]:
    """How a help ends: with what its reader can do right now, or with how to begin."""
    if not items:
        return missing_part(speaker, is_whole) or [parts.section(speaker.mrkdwn("home.begin"))]
    now = parts.section(speaker.mrkdwn("next.now"))
    doable = (block for item in items for block in todo_blocks(speaker, item))
    return [now, *doable, *missing_part(speaker, is_whole)]


def missing_part(speaker: Speaker, is_whole: bool) -> list[Json]:
    """A line where a part could not be made; nothing where all is there."""
    return [] if is_whole else [parts.context(speaker.mrkdwn("home.part_missing"))]
