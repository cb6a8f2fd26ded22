"""A case in which people talk: the bot keeps the time, shows one line and *next*, and opens a form for who notes."""

from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.core.text import first_sentence
from bot.intervision.surfaces import StepButton
from bot.intervision.views.card import reopened_line, step_heading, whose_case
from bot.intervision.views.instruction import instruction_button
from bot.intervision.views.words import role_names
from bot.library.enums import Role
from bot.library.protocol import Step
from bot.words import Mrkdwn, Speaker


@dataclass(frozen=True)
class LiveCard:
    """The state of a step for people who talk. `until` is a time of day; `is_over_time`: the bot said so.

    `can_note`: there is something here that somebody could note. `has_notes`: some are to be read in its thread.
    `again` is as in `bot.intervision.views.card`.
    """

    case: str
    step: Step
    steps: tuple[tuple[Step, ...], ...]
    is_open: bool
    was_stopped: bool
    until: str
    is_over_time: bool
    can_note: bool
    has_notes: bool
    owner_may_be_ready: bool
    of_two: bool = False
    whose: str = ""
    again: str = ""


def live_card(speaker: Speaker, how: LiveCard) -> Json:
    """The card: what is done now, until when, *next*, a way to note something, and one to the whole instruction."""
    heading = step_heading(speaker, how.steps, how.step)
    blocks = _open(speaker, how, heading) if how.is_open else _over(speaker, how, heading)
    return parts.message(heading, [*whose_case(speaker, how.whose), *blocks])


def bell_post(speaker: Speaker, name: str) -> Json:
    """The time of a step is over: said once, and nobody is cut off."""
    return parts.message(speaker.plain("live.bell_headline"), [parts.section(speaker.mrkdwn("live.bell", name=name))])


def _open(speaker: Speaker, how: LiveCard, heading: str) -> list[Json]:
    pointer = StepButton(how.case, how.step.key).to_value()
    time = "live.over_time" if how.is_over_time else "live.until"
    line = speaker.mrkdwn("live.line", heading=heading, time=speaker.mrkdwn(time, until=how.until))
    buttons = [parts.button(speaker.plain("case.next"), names.NEXT_STEP, pointer, style="primary")]
    if how.can_note:
        buttons.append(parts.button(speaker.plain("live.note"), names.WRITE, pointer))
    buttons += instruction_button(speaker, how.step, pointer)
    buttons.append(parts.button(speaker.plain("leading.more"), names.LEAD, pointer))
    back = reopened_line(speaker, how.step, how.again)
    return [parts.section(Mrkdwn(f"{line}\n{_task(speaker, how)}")), *back, parts.actions(*buttons)]


def _task(speaker: Speaker, how: LiveCard) -> Mrkdwn:
    # At a table nobody reads more; who wants to has the button for it.
    words = first_sentence(how.step.ask.in_(speaker.language))
    who = [role.value for role in how.step.who if role != Role.OBSERVER]
    if not who:
        return speaker.mrkdwn("live.task", words=words)
    people = role_names(speaker, who, how.of_two)
    return speaker.mrkdwn("live.task_of", who=people[0].upper() + people[1:], words=words)


def _over(speaker: Speaker, how: LiveCard, heading: str) -> list[Json]:
    if how.was_stopped:
        return [parts.section(speaker.mrkdwn("live.stopped", heading=heading))]
    if how.again == "put_back":
        return [parts.section(speaker.mrkdwn("live.task", words=heading)), *reopened_line(speaker, how.step, how.again)]
    more = speaker.mrkdwn("live.notes_in_thread") if how.has_notes else Mrkdwn("")
    blocks = [parts.section(speaker.mrkdwn("live.over", heading=heading, more=more))]
    if how.owner_may_be_ready:
        pointer = StepButton(how.case, how.step.key).to_value()
        blocks.append(parts.actions(parts.button(speaker.plain("case.ready"), names.OWNER_READY, pointer)))
    return blocks
