"""Colleagues who write when they are asked to: they press, fill in and send, as people do."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from bot.core import language_field as language
from bot.core import names
from bot.core.text import Language
from bot.intervision.surfaces import STORY_FIELDS
from bot.library.example import ExampleLine
from bot.library.protocol import Step
from bot.reflection.surfaces import field_id
from demo.lines import Lines, fields_at
from demo.openings import CaseOpening, Openings
from demo.parts import Parts, example_of
from demo.script import read_script
from demo.stage import Stage, form_of, is_asked
from playground.forms import placed
from playground.guide import Suggestion
from playground.model import Forbidden, View
from playground.people import Person


class Colleagues:
    """Everybody but who asks them. What they say is the method's example, or the demo's own answers."""

    def __init__(self, stage: Stage, spoken: Language) -> None:
        self._stage, self._spoken = stage, spoken
        self._openings, self._script = Openings(stage), read_script()
        self._parts = Parts(stage.workspace.people, self._script, spoken)
        self._told: set[str] = set()

    def suggestions(self, beside: Person) -> list[Suggestion]:
        """What each could do now, one thing each."""
        others = [one for one in self._stage.workspace.people if one is not beside]
        found = [opening for one in others if (opening := self._openings.first_for(one, beside))]
        return [Suggestion(one.person, one.does, partial(self._acts, one.person, beside)) for one in found]

    def _acts(self, person: Person, beside: Person) -> None:
        """The first thing that waits for them, looked up now: somebody else may just have closed it."""
        opening = self._openings.first_for(person, beside)
        if opening is None:
            return
        does = {
            "step": self._writes,
            "ready": self._reads_on,
            "join": self._joins,
            "start": self._starts,
            "answer": self._answers,
        }
        # What they were about to press may be gone by then; that happens to people too.
        with suppress(Forbidden):
            does[opening.does](opening)
        self._closes(person)

    # ------------------------------------------------------------------------------------------------ cases

    def _joins(self, opening: CaseOpening) -> None:
        """Who leads the talk in the example offers to, where nobody did yet; who looks on there says so."""
        person = opening.person
        offered = any(at.action_id == names.FACILITATE_CASE for at in placed(opening.card.blocks))
        leads = offered and self._parts.leads(opening)
        person.presses(opening.card, names.FACILITATE_CASE if leads else names.JOIN_CASE)
        self._reads_the_answer(person)
        if self._parts.looks_on(opening) and _offers(person, names.OBSERVE_CASE):
            person.presses(person.modal, names.OBSERVE_CASE)
            self._stage.awaits(lambda: None if _offers(person, names.OBSERVE_CASE) else True)
        elif form := _form(person):
            self._brings_a_question(person, form)

    def _brings_a_question(self, person: Person, form: View) -> None:
        """To a series."""
        own = self._parts.question(person)
        told = {"title": own.title, "question": own.question, STORY_FIELDS[0]: own.story}
        person.fills(form, {field: text.in_(self._spoken) for field, text in told.items()} | self._language_for(form))
        person.submits()

    def _starts(self, opening: CaseOpening) -> None:
        opening.person.presses(opening.card, names.START_CASE, value=opening.value)

    def _reads_on(self, opening: CaseOpening) -> None:
        """What was said while they were away."""
        opening.person.presses(opening.card, names.OWNER_READY, value=opening.value)

    def _writes(self, opening: CaseOpening) -> None:
        """Their lines in this step; nothing to add where they have none, or none that fits."""
        person, step = opening.person, _step(opening)
        spoken = self._parts.lines(opening, step)
        if not spoken or not self._fills_in(opening, step, spoken) or person.submits().errors:
            self._passes(opening)

    def _fills_in(self, opening: CaseOpening, step: Step, spoken: Sequence[ExampleLine]) -> bool:
        """Whether there is a form now with something in it to send."""
        person = opening.person
        person.presses(opening.card, names.WRITE, value=opening.value)
        if self._stage.awaits(lambda: _form(person)) is None:
            return False
        if step.about is None:
            for number in range(2, len(spoken) + 1):
                self._asks_for_room(person, number)
        form, lines = form_of(person), Lines(example_of(opening), self._spoken)
        values = dict(lines.answers(form, spoken) if step.about else lines.contributions(form, spoken))
        person.fills(form, values)
        return bool(values)

    def _asks_for_room(self, person: Person, number: int) -> None:
        """One more field, until there is one with this number."""

        def there() -> View | None:
            form = _form(person)
            return form if form and fields_at(form, f"new-{number}") else None

        if there() is None:
            person.presses(person.modal, names.ONE_MORE)
            self._stage.awaits(there)

    def _passes(self, opening: CaseOpening) -> None:
        self._closes(opening.person)
        opening.person.presses(opening.card, names.PASS)
        self._reads_the_answer(opening.person)

    # ------------------------------------------------------------------------------------------------ the week

    def _answers(self, opening: CaseOpening) -> None:
        """Answer the weekly question, and share it."""
        person = opening.person
        person.presses(opening.card, names.ANSWER)
        form = self._stage.awaits(lambda: _form(person))
        if form is None:
            return
        person.fills(form, {field_id(1): self._something_new(opening)} | self._language_for(form))
        person.submits()
        person.presses(person.modal, names.SHARE_REFLECTION)
        self._stage.awaits(lambda: None if _offers(person, names.SHARE_REFLECTION) else True)

    def _something_new(self, opening: CaseOpening) -> str:
        """An answer that fits the question, which nobody gave yet; else one of the short replies."""
        texts = [*self._script.answers.get(opening.theme, ()), *self._script.replies]
        lines = [text.in_(self._spoken) for text in texts]
        channel = self._stage.workspace.channels[opening.card.channel_id]
        seen = opening.person.visible_text(channel)
        new = next((line for line in lines if line not in self._told and line not in seen), lines[-1])
        self._told.add(new)
        return new

    # ------------------------------------------------------------------------------------------------ the screen

    def _reads_the_answer(self, person: Person) -> None:
        self._stage.awaits(lambda: person.modal)

    def _language_for(self, form: View) -> dict[str, str]:
        return {language.FIELD: self._spoken} if is_asked(form, language.FIELD) else {}

    def _closes(self, person: Person) -> None:
        while person.modal is not None:
            person.closes()


def _form(person: Person) -> View | None:
    """A form that can be sent, if that is what is in front of somebody; a refusal is not."""
    return person.modal if person.modal is not None and person.modal.submit else None


def _offers(person: Person, action: str) -> bool:
    return person.modal is not None and any(at.action_id == action for at in placed(person.modal.blocks))


def _step(opening: CaseOpening) -> Step:
    assert opening.case is not None, "a step is of a case"
    return opening.case.protocol.step(opening.value.partition(":")[2])
