"""Colleagues who act when somebody asks them: they press, fill in and send, as people do."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from bot.core import names
from bot.intervision.intake_surfaces import STORY_FIELDS
from bot.library.example import ExampleLine
from bot.library.protocol import Step
from bot.reflection.surfaces import READERS, SHARED, field_id
from demo.example_parts import ExampleParts, example_of
from demo.form_texts import FormTexts, fields_at
from demo.possible_actions import PossibleAction, PossibleActions
from demo.script import read_script
from demo.world import DemoWorld, close_all, language_answer, newest_with_button, open_form_of
from playground.forms import placed
from playground.guide import Suggestion
from playground.model import Forbidden, View
from playground.people import Person


class Colleagues:
    """Everybody but the person who asks. They write what fits the case, or the demo's own answers."""

    def __init__(self, world: DemoWorld) -> None:
        self._world = world
        self._actions, self._script = PossibleActions(world), read_script()
        self._parts = ExampleParts(world.workspace.people, self._script)
        self._used: set[str] = set()

    def suggestions(self, beside: Person, place: str = "") -> list[Suggestion]:
        """One thing that each of them could do now; `beside` is the person who asks, with `place` in view."""
        others = [one for one in self._world.workspace.people if one.id != beside.id]
        found = [action for one in others if (action := self._actions.first_action_of(one, beside, place))]
        return [Suggestion(one.person, one.kind, partial(self._act, one.person, beside, place)) for one in found]

    def _act(self, person: Person, beside: Person, place: str) -> None:
        """Do the first thing that waits for this person. It is looked up again: somebody may have done it."""
        action = self._actions.first_action_of(person, beside, place)
        if action is None:
            return
        acts = {
            "step": self._write,
            "ready": self._read_on,
            "join": self._join,
            "start": self._start,
            "answer": self._answer,
        }
        # The button may be gone by now; that happens to people too.
        with suppress(Forbidden):
            acts[action.kind](action)
        close_all(person)

    # ------------------------------------------------------------------------------------------------ cases

    def _join(self, action: PossibleAction) -> None:
        """Join: as the facilitator or an observer, if the person is that in the example."""
        person = action.person
        self._press_and_wait(action, names.JOIN_CASE)
        if self._parts.is_observer(action):
            self._choose_role(action, names.OBSERVE_CASE)
        elif self._parts.is_facilitator(action):
            self._choose_role(action, names.FACILITATE_CASE)
        elif form := _form(person):
            self._bring_question(action, form)

    def _choose_role(self, action: PossibleAction, role: str) -> None:
        """Another role, where the page behind the line after joining offers it; a refused join has none."""
        person = action.person
        if person.modal is not None:
            return
        circle = self._world.workspace.channels[action.card.channel_id]
        person.presses(newest_with_button(person.messages(circle), names.JOINED_MORE), names.JOINED_MORE)
        self._world.wait_for(lambda: person.modal)
        if _offers(person, role):
            person.presses(person.modal, role)
            self._world.wait_for(lambda: None if _offers(person, role) else True)

    def _bring_question(self, action: PossibleAction, form: View) -> None:
        """In a series, everybody who joins brings a question."""
        person, spoken = action.person, action.language
        own = self._parts.question_for_series(person)
        texts = {"title": own.title, "question": own.question, STORY_FIELDS[0]: own.story}
        person.fills(form, {field: text.in_(spoken) for field, text in texts.items()} | language_answer(form, spoken))
        person.submits()

    def _start(self, action: PossibleAction) -> None:
        action.person.presses(action.card, names.START_CASE, value=action.value)

    def _read_on(self, action: PossibleAction) -> None:
        """Read what others wrote while the owner was away."""
        action.person.presses(action.card, names.OWNER_READY, value=action.value)

    def _write(self, action: PossibleAction) -> None:
        """Write the person's lines in this step; pass if there are none, or none that fits."""
        person, step = action.person, _step(action)
        spoken = self._parts.lines_in_step(action, step)
        if not spoken or not self._fill_in(action, step, spoken) or person.submits().errors:
            self._pass(action)

    def _fill_in(self, action: PossibleAction, step: Step, spoken: Sequence[ExampleLine]) -> bool:
        """Fill in the form; returns False if none opened, or nothing fits."""
        person = action.person
        person.presses(action.card, names.WRITE, value=action.value)
        if self._world.wait_for(lambda: _form(person)) is None:
            return False
        if step.about is None:
            for number in range(2, len(spoken) + 1):
                self._add_field(person, number)
        form, lines = open_form_of(person), FormTexts(example_of(action), action.language)
        values = dict(lines.answer_fields(form, spoken) if step.about else lines.contribution_fields(form, spoken))
        person.fills(form, values)
        return bool(values)

    def _add_field(self, person: Person, number: int) -> None:
        """Press for one more field, unless there is one with this number."""

        def form_with_field() -> View | None:
            form = _form(person)
            return form if form and fields_at(form, f"new-{number}") else None

        if form_with_field() is None:
            person.presses(person.modal, names.ONE_MORE)
            self._world.wait_for(form_with_field)

    def _pass(self, action: PossibleAction) -> None:
        """Say that there is nothing to add."""
        close_all(action.person)
        self._press_and_wait(action, names.PASS)

    # ------------------------------------------------------------------------------------------------ the week

    def _answer(self, action: PossibleAction) -> None:
        """Answer the weekly question, and share it."""
        person = action.person
        person.presses(action.card, names.ANSWER)
        form = self._world.wait_for(lambda: _form(person))
        if form is None:
            return
        written = {field_id(1): self._unused_answer(action), READERS: SHARED}
        person.fills(form, written | language_answer(form, action.language))
        person.submits()
        self._world.wait_for(lambda: None if person.modal else True)

    def _unused_answer(self, action: PossibleAction) -> str:
        """An answer that fits the question and that nobody gave yet; else one of the short replies."""
        texts = [*self._script.answers.get(action.theme, ()), *self._script.replies]
        lines = [text.in_(action.language) for text in texts]
        channel = self._world.workspace.channels[action.card.channel_id]
        seen = action.person.visible_text(channel)
        new = next((line for line in lines if line not in self._used and line not in seen), lines[-1])
        self._used.add(new)
        return new

    # ------------------------------------------------------------------------------------------------ the screen

    def _press_and_wait(self, action: PossibleAction, button: str) -> None:
        """Press it on the card; what answers is a page or form, or a word in the channel."""
        person, before = action.person, self._whispers(action)
        person.presses(action.card, button)
        self._world.wait_for(lambda: person.modal or (True if self._whispers(action) > before else None))

    def _whispers(self, action: PossibleAction) -> int:
        """How much was said to this person alone where the card is."""
        channel = self._world.workspace.channels[action.card.channel_id]
        return sum(one.ephemeral_for == action.person.id for one in channel.ephemerals)


def _form(person: Person) -> View | None:
    """The open form of a person if it can be sent; a refusal cannot."""
    return person.modal if person.modal is not None and person.modal.submit else None


def _offers(person: Person, action: str) -> bool:
    return person.modal is not None and any(at.action_id == action for at in placed(person.modal.blocks))


def _step(action: PossibleAction) -> Step:
    assert action.case is not None, "a step belongs to a case"
    return action.case.protocol.step(action.value.partition(":")[2])
