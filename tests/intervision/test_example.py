"""The dialogue in the protocol's own file, played by people with forms and buttons to its closing."""

from itertools import groupby

import pytest

from bot.library import load_library
from bot.rules.example import Line
from bot.rules.protocol import Protocol
from playground.people import Person
from tests.intervision.table import Table
from tests.world import World

LANGUAGES = ("nl", "en", "fr")
PROTOCOL = load_library().protocols["vijf_stappen"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_plays_to_its_closing(world: World, language: str):
    world.sets_up(language=language)
    table, example = Table(world), PROTOCOL.example
    assert example
    intake = example.intake
    table.brings(
        world.anna, title=intake.title.in_(language), question=intake.question.in_(language),
        story_happened=intake.situation.in_(language),
    )  # fmt: skip
    table.joins(world.bram, world.celine, world.dirk, leads=world.bram)
    table.starts()
    for (step, by), lines in groupby(example.lines, key=lambda line: (line.in_, line.by)):
        _play(table, PROTOCOL, world.workspace.person(by), step, list(lines), language)
    for person in (world.anna, world.bram, world.celine, world.dirk):
        read = table.reads(person)
        told = [line.text.in_(language) for line in example.lines if line.text]
        assert [text for text in told if text not in read] == []
    assert table.owners_page(world.anna).text
    assert not world.elif_.sees(intake.title.in_(language))


def _play(table: Table, protocol: Protocol, person: Person, step: str, lines: list[Line], language: str) -> None:
    """One person's part of one step: through one form, or with the button for nothing to add."""
    card = table.card(f"· {protocol.step(step).name.in_(language)}")
    by_id = {line.id: line for line in protocol.example.lines if line.id} if protocol.example else {}
    if lines[0].does == "pass":
        table.presses(person, card, "pass_pressed")
    elif lines[0].about:
        asked = {by_id[line.about].text.in_(language): line.text.in_(language) for line in lines}
        table.answers(person, asked, card)
    else:
        texts = [line.text.in_(language) for line in lines]
        table.writes(person, *texts, kinds=tuple(line.kind.value for line in lines), card=card)
