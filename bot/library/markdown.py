"""Protocol pages as Markdown, for a terminal and for the docs."""

from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch

from bot.core.text import LANGUAGES, Language
from bot.library import page_words as words
from bot.library.pages import Heading, Paragraph, Piece, Points, Sample, protocol_page, protocol_summary
from bot.library.protocol import Protocol


def protocol_pages(protocols: Iterable[Protocol]) -> Iterator[tuple[str, str]]:
    """File names with their text: each method in each language, and a list of methods for each language."""
    ordered = sorted(protocols, key=lambda protocol: protocol.key)
    known = {protocol.key: protocol for protocol in ordered}
    for language in LANGUAGES:
        yield f"methods.{language}.md", _method_list(known, language)
        for protocol in ordered:
            yield f"{protocol.key}.{language}.md", page_as_markdown(protocol_page(protocol, language, known))


def _method_list(known: Mapping[str, Protocol], language: Language) -> str:
    lines = [f"# {words.METHODS.in_(language)}"]
    for protocol in known.values():
        name, why = protocol.name.in_(language), protocol.choose_when.in_(language)
        size = protocol_summary(protocol, language, known)
        lines.append(f"**[{name}]({protocol.key}.{language}.md)** ({size})\n\n{why}")
    return "\n\n".join(lines) + "\n"


def page_as_markdown(pieces: Iterable[Piece]) -> str:
    """The whole page; it ends with one line break."""
    return "\n\n".join(_as_markdown(piece) for piece in pieces) + "\n"


@singledispatch
def _as_markdown(piece: Piece) -> str:
    raise TypeError(f"{piece!r} is no piece of a page")


@_as_markdown.register
def _(piece: Heading) -> str:
    return f"{'#' * piece.level} {piece.text}"


@_as_markdown.register
def _(piece: Paragraph) -> str:
    return f"**{piece.label}** {piece.text}" if piece.label else piece.text


@_as_markdown.register
def _(piece: Points) -> str:
    return "\n".join(f"- {line}" for line in piece.lines)


@_as_markdown.register
def _(piece: Sample) -> str:
    return f"> **{piece.label}.** {piece.text}"
