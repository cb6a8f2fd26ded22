"""A method as one page of HTML that prints on A4: to have at hand at a table, or to read without a case."""

from collections.abc import Iterable, Mapping
from functools import singledispatch
from html import escape
from typing import Final

from bot.core.html import STYLE
from bot.core.text import Language
from bot.library.pages import Heading, Paragraph, Piece, Points, Sample, protocol_page
from bot.library.protocol import Protocol

_OWN_STYLE: Final = (
    "@page { size: A4; margin: 18mm; } h2, h3 { break-after: avoid; } blockquote, li { break-inside: avoid; }"
    " blockquote { margin: 0.4em 0 0.4em 1em; color: #444; }"
)


def sheet_of(protocol: Protocol, language: Language, known: Mapping[str, Protocol]) -> tuple[str, Iterable[Piece]]:
    """What is on the sheet of a method: its name, and all but the dialogue."""
    return protocol.name.in_(language), protocol_page(protocol, language, known, with_dialogue=False)


def sheet(title: str, pieces: Iterable[Piece], language: Language) -> str:
    """The page; nothing in it is outside it."""
    return "\n".join(
        (
            f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>\n{STYLE}\n{_OWN_STYLE}\n</style>\n</head>\n<body>",
            *map(_as_html, pieces),
            "</body>\n</html>\n",
        )
    )


@singledispatch
def _as_html(piece: Piece) -> str:
    raise TypeError(f"{piece!r} is no piece of a page")


@_as_html.register
def _(piece: Heading) -> str:
    return f"<h{piece.level}>{escape(piece.text)}</h{piece.level}>"


@_as_html.register
def _(piece: Paragraph) -> str:
    label = f"<strong>{escape(piece.label)}</strong> " if piece.label else ""
    return f"<p>{label}{escape(piece.text)}</p>"


@_as_html.register
def _(piece: Points) -> str:
    return "<ul>\n" + "\n".join(f"<li>{escape(line)}</li>" for line in piece.lines) + "\n</ul>"


@_as_html.register
def _(piece: Sample) -> str:
    return f"<blockquote><strong>{escape(piece.label)}.</strong> {escape(piece.text)}</blockquote>"
