"""What a step asks: whole, or its first sentence for a group that knows the method, with the rest a press away."""

from collections.abc import Iterator

from bot.core import names, parts
from bot.core.parts import Json
from bot.core.text import first_sentence
from bot.library.enums import Addressing
from bot.library.protocol import Step
from bot.words import Mrkdwn, Speaker


def whole_instruction(speaker: Speaker, step: Step) -> list[Json]:
    """All that a step asks, with its examples."""
    blocks = [parts.section(piece) for piece in parts.split(step.ask.in_(speaker.language))]
    blocks += [parts.context(line) for line in _particulars(speaker, step)]
    if step.good:
        blocks.append(parts.context(speaker.mrkdwn("case.card_good", text=step.good.in_(speaker.language))))
    if step.poor:
        blocks.append(parts.context(speaker.mrkdwn("case.card_poor", text=step.poor.in_(speaker.language))))
    return blocks


def folded_instruction(speaker: Speaker, step: Step, pointer: str) -> list[Json]:
    """Its first sentence, what is not as usual, and the button for the rest; whole where there is nothing to fold.

    A step in which there is only something to read stays as it is: reading it is the step.
    """
    buttons = instruction_button(speaker, step, pointer)
    if step.reading_only or not buttons:
        return whole_instruction(speaker, step)
    line, *more = parts.split(first_sentence(step.ask.in_(speaker.language)))
    particulars = [parts.context(line) for line in _particulars(speaker, step)]
    return [parts.section(line, *buttons), *map(parts.section, more), *particulars]


def instruction_button(speaker: Speaker, step: Step, pointer: str) -> list[Json]:
    """The button to the page with everything; none where the first sentence is all there is."""
    ask = step.ask.in_(speaker.language).strip()
    if first_sentence(ask) == ask and not step.good and not step.poor:
        return []
    return [parts.button(speaker.plain("start.whole"), names.WHOLE_INSTRUCTION, pointer)]


def instruction_page(speaker: Speaker, heading: str, step: Step) -> Json:
    """The page behind that button: everything, in the reader's own language."""
    blocks = [parts.section(speaker.mrkdwn("case.form_heading", heading=heading)), *whole_instruction(speaker, step)]
    return parts.modal(speaker, names.INSTRUCTION_PAGE, "start.whole", blocks)


def _particulars(speaker: Speaker, step: Step) -> Iterator[Mrkdwn]:
    """How to write here, and how long the words stay, where that is not as usual."""
    yield from how_to_write(speaker, step)
    if step.keep:
        yield speaker.mrkdwn("kept.remarks")


def how_to_write(speaker: Speaker, step: Step) -> Iterator[Mrkdwn]:
    """To or about whom people write here, and how long it is kept, where that is not as usual."""
    if step.addressing != Addressing.SECOND_PERSON:
        yield speaker.mrkdwn(f"kept.addressing_{step.addressing.value}")
    if step.keep:
        days = round(step.keep.working_days)
        yield speaker.mrkdwn("kept.days", n=days) if days else speaker.mrkdwn("kept.short")
