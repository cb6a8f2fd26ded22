"""All of a case that somebody can read now, on one page: of what is posted a screen reader gets one neutral line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.views.reveal import RevealedText, rated_blocks, said_by
from bot.intervision.views.text import Said, text_blocks
from bot.words import Speaker

_MOST_BLOCKS: Final = 90


@dataclass(frozen=True)
class ReadStep:
    """What can be read of one step: texts, and questions by rating; `above` a story stand its title and question."""

    name: str
    texts: Sequence[RevealedText] = ()
    rated: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    above: Sequence[str] = ()


def reading_page(speaker: Speaker, steps: Sequence[ReadStep]) -> Json:
    """The latest step first; what is too much for a page is in the channel, and the page says so."""
    blocks: list[Json] = []
    for step in steps:
        more = list(_step_blocks(speaker, step))
        if len(blocks) + len(more) > _MOST_BLOCKS:
            blocks += more[: _MOST_BLOCKS - len(blocks)]
            blocks.append(parts.context(speaker.mrkdwn("reading.older")))
            break
        blocks += more
    blocks = blocks or [parts.section(speaker.mrkdwn("reading.nothing"))]
    return parts.modal(speaker, names.READING_PAGE, "reading.title", blocks)


def read_all(speaker: Speaker, pointer: str) -> Json:
    """The button to that page, on the pages behind *More…*."""
    button = parts.button(speaker.plain("reading.button"), names.READ_CASE, pointer)
    return parts.section(speaker.mrkdwn("reading.explained"), button)


def _step_blocks(speaker: Speaker, step: ReadStep) -> Iterator[Json]:
    yield parts.header(step.name)
    for line in step.above:
        yield from text_blocks(line)
    last = None
    for each in step.texts:
        by, said = said_by(speaker, each)
        if by != last:
            yield parts.context(by)
        yield from said
        last = by
    if step.rated:
        yield from rated_blocks(speaker, step.rated)
