"""A case that came to its end: the example of the five-step method, played by its people through its own buttons."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.rules.example import Example, Line
from bot.rules.texts import Language
from bot.views import language, names
from bot.views.case_intake import STORY
from demo.stage import Stage, carrying, form_of, has_button, is_asked
from playground.model import Channel, Json, Message, View
from playground.people import Person

METHOD = "vijf_stappen"
THEME = "internship_supervision"
# No case waits for more moments than this before its next card.
_PATIENCE = 40


@dataclass(frozen=True)
class CasePlay:
    """The people of an example, and what they say in one language."""

    stage: Stage
    circle: Channel
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
            STORY[0]: intake.situation.in_(self.spoken),
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

    def _says(self, person: Person, step: str, lines: list[Line]) -> None:
        self.stage.later(minutes=35)
        card = self._card(person, step)
        if lines[0].does == "pass":
            person.presses(card, names.PASS)
            person.closes()
            return
        person.presses(card, names.WRITE)
        if lines[0].about:
            _sends(person, dict(self._answers(form_of(person), lines)))
            return
        for _ in lines[1:]:
            person.presses(form_of(person), names.ONE_MORE)
        _sends(person, dict(self._contributions(form_of(person), lines)))

    def _thanks(self, person: Person) -> None:
        """A heart under the last card."""
        assert self._room is not None, "a case that closed had a channel"
        person.reacts(person.messages(self._room)[-1], "heart")

    def _contributions(self, form: View, lines: list[Line]) -> Iterator[tuple[str, str]]:
        blocks = {block["block_id"] for block in form.blocks}
        for number, line in enumerate(lines, start=1):
            yield f"text:new-{number}:0", self._text(line)
            if (kind := f"kind:new-{number}") in blocks:
                yield kind, str(line.kind)

    def _answers(self, form: View, lines: list[Line]) -> Iterator[tuple[str, str]]:
        """Each answer, in the field under the question it answers."""
        questions = {line.id: self._text(line) for line in self.example.lines if line.id}
        for line in lines:
            yield _field_under(form.blocks, questions[line.about or ""]), self._text(line)

    def _card(self, person: Person, step: str) -> Message:
        """The open card of a step; time goes on until it is there."""
        for _ in range(_PATIENCE):
            messages = person.messages(self._room) if self._room else []
            if found := [one for one in messages if has_button(one, names.WRITE, ends=f":{step}")]:
                return found[-1]
            self.stage.onward()
        raise LookupError(f"the card of {step} did not come")

    @property
    def _room(self) -> Channel | None:
        """The case's own channel, once it is there."""
        owner = self._person(self.example.people.owner)
        return next((one for one in owner.channels() if one.kind == "group"), None)

    def _text(self, line: Line) -> str:
        assert line.text is not None, "a line that does not pass says something"
        return line.text.in_(self.spoken)

    def _person(self, name: str) -> Person:
        return self.stage.workspace.person(name)

    def _language_for(self, form: View) -> dict[str, str]:
        return {language.FIELD: self.spoken} if is_asked(form, language.FIELD) else {}


def play_case(stage: Stage, circle: Channel, spoken: Language) -> None:
    """The method's own example, from asking to closing."""
    example = stage.bot.desk.library.protocols[METHOD].example
    assert example is not None, "our own method has an example"
    CasePlay(stage, circle, spoken, example).plays()


def _sends(person: Person, values: dict[str, str]) -> None:
    person.fills(form_of(person), values)
    person.submits()
    if person.modal:
        person.closes()


def _field_under(blocks: list[Json], question: str) -> str:
    read = False
    for block in blocks:
        read = read or (block["type"] == "section" and question in block["text"]["text"])
        if read and block["type"] == "input":
            return str(block["block_id"])
    raise LookupError("the form does not show this question")
