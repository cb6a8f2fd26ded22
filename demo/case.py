"""Plays a case to its end: the example of the five-step method, by its people, with the buttons of the bot."""

from dataclasses import dataclass
from itertools import groupby

from bot.core import names
from bot.core.text import Language
from bot.intervision.intake_surfaces import STORY_FIELDS
from bot.library.example import Example, ExampleLine
from demo.form_texts import FormTexts
from demo.world import (
    DemoWorld,
    close_all,
    has_button,
    language_answer,
    newest_with_button,
    open_form_of,
    open_joined_page,
)
from playground.model import Conversation, Message
from playground.people import Person

METHOD = "vijf_stappen"
THEME = "internship_supervision"
# So many moments at most until the next card of a case.
_MOST_MOMENTS = 40


@dataclass(frozen=True)
class CasePlay:
    """The people of an example, who write its lines in one language."""

    world: DemoWorld
    circle: Conversation
    language: Language
    example: Example

    def play(self) -> None:
        """Play the case from the request to the closing, over several days."""
        self._bring_case()
        self._join_case()
        self._start_case()
        for (step, name), lines in groupby(self.example.lines, key=lambda line: (line.in_, line.by)):
            self._write(self._person(name), step, list(lines))
        self._thank(self._person(self.example.people.peers[-1]))

    def _bring_case(self) -> None:
        owner, intake = self._person(self.example.people.owner), self.example.intake
        command = next(one for one in self.world.workspace.commands if one.startswith("/intervisi"))
        self.world.move_by(hours=2)
        owner.commands(self.circle, command)
        chosen = {"theme": THEME, "method": METHOD} | language_answer(open_form_of(owner), self.language)
        owner.fills(open_form_of(owner), chosen)
        owner.submits()
        story = {
            "title": intake.title.in_(self.language),
            "question": intake.question.in_(self.language),
            STORY_FIELDS[0]: intake.situation.in_(self.language),
        }
        _send_form(owner, story)

    def _join_case(self) -> None:
        people = self.example.people
        for name in people.peers:
            self.world.move_by(minutes=50)
            person = self._person(name)
            person.presses(newest_with_button(person.messages(self.circle), names.JOIN_CASE), names.JOIN_CASE)
            if name == people.facilitator:
                person.presses(open_joined_page(person, self.circle), names.FACILITATE_CASE)
                person.closes()

    def _start_case(self) -> None:
        self.world.move_by(minutes=20)
        owner = self._person(self.example.people.owner)
        own = owner.messages(owner.opens_dm(self.world.workspace.bot))
        owner.presses(newest_with_button(own, names.START_CASE), names.START_CASE)

    def _write(self, person: Person, step: str, lines: list[ExampleLine]) -> None:
        self.world.move_by(minutes=35)
        card = self._card(person, step)
        if lines[0].does == "pass":
            person.presses(card, names.PASS)
            return
        person.presses(card, names.WRITE)
        if lines[0].about:
            _send_form(person, dict(self._texts.answer_fields(open_form_of(person), lines)))
            return
        for _ in lines[1:]:
            person.presses(open_form_of(person), names.ONE_MORE)
        _send_form(person, dict(self._texts.contribution_fields(open_form_of(person), lines)))

    def _thank(self, person: Person) -> None:
        """React to the last card with a heart."""
        assert self._channel is not None, "a case that closed had a channel"
        for_all = [one for one in person.messages(self._channel) if one.ephemeral_for is None]
        person.reacts(for_all[-1], "heart")

    def _card(self, person: Person, step: str) -> Message:
        """The open card of a step; time passes until it is there."""
        for _ in range(_MOST_MOMENTS):
            messages = person.messages(self._channel) if self._channel else []
            if found := [one for one in messages if has_button(one, names.WRITE, ends=f":{step}")]:
                return found[-1]
            self.world.move_to_next_moment()
        raise LookupError(f"the card of {step} did not come")

    @property
    def _channel(self) -> Conversation | None:
        """The channel of the case, once it is made."""
        owner = self._person(self.example.people.owner)
        return next((one for one in owner.channels() if one.kind == "group"), None)

    @property
    def _texts(self) -> FormTexts:
        return FormTexts(self.example, self.language)

    def _person(self, name: str) -> Person:
        return self.world.workspace.person(name)


def play_case(world: DemoWorld, circle: Conversation, spoken: Language) -> None:
    """Play the example of the method, from the request to the closing."""
    example = world.bot.services.library.protocols[METHOD].example
    assert example is not None, "our own method has an example"
    CasePlay(world, circle, spoken, example).play()


def _send_form(person: Person, values: dict[str, str]) -> None:
    person.fills(open_form_of(person), values)
    person.submits()
    close_all(person)
