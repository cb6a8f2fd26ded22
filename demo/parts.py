"""Who says what in a case: their part in the method's example, and words of their own where it tells of another."""

from collections.abc import Sequence

from bot.core.text import Language
from bot.library.example import Example, ExampleLine
from bot.library.protocol import Step
from demo.openings import CaseOpening
from demo.script import Script, ScriptQuestion
from playground.people import Person


class Parts:
    """The cast, and what each can say in one language."""

    def __init__(self, people: Sequence[Person], script: Script, spoken: Language) -> None:
        self._people, self._script, self._spoken = people, script, spoken
        self._told: set[tuple[str, str]] = set()

    def leads(self, opening: CaseOpening) -> bool:
        """Whether this person leads the talk in the example."""
        example = example_of(opening)
        return example is not None and self._name(opening, example) == example.people.facilitator

    def looks_on(self, opening: CaseOpening) -> bool:
        """Whether this person observes in the example."""
        example = example_of(opening)
        return example is not None and self._name(opening, example) in example.people.observers

    def lines(self, opening: CaseOpening, step: Step) -> list[ExampleLine]:
        """What this person says in a step: as the example has it, or in words that fit almost any case.

        Those are for a method without an example, and for the later cases of a series.
        """
        example = example_of(opening)
        if example is None or opening.is_linked:
            return self._own_words(opening, step)
        name = self._name(opening, example)
        own = [line for line in example.lines if line.in_ == step.key and line.by == name and not line.does]
        return own[: step.per_person.max]

    def _own_words(self, opening: CaseOpening, step: Step) -> list[ExampleLine]:
        """As many as the step asks for; first those that nobody used in this case."""
        case, most = opening.value.partition(":")[0], max(1, step.per_person.min)
        known = [(kind, text) for kind in step.kinds for text in self._script.words.get(kind, ())]
        fresh = [(kind, text) for kind, text in known if (case, text.en) not in self._told]
        chosen = (fresh if step.about or len(fresh) >= most else fresh + known)[:most]
        self._told |= {(case, text.en) for _, text in chosen}
        who = opening.person.name
        return [
            ExampleLine.model_validate({"in": step.key, "by": who, "kind": kind, "text": text}) for kind, text in chosen
        ]

    def question(self, person: Person) -> ScriptQuestion:
        """What this person brings to a series."""
        return self._script.questions[self._people.index(person) % len(self._script.questions)]

    def _name(self, opening: CaseOpening, example: Example) -> str:
        """Whoever owns the case speaks as the owner in the example, and the one who does so there in their place."""
        owner = next(one for one in self._people if one.id == opening.owner)
        parts = {owner.name: example.people.owner, example.people.owner: owner.name}
        return parts.get(opening.person.name, opening.person.name)


def example_of(opening: CaseOpening) -> Example | None:
    """The example of the method of a case, if it has one."""
    return opening.case.protocol.example if opening.case else None
