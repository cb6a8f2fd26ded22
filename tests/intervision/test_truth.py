"""What a card and a receipt say of who reads, who writes and what is over, and what then happens: in every method.

Each method's example is played, and at every turn what people were told is compared with what each of them can read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot.core import names
from bot.core.text import LANGUAGES, Language
from bot.intervision.rules.readers import Visibility
from bot.library.enums import Closes
from bot.library.example import ExampleLine
from bot.library.protocol import Step
from bot.library.reading import load_library
from playground.model import Message, View
from playground.people import Person
from tests.intervision.actors import Table, fields_of, shown
from tests.intervision.play import Play
from tests.words.test_catalogues import texts
from tests.world import World

LIBRARY, TEXTS = load_library().protocols, {language: texts(language) for language in LANGUAGES}
PLAYED = [(key, LANGUAGES[number % 3]) for number, key in enumerate(sorted(LIBRARY))]


@dataclass(frozen=True)
class Told:
    """These texts were written by somebody who had read this of who reads them."""

    writer: Person
    step: Step
    texts: list[str]
    claim: Visibility


@dataclass(frozen=True)
class WatchedPlay(Play):
    """A play in which everybody compares what they were told with what they read."""

    told: list[Told] = field(default_factory=list)
    met: set[str] = field(default_factory=set)

    # ------------------------------------------------------------------------------------------------ playing

    def says(self, person: Person, step: Step, lines: list[ExampleLine]) -> None:
        self.waits_for(lambda: self.card(person, step, names.WRITE), f"the card of {step.key}")
        if step.key not in self.met:
            self.met.add(step.key)
            self.everybody_presses(step)
        super().says(person, step, lines)
        self.compares()
        self.looks_whether_all_are_done(step)

    def writes(self, person: Person, step: Step, lines: list[ExampleLine]) -> None:
        card = self.card(person, step, names.WRITE)
        assert card
        claim = self.claim_of(person, card)
        super().writes(person, step, lines)
        texts = [text for line in lines for text in self.texts(line)]
        self.told.append(Told(person, step, texts, claim))
        assert self.is_confirmed(person, claim), f"{person.name} reads after sending what the card of {step.key} says"

    def comes_back(self) -> None:
        self.compares()
        super().comes_back()

    # ------------------------------------------------------------------------------------------------ who writes

    def everybody_presses(self, step: Step) -> None:
        """Whom a card mentions gets a form, and anybody else reads in one line whose turn it is."""
        card = self.card(self.owner, step, names.WRITE)
        assert card
        asked = [one for one in self.people if f"<@{one.id}>" in str(card.blocks)]
        assert asked or "<!channel>" in str(card.blocks), f"the card of {step.key} says who is asked"
        for person in self.people:
            person.presses(card, names.WRITE)
            page = shown(person)
            is_form = bool(fields_of(page))
            if asked:
                assert is_form == (person in asked), f"{person.name} in {step.key}"
            assert is_form or len(page.blocks) == 1, f"{person.name} reads one line in {step.key}"
            while person.modal:
                person.closes(person.modal)

    def private(self, person: Person) -> Iterator[Message]:
        for message in person.messages(self.table.room):
            yield message
            yield from person.thread(message)[1:]

    # ------------------------------------------------------------------------------------------------ who reads

    def claim_of(self, person: Person, card: Message) -> Visibility:
        """Which of all that a card can say of who reads stands on this one."""
        said = person.visible_text(card)
        lines = {how: {f"card.reads_{how}", f"card.reads_{how}_nameless"} for how in Visibility}
        found = [how for how, keys in lines.items() if any(text in said for text in self.texts_of(keys))]
        assert len(found) <= 1, f"a card says who reads in one way: {said}"
        return found[0] if found else Visibility.STORY

    def is_confirmed(self, person: Person, claim: Visibility) -> bool:
        """Whether the receipt says the same, or that the step is over by now."""
        told = "\n".join(person.visible_text(one) for one in self.private(person) if one.ephemeral_for == person.id)
        same = {f"receipt.{claim}", "receipt.closed", "receipt.put_back"}
        return any(text in told for text in self.texts_of(same))

    def texts_of(self, keys: set[str]) -> list[str]:
        """These texts as people read them, up to the first name or moment in them."""
        return [said.partition("{")[0] for key in sorted(keys) for said in TEXTS[self.language].get(key, ())]

    def compares(self) -> None:
        """Everybody reads what was written as far as they were told, and no further."""
        for told in self.told:
            is_open = self.card(told.writer, told.step, names.WRITE) is not None
            is_held = self.card(self.owner, told.step, names.OWNER_READY) is not None
            for person in self.people:
                if person is not told.writer:
                    self.compare(told, person, is_open=is_open, is_held=is_held)

    def compare(self, told: Told, person: Person, *, is_open: bool, is_held: bool) -> None:
        reads = [text for text in told.texts if person.sees(text)]
        match told.claim:
            case Visibility.AT_ONCE | Visibility.STORY:
                expected = True
            case Visibility.AT_CLOSE:
                expected = not is_open
            case Visibility.ALONG | Visibility.OWNER_READY:
                expected = not is_open and not is_held
            case Visibility.OWNER_ALONE:
                expected = person is self.owner and not is_open
            case _:
                expected = False
        what = f"{person.name} reads {len(reads)} of {len(told.texts)} in {told.step.key} ({told.claim})"
        assert reads == (told.texts if expected else []), what
        if told.claim == Visibility.ALONG and is_open and person is not self.owner:
            assert self.reads_along(told, person), f"{person.name} reads along in the form of {told.step.key}"

    def reads_along(self, told: Told, person: Person) -> bool:
        card = self.card(person, told.step, names.WRITE)
        assert card
        person.presses(card, names.WRITE)
        form = person.modal
        read = form is not None and all(text in person.visible_text(form) for text in told.texts)
        while person.modal:
            person.closes(person.modal)
        return read or not is_form_of_writing(form)

    # ------------------------------------------------------------------------------------------------ what is over

    def looks_whether_all_are_done(self, step: Step) -> None:
        """Once everybody who is asked sent or passed, a step that closes early does not say that it waits for them."""
        card = self.card(self.owner, step, names.WRITE)
        goes_with_another = step.together_with or any(each.together_with == step.key for each in self.protocol.steps)
        if card is None or step.closes != Closes.EARLY or step.talks or goes_with_another:
            return
        asked = [one for one in self.people if f"<@{one.id}>" in str(card.blocks)]
        done = {line.by for line in self.so_far(step)}
        assert not asked or not {one.name for one in asked} <= done, f"{step.key} waits for nobody"

    def so_far(self, step: Step) -> list[ExampleLine]:
        """The lines of a step that were played."""
        written = {text for told in self.told for text in told.texts}
        return [line for line in self._lines(step) if line.does is None and set(self.texts(line)) <= written]


def is_form_of_writing(form: View | None) -> bool:
    return form is not None and bool(fields_of(form))


@pytest.mark.parametrize(("key", "language"), PLAYED)
def test_what_people_are_told_is_what_happens(sqlite_url: str, key: str, language: Language) -> None:
    world = World(sqlite_url, language)
    world.sets_up(language=language)
    play = WatchedPlay(Table(world), LIBRARY[key], language)
    play.plays()
    play.compares()
    assert play.told, "something was written, and its readers were looked for"
    world.stops()
