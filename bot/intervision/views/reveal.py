"""What people contributed, as it appears for the others: people are named, and nobody is notified of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core import parts
from bot.core.parts import Json, messages
from bot.intervision.views.text import Said, quote_lines, text_pieces
from bot.intervision.views.words import rating_name
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape

# Room for the words around it in a small grey line.
_GREY = 1800
MOST_BLOCKS: Final = 40
MOST_CHARACTERS: Final = 10_000
"""How much one message of a reveal holds; it is continued in another, between two contributions."""


@dataclass(frozen=True)
class RevealedText:
    """One contribution. `author` is a name, None where names are hidden; `about` is what it answers, whole.

    `called` is what people call what is written there: "antwoord".
    """

    author: Mrkdwn | None
    called: str
    text: Said
    about: Said | None = None


def reveal_posts(speaker: Speaker, revealed: RevealedText) -> list[Json]:
    """One turn: as many messages as the text takes."""
    by, said = said_by(speaker, revealed)
    return messages(speaker.plain("case.reveal_headline"), [parts.context(by), *said])


def joint_posts(speaker: Speaker, revealed: Iterable[RevealedText]) -> list[Json]:
    """All of a step in one message, continued where it is full; none for nothing. A name stands above what follows."""
    full, blocks, last = list[list[Json]](), list[Json](), None
    for each in revealed:
        by, said = said_by(speaker, each)
        more = [*([] if by == last else [parts.context(by)]), *said]
        if blocks and _is_too_much([*blocks, *more]):
            full, blocks, more = [*full, blocks], [], [parts.context(by), *said]
        blocks, last = [*blocks, *more], by
    headline = speaker.plain("case.reveal_headline")
    return [body for one in (*full, blocks) if one for body in _bodies(headline, one)]


def ratings_post(speaker: Speaker, rated: Mapping[str, Sequence[Said]]) -> list[Json]:
    """What touches the owner, as a set."""
    return messages(speaker.plain("case.reveal_headline"), rated_blocks(speaker, rated))


def rated_blocks(speaker: Speaker, rated: Mapping[str, Sequence[Said]]) -> list[Json]:
    """The questions under their rating, nobody's name beside them."""
    blocks = [parts.context(speaker.mrkdwn("case.ratings"))]
    for name, questions in rated.items():
        blocks.append(parts.section(Mrkdwn(f"*{escape(rating_name(speaker, name), Mrkdwn)}*")))
        blocks += [block for question in questions for block in quote_lines(question)]
    return blocks


def said_by(speaker: Speaker, revealed: RevealedText) -> tuple[Mrkdwn, list[Json]]:
    """Who says what it is, and the words, after what they answer."""
    about = [parts.context(piece) for piece in text_pieces(revealed.about or "", _GREY) if piece]
    by = (
        speaker.mrkdwn("case.reveal_nameless", kind=revealed.called)
        if revealed.author is None
        else speaker.mrkdwn("case.reveal_by", person=revealed.author, kind=revealed.called)
    )
    return by, [*about, *quote_lines(revealed.text)]


def _bodies(headline: str, blocks: list[Json]) -> list[Json]:
    """One message; more only where a single contribution is longer than one."""
    return messages(headline, blocks) if _is_too_much(blocks) else [parts.message(headline, blocks)]


def _is_too_much(blocks: Sequence[Json]) -> bool:
    size = sum(len(text["text"]) for block in blocks for text in parts.texts_of(block))
    return len(blocks) > MOST_BLOCKS or size > MOST_CHARACTERS
