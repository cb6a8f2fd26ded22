"""The dialogue in the protocol's own file, played by people with forms and buttons to its closing."""

from itertools import groupby

import pytest

from bot.library import load_library
from bot.rules.example import Intake, Line
from bot.rules.protocol import Step
from bot.rules.texts import LANGUAGES, Language
from bot.rules.vocabulary import Kind
from playground.people import Person
from tests.intervision.table import Table
from tests.world import World

PROTOCOL = load_library().protocols["vijf_stappen"]
CLOSING = {"nl": "Dit neemt @Anna zich voor", "en": "What @Anna plans to do", "fr": "Ce que @Anna compte faire"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_plays_to_its_closing(world: World, language: Language):
    world.sets_up(language=language)
    table, example = Table(world), PROTOCOL.example
    assert example
    _asks(table, example.intake, language)
    lines = list(example.lines)
    for (step, by), part in groupby(lines, key=lambda line: (line.in_, line.by)):
        _plays(table, world.workspace.person(by), PROTOCOL.step(step), list(part), language)
    told = [line.text.in_(language) for line in lines if line.text]
    for person in (world.anna, world.bram, world.celine, world.dirk):
        read = table.reads(person)
        assert [text for text in told if text not in read] == []
        assert _in_order(read, _by_step(lines, language))
        assert CLOSING[language] in read and read.count(_commitment(lines, language)) == 2
    assert not any(world.elif_.sees(text) for text in told)
    assert not [call for call in world.workspace.calls if call.error]


def _asks(table: Table, intake: Intake, language: Language) -> None:
    table.brings(
        table.anna, title=intake.title.in_(language), question=intake.question.in_(language),
        story_happened=intake.situation.in_(language),
    )  # fmt: skip
    table.joins(table.bram, table.celine, table.dirk, leads=table.bram)
    table.starts()


def _plays(table: Table, person: Person, step: Step, lines: list[Line], language: Language) -> None:
    """One person's part of one step: through one form, or with the button for nothing to add."""
    card = table.card(f"· {step.name.in_(language)}")
    if lines[0].does == "pass":
        table.presses(person, card, "pass_pressed")
        return
    said = {line.about: line.text.in_(language) for line in lines if line.text}
    if step.about:
        table.answers(person, {_said(about, language): text for about, text in said.items()}, card)
    else:
        texts = [line.text.in_(language) for line in lines if line.text]
        table.writes(person, *texts, kinds=tuple(line.kind or "" for line in lines), card=card)


def _said(line_id: str | None, language: Language) -> str:
    assert PROTOCOL.example
    return next(line.text.in_(language) for line in PROTOCOL.example.lines if line.id == line_id and line.text)


def _by_step(lines: list[Line], language: Language) -> list[str]:
    """The first words of every step, in the order in which they are played."""
    firsts = {line.in_: line.text.in_(language) for line in reversed(lines) if line.text}
    return [firsts[step.key] for step in PROTOCOL.steps if step.key in firsts]


def _in_order(read: str, texts: list[str]) -> bool:
    places = [read.index(text) for text in texts]
    return places == sorted(places)


def _commitment(lines: list[Line], language: Language) -> str:
    return next(line.text.in_(language) for line in lines if line.kind == Kind.COMMITMENT and line.text)
