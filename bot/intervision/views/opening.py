"""The top of a case's own channel: the card of the story, with what it is about, who is there, and what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core import names, parts
from bot.core.parts import Json, messages
from bot.intervision.surfaces import StepButton
from bot.intervision.views.card import NOTHING, more_button
from bot.intervision.views.text import text_blocks
from bot.intervision.views.words import text_key
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape

_HEADER = 150


@dataclass(frozen=True)
class Opening:
    """What the people of a case read first. People are names; `fields` what the method asks besides, answered.

    `heading` says which step the story is, and is empty where the method has none. `time` says until
    when people who talk tell it, while they do; `is_wiped`: its words lived shorter than the case.
    """

    case: str
    title: str
    question: str
    story: str
    owner: Mrkdwn
    facilitator: Mrkdwn | None
    peers: Sequence[Mrkdwn]
    method: str
    contact: str
    step: str = ""
    heading: str = ""
    of_two: bool = False
    fields: Sequence[tuple[str, str]] = ()
    observers: Sequence[Mrkdwn] = field(default_factory=tuple)
    time: Mrkdwn = NOTHING
    is_wiped: bool = False


def opening_post(speaker: Speaker, case: Opening) -> list[Json]:
    """As many messages as the story takes. Everything else that holds for the case is behind *More…*."""
    blocks = [
        parts.header(case.title[:_HEADER]),
        *_where_we_are(speaker, case),
        *_brought(speaker, case),
        parts.context(_who(speaker, case)),
        *_agreed(speaker, case),
        parts.actions(*_buttons(speaker, case)),
    ]
    return messages(case.heading or speaker.plain("case.opening_headline"), blocks)


def series_opening_post(speaker: Speaker, case: Opening) -> list[Json]:
    """The top of a series: who is in it, and that everybody's turn comes. The stories come with their turns."""
    people = Mrkdwn(", ".join(sorted((case.owner, *case.peers))))
    blocks = [
        parts.header(speaker.plain("series.opening_header")),
        parts.section(speaker.mrkdwn("series.opening_who", method=case.method, people=people)),
        *_agreed(speaker, case),
        parts.actions(more_button(speaker, StepButton(case.case, "").to_value())),
    ]
    return messages(speaker.plain("case.opening_headline"), blocks)


def series_turn_post(speaker: Speaker, case: Opening) -> list[Json]:
    """One case of a series begins: whose it is, and the story."""
    whose = parts.section(speaker.mrkdwn("series.turn", person=case.owner))
    blocks = [
        parts.divider(),
        parts.header(case.title[:_HEADER]),
        whose,
        *_where_we_are(speaker, case),
        *_brought(speaker, case),
        parts.actions(*_buttons(speaker, case)),
    ]
    return messages(case.heading or speaker.plain("case.opening_headline"), blocks)


def _where_we_are(speaker: Speaker, case: Opening) -> list[Json]:
    """The step, until when it is told where people talk, and the method."""
    words = [escape(case.heading, Mrkdwn), case.time, escape(case.method, Mrkdwn)]
    return [parts.context(Mrkdwn(" · ".join(filter(None, words))))]


def _brought(speaker: Speaker, case: Opening) -> list[Json]:
    if case.is_wiped:
        return [parts.section(speaker.mrkdwn("card.closed_wiped", heading=case.heading))]
    return [
        parts.section(speaker.mrkdwn("case.opening_question")),
        *text_blocks(case.question),
        parts.section(speaker.mrkdwn("case.opening_story")),
        *text_blocks(case.story),
        *[block for label, text in case.fields for block in (_asked(speaker, label), *text_blocks(text))],
    ]


def _agreed(speaker: Speaker, case: Opening) -> list[Json]:
    """The agreement in a line, and whom to turn to; the rest is behind *More…*."""
    return [
        parts.context(speaker.mrkdwn("card.agreement")),
        parts.context(speaker.mrkdwn("case.danger", contact=case.contact)),
    ]


def _asked(speaker: Speaker, label: str) -> Json:
    return parts.section(speaker.mrkdwn("case.opening_field", label=label))


def _who(speaker: Speaker, case: Opening) -> Mrkdwn:
    lines = [
        speaker.mrkdwn("case.owner_is", person=case.owner),
        speaker.mrkdwn(text_key("peers_are", case.of_two), people=Mrkdwn(", ".join(case.peers))),
    ]
    if case.facilitator:
        lines.insert(1, speaker.mrkdwn("case.facilitator_is", person=case.facilitator))
    if case.observers:
        lines.append(speaker.mrkdwn("case.observers_are", people=Mrkdwn(", ".join(case.observers))))
    return Mrkdwn(" · ".join(lines))


def _buttons(speaker: Speaker, case: Opening) -> list[Json]:
    pointer = StepButton(case.case, case.step).to_value()
    go_on = parts.button(speaker.plain("case.next"), names.NEXT_STEP, pointer, style="primary")
    return [*([go_on] if case.time else []), more_button(speaker, pointer)]
