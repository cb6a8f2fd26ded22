"""The card of one step: where we are, what is asked, of whom, until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from bot.core import names, parts
from bot.core.parts import Json
from bot.intervision.surfaces import StepButton
from bot.intervision.views.instruction import folded_instruction, whole_instruction
from bot.intervision.views.words import confirm_dialog, role_names
from bot.library.enums import Closes, Kind, Names, Role
from bot.library.protocol import Step
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape, mention, mention_all

# With more steps than this, their names would fill a phone's screen.
_ALL_NAMED = 6


@dataclass(frozen=True)
class CardTurns:
    """Slack's ids of the person whose turn it is and of those who follow, and until when; empty once all had a turn."""

    people: Sequence[str]
    until: str


@dataclass(frozen=True)
class StepCard:
    """The state of a step. `steps` is the whole method as people count it; `done` the keys of what is behind us.

    `everyone_done`: it closes at `until`, and nobody has to wait for it; `goes_on`: unless people go on talking.
    `is_talk`: they build on each other here. `is_intake`: it holds the owner's story.
    `is_quiet`: nothing that was written in it is to be read in its thread. `whose` is Slack's id of the owner, where
    cases of several people share a channel. `again`: the facilitator went back, and it is "open" or "put_back".
    `is_short`: everybody here knows the method.
    """

    case: str
    step: Step
    steps: tuple[tuple[Step, ...], ...]
    done: frozenset[str]
    is_open: bool
    was_stopped: bool
    until: str
    everyone_done: bool
    extended: bool
    is_intake: bool
    is_quiet: bool
    owner_may_be_ready: bool
    of_two: bool = False
    turns: CardTurns | None = None
    is_talk: bool = False
    goes_on: bool = False
    is_wiped: bool = False
    whose: str = ""
    again: str = ""
    is_short: bool = False
    lies_still: bool = False


def step_card(speaker: Speaker, how: StepCard) -> Json:
    """The card in the case's channel; under it, in its thread, comes what people write."""
    title = step_heading(speaker, how.steps, how.step)
    blocks = [parts.header(title[:150]), *whose_case(speaker, how.whose), parts.context(_progress(speaker, how))]
    blocks += _open(speaker, how) if how.is_open else _over(speaker, how)
    return parts.message(title, blocks)


def turn_post(speaker: Speaker, person: str) -> Json:
    """What somebody reads when their turn comes."""
    yours = parts.context(speaker.mrkdwn("turns.yours", person=mention(person)))
    return parts.message(speaker.plain("turns.headline"), [yours])


def step_heading(speaker: Speaker, steps: tuple[tuple[Step, ...], ...], step: Step) -> str:
    """Where we are: "Stap 2a van 5 · Verkennen"."""
    for number, group in enumerate(steps, start=1):
        if step in group:
            letter = ascii_lowercase[group.index(step)] if len(group) > 1 else ""
            name = step.name.in_(speaker.language)
            return speaker.plain("case.card_heading", number=f"{number}{letter}", total=len(steps), name=name)
    raise LookupError(f"step {step.key!r} is no part of this method")


def whose_case(speaker: Speaker, owner: str) -> list[Json]:
    """In a series: whose question this is about."""
    return [parts.context(speaker.mrkdwn("series.whose", person=mention(owner)))] if owner else []


def _open(speaker: Speaker, how: StepCard) -> list[Json]:
    return [
        *reopened_line(speaker, how.step, how.again),
        *_asked(speaker, how),
        parts.section(Mrkdwn("\n".join(_rules(speaker, how)))),
        parts.actions(*_buttons(speaker, how)),
        parts.context(speaker.mrkdwn("case.card_remarks")),
    ]


def _asked(speaker: Speaker, how: StepCard) -> list[Json]:
    if how.is_short:
        return folded_instruction(speaker, how.step, _pointer(how))
    return whole_instruction(speaker, how.step)


def reopened_line(speaker: Speaker, step: Step, how: str) -> list[Json]:
    """What going back means for a step that is "open" again, or "put_back" until it is; nothing for any other."""
    nameless = "_nameless" if how == "open" and step.names == Names.HIDDEN else ""
    return [parts.section(speaker.mrkdwn(f"again.{how}{nameless}"))] if how else []


def _over(speaker: Speaker, how: StepCard) -> list[Json]:
    if how.again == "put_back":
        return reopened_line(speaker, how.step, how.again)
    if how.was_stopped:
        return [parts.section(speaker.mrkdwn("case.card_stopped"))]
    if how.step.reading_only:
        return [*whole_instruction(speaker, how.step), parts.context(speaker.mrkdwn("case.card_read"))]
    blocks = [parts.section(speaker.mrkdwn(_ended(how)))]
    if how.owner_may_be_ready:
        blocks.append(parts.actions(parts.button(speaker.plain("case.ready"), names.OWNER_READY, _pointer(how))))
    return blocks


