"""Before the start, for who wants it: which of the steps that may be left out are played, and how."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import blocks as parts
from bot.core import names
from bot.core.blocks import Json
from bot.words import Speaker

STEPS, PACE, LIVE = "steps", "pace", "live"
CARDS, SHORT = "cards", "short"
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


def start_form(say: Speaker, case: str, steps: Sequence[StepChoice]) -> Json:
    """The form; sending it starts the case."""
    paces = [parts.option(say.plain(f"start.{pace}"), pace) for pace in ("calm", LIVE)]
    short = parts.checkboxes([parts.option(say.plain("start.short"), SHORT)])
    blocks = [
        *(_steps(say, steps[:_MOST]) if steps else ()),
        parts.input_block(PACE, say.plain("start.pace"), parts.radios(paces, "calm")),
        parts.input_block(CARDS, say.plain("start.cards"), short, hint=say.plain("start.short_hint"), optional=True),
        parts.section(say.mrkdwn("case.start_text")),
    ]
    return parts.modal(
        names.START_FORM, say.plain("start.title"), blocks,
        pointers={"case": case}, close=say.plain("common.cancel"), submit=say.plain("case.start_yes"),
    )  # fmt: skip


def _steps(say: Speaker, steps: Sequence[StepChoice]) -> list[Json]:
    """Which of these are played, each with what it asks."""
    options = [parts.option(step.name[:_LABEL], step.key) for step in steps]
    chosen = parts.checkboxes(options, [step.key for step in steps if step.included])
    return [
        parts.section(say.mrkdwn("start.intro")),
        *[parts.context(say.mrkdwn("start.step", name=step.name, why=step.why)) for step in steps],
        parts.input_block(STEPS, say.plain("start.steps"), chosen, optional=True),
    ]
