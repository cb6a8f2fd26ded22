"""What each person writes in a case: their lines of the example where it is that case, else what fits this one."""

from collections.abc import Sequence

from bot.core.text import LANGUAGES, Text
from bot.library.example import Example, ExampleLine
from bot.library.protocol import Step
from demo.possible_actions import PossibleAction
from demo.script import Script, ScriptQuestion
from playground.people import Person

# A longer title or question is not quoted back.
_MOST_QUOTED = 140


class ExampleParts:
    """The cast, and what each person writes."""

    def __init__(self, people: Sequence[Person], script: Script) -> None:
        self._people, self._script = people, script
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
        """What this person writes in a step: their lines in the example, if this is the case of the example.

        For a case of somebody's own, a method without an example, and the later cases of a series: texts that fit
        almost any case, some with what its owner wrote in them.
        """
        example = example_of(action)
        if example is None or action.is_linked or not is_the_example(action, example):
            return self._general_lines(action, step)
        name = self._name(action, example)
        own = [line for line in example.lines if line.in_ == step.key and line.by == name and not line.does]
        return own[: step.per_person.max]

    def _general_lines(self, action: PossibleAction, step: Step) -> list[ExampleLine]:
        """As many lines as the step asks for, none that somebody used in this case; nothing once all are used."""
        case, most = action.value.partition(":")[0], max(1, step.per_person.min)
        known = [(kind, text) for kind in step.kinds for text in self._script.words.get(kind, ())]
        fresh = [(kind, text) for kind, text in known if (case, text.en) not in self._used and _fits(text, action)]
        chosen = fresh[:most]
        self._used |= {(case, text.en) for _, text in chosen}
        who = action.person.name
        return [
            ExampleLine.model_validate({"in": step.key, "by": who, "kind": kind, "text": _about(text, action)})
            for kind, text in chosen
        ]

    def question_for_series(self, person: Person) -> ScriptQuestion:
        """The question that this person brings to a series."""
        return self._script.questions[self._people.index(person) % len(self._script.questions)]

    def _name(self, action: PossibleAction, example: Example) -> str:
        """The name of this person in the example: the owner of the case and the owner of the example change places."""
        owner = next(one for one in self._people if one.id == action.owner)
        names = {owner.name: example.people.owner, example.people.owner: owner.name}
        return names.get(action.person.name, action.person.name)


def is_the_example(action: PossibleAction, example: Example) -> bool:
    """True if the case is that of the example, in whatever language."""
    return action.title in {example.intake.title.in_(language) for language in LANGUAGES}


def _fits(text: Text, action: PossibleAction) -> bool:
    """A text with a place for what the owner wrote needs something to put there, and not too much of it."""
    places = {"{title}": action.title, "{question}": action.question}
    return all(0 < len(words) <= _MOST_QUOTED for place, words in places.items() if place in text.en)


def _about(text: Text, action: PossibleAction) -> Text:
    """The text with what the owner wrote in its places."""
    written = text.model_dump()
    return Text(
        **{
            language: words.replace("{title}", action.title).replace("{question}", action.question)
            for language, words in written.items()
        }
    )


def example_of(action: PossibleAction) -> Example | None:
    """The example of the method of this case, if there is one."""
    return action.case.protocol.example if action.case else None