def _ended(how: StepCard) -> str:
    """The key of the words for where to read what was written."""
    if how.is_intake:
        return "case.card_story_above"
    if how.is_wiped:
        return "kept.card_wiped"
    return "case.card_done_quiet" if how.is_quiet and not how.owner_may_be_ready else "case.card_done"


def _progress(speaker: Speaker, how: StepCard) -> Mrkdwn:
    """Every step as a sign; in a long method only this one and the next have their names, so that it stays one line."""
    here = next((number for number, group in enumerate(how.steps) if how.step in group), 0)

    def sign(number: int, group: tuple[Step, ...]) -> str:
        is_named = len(how.steps) <= _ALL_NAMED or here <= number <= here + 1
        name = f" {escape(group[0].name.in_(speaker.language), Mrkdwn)}" if is_named else ""
        if number == here and (how.is_open or how.was_stopped):
            return f"*◉{name}*"
        # What was left out at the start is done with, but it does not lie behind us before the others do.
        return f"●{name}" if number <= here and {step.key for step in group} <= how.done else f"○{name}"

    return Mrkdwn("   ".join(sign(number, group) for number, group in enumerate(how.steps)))


def _rules(speaker: Speaker, how: StepCard) -> Iterator[Mrkdwn]:
    step = how.step
    if step.reading_only:
        yield speaker.mrkdwn("case.card_reading")
    else:
        writers = [role.value for role in step.who if role != Role.OBSERVER]
        yield speaker.mrkdwn("case.card_who", who=role_names(speaker, writers, how.of_two))
        yield from _how_many(speaker, step)
        yield speaker.mrkdwn(f"case.card_reveal_{step.reveal.value}")
        if step.names == Names.HIDDEN:
            yield speaker.mrkdwn("case.card_nameless")
    if how.turns:
        yield _turn(speaker, how.turns)
    if how.lies_still:
        yield speaker.mrkdwn("still.card")
        return
    yield speaker.mrkdwn(_time(how), until=how.until)


def _turn(speaker: Speaker, turns: CardTurns) -> Mrkdwn:
    if not turns.people:
        return speaker.mrkdwn("turns.all_had")
    now, then = mention(turns.people[0]), mention_all(turns.people[1:])
    key = "turns.now_and_then" if turns.people[1:] else "turns.now"
    return speaker.mrkdwn(key, now=now, then=then, until=turns.until)


def _how_many(speaker: Speaker, step: Step) -> Iterator[Mrkdwn]:
    """Said where there may be several."""
    least, most = max(1, step.per_person.min), step.per_person.max
    if most is not None and most > 1:
        many = speaker.plain("case.card_from_to", least=least, most=most) if least < most else str(most)
        yield speaker.mrkdwn("case.card_how_many", many=many)


def _time(how: StepCard) -> str:
    """The key of the words for until when."""
    if how.everyone_done:
        return "talk.silence" if how.goes_on else "case.card_next_at"
    if how.again:
        return "again.until_done" if how.step.closes == Closes.EARLY else "again.until"
    if how.step.closes != Closes.EARLY:
        return "case.card_until_window"
    if how.extended:
        return "case.card_until_extended"
    return "talk.until" if how.is_talk else "case.card_until"


def _buttons(speaker: Speaker, how: StepCard) -> list[Json]:
    pointer, step = _pointer(how), how.step
    buttons = []
    if not step.reading_only:
        key = "case.rate" if Kind.RATING in step.kinds else "case.write"
        buttons.append(parts.button(speaker.plain(key), names.WRITE, pointer, style="primary"))
    if not step.reading_only and Kind.CASE_STORY not in step.kinds:
        buttons.append(parts.button(speaker.plain(_pass(how)), names.PASS, pointer))
    sure = confirm_dialog(speaker, "next")
    buttons.append(parts.button(speaker.plain("case.next"), names.NEXT_STEP, pointer, confirm=sure))
    return [*buttons, parts.button(speaker.plain("leading.more"), names.LEAD, pointer)]


def _pass(how: StepCard) -> str:
    """The key of the words for "nothing to add"."""
    if how.turns and how.turns.people:
        return "turns.pass"
    return "case.pass_rest" if how.step.about or how.is_talk or how.again else "case.pass"


def _pointer(how: StepCard) -> str:
    return StepButton(how.case, how.step.key).to_value()
