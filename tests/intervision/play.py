"""An example dialogue, played by its people with forms and buttons, over the days it takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from bot.core import names
from bot.core.text import Language, Text
from bot.intervision.intake_surfaces import intake_field_id
from bot.library.enums import Kind, Names, OwnerMode, Reveal
from bot.library.example import Example, ExampleLine
from bot.library.protocol import Protocol, Step
from db.models import CaseRow, Member
from demo.form_texts import FormTexts, fields_at
from demo.world import has_button
from playground.model import Message
from playground.people import Person
from tests.intervision.actors import Table, shown

# No case waits for more moments than this before its next card.
PATIENCE = 40


@dataclass(frozen=True)
class Play:
    """An example, and the table at which it is played in one language."""

    table: Table
    protocol: Protocol
    language: Language

    @property
    def example(self) -> Example:
        assert self.protocol.example, "every method of ours has an example"
        return self.protocol.example

    @property
    def people(self) -> list[Person]:
        """Everybody in the example."""
        return [self.person(name) for name in sorted(self.example.people.all_names())]

    @property
    def owner(self) -> Person:
        return self.person(self.example.people.owner)

    # ------------------------------------------------------------------------------------------------ playing

    def plays(self) -> None:
        """From asking to the last card."""
        self.asks()
        for (step, by), part in groupby(self.example.lines, key=lambda line: (line.in_, line.by)):
            self.says(self.person(by), self.protocol.step(step), list(part))
        self.waits_for(lambda: self.is_over, "the end")

    def asks(self) -> None:
        """The owner brings the case, all the others join, and it starts."""
        table, intake, cast = self.table, self.example.intake, self.example.people
        fields = {intake_field_id(key): self.text(text) for key, text in intake.fields.items()}
        others = [one for one in self.people if one is not self.owner]
        table.brings(
            self.owner,
            method=self.protocol.key,
            title=self.text(intake.title),
            question=self.text(intake.question),
            story_happened=self.text(intake.situation),
            **fields,
        )
        for one in others:
            if one.name in cast.observers:
                table.observes(one)
            elif self.protocol.series:
                self.brings_own(one)
            else:
                table.joins(one, leads=one if one.name == cast.facilitator else None)
        table.starts()

    def brings_own(self, person: Person) -> None:
        """Join a series, with a question of one's own."""
        person.presses(self.table.invitation, names.JOIN_CASE)
        person.fills(shown(person), dict.fromkeys(("title", "question", "story_happened"), f"… {person.name} …"))
        self.table.sends(person)

    def says(self, person: Person, step: Step, lines: list[ExampleLine]) -> None:
        """One person's part of one step: through one form, or with the button for nothing to add."""
        self.waits_for(lambda: self.card(person, step, names.WRITE), f"the card of {step.key}")
        if said := [line for line in lines if not line.does]:
            # What a form leaves open is left open: whoever sent it is done.
            self.writes(person, step, said)
        else:
            card = self.card(person, step, names.PASS)
            assert card, f"{person} may pass in {step.key}"
            self.table.presses(person, card, names.PASS)

    def writes(self, person: Person, step: Step, lines: list[ExampleLine]) -> None:
        """These lines, each in a place of its own, or under what it answers."""
        form = self.table.opens(person, self.card(person, step, names.WRITE))
        write = FormTexts(self.example, self.language)
        while step.about is None and not fields_at(form, f"new-{len(lines)}"):
            person.presses(form, names.ONE_MORE)
            form = shown(person)
        values = dict(write.answer_fields(form, lines) if step.about else write.contribution_fields(form, lines))
        assert [text for line in lines for text in self.texts(line) if text not in values.values()] == []
        person.fills(form, values)
        assert person.submits(form).errors is None, (step.key, values)
        while person.modal:
            person.closes(person.modal)
        self.table.world.settles()

    def waits_for(self, look: Callable[[], object], what: str) -> None:
        """Until this can be seen, time goes on; an owner who was away comes back as soon as that is asked."""
        for _ in range(PATIENCE):
            self.comes_back()
            if look():
                return
            self.table.world.onward()
        raise AssertionError(f"{what} did not come")

    def comes_back(self) -> None:
        """The owner, who was away and could read nothing of it, is ready to."""
        for step in self.protocol.steps:
            away = step.owner is OwnerMode.AWAY
            if away and (card := self.card(self.owner, step, names.OWNER_READY)):
                assert not any(self.owner.sees(text) for line in self._lines(step) for text in self.texts(line))
                self.table.presses(self.owner, card, names.OWNER_READY)

    def card(self, person: Person, step: Step, action: str) -> Message | None:
        """The card of a step with this button on it, if it is there."""
        here, ends = person.messages(self.table.room), f"{self.case}:{step.key}"
        return next((card for card in here if has_button(card, action, ends=ends)), None)

    # ------------------------------------------------------------------------------------------------ reading

    @property
    def is_over(self) -> bool:
        """Whether the last card of the case is there."""
        return self.closing is not None

    @property
    def closing(self) -> Message | None:
        """The last card of the case, once it is there."""
        here = self.owner.messages(self.table.room)
        return next((card for card in here if has_button(card, names.TAKE_ALONG, ends=self.case)), None)

    @property
    def case(self) -> str:
        """The id of the owner's case; in a series the others have theirs."""
        with self.table.world.bot.services.database.reading() as session:
            own = select(CaseRow.id).join(Member, Member.id == CaseRow.owner_id)
            return session.scalars(own.where(Member.slack == self.owner.id)).one()

    def shared(self) -> Iterator[tuple[Step, str]]:
        """All that everybody is to read in the end, with the step in whose thread it is."""
        for step in self.protocol.steps:
            withheld = [one.key for one in self.protocol.fields if one.withheld_until == step.key]
            yield from ((step, self.text(self.example.intake.fields[key])) for key in withheld)
            if step.reveal not in (Reveal.PRIVATE, Reveal.OWNER_ONLY):
                yield from ((step, text) for line in self._lines(step) for text in self.texts(line))

    def kept_apart(self) -> Iterator[tuple[Person, str]]:
        """All that nobody but its writer is to read."""
        for step in self.protocol.steps:
            if step.reveal is Reveal.PRIVATE:
                yield from ((self.person(line.by), text) for line in self._lines(step) for text in self.texts(line))

    def nameless(self) -> Iterator[Step]:
        """The steps in which nobody is to be seen writing."""
        return (step for step in self.protocol.steps if step.names is Names.HIDDEN)

    def thread(self, person: Person, step: Step) -> str:
        """What is under the card of a step, as this person reads it."""
        name = self.text(step.name)
        cards = [one for one in person.messages(self.table.room) if " · " in one.text and name in one.text]
        replies = [reply for card in cards for reply in person.thread(card)[1:]]
        return "\n".join(person.visible_text(reply) for reply in replies)

    def commitments(self) -> list[str]:
        """What the owner plans to do."""
        own = [line for line in self.example.lines if line.kind == Kind.COMMITMENT and line.by == self.owner.name]
        return [text for line in own for text in self.texts(line)]

    def texts(self, line: ExampleLine) -> list[str]:
        """All that is written in one line."""
        fields = [answer for answer in line.fields.values() if isinstance(answer, Text)]
        return [self.text(text) for text in (line.text, *fields) if text]

    def _lines(self, step: Step) -> list[ExampleLine]:
        return [line for line in self.example.lines if line.in_ == step.key]

    def person(self, name: str) -> Person:
        return self.table.world.finds(name)

    def text(self, text: Text) -> str:
        return text.in_(self.language)
