"""What the facilitator can do besides *next*: a small page behind the card, and the line that everybody reads."""

from collections.abc import Collection, Sequence

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.rules.facilitating import CardLength, FacilitatorAction
from bot.intervision.surfaces import StepButton
from bot.intervision.views.words import confirm_dialog
from bot.library.protocol import Step
from bot.words import Speaker

_ACTIONS: dict[FacilitatorAction | CardLength, str] = {
    FacilitatorAction.SKIP: names.SKIP_STEP,
    FacilitatorAction.MORE_TIME: names.MORE_TIME,
    FacilitatorAction.BACK: names.GO_BACK,
    FacilitatorAction.CALM: names.PACE_CALM,
    FacilitatorAction.LIVE: names.PACE_LIVE,
    CardLength.SHORT: names.SHORT_CARDS,
    CardLength.WHOLE: names.WHOLE_CARDS,
}
_NOT_UNDONE = (FacilitatorAction.SKIP, FacilitatorAction.BACK)


def facilitator_page(
    speaker: Speaker, pointer: str, heading: str, can: Collection[FacilitatorAction | CardLength], before: str
) -> Json:
    """What can be done in this step, each with what it does; `before` names the step that one can go back to."""
    blocks = [parts.section(speaker.mrkdwn("leading.intro", heading=heading))]
    for how, action in _ACTIONS.items():
        if how in can:
            ask = confirm_dialog(speaker, how.value) if how in _NOT_UNDONE else None
            button = parts.button(speaker.plain(f"leading.{how}"), action, pointer, confirm=ask)
            blocks.append(parts.section(speaker.mrkdwn(f"leading.{how}_explained", name=before), button))
    return _page(speaker, blocks)


def facilitator_done(speaker: Speaker, how: FacilitatorAction | CardLength, opens: str = "") -> Json:
    """The page after it; `opens` is when the next card appears, where that is not now."""
    later = [parts.section(speaker.mrkdwn("leading.opens", at=opens))] if opens else []
    return _page(speaker, [parts.section(speaker.mrkdwn(f"leading.{how}_done")), *later])


def facilitator_named(speaker: Speaker, steps: Sequence[Step]) -> str:
    """The names of steps that go together."""
    return ", ".join(step.name.in_(speaker.language) for step in steps)


def facilitator_line(
    speaker: Speaker, how: FacilitatorAction | CardLength, steps: Sequence[Step], case: str, *, live: bool
) -> Json:
    """What all in the case read of these steps; what is open again is higher up, so its button is here too."""
    blocks = [parts.section(speaker.mrkdwn(f"leading.{how}_line", name=facilitator_named(speaker, steps)))]
    if how == FacilitatorAction.BACK:
        label, action = ("case.next", names.NEXT_STEP) if live else ("case.write", names.WRITE)
        pointers = [StepButton(case, step.key).to_value() for step in steps[:1] if step.who]
        buttons = [parts.button(speaker.plain(label), action, pointer) for pointer in pointers]
        blocks += [parts.actions(*buttons)] if buttons else []
    return parts.message(speaker.plain("leading.headline"), blocks)


def _page(speaker: Speaker, blocks: list[Json]) -> Json:
    return parts.modal(speaker, names.LEAD_PAGE, "leading.title", blocks)
