"""The card of a step, as the case is now: for people who write over days, or for those who talk now."""

from bot.core.parts import Json
from bot.intervision.context import CaseContext
from bot.intervision.rules.case import CaseState, StepPhase, StepState, held_for_owner
from bot.intervision.rules.progress import in_turns, is_still_talking, targets, turns_left
from bot.intervision.rules.readers import can_pass, whose_turn
from bot.intervision.views.card import NOTHING, CardPhase, CardTime, CardTurns, ClosedWords, StepCard, step_card
from bot.intervision.views.live import LiveCard, live_card
from bot.intervision.views.words import clock_for_readers
from bot.library.enums import Closes, Kind
from bot.library.protocol import Step
from bot.words import Speaker


def build_step_card(speaker: Speaker, context: CaseContext, step: Step) -> Json:
    """The card of a step that opened, in the circle's language."""
    if context.case.is_live:
        return live_card(speaker, _live_card(speaker, context, step))
    return step_card(speaker, _written_card(speaker, context, step))


def _written_card(speaker: Speaker, context: CaseContext, step: Step) -> StepCard:
    case, state = context.case, context.case.state_of(step.key)
    turns = turns_left(case, step)
    at = state.turn_until if turns else state.closes_at
    return StepCard(
        case=context.row.id,
        step=step,
        steps=case.protocol.numbered(),
        phase=_phase(context, step),
        people=[context.members[person].slack for person in whose_turn(case, step)],
        until=context.moment_in_message(speaker, at),
        time=CardTime.EXACT if turns else _time(context, step, state),
        can_pass=can_pass(case, step),
        again=context.reopen_state(step.key) == "open",
        turns=CardTurns(all_had=not turns) if in_turns(case, step) else None,
        words=_words(context, step),
        owner=context.name_of(context.owner),
        whose=context.name_of(context.owner) if context.row.series else NOTHING,
    )


def _live_card(speaker: Speaker, context: CaseContext, step: Step) -> LiveCard:
    state = context.case.state_of(step.key)
    at = state.deadline
    return LiveCard(
        case=context.row.id,
        step=step,
        steps=context.case.protocol.numbered(),
        phase=_phase(context, step),
        until=clock_for_readers(speaker, at, context.circle.timezone, context.zones) if at else NOTHING,
        again=context.reopen_state(step.key) == "open",
        words=_words(context, step),
        owner=context.name_of(context.owner),
        whose=context.name_of(context.owner) if context.row.series else NOTHING,
        is_over_time=state.rung_at is not None,
        can_note=_can_note(context, step),
        of_two=context.is_pair,
    )


def _phase(context: CaseContext, step: Step) -> CardPhase:
    state = context.case.state_of(step.key)
    if context.case.state in (CaseState.STOPPED, CaseState.CLOSED) and state.state == StepPhase.OPEN:
        return CardPhase.STOPPED
    if context.case.is_open(step.key):
        return CardPhase.OPEN
    return CardPhase.PUT_BACK if context.reopen_state(step.key) == "put_back" else CardPhase.CLOSED


def _time(context: CaseContext, step: Step, state: StepState) -> CardTime:
    """What the moment at which an open step closes means."""
    if context.case.lies_still_until:
        return CardTime.LIES_STILL
    if state.pressed:
        return CardTime.MOVED_ON
    if state.closes_at and state.closes_at != state.deadline:
        return CardTime.SILENCE if is_still_talking(context.case) else CardTime.ALL_DONE
    if state.extended and step.closes == Closes.EARLY:
        return CardTime.EXTENDED
    return CardTime.EXACT if step.closes == Closes.WINDOW or step.reading_only else CardTime.LATEST


def _words(context: CaseContext, step: Step) -> ClosedWords:
    """Where to read what was written in a step that is closed; the story is above."""
    if context.case.state_of(step.key).wiped:
        return ClosedWords.WIPED
    written = context.case.contributions_in(step.key)
    if held_for_owner(step) and any(not each.revealed for each in written):
        return ClosedWords.HELD
    is_read = any(each.revealed and each.id != context.story_id for each in written)
    return ClosedWords.READ if is_read else ClosedWords.NONE


def _can_note(context: CaseContext, step: Step) -> bool:
    """The story is above already; answers are noted with what they answer, if that was."""
    if step.reading_only or Kind.CASE_STORY in step.kinds:
        return False
    return step.about is None or bool(targets(context.case, step))
