"""The last card of a case."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.views.card import whose_line
from bot.intervision.views.text import Said
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape

# The whole of it stands in the thread of its step.
_MOST_WORDS = 20


@dataclass(frozen=True)
class Closing:
    """How a case ended: with its last step, or sooner for a `reason`; `owner` is a name as people read it."""

    case: str
    owner: Mrkdwn
    reason: str | None
    commitments: Sequence[Said]
    kept_until: str
    in_series: bool = False
    title: str = ""


def closing_card(speaker: Speaker, closing: Closing) -> Json:
    """Thanks, what the owner takes along, until when the words stay; and a form for everybody of the case."""
    key = f"case.stopped_{closing.reason}" if closing.reason else "case.closing_thanks"
    blocks = [
        parts.header(speaker.plain("case.closing_header")),
        *map(parts.context, whose_line(speaker, closing.owner) if closing.in_series else ()),
        parts.section(speaker.mrkdwn(key, title=closing.title)),
        *_commitment(speaker, closing),
        parts.section(speaker.mrkdwn("ending.kept_until", day=closing.kept_until)),
        parts.actions(
            parts.button(speaker.plain("ending.take_along"), names.TAKE_ALONG, closing.case, style="primary"),
            parts.button(speaker.plain("leading.more"), names.CASE_MORE, closing.case),
        ),
    ]
    return parts.message(speaker.plain("case.closing_headline"), blocks)


def _commitment(speaker: Speaker, closing: Closing) -> list[Json]:
    if not closing.commitments:
        return []
    text = escape(_beginning(" ".join(str(said) for said in closing.commitments)), Mrkdwn)
    heading = speaker.mrkdwn("case.closing_commitment", person=closing.owner)
    return [parts.section(Mrkdwn(f"{heading}\n> {text}"))]


def _beginning(text: str) -> str:
    """The first words of a text, with a sign that there are more."""
    words = text.split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
