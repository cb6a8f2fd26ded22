"""The dialogue in each protocol's own file, played by people with forms and buttons to its closing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pytest

from bot.library import load_library
from bot.rules.example import Example, Line
from bot.rules.protocol import Protocol, Step
from bot.rules.texts import LANGUAGES, Language, Text
from bot.rules.vocabulary import Kind
from bot.views.case_intake import field_id
from playground.people import Person
from tests.intervision.table import Table
from tests.world import World

PROTOCOLS = [load_library().protocols[key] for key in ("vijf_stappen", "incidentmethode_10", "grow_duo")]
CLOSING = {"nl": "Dit neemt @Anna zich voor", "en": "What @Anna plans to do", "fr": "Ce que @Anna compte faire"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda one: one.key)
def test_the_example_plays_to_its_closing(world: World, protocol: Protocol, language: Language):
    world.sets_up(language=language)
    assert protocol.example
    play = Play(Table(world), protocol, protocol.example, language)
    play.asks()
    for (step, by), part in groupby(play.example.lines, key=lambda line: (line.in_, line.by)):
        play.says(world.workspace.person(by), protocol.step(step), list(part))
    for person in play.people:
        read = play.table.reads(person)
        assert [text for text in play.told() if text not in read] == []
        assert _in_order(read, list(play.firsts()))
        assert CLOSING[language] in read and read.count(play.first_commitment) == 2
    for stranger in set(world.cast) - set(play.people):
        assert not any(stranger.sees(text) for text in play.told())
    assert not [call for call in world.workspace.calls if call.error]


@dataclass(frozen=True)
class Play:
    """An example, and the table at which it is played in one language."""

    table: Table
    protocol: Protocol
    example: Example
    language: Language

    @property
    def people(self) -> list[Person]:
        named = self.example.people.everybody()
        return [person for person in self.table.world.cast if person.name in named]

    def asks(self) -> None:
        """The owner brings the case, all the others join, and it starts."""
        table, intake = self.table, self.example.intake
        fields = {field_id(key): self.text(text) for key, text in intake.fields.items()}
        table.brings(
            table.anna, method=self.protocol.key, title=self.text(intake.title), question=self.text(intake.question),
            story_happened=self.text(intake.situation), **fields,
        )  # fmt: skip
        leads = next((one for one in self.people if one.name == self.example.people.facilitator), None)
        table.joins(*[one for one in self.people if one is not table.anna], leads=leads)
        table.starts()

    def says(self, person: Person, step: Step, lines: list[Line]) -> None:
        """One person's part of one step: through one form, or with the button for nothing to add."""
        card = self.table.card(f"· {self.text(step.name)}")
        if lines[0].does == "pass":
            self.table.presses(person, card, "pass_pressed")
            return
        if step.fields:
            self.table.fills(person, *(self.fields(step, line) for line in lines), card=card)
            return
        said = {line.about: self.text(line.text) for line in lines if line.text}
        if step.about:
            self.table.answers(person, {self._said(about): text for about, text in said.items()}, card)
        else:
            texts = [self.text(line.text) for line in lines if line.text]
            self.table.writes(person, *texts, kinds=tuple(line.kind or "" for line in lines), card=card)

    def told(self) -> Iterator[str]:
        """All that is to be read in the end."""
        yield from (self.text(text) for text in self.example.intake.fields.values())
        yield from (self.text(line.text) for line in self.example.lines if line.text)
        answers = (answer for line in self.example.lines for answer in line.fields.values())
        yield from (self.text(answer) for answer in answers if isinstance(answer, Text))

    def fields(self, step: Step, line: Line) -> dict[str, str]:
        """What goes in the fields of a step; a line that is one text is the first."""
        given = dict(line.fields) if line.text is None else {step.fields[0].key: line.text}
        return {key: self.text(one) if isinstance(one, Text) else str(one) for key, one in given.items()}

    def firsts(self) -> Iterator[str]:
        """The first words of every step, in the order in which they are played."""
        for step in self.protocol.steps:
            withheld = [one.key for one in self.protocol.fields if one.withheld_until == step.key]
            yield from (self.text(self.example.intake.fields[key]) for key in withheld)
            yield from [self.text(line.text) for line in self.example.lines if line.in_ == step.key and line.text][:1]

    @property
    def first_commitment(self) -> str:
        return next(self.text(line.text) for line in self.example.lines if line.kind == Kind.COMMITMENT and line.text)

    def text(self, text: Text) -> str:
        return text.in_(self.language)

    def _said(self, line_id: str | None) -> str:
        return next(self.text(line.text) for line in self.example.lines if line.id == line_id and line.text)


def _in_order(read: str, texts: list[str]) -> bool:
    places = [read.index(text) for text in texts]
    return places == sorted(places)
