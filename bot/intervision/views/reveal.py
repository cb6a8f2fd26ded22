"""What somebody contributed, as it appears for the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core import parts
from bot.core.parts import Json, messages
from bot.intervision.views.text import Said, quote_lines, text_pieces
from bot.intervision.views.words import kind_name, rating_name
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape, mention

# Room for the words around it in a small grey line.
_GREY = 1800


@dataclass(frozen=True)
class RevealedText:
    """One contribution. `author` is a Slack id, or None where names are hidden; `about` is what it answers, whole."""

    author: str | None
    kind: str
    text: Said
    about: Said | None = None


def reveal_posts(speaker: Speaker, revealed: RevealedText) -> list[Json]:
    """As many messages as the text takes."""
    blocks = [
        parts.context(_by(speaker, revealed)),
        *[parts.context(piece) for piece in text_pieces(revealed.about or "", _GREY) if piece],
        *quote_lines(revealed.text),
    ]
    return messages(speaker.plain("case.reveal_headline"), blocks)


def ratings_post(speaker: Speaker, rated: Mapping[str, Sequence[Said]]) -> list[Json]:
    """What touches the owner, as a set: the questions under their rating, nobody's name beside them."""
    blocks = [parts.context(speaker.mrkdwn("case.ratings"))]
    for name, questions in rated.items():
        blocks.append(parts.section(Mrkdwn(f"*{escape(rating_name(speaker, name), Mrkdwn)}*")))
        blocks += [block for question in questions for block in quote_lines(question)]
    return messages(speaker.plain("case.reveal_headline"), blocks)


def _by(speaker: Speaker, revealed: RevealedText) -> Mrkdwn:
    word = kind_name(speaker, revealed.kind)
    if revealed.author is None:
        return speaker.mrkdwn("case.reveal_nameless", kind=word)
    return speaker.mrkdwn("case.reveal_by", person=mention(revealed.author), kind=word)
