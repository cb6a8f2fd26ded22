"""The top of a case's own channel: what it is about, who is there, and what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import blocks as parts
from bot.core.blocks import Json, messages
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


def opening_post(say: Speaker, case: Opening) -> list[Json]:
    """As many messages as the story takes."""
    blocks = [
        parts.header(case.title),
        *_brought(say, case),
        parts.divider(),
        parts.section(_who(say, case)),
        *_agreed(say, case),
        parts.context(say.mrkdwn(text_key("opening_readers", case.of_two))),
    ]
    return messages(say.plain("case.opening_headline"), blocks)


def series_opening_post(say: Speaker, case: Opening) -> list[Json]:
    """The top of a series: who is in it, and that everybody's turn comes. The stories come with their turns."""
    people = mention_all(sorted((case.owner, *case.peers)))
    blocks = [
        parts.header(say.plain("series.opening_header")),
        parts.section(say.mrkdwn("series.opening_who", method=case.method, people=people)),
        *_agreed(say, case),
        parts.context(say.mrkdwn("series.opening_readers")),
    ]
    return messages(say.plain("case.opening_headline"), blocks)


def series_turn_post(say: Speaker, case: Opening) -> list[Json]:
    """One case of a series begins: whose it is, and the story."""
    whose = parts.section(say.mrkdwn("series.turn", person=mention(case.owner)))
    blocks = [parts.divider(), parts.header(case.title), whose, *_brought(say, case)]
    return messages(say.plain("case.opening_headline"), blocks)


def _brought(say: Speaker, case: Opening) -> list[Json]:
    return [
        parts.section(say.mrkdwn("case.opening_question")),
        *text_blocks(case.question),
        parts.section(say.mrkdwn("case.opening_story")),
        *text_blocks(case.story),
        *[block for label, text in case.fields for block in (_asked(say, label), *text_blocks(text))],
    ]


def _agreed(say: Speaker, case: Opening) -> list[Json]:
    return [
        parts.section(say.mrkdwn("live.opening_how" if case.live else "case.opening_how")),
        parts.section(say.mrkdwn("case.opening_agreement")),
        parts.section(say.mrkdwn("case.danger", contact=case.contact)),
    ]


def _asked(say: Speaker, label: str) -> Json:
    return parts.section(say.mrkdwn("case.opening_field", label=label))


def _who(say: Speaker, case: Opening) -> Mrkdwn:
    leads = case.facilitator
    lines = [
        say.mrkdwn("case.opening_method", method=case.method),
        say.mrkdwn("case.owner_is", person=mention(case.owner)),
        say.mrkdwn(text_key("peers_are", case.of_two), people=mention_all(case.peers)),
    ]
    if case.observers:
        lines.append(say.mrkdwn("case.observers_are", people=mention_all(case.observers)))
    if not case.of_two:
        leader = (
            say.mrkdwn("case.facilitator_is", person=mention(leads)) if leads else say.mrkdwn("case.no_facilitator")
        )
        lines.insert(2, leader)
    return Mrkdwn("\n".join(lines))
