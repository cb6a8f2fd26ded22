"""A case that came to its end: the example of the five-step method, played by its people through its own buttons."""

from dataclasses import dataclass
from itertools import groupby

from bot.core import language_field as language
from bot.core import names
from bot.core.text import Language
from bot.intervision.surfaces import STORY_FIELDS
from bot.library.example import Example, ExampleLine
from demo.lines import Lines
from demo.stage import Stage, carrying, form_of, has_button, is_asked
from playground.model import Conversation, Message, View
from playground.people import Person

METHOD = "vijf_stappen"
THEME = "internship_supervision"
# No case waits for more moments than this before its next card.
_PATIENCE = 40


@dataclass(frozen=True)
class CasePlay:
    """The people of an example, and what they say in one language."""

    stage: Stage
    circle: Conversation
    spoken: Language
    example: Example

    def plays(self) -> None:
        """From asking to closing, over days."""
        self._brings()
        self._joins()
        self._starts()
        for (step, name), lines in groupby(self.example.lines, key=lambda line: (line.in_, line.by)):
            self._says(self._person(name), step, list(lines))
        self._thanks(self._person(self.example.people.peers[-1]))

    def _brings(self) -> None:
        owner, intake = self._person(self.example.people.owner), self.example.intake
        command = next(one for one in self.stage.workspace.commands if one.startswith("/intervisi"))
        self.stage.later(hours=2)
        owner.commands(self.circle, command)
        form = {
            "title": intake.title.in_(self.spoken),
            "question": intake.question.in_(self.spoken),
            STORY_FIELDS[0]: intake.situation.in_(self.spoken),
            "theme": THEME,
            "method": METHOD,
        }
        _sends(owner, form | self._language_for(form_of(owner)))

    def _joins(self) -> None:
        people = self.example.people
        for name in people.peers:
            self.stage.later(minutes=50)
            person = self._person(name)
            action = names.FACILITATE_CASE if name == people.facilitator else names.JOIN_CASE
            person.presses(carrying(person.messages(self.circle), action), action)
            person.closes()

    def _starts(self) -> None:
        self.stage.later(minutes=20)
        owner = self._person(self.example.people.owner)
        own = owner.messages(owner.opens_dm(self.stage.workspace.bot))
        owner.presses(carrying(own, names.START_CASE), names.START_CASE)

    def _says(self, person: Person, step: str, lines: list[ExampleLine]) -> None:
        self.stage.later(minutes=35)
        card = self._card(person, step)
        if lines[0].does == "pass":
            person.presses(card, names.PASS)
            person.closes()
            return
        person.presses(card, names.WRITE)
        if lines[0].about:
            _sends(person, dict(self._lines.answers(form_of(person), lines)))
            return
        for _ in lines[1:]:
            person.presses(form_of(person), names.ONE_MORE)
        _sends(person, dict(self._lines.contributions(form_of(person), lines)))

    def _thanks(self, person: Person) -> None:
        """A heart under the last card."""
        assert self._room is not None, "a case that closed had a channel"
        person.reacts(person.messages(self._room)[-1], "heart")

    def _card(self, person: Person, step: str) -> Message:
        """The open card of a step; time goes on until it is there."""
        for _ in range(_PATIENCE):
            messages = person.messages(self._room) if self._room else []
            if found := [one for one in messages if has_button(one, names.WRITE, ends=f":{step}")]:
                return found[-1]
            self.stage.onward()
        raise LookupError(f"the card of {step} did not come")

    @property
    def _room(self) -> Conversation | None:
        """The case's own channel, once it is there."""
        owner = self._person(self.example.people.owner)
        return next((one for one in owner.channels() if one.kind == "group"), None)

    @property
    def _lines(self) -> Lines:
        return Lines(self.example, self.spoken)

    def _person(self, name: str) -> Person:
        return self.stage.workspace.person(name)

    def _language_for(self, form: View) -> dict[str, str]:
        return {language.FIELD: self.spoken} if is_asked(form, language.FIELD) else {}


def play_case(stage: Stage, circle: Conversation, spoken: Language) -> None:
    """The method's own example, from asking to closing."""
    example = stage.bot.services.library.protocols[METHOD].example
    assert example is not None, "our own method has an example"
    CasePlay(stage, circle, spoken, example).plays()


def _sends(person: Person, values: dict[str, str]) -> None:
    person.fills(form_of(person), values)
    person.submits()
    if person.modal:
        person.closes()
