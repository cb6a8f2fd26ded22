"""The methods there are, and one of them as a page to read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.surfaces import SheetButton
from bot.library.pages import Heading, Paragraph, Piece, Points, Sample
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape

# A block each, in a view of a hundred.
_MOST = 90


@dataclass(frozen=True)
class MethodEntry:
    """One method in a list: its name, when it is a good choice, and its size and length in a line."""

    key: str
    name: str
    choose_when: str
    at_a_glance: str


def methods_page(speaker: Speaker, methods: Sequence[MethodEntry], *, of: int = 0) -> Json:
    """Methods, a line and a button each; `of` is how many there are where these are a few of them, else 0."""
    blocks = [parts.section(speaker.mrkdwn("choosing.catalogue")), *(_line(speaker, one) for one in methods[:_MOST])]
    if of:
        blocks.append(parts.actions(parts.button(speaker.plain("choosing.all", count=str(of)), names.ALL_METHODS)))
    if others := ", ".join(f"{method.name} ({method.key})" for method in methods[_MOST:]):
        blocks += map(parts.section, parts.split(speaker.plain("choosing.others", names=others)))
    return parts.modal(speaker, names.METHODS_PAGE, "choosing.methods", blocks)


def _line(speaker: Speaker, method: MethodEntry) -> Json:
    read = parts.button(speaker.plain("choosing.read"), names.READ_METHOD, method.key)
    about = "\n".join(line for line in (method.choose_when, method.at_a_glance) if line)
    return parts.section(speaker.mrkdwn("choosing.method", name=method.name, why=about), read)


def method_page(speaker: Speaker, pieces: Iterable[Piece], sheet: SheetButton) -> Json:
    """A method, whole, with a button for a sheet to print."""
    button = parts.button(speaker.plain("choosing.sheet"), names.SEND_SHEET, sheet.to_value())
    return parts.modal(speaker, names.METHOD_PAGE, "choosing.methods", [parts.actions(button), *_blocks(pieces)])


def _blocks(pieces: Iterable[Piece]) -> Iterator[Json]:
    """Titles stand out; below each, a step is one paragraph."""
    for title, below in _chapters(pieces):
        if title:
            yield parts.header(title[:150])
        yield from map(parts.section, parts.packed(below))


def _chapters(pieces: Iterable[Piece]) -> list[tuple[str, list[Mrkdwn]]]:
    """A title and what is below it; a smaller title begins what is below a chapter without one."""
    chapters: list[tuple[str, list[Mrkdwn]]] = []
    for piece in pieces:
        if not isinstance(piece, Heading):
            chapters[-1][1].extend(_told(piece))
        elif piece.level < 3:
            chapters.append((piece.text, []))
        else:
            chapters.append(("", [_strong(piece.text)]))
    return chapters


def _strong(text: str) -> Mrkdwn:
    return Mrkdwn(f"*{escape(text, Mrkdwn)}*")


@singledispatch
def _told(piece: Piece) -> list[Mrkdwn]:
    raise TypeError(f"{piece!r} is no piece of a page")


@_told.register
def _(piece: Paragraph) -> list[Mrkdwn]:
    return _after(f"{_strong(piece.label)} " if piece.label else "", piece.text)


@_told.register
def _(piece: Points) -> list[Mrkdwn]:
    return parts.split("\n".join(f"• {line}" for line in piece.lines))


@_told.register
def _(piece: Sample) -> list[Mrkdwn]:
    return _after(f"> {_strong(piece.label + '.')} ", piece.text)


def _after(label: str, text: str) -> list[Mrkdwn]:
    """The text after its label, in as many pieces as Slack needs."""
    first, *others = parts.split(text, parts.SECTION - len(label))
    return [Mrkdwn(label + first), *others]
