"""The card of one step: where we are, what is asked, of whom, until when, and who reads it. Closed, it is one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_lowercase
from typing import Final

from bot.core import names, parts
from bot.core.parts import Json
from bot.core.text import first_sentence
from bot.intervision.rules.readers import Visibility, visibility
from bot.intervision.surfaces import StepButton
from bot.library.enums import Kind, Names
from bot.library.protocol import Step
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import mention, mention_all

NOTHING: Final = Mrkdwn("")
_HEADER = 150
# With more people than this, their names would fill the card: all in the channel are notified once.
_MOST_NAMED = 8


class CardPhase(StrEnum):
    """How far a step is, for its card; `put_back`: the facilitator went back behind it, and it opens again later."""

    OPEN = "open"
    CLOSED = "closed"
    STOPPED = "stopped"
    PUT_BACK = "put_back"


class CardTime(StrEnum):
    """What the moment on a card means; the words for each are in the catalogues, under this value."""

    LATEST = "latest"
    EXACT = "exact"
    EXTENDED = "extended"
    ALL_DONE = "all_done"
    MOVED_ON = "moved_on"
    SILENCE = "silence"
    LIES_STILL = "lies_still"


class ClosedWords(StrEnum):
    """Where the words of a closed step are: nowhere to read (NONE), in the thread, held for the owner, or wiped."""

    NONE = "closed"
    READ = "closed_read"
    HELD = "closed_held"
    WIPED = "closed_wiped"


@dataclass(frozen=True)
class CardTurns:
    """Whether people write one after the other here, and whether all had their turn."""

    all_had: bool = False


@dataclass(frozen=True)
class StepCard:
    """The state of a step. `steps` is the whole method as people count it.

    `people` are Slack's ids of those who are asked now, `until` the moment that `time` tells of. `can_pass`: "nothing
    to add" is an answer. `again`: the facilitator went back to it.
    `words` says where to read once it is closed, `owner` and `whose` are names as people read them: of the owner who
    was away, and of whoever brought the question, where cases of several people share a channel.
    """

    case: str
    step: Step
    steps: tuple[tuple[Step, ...], ...]
    phase: CardPhase
    people: Sequence[str] = ()
    until: Mrkdwn = NOTHING
    time: CardTime = CardTime.LATEST
    can_pass: bool = False
    again: bool = False
    turns: CardTurns | None = None
    words: ClosedWords = ClosedWords.NONE
    owner: Mrkdwn = NOTHING
    whose: Mrkdwn = NOTHING


def step_card(speaker: Speaker, card: StepCard) -> Json:
    """The card in the case's channel; under it, in its thread, comes what people write."""
    heading = step_heading(speaker, card.steps, card.step)
    if card.phase != CardPhase.OPEN:
        return parts.message(heading, closed_blocks(speaker, card, heading))
    blocks = [
        parts.header(heading[:_HEADER]),
        *map(parts.context, whose_line(speaker, card.whose)),
        *map(parts.section, parts.split(first_sentence(card.step.ask.in_(speaker.language)))),
        parts.section(Mrkdwn("\n".join(_facts(speaker, card)))),
        parts.actions(*_buttons(speaker, card)),
    ]
    return parts.message(heading, blocks)


def closed_blocks(speaker: Speaker, card: StepCard, heading: str) -> list[Json]:
    """One line, with the owner's button where the owner alone brings up what was written."""
    key = card.words.value if card.phase == CardPhase.CLOSED else card.phase.value
    owner = {"owner": card.owner} if key == ClosedWords.HELD else {}
    blocks = [parts.section(speaker.mrkdwn(f"card.{key}", heading=heading, **owner))]
    if key == ClosedWords.HELD:
        blocks.append(parts.actions(parts.button(speaker.plain("case.ready"), names.OWNER_READY, card_pointer(card))))
    return blocks


def turn_post(speaker: Speaker, person: str) -> Json:
    """What somebody reads when their turn comes."""
    yours = parts.context(speaker.mrkdwn("turns.yours", person=mention(person)))
    return parts.message(speaker.plain("turns.headline"), [yours])


def step_heading(speaker: Speaker, steps: tuple[tuple[Step, ...], ...], step: Step) -> str:
    """Where we are: "Stap 2a van 5 · Verkennen"."""
    for number, group in enumerate(steps, start=1):
        if step in group:
            letter = ascii_lowercase[group.index(step)] if len(group) > 1 else ""
            name = step.name.in_(speaker.language)
            return speaker.plain("case.card_heading", number=f"{number}{letter}", total=len(steps), name=name)
    raise LookupError(f"step {step.key!r} is no part of this method")


def whose_line(speaker: Speaker, owner: Mrkdwn) -> list[Mrkdwn]:
    """In a series: whose question this is about, by name and without a mention: nobody is called for every card."""
    return [speaker.mrkdwn("series.whose", person=owner)] if owner else []


def asked_people(people: Sequence[str]) -> Mrkdwn:
    """Those whose turn it is, mentioned once: of an edit of the card Slack tells nobody."""
    return mention_all(people) if len(people) <= _MOST_NAMED else Mrkdwn("<!channel>")


def who_reads(speaker: Speaker, step: Step) -> list[Mrkdwn]:
    """Who reads what is written in this step, and when; nothing where nobody writes, or all is here already."""
    how = visibility(step)
    if how in (Visibility.NOTHING, Visibility.STORY):
        return []
    is_nameless = how == Visibility.AT_CLOSE and step.names == Names.HIDDEN
    return [speaker.mrkdwn(f"card.reads_{how}{'_nameless' if is_nameless else ''}")]


def again_line(speaker: Speaker, step: Step) -> Mrkdwn:
    """What going back means for a step that is open again."""
    return speaker.mrkdwn("card.again_nameless" if step.names == Names.HIDDEN else "card.again")


def card_pointer(card: StepCard) -> str:
    """What the buttons of a card know."""
    return StepButton(card.case, card.step.key).to_value()


def more_button(speaker: Speaker, pointer: str) -> Json:
    """The button to everything that is not on the card."""
    return parts.button(speaker.plain("leading.more"), names.LEAD, pointer)


def _facts(speaker: Speaker, card: StepCard) -> Iterator[Mrkdwn]:
    if card.again:
        yield again_line(speaker, card.step)
    time = speaker.mrkdwn(f"card.{card.time}", until=card.until)
    asked = _asked(speaker, card)
    yield speaker.mrkdwn("card.who_until", people=asked, time=time) if asked else time
    yield from who_reads(speaker, card.step)


def _asked(speaker: Speaker, card: StepCard) -> Mrkdwn:
    """Who is asked; nobody any more once all are done, or while the case lies still."""
    if card.time in (CardTime.ALL_DONE, CardTime.MOVED_ON, CardTime.SILENCE, CardTime.LIES_STILL):
        return NOTHING
    if card.step.reading_only:
        return speaker.mrkdwn("card.to_read")
    if card.turns and card.turns.all_had:
        return speaker.mrkdwn("card.all_had_turn")
    people = asked_people(card.people)
    return speaker.mrkdwn("card.turn", people=people) if card.turns else people


def _buttons(speaker: Speaker, card: StepCard) -> list[Json]:
    pointer, buttons = card_pointer(card), []
    if not card.step.reading_only:
        key = "case.rate" if Kind.RATING in card.step.kinds else "case.write"
        buttons.append(parts.button(speaker.plain(key), names.WRITE, pointer, style="primary"))
    if card.can_pass:
        buttons.append(parts.button(speaker.plain("case.pass"), names.PASS, pointer))
    return [*buttons, more_button(speaker, pointer)]
