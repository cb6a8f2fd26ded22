"""The top of a case's own channel: what it is about, who is there, and what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import parts
from bot.core.parts import Json, messages
from bot.intervision.views.text import text_blocks
from bot.intervision.views.words import text_key
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention, mention_all


@dataclass(frozen=True)
class Opening:
    """What the people of a case read first. People are Slack's ids; `fields` what the method asks besides, answered."""

    title: str
    question: str
    story: str
    owner: str
    facilitator: str | None
    peers: Sequence[str]
    method: str
    contact: str
    of_two: bool = False
    fields: Sequence[tuple[str, str]] = ()
    observers: Sequence[str] = ()
    live: bool = False


def opening_post(speaker: Speaker, case: Opening) -> list[Json]:
    """As many messages as the story takes."""
    blocks = [
        parts.header(case.title),
        *_brought(speaker, case),
        parts.divider(),
        parts.section(_who(speaker, case)),
        *_agreed(speaker, case),
        parts.context(speaker.mrkdwn(text_key("opening_readers", case.of_two))),
    ]
    return messages(speaker.plain("case.opening_headline"), blocks)


def series_opening_post(speaker: Speaker, case: Opening) -> list[Json]:
    """The top of a series: who is in it, and that everybody's turn comes. The stories come with their turns."""
    people = mention_all(sorted((case.owner, *case.peers)))
    blocks = [
        parts.header(speaker.plain("series.opening_header")),
        parts.section(speaker.mrkdwn("series.opening_who", method=case.method, people=people)),
        *_agreed(speaker, case),
        parts.context(speaker.mrkdwn("series.opening_readers")),
    ]
    return messages(speaker.plain("case.opening_headline"), blocks)


def series_turn_post(speaker: Speaker, case: Opening) -> list[Json]:
    """One case of a series begins: whose it is, and the story."""
    whose = parts.section(speaker.mrkdwn("series.turn", person=mention(case.owner)))
    blocks = [parts.divider(), parts.header(case.title), whose, *_brought(speaker, case)]
    return messages(speaker.plain("case.opening_headline"), blocks)


def _brought(speaker: Speaker, case: Opening) -> list[Json]:
    return [
        parts.section(speaker.mrkdwn("case.opening_question")),
        *text_blocks(case.question),
        parts.section(speaker.mrkdwn("case.opening_story")),
        *text_blocks(case.story),
        *[block for label, text in case.fields for block in (_asked(speaker, label), *text_blocks(text))],
    ]


def _agreed(speaker: Speaker, case: Opening) -> list[Json]:
    return [
        parts.section(speaker.mrkdwn("live.opening_how" if case.live else "case.opening_how")),
        parts.section(speaker.mrkdwn("case.opening_agreement")),
        parts.section(speaker.mrkdwn("case.danger", contact=case.contact)),
    ]


def _asked(speaker: Speaker, label: str) -> Json:
    return parts.section(speaker.mrkdwn("case.opening_field", label=label))


def _who(speaker: Speaker, case: Opening) -> Mrkdwn:
    leads = case.facilitator
    lines = [
        speaker.mrkdwn("case.opening_method", method=case.method),
        speaker.mrkdwn("case.owner_is", person=mention(case.owner)),
        speaker.mrkdwn(text_key("peers_are", case.of_two), people=mention_all(case.peers)),
    ]
    if case.observers:
        lines.append(speaker.mrkdwn("case.observers_are", people=mention_all(case.observers)))
    if not case.of_two:
        leader = speaker.mrkdwn("case.facilitator_is", person=mention(leads)) if leads else None
        lines.insert(2, leader or speaker.mrkdwn("case.no_facilitator"))
    return Mrkdwn("\n".join(lines))
