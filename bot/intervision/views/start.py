"""Before the start, for who wants it: which of the steps that may be left out are played, and how."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.rules.case import Pace
from bot.intervision.surfaces import CaseForm, StartChoices
from bot.words import Speaker

# What Slack shows of a choice, and how many choices it takes.
_LABEL = 75
_MOST = 10


@dataclass(frozen=True)
class StepChoice:
    """A step that may be left out: its name, what it asks in a sentence, and whether the method proposes it."""

    key: str
    name: str
    why: str
    included: bool


def start_form(speaker: Speaker, case: str, steps: Sequence[StepChoice]) -> Json:
    """The form; sending it starts the case."""
    paces = [parts.option(speaker.plain(f"start.{pace}"), pace) for pace in Pace]
    known = CaseForm(case).to_metadata()
    blocks = [
        *(_steps(speaker, steps[:_MOST]) if steps else ()),
        parts.input_block(StartChoices.PACE, speaker.plain("start.pace"), parts.radios(paces, "calm")),
        parts.section(speaker.mrkdwn("case.start_text")),
    ]
    return parts.modal(speaker, names.START_FORM, "start.title", blocks, known, submit="case.start_yes")


def _steps(speaker: Speaker, steps: Sequence[StepChoice]) -> list[Json]:
    """Which of these are played, each with what it asks."""
    options = [parts.option(step.name[:_LABEL], step.key) for step in steps]
    chosen = parts.checkboxes(options, [step.key for step in steps if step.included])
    return [
        parts.section(speaker.mrkdwn("start.intro")),
        *[parts.context(speaker.mrkdwn("start.step", name=step.name, why=step.why)) for step in steps],
        parts.input_block(StartChoices.STEPS, speaker.plain("start.steps"), chosen, optional=True),
    ]
