"""What somebody contributed, as it appears for the others."""

from dataclasses import dataclass

from bot.views import parts
from bot.views.case_words import kind, messages
from bot.views.parts import Json
from bot.views.thread import quoted
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention

# Room for the words around it in a small grey line.
_GREY = 1800


@dataclass(frozen=True)
class Reveal:
    """One contribution. `author` is a Slack id, or None where names are hidden; `about` is what it answers, whole."""

    author: str | None
    kind: str
    text: str
    about: str | None = None


def contribution(say: Speaker, told: Reveal) -> list[Json]:
    """As many messages as the text takes."""
    blocks = [
        parts.context(_by(say, told)),
        *[parts.context(piece) for piece in parts.split(told.about or "", _GREY) if piece],
        *[parts.section(piece) for piece in quoted(told.text)],
    ]
    return messages(say.plain("case.reveal_headline"), blocks)


def _by(say: Speaker, told: Reveal) -> Mrkdwn:
    word = kind(say, told.kind)
    if told.author is None:
        return say.mrkdwn("case.reveal_nameless", kind=word)
    return say.mrkdwn("case.reveal_by", person=mention(told.author), kind=word)
