"""Checks of people: who writes, who is silent, and who speaks after a silence."""

from collections.abc import Iterator
from typing import Final

from bot.library.checks.finding import ProtocolFinding, Rule
from bot.library.enums import QUESTIONS, Addressing, CasePlace, Kind, Names, OwnerMode, Reveal, Role
from bot.library.protocol import Protocol, Step, steps_in_order

_NOT_A_CLOSE: Final = QUESTIONS | {Kind.RATING}


def _who_and_kinds_agree(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for step in protocol.steps:
        if bool(step.who) != bool(step.kinds):
            rule = "who writes and what they write go together"
            yield ProtocolFinding(
                step.key, "kinds", rule, "fill in both, or leave both empty for a step of reading only"
            )
        if len(set(step.who)) < len(step.who) or len(set(step.kinds)) < len(step.kinds):
            yield ProtocolFinding(step.key, "who", "something is named twice", "name each role and each kind once")


def _silent_owners_do_not_write(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for step in protocol.steps:
        if Role.OWNER in step.who and step.owner is not OwnerMode.SPEAKS:
            remedy = 'write "owner: speaks", or take the owner out of "who"'
            yield ProtocolFinding(step.key, "owner", "the owner cannot write while silent", remedy)
        if step.addressing is Addressing.THIRD_PERSON and step.owner is OwnerMode.SPEAKS:
            remedy = 'write "owner: listens" or "owner: away"'
            yield ProtocolFinding(step.key, "addressing", "people speak about an owner who is speaking", remedy)


def _the_owner_begins(protocol: Protocol) -> Iterator[ProtocolFinding]:
    story = next((step for step in protocol.steps if Kind.CASE_STORY in step.kinds), None)
    if story and story.who != (Role.OWNER,):
        yield ProtocolFinding(story.key, "who", "the story of a case is its owner's", 'write "who: [owner]"')


def silence_is_followed_by_the_owner(protocol: Protocol) -> Iterator[ProtocolFinding]:
    """After a silence the owner writes in the next step with writing, which cannot be left out."""
    silent: Step | None = None
    for step in steps_in_order(protocol):
        if silent and step.owner is OwnerMode.SPEAKS and not step.reading_only:
            if Role.OWNER not in step.who or step.optional:
                yield _owner_waits(silent)
            silent = None
        elif step.owner is not OwnerMode.SPEAKS and not step.reading_only:
            silent = step
    if silent and silent.owner is OwnerMode.AWAY:
        yield _owner_waits(silent)


def _owner_waits(silent: Step) -> ProtocolFinding:
    rule = "after this silence the owner does not get the floor"
    remedy = "let a step in which the owner writes, and that stays in, come next"
    return ProtocolFinding(silent.key, "owner", rule, remedy)


def the_owner_ends(protocol: Protocol) -> Iterator[ProtocolFinding]:
    """The owner writes in the last step, also if the optional steps are left out, and closes with no question."""
    if not any(Role.OWNER in step.who for step in protocol.steps):
        return  # a circle has no owner
    counted = [[step for step in parts if not step.reading_only] for parts in protocol.numbered()]
    own = [parts for parts in counted if parts]
    staying = [[step for step in parts if not step.optional] for parts in own]
    for last in dict.fromkeys(tuple(kept[-1]) for kept in (own, [parts for parts in staying if parts]) if kept):
        if not any(_owner_closes(part) for part in last):
            remedy = "end with a step, or a part of one, in which the owner reacts or says what comes next"
            yield ProtocolFinding(last[-1].key, "who", "the last word is not the owner's", remedy)


def _owner_closes(step: Step) -> bool:
    return Role.OWNER in step.who and not (step.kinds and _NOT_A_CLOSE.issuperset(step.kinds))


def _hidden_names_come_together(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for step in protocol.steps:
        if step.names is Names.HIDDEN and step.reveal is not Reveal.SIMULTANEOUS:
            rule = "what appears at once shows who was just writing"
            yield ProtocolFinding(step.key, "reveal", rule, 'write "reveal: simultaneous" beside "names: hidden"')


def _what_is_withheld_comes_out(protocol: Protocol) -> Iterator[ProtocolFinding]:
    for asked in protocol.fields:
        step = protocol.step(asked.withheld_until) if asked.withheld_until else None
        if step is None:
            continue
        if step.optional or step.about or (step.who and Role.OWNER not in step.who):
            remedy = "name a step of the owner's or of reading only, that stays in and is about nothing"
            yield ProtocolFinding(step.key, "withheld_until", f'"{asked.key}" might never come out', remedy)
        if step.names is Names.HIDDEN:
            rule = f'"{asked.key}" is the owner\'s, and everybody knows'
            yield ProtocolFinding(step.key, "withheld_until", rule, 'name a step with "names: shown"')


def _two_people_talk_directly(protocol: Protocol) -> Iterator[ProtocolFinding]:
    if protocol.place is CasePlace.DIRECT and protocol.group.max > 2:
        remedy = 'write "max: 2", or "place: channel"'
        yield ProtocolFinding(None, "group", "a direct conversation is one of two", remedy)


PEOPLE_GET_THE_FLOOR: Final[tuple[Rule, ...]] = (
    _who_and_kinds_agree,
    _silent_owners_do_not_write,
    _the_owner_begins,
    silence_is_followed_by_the_owner,
    the_owner_ends,
    _hidden_names_come_together,
    _what_is_withheld_comes_out,
    _two_people_talk_directly,
)
