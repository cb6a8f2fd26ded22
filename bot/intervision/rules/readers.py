"""Who writes in a step, and who reads that, when and where: decided here once, for card, form and receipt.

The machine reveals in `closing` and `opening`; what people are told beforehand comes from here, and a test compares.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.intervision.rules.case import BEFOREHAND, Case, Contribution, held_for_owner, shown_at_once
from bot.intervision.rules.progress import turns_left, writers
from bot.library.enums import Kind, Names, Reveal, Role
from bot.library.protocol import Protocol, Step


class Visibility(StrEnum):
    """How what is written in a step comes to others; the words for each are in the catalogues, under this value."""

    NOTHING = "nothing"
    """Nobody writes here."""
    STORY = "story"
    """The owner's story: all of the case read it in the card itself."""
    AT_ONCE = "at_once"
    """All of the case, in the thread, as soon as it is written."""
    AT_CLOSE = "at_close"
    """All of the case, in the thread, when the step closes; nobody else before."""
    ALONG = "along"
    """Those who write here read along in the form; all of the case, in the thread, once the owner says to be ready."""
    OWNER_READY = "owner_ready"
    """Nobody else, until the owner says to be ready; then all of the case, in the thread."""
    OWNER_ALONE = "owner_alone"
    """The owner, in private, when the step closes; nobody else ever."""
    WRITER_ALONE = "writer_alone"
    """Nobody else, ever."""


class ReadWhen(StrEnum):
    """From when on something is read."""

    AT_ONCE = "at_once"
    AT_CLOSE = "at_close"
    OWNER_READY = "owner_ready"


class ReadWhere(StrEnum):
    """Where something is read."""

    CARD = "card"
    THREAD = "thread"
    FORM = "form"
    PRIVATELY = "privately"


@dataclass(frozen=True)
class ReadableFrom:
    """From when on, and where, a person reads what another wrote in a step."""

    when: ReadWhen
    where: ReadWhere


_ONE_PERSON = (Role.OWNER, Role.FACILITATOR)
_FOR_ALL = {
    Visibility.STORY: ReadableFrom(ReadWhen.AT_ONCE, ReadWhere.CARD),
    Visibility.AT_ONCE: ReadableFrom(ReadWhen.AT_ONCE, ReadWhere.THREAD),
    Visibility.AT_CLOSE: ReadableFrom(ReadWhen.AT_CLOSE, ReadWhere.THREAD),
    Visibility.ALONG: ReadableFrom(ReadWhen.OWNER_READY, ReadWhere.THREAD),
    Visibility.OWNER_READY: ReadableFrom(ReadWhen.OWNER_READY, ReadWhere.THREAD),
}


def visibility(step: Step) -> Visibility:
    """How what is written in this step comes to others. A pace, turns, and going back change nothing in it."""
    if step.reading_only:
        return Visibility.NOTHING
    if Kind.CASE_STORY in step.kinds:
        return Visibility.STORY
    if step.reveal == Reveal.PRIVATE:
        return Visibility.WRITER_ALONE
    if step.reveal == Reveal.OWNER_ONLY:
        return Visibility.OWNER_ALONE
    if held_for_owner(step):
        return Visibility.ALONG if _is_read_along(step) else Visibility.OWNER_READY
    return Visibility.AT_ONCE if shown_at_once(step) else Visibility.AT_CLOSE


def reading_for(case: Case, step: Step, person: int) -> ReadableFrom | None:
    """From when on and where this person reads what others write in this step; None for never, or for a stranger."""
    how = visibility(step)
    if person not in case.people:
        return None
    if how == Visibility.ALONG and person in writers(case, step) and person != case.owner:
        return ReadableFrom(ReadWhen.AT_ONCE, ReadWhere.FORM)
    if how == Visibility.OWNER_ALONE and person == case.owner:
        return ReadableFrom(ReadWhen.AT_CLOSE, ReadWhere.PRIVATELY)
    return _FOR_ALL.get(how)


def read_now(case: Case, person: int, contribution: Contribution) -> ReadWhere | None:
    """Where this person reads now what another wrote: the truth at this moment; None for nowhere.

    In a form only while people can write in it: a form of a step that is closed does not open.
    """
    step = case.protocol.step(contribution.step)
    if person not in case.people or contribution.is_pass:
        return None
    if contribution.revealed:
        return ReadWhere.CARD if contribution.kind == Kind.CASE_STORY else ReadWhere.THREAD
    reading = reading_for(case, step, person)
    if reading is None or contribution.kind == BEFOREHAND:
        return None
    state = case.state_of(step.key)
    if reading.where == ReadWhere.FORM:
        return ReadWhere.FORM if case.is_open(step.key) else None
    return ReadWhere.PRIVATELY if reading.where == ReadWhere.PRIVATELY and state.closed_at else None


def whose_turn(case: Case, step: Step) -> tuple[int, ...]:
    """Those who are asked to write now, in the order of joining: where people write in turns, the one whose turn it is.

    All who may write, also those who did: who has not written yet is nobody's business.
    """
    if turns := turns_left(case, step):
        return turns[:1]
    write = writers(case, step)
    return tuple(person for person in case.arrived if person in write)


def can_pass(case: Case, step: Step) -> bool:
    """Whether "nothing to add" is an answer here: people who talk say it aloud, and the story is what it is about."""
    return bool(step.who) and not case.is_live and Kind.CASE_STORY not in step.kinds


def is_joint(protocol: Protocol, step: Step) -> bool:
    """Whether what is written here appears as one message, which follows changes.

    So it is where one person writes, and where all appears at the end. Where several people write and read at once, or
    talk, each turn is a message of its own: Slack tells nobody of a message that grows.
    """
    if visibility(step) != Visibility.AT_ONCE:
        return True
    is_one_person = len(step.who) == 1 and (step.who[0] in _ONE_PERSON or protocol.group.max == 2)
    return is_one_person and not protocol.is_talk(step)


def _is_read_along(step: Step) -> bool:
    """Where names are hidden, nobody reads along either: who writes when would show who wrote what."""
    return step.reveal == Reveal.IMMEDIATE and step.names == Names.SHOWN
