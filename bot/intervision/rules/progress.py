"""How far people are in a step: who writes, what there is to answer, who is done, whose turn it is, when it ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.calendar import Calendar
from bot.intervision.rules.case import Case, Contribution, StepPhase, StepState, held_for_owner
from bot.library.enums import QUESTIONS, Closes, Kind, Names, Order, Rating, Reveal, Role
from bot.library.protocol import Step


def owners_own(step: Step) -> bool:
    """Whether only the owner writes here."""
    return step.who == (Role.OWNER,)


def writers(case: Case, step: Step) -> frozenset[int]:
    """The people who may write in a step, whether or not it is open."""
    return case.holding(*step.who)


def targets(case: Case, step: Step) -> tuple[Contribution, ...]:
    """The revealed contributions that this step answers or rates, the warm ones first; none if it is about nothing."""
    if step.about is None:
        return ()
    about = step.about
    steps = (step for step in case.protocol.steps if step.key in about.steps)
    posted = (c for step in steps for c in as_posted(case, step) if c.revealed)
    of_kind = (c for c in posted if not about.kinds or c.kind in about.kinds)
    found = tuple(c for c in of_kind if not about.rated or ratings(case, c.id) & {*about.rated})
    return found if Kind.RATING in step.kinds else tuple(sorted(found, key=lambda c: _rating_order(case, c)))


def as_posted(case: Case, step: Step) -> tuple[Contribution, ...]:
    """What was written in a step, in the order of its thread: people in the order they began, by id without names."""
    written = case.contributions_in(step.key)
    if step.names == Names.HIDDEN:
        return tuple(sorted(written, key=lambda c: c.id))
    if step.reveal == Reveal.IMMEDIATE and not held_for_owner(step):
        return written
    began = list(dict.fromkeys(c.author for c in written))
    return tuple(sorted(written, key=lambda c: began.index(c.author)))


def _rating_order(case: Case, contribution: Contribution) -> int:
    """0 for what touched the owner most; what nobody rated comes last."""
    given = ratings(case, contribution.id)
    return next((place for place, rating in enumerate(Rating) if rating in given), len(Rating))


def ratings(case: Case, id: str) -> set[str]:
    """The ratings that were given to one contribution."""
    return {c.rating for c in case.contributions if c.about == id and c.rating is not None}


def unanswered(case: Case, person: int, step: Step) -> tuple[Contribution, ...]:
    """What this person can still answer in an about-step; what was passed can still be answered."""
    answered = {c.about for c in case.contributions_in(step.key, person)}
    return tuple(c for c in targets(case, step) if c.id not in answered)


def can_set_aside(case: Case, person: int, step: Step) -> bool:
    """Whether advice that comes up here can wait: this step asks, and one for advice of the same person is to come.

    What waits is one text: it has no place among answers, nor in a set of fields.
    """
    if not step.kinds or not QUESTIONS.issuperset(step.kinds):
        return False
    to_come = (each for each in case.protocol.steps if case.state_of(each.key).state == StepPhase.WAITING)
    advising = (each for each in to_come if Kind.ADVICE in each.kinds and each.about is None and not each.fields)
    return any(person in writers(case, each) for each in advising)


def done(case: Case, person: int, step: Step) -> bool:
    """Whether a person sent the form of this step, or passed. Where the owner answers: whether nothing is left.

    What the owner left open in a form is passed (see `left_open_in`): what came after it, or had no room in it, is not.
    """
    passes = case.passes(step.key, person)
    if any(each.about is None for each in passes):
        return True
    if step.about is not None:
        left = {c.id for c in unanswered(case, person, step)} - {each.about for each in passes}
        if not left or owners_own(step):
            return not left
    return bool(case.said(step.key, person))


def left_open_in(case: Case, person: int, step: Step, shown: Mapping[str, bool]) -> list[str]:
    """What the owner leaves open by sending a form: the ids of what it showed (and whether it was answered there)."""
    if not owners_own(step) or not case.is_open(step.key):
        return []
    passed = {each.about for each in case.passes(step.key, person)}
    return [c.id for c in unanswered(case, person, step) if c.id not in passed and shown.get(c.id) is False]


def _is_done_again(case: Case, step: Step) -> bool:
    """Where the facilitator went back to this step: whether everybody wrote or passed since."""
    state = case.state_of(step.key)
    return state.reopened_at is None or all(person in state.done_again for person in writers(case, step))


def has_more(case: Case, person: int, step: Step) -> bool:
    """Whether a person may still have something to say: there is room, and they did not say there is nothing."""
    passed = {each.about for each in case.passes(step.key, person)}
    most = step.per_person.max
    if None in passed or (most is not None and len(case.said(step.key, person)) >= most):
        return False
    return step.about is None or any(each.id not in passed for each in unanswered(case, person, step))


def talking(case: Case) -> tuple[Step, ...]:
    """The open steps in which people build on each other now; none where one person writes alone."""
    steps = tuple(step for step in case.open_steps if step.talks)
    people = frozenset[int]().union(*(writers(case, step) for step in steps))
    return steps if len(people) > 1 else ()


def owner_silent(case: Case, step: Step) -> bool:
    """Whether this step waits for words of the owner alone, and there is none, nor a pass.

    What the owner wrote beforehand are words: the others can go on with them. So they did where a step is open again.
    """
    if case.owner is None or not owners_own(step) or step.per_person.min == 0:
        return False
    if case.state_of(step.key).reopened_at:
        return False
    if step.about is not None and not targets(case, step):
        return False
    return not case.contributions_in(step.key, case.owner) and not case.passes(step.key, case.owner)


#
# The order is that of joining. A turn is over once its person wrote or passed, left, or has had a fair share of the
# window: then the next one may write. Whoever has not written can still do so once everybody has had a turn.


def in_turns(case: Case, step: Step) -> bool:
    """Whether people write here one after the other; those who talk take turns by themselves."""
    return step.order == Order.TURNS and not case.is_live


def turns_of(case: Case, step: Step) -> tuple[int, ...]:
    """All who get a turn in a step that opens now, in order; where it opens again, those who had none yet."""
    if not in_turns(case, step):
        return ()
    if case.state_of(step.key).is_put_back:
        return turns_left(case, step)
    write = writers(case, step)
    return tuple(person for person in case.arrived if person in write)


def turns_left(case: Case, step: Step) -> tuple[int, ...]:
    """The person whose turn it is, then those who follow; empty after the last turn, and in a step without turns."""
    write = writers(case, step)
    return tuple(person for person in case.state_of(step.key).turns if person in write)


def after_turns(case: Case, step: Step, now: datetime, calendar: Calendar) -> StepState:
    """The state of an open step without the turns that are over.

    What is left of the window is shared by those who still come, with one more share for the end.
    """
    state, until = case.state_of(step.key), case.state_of(step.key).turn_until
    turns = state.turns if state.deadline and now < state.deadline else ()
    while turns and _is_over(case, step, turns[0], until, now):
        turns, until = turns[1:], None
    if turns and until is None and state.deadline:
        until = calendar.next_presentable(calendar.share(now, state.deadline, len(turns) + 1))
    return replace(state, turns=turns, turn_until=until if turns else None)


def _is_over(case: Case, step: Step, person: int, until: datetime | None, now: datetime) -> bool:
    gone = person not in writers(case, step)
    return gone or done(case, person, step) or (until is not None and until <= now)


def calendar_of(case: Case, calendar: Calendar) -> Calendar:
    """The calendar of the circle; people who sit together do not wait for its working hours."""
    return calendar.at_any_hour() if case.is_live else calendar


def window_end(case: Case, step: Step, opened: datetime, calendar: Calendar) -> datetime:
    """When the window of a step ends that opened at this moment; whoever writes alone has the next working day too."""
    protocol = case.protocol
    if case.is_live:
        return calendar.window_end(opened, protocol.live_of(step))
    end = calendar.window_end(opened, protocol.window_of(step))
    has_days = owners_own(step) and protocol.window_of(step).half_days > 0
    return max(end, calendar.end_of_next_working_day(opened)) if has_days else end


def is_finished(case: Case) -> bool:
    """Whether somebody pressed next, or everyone who may write is done and no step waits for its time."""
    steps = case.open_steps
    if any(case.state_of(step.key).pressed for step in steps):
        return True
    if any(step.closes != Closes.EARLY for step in steps) or not any(step.who for step in steps):
        return False
    written = all(done(case, person, step) for step in steps for person in writers(case, step))
    return written and all(_is_done_again(case, step) for step in steps)


def closes_at(case: Case, now: datetime, calendar: Calendar) -> datetime:
    """When the open steps are over if nothing else happens; `now` if they are over already."""
    steps = case.open_steps
    deadline = max(case.state_of(step.key).deadline or now for step in steps)
    if not is_finished(case):
        return deadline
    pressed = any(case.state_of(step.key).pressed for step in steps)
    return now if pressed or not is_still_talking(case) else min(deadline, _silent_at(case, now, calendar))


def is_still_talking(case: Case) -> bool:
    """Whether there is talk, and somebody in it may still have something to say."""
    return any(has_more(case, person, step) for step in talking(case) for person in writers(case, step))


def _silent_at(case: Case, now: datetime, calendar: Calendar) -> datetime:
    """Half a window after the last word: whoever reads it has time to answer."""
    steps = case.open_steps
    began = (case.state_of(step.key).opened_at or now for step in steps)
    said = (each.at for step in steps for each in case.contributions_in(step.key))
    last = max((*began, *said))
    return calendar.share(last, max(window_end(case, step, last, calendar) for step in steps), 2)
