"""What each person writes in a case: their lines in the method's example, or texts that fit any case."""

from collections.abc import Sequence

from bot.core.text import Language
from bot.library.example import Example, ExampleLine
from bot.library.protocol import Step
from demo.possible_actions import PossibleAction
from demo.script import Script, ScriptQuestion
from playground.people import Person


class ExampleParts:
    """The cast, and what each person writes in one language."""

    def __init__(self, people: Sequence[Person], script: Script, spoken: Language) -> None:
        self._people, self._script, self._spoken = people, script, spoken
        self._used: set[tuple[str, str]] = set()

    def is_facilitator(self, action: PossibleAction) -> bool:
        """True if this person is the facilitator in the example."""
        example = example_of(action)
        return example is not None and self._name(action, example) == example.people.facilitator

    def is_observer(self, action: PossibleAction) -> bool:
        """True if this person is an observer in the example."""
        example = example_of(action)
        return example is not None and self._name(action, example) in example.people.observers

    def lines_in_step(self, action: PossibleAction, step: Step) -> list[ExampleLine]:
        """What this person writes in a step: their lines in the example.

        For a method without an example, and for the later cases of a series: texts that fit almost any case.
        """
        example = example_of(action)
        if example is None or action.is_linked:
            return self._general_lines(action, step)
        name = self._name(action, example)
        own = [line for line in example.lines if line.in_ == step.key and line.by == name and not line.does]
        return own[: step.per_person.max]

    def _general_lines(self, action: PossibleAction, step: Step) -> list[ExampleLine]:
        """As many lines as the step asks for; first those that nobody used in this case."""
        case, most = action.value.partition(":")[0], max(1, step.per_person.min)
        known = [(kind, text) for kind in step.kinds for text in self._script.words.get(kind, ())]
        fresh = [(kind, text) for kind, text in known if (case, text.en) not in self._used]
        chosen = (fresh if step.about or len(fresh) >= most else fresh + known)[:most]
        self._used |= {(case, text.en) for _, text in chosen}
        who = action.person.name
        return [
            ExampleLine.model_validate({"in": step.key, "by": who, "kind": kind, "text": text}) for kind, text in chosen
        ]

    def question_for_series(self, person: Person) -> ScriptQuestion:
        """The question that this person brings to a series."""
        return self._script.questions[self._people.index(person) % len(self._script.questions)]

    def _name(self, action: PossibleAction, example: Example) -> str:
        """The name of this person in the example: the owner of the case and the owner of the example change places."""
        owner = next(one for one in self._people if one.id == action.owner)
        names = {owner.name: example.people.owner, example.people.owner: owner.name}
        return names.get(action.person.name, action.person.name)


def example_of(action: PossibleAction) -> Example | None:
    """The example of the method of this case, if there is one."""
    return action.case.protocol.example if action.case else None
