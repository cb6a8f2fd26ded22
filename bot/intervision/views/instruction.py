"""What a step asks, whole: behind *More…*, and in the form."""

from collections.abc import Iterator

from bot.core import parts
from bot.core.parts import Json
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


def _particulars(speaker: Speaker, step: Step) -> Iterator[Mrkdwn]:
    """How many may be written, how to write, and how long the words stay, where that is not as usual."""
    yield from _how_many(speaker, step)
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


def _how_many(speaker: Speaker, step: Step) -> Iterator[Mrkdwn]:
    """Said where there may be several."""
    least, most = max(1, step.per_person.min), step.per_person.max
    if step.who and most is not None and most > 1:
        many = speaker.plain("case.card_from_to", least=least, most=most) if least < most else str(most)
        yield speaker.mrkdwn("case.card_how_many", many=many)
