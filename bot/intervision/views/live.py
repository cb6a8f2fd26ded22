"""A case in which people talk: the bot keeps the time, shows a card with *next*, and opens a form for who notes."""

from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.core.text import first_sentence
from bot.intervision.views.card import (
    CardPhase,
    StepCard,
    again_line,
    card_pointer,
    closed_blocks,
    more_button,
    step_heading,
    who_reads,
    whose_line,
)
from bot.intervision.views.words import role_names
from bot.library.enums import Role
from bot.words import Mrkdwn, Speaker


@dataclass(frozen=True)
class LiveCard(StepCard):
    """The state of a step for people who talk. `until` is a time of day; `is_over_time`: the bot said so.

    `can_note`: there is something here that somebody could note.
    """

    is_over_time: bool = False
    can_note: bool = False
    of_two: bool = False


def live_card(speaker: Speaker, card: LiveCard) -> Json:
    """The card: what is done now, by whom, until when; *next*, and a way to note something."""
    heading = step_heading(speaker, card.steps, card.step)
    if card.phase != CardPhase.OPEN:
        return parts.message(heading, closed_blocks(speaker, card, heading))
    time = speaker.mrkdwn("live.over_time" if card.is_over_time else "card.exact_live", until=card.until)
    lines = [
        speaker.mrkdwn("live.line", heading=heading, time=time),
        *whose_line(speaker, card.whose),
        *([again_line(speaker, card.step)] if card.again else []),
        _task(speaker, card),
        *(who_reads(speaker, card.step) if card.can_note else []),
    ]
    return parts.message(heading, [parts.section(Mrkdwn("\n".join(lines))), parts.actions(*_buttons(speaker, card))])


def bell_post(speaker: Speaker, name: str) -> Json:
    """The time of a step is over: said once, and nobody is cut off."""
    return parts.message(speaker.plain("live.bell_headline"), [parts.section(speaker.mrkdwn("live.bell", name=name))])


def _buttons(speaker: Speaker, card: LiveCard) -> list[Json]:
    pointer = card_pointer(card)
    buttons = [parts.button(speaker.plain("case.next"), names.NEXT_STEP, pointer, style="primary")]
    if card.can_note:
        buttons.append(parts.button(speaker.plain("live.note"), names.WRITE, pointer))
    return [*buttons, more_button(speaker, pointer)]


def _task(speaker: Speaker, card: LiveCard) -> Mrkdwn:
    # At a table nobody reads more; who wants to has the button for it.
    words = first_sentence(card.step.ask.in_(speaker.language))
    who = [role.value for role in card.step.who if role != Role.OBSERVER]
    if not who:
        return speaker.mrkdwn("live.task", words=words)
    people = role_names(speaker, who, card.of_two)
    return speaker.mrkdwn("live.task_of", who=people[0].upper() + people[1:], words=words)
