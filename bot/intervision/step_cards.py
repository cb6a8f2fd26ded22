"""The card of a step, as the case is now: for people who write over days, or for those who talk now."""

from bot.core.parts import Json
from bot.intervision.context import CaseContext
from bot.intervision.rules.case import CaseState, StepPhase, held_for_owner
from bot.intervision.rules.progress import in_turns, is_still_talking, talking, targets, turns_left
from bot.intervision.views.card import CardTurns, StepCard, step_card
from bot.intervision.views.live import LiveCard, live_card
from bot.library.enums import Kind
from bot.library.protocol import Step
from bot.words import Speaker


def build_step_card(speaker: Speaker, context: CaseContext, step: Step) -> Json:
    """The card of a step that opened, in the circle's language."""
    if context.case.is_live:
        return live_card(speaker, _live_card(speaker, context, step))
    return step_card(speaker, _calm_card(speaker, context, step))


def _calm_card(speaker: Speaker, context: CaseContext, step: Step) -> StepCard:
    case, state = context.case, context.case.state_of(step.key)
    waits = state.closes_at and (state.pressed or state.closes_at != state.deadline)
    return StepCard(
        case=context.row.id,
        step=step,
        of_two=context.is_pair,
        steps=case.protocol.numbered(),
        done=frozenset(s.key for s in case.steps if s.state in (StepPhase.CLOSED, StepPhase.SKIPPED)),
        is_open=context.case.is_open(step.key),
        was_stopped=_was_stopped(context, step),
        until=context.moment_in_message(speaker, state.closes_at),
        everyone_done=bool(waits),
        extended=state.extended,
        is_intake=any(c.id == context.story_id and c.step == step.key for c in case.contributions),
        is_quiet=not _has_words(context, step),
        owner_may_be_ready=_owner_may_be_ready(context, step),
        is_wiped=state.wiped,
        is_talk=step in talking(case),
        goes_on=is_still_talking(case) and not state.pressed,
        turns=_turns(speaker, context, step) if in_turns(case, step) else None,
        again=context.reopen_state(step.key),
        whose=context.owner.slack if context.row.series else "",
        is_short=context.row.short_cards,
        lies_still=case.lies_still_until is not None and context.case.is_open(step.key),
    )


def _turns(speaker: Speaker, context: CaseContext, step: Step) -> CardTurns:
    until = context.case.state_of(step.key).turn_until
    people = [context.members[person].slack for person in turns_left(context.case, step)]
    return CardTurns(people, context.moment_in_message(speaker, until))


def _live_card(speaker: Speaker, context: CaseContext, step: Step) -> LiveCard:
    state = context.case.state_of(step.key)
    return LiveCard(
        case=context.row.id,
        step=step,
        of_two=context.is_pair,
        steps=context.case.protocol.numbered(),
        is_open=context.case.is_open(step.key),
        was_stopped=_was_stopped(context, step),
        until=context.clock_in_message(speaker, state.deadline),
        is_over_time=state.rung_at is not None,
        can_note=_can_note(context, step),
        again=context.reopen_state(step.key),
        has_notes=_has_words(context, step) and Kind.CASE_STORY not in step.kinds,
        owner_may_be_ready=_owner_may_be_ready(context, step),
        whose=context.owner.slack if context.row.series else "",
    )


def _can_note(context: CaseContext, step: Step) -> bool:
    """The story is above already; answers are noted with what they answer, if that was."""
    if step.reading_only or Kind.CASE_STORY in step.kinds:
        return False
    return step.about is None or bool(targets(context.case, step))


def _was_stopped(context: CaseContext, step: Step) -> bool:
    over = context.case.state in (CaseState.STOPPED, CaseState.CLOSED)
    return over and context.case.state_of(step.key).state == StepPhase.OPEN


def _has_words(context: CaseContext, step: Step) -> bool:
    return any(each.revealed for each in context.case.contributions_in(step.key))


def _owner_may_be_ready(context: CaseContext, step: Step) -> bool:
    is_closed = context.case.state_of(step.key).state == StepPhase.CLOSED
    held = any(not each.revealed for each in context.case.contributions_in(step.key))
    return held_for_owner(step) and is_closed and held
