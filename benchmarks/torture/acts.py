"""What people do during a run, as one does it in Slack: each act does nothing where it is not possible."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TypeVar

from benchmarks.torture.writings import Kind, Writing, Writings
from bot.core import names
from bot.reflection.surfaces import KEPT, READERS, SHARED
from playground.forms import placed
from playground.model import Container, Conversation, Forbidden, Json, Message, View
from playground.people import Person
from tests.world import World

Picked = TypeVar("Picked")
# How often somebody who has a form or page before them goes on with it at once.
_GOES_ON = 0.75
METHOD = "torture"
INTAKE = {"title": "Een lijstje", "story_happened": "Elk gesprek eindigt zo.", "theme": "feedback_conversations"}
# Which text of a form is the one that is looked for, and as what.
_KIND_OF_FORM: dict[str, Kind] = {
    names.ANSWER_FORM: "answer",
    names.CASE_FORM: "case",
    names.CONTRIBUTION_FORM: "contribution",
}
# What a person may press on the page that comes after a form.
_NEXT_ON_PAGE = (names.SHARE_REFLECTION, names.KEEP_REFLECTION)


@dataclass(frozen=True)
class Opening:
    """Somebody pressed what opens a form, and nothing opened: they have to hear of it soon after.

    `notices` is how many messages there were that they alone can see.
    """

    person: Person
    what: str
    at: datetime
    notices: int

    @property
    def is_told(self) -> bool:
        """Whether they can read something since then."""
        return notices_to(self.person) > self.notices


@dataclass
class People:
    """The people of a world. `was_killed` says whether a copy was killed since it was last asked.

    `wait` waits until something is so, as long as a person would; where all happens at once, nobody has to.
    """

    world: World
    chance: Random
    writings: Writings
    was_killed: Callable[[], bool]
    wait: Callable[[Callable[[], bool]], object] = lambda is_so: is_so()
    unopened: list[Opening] = field(default_factory=list)
    _filled: dict[str, list[Writing]] = field(default_factory=dict)

    def act(self) -> str:
        """Somebody does something that they can; its name."""
        person = self.chance.choice(self.world.cast[:4])
        act = self.go_on if person.modal and self.chance.random() < 0.8 else self.chance.choice(self._acts())
        try:
            act(person)
            while person.modal and self.chance.random() < _GOES_ON:
                self.go_on(person)
        except Forbidden as why:
            return f"{person.name}: {act.__name__} is not possible ({why})"
        return f"{person.name}: {act.__name__}"

    def _acts(self) -> list[Callable[[Person], None]]:
        if self.world.workspace.bot.id not in self.world.circle.members:
            return [self.bring_bot, self.look_at_home]
        if self._is_new():
            return [self.set_up, self.bring_case, self.look_at_home, self.join_case, self.start_case]
        often = [self.reply, self.answer, self.write_in_case, self.write_in_case, self.remark, self.join_case]
        return [*often, *often, self.bring_case, self.start_case, self.change, self.delete, self.look_at_home]

    # ------------------------------------------------------------------------------------------- a new circle

    def _is_new(self) -> bool:
        """Whether the bot has not posted a question yet."""
        return not self._with_button(self.world.anna, self.world.circle, names.ANSWER)

    def bring_bot(self, person: Person) -> None:
        """Bring the bot into the channel."""
        person.invites(self.world.circle, self.world.workspace.bot)

    def set_up(self, person: Person) -> None:
        """Press the button under the bot's greeting.

        Under another id of the channel it may be a circle of its own, if the bot has not heard yet that it is the same.
        """
        if self.world.circle.former_ids:
            return
        self._opens(person, names.SET_UP, self._pick(self._with_button(person, self.world.circle, names.SET_UP)))

    # ------------------------------------------------------------------------------------------- in the channel

    def reply(self, person: Person) -> None:
        """Type under a weekly question."""
        if card := self._pick(self._with_button(person, self.world.circle, names.ANSWER)):
            self._types(person, self.world.circle, card, "reply")

    def remark(self, person: Person) -> None:
        """Type in the channel of a case, or under one of its cards."""
        for room in self._rooms(person):
            cards = [one for one in person.messages(room) if one.bot_id]
            self._types(person, room, self._pick(cards) if self.chance.random() < 0.5 else None, "remark")

    def change(self, person: Person) -> None:
        """Change what one typed."""
        if (before := self._pick(self._typed_by(person))) and before.message:
            text = self.writings.new_text()
            person.edits(before.message, text)
            before.is_replaced = True
            self.writings.add(before.kind, person, before.message, text)

    def delete(self, person: Person) -> None:
        """Delete what one typed."""
        if self.chance.random() < 0.4 and (before := self._pick(self._typed_by(person))) and before.message:
            person.deletes(before.message)

    def _types(self, person: Person, place: Conversation, thread: Message | None, kind: Kind) -> None:
        text = self.writings.new_text()
        self.writings.add(kind, person, person.says(place, text, thread=thread), text)

    def _typed_by(self, person: Person) -> list[Writing]:
        mine = [one for one in self.writings.by_text.values() if one.writer is person and one.message]
        return [one for one in mine if one.must_be_kept]

    # ------------------------------------------------------------------------------------------- what opens a form

    def answer(self, person: Person) -> None:
        """Press the button under a weekly question."""
        self._opens(person, names.ANSWER, self._pick(self._with_button(person, self.world.circle, names.ANSWER)))

    def write_in_case(self, person: Person) -> None:
        """Press the button to write under a card of a case."""
        for room in self._rooms(person):
            self._opens(person, names.WRITE, self._pick(self._with_button(person, room, names.WRITE)))

    def bring_case(self, person: Person) -> None:
        """Bring a case, unless there are enough."""
        if not any(one.kind == "case" for one in self.writings.by_text.values()) and not person.modal:
            self._expects(person, "/intervision", lambda: person.commands(self.world.circle, "/intervision"))

    def look_at_home(self, person: Person) -> None:
        """Open Home."""
        person.opens_home()

    def _opens(self, person: Person, action: str, on: Message | None) -> None:
        if on is not None and person.modal is None:
            self._expects(person, action, lambda: person.presses(on, action))

    def _expects(self, person: Person, what: str, press: Callable[[], None]) -> None:
        """After this press a form is open, or the person can read why not; unless a copy was killed at it."""
        before, at = notices_to(person), self.world.elapsed()
        self.was_killed()
        press()
        self.wait(lambda: person.modal is not None or notices_to(person) > before)
        if person.modal is None and notices_to(person) == before and not self.was_killed():
            self.unopened.append(Opening(person, what, at, before))

    # ------------------------------------------------------------------------------------------- in a form

    def go_on(self, person: Person) -> None:
        """Do the next thing with the form or page that is open: fill it in and send it, press on, or close it."""
        view = person.modal
        if view is None:
            return
        if self.chance.random() < 0.1:
            person.closes(view)
        elif view.callback_id == names.SET_UP_FORM:
            person.fills(view, {"contact": "Vertrouwenspersoon: 016 00 00 00"})
            person.submits(view)
        elif view.submit and view.callback_id in _KIND_OF_FORM:
            self._sends(person, view)
        elif pages := [one for one in _NEXT_ON_PAGE if _has_button(view, one)]:
            action = self.chance.choice(pages)
            person.presses(view, action, value=_values(view, action)[-1])
        else:
            person.closes(view)

    def _sends(self, person: Person, view: View) -> None:
        if view.callback_id == names.CASE_FORM and METHOD not in str(view.values.get("method")):
            person.chooses(view, "method", METHOD)
        if person.modal is not view:
            return
        written = self._fills_in(person, view)
        sent = person.submits(view)
        for writing in written:
            writing.is_acknowledged = writing.is_acknowledged or sent.errors is None
        if sent.errors is None:
            self._filled.pop(view.id, None)

    def _fills_in(self, person: Person, view: View) -> list[Writing]:
        """Write in each empty place of the form; one that was sent without an answer is sent again as it is."""
        kind = _KIND_OF_FORM[view.callback_id]
        if kind == "case":
            person.fills(view, INTAKE)
        if kind == "answer" and _asks_readers(view):
            person.fills(view, {READERS: self.chance.choice((KEPT, SHARED))})
        for at in placed(view.blocks):
            is_asked = kind == "contribution" or not at.block.get("optional")
            if at.kind == "plain_text_input" and is_asked and not _value_at(view, at.block_id):
                writing = self.writings.add(kind, person)
                self._filled.setdefault(view.id, []).append(writing)
                person.fills(view, {at.block_id: writing.text})
        return self._filled.get(view.id, [])

    # ------------------------------------------------------------------------------------------- around a case

    def join_case(self, person: Person) -> None:
        """Join a case to which the circle is invited; on the page that opens, other roles are chosen."""
        self._presses(person, self.world.circle, names.JOIN_CASE)

    def start_case(self, person: Person) -> None:
        """Start one's own case."""
        self._presses(person, person.opens_dm(self.world.workspace.bot), names.START_CASE)

    def _presses(self, person: Person, place: Conversation, action: str) -> None:
        if (on := self._pick(self._with_button(person, place, action))) and person.modal is None:
            person.presses(on, action)

    def _rooms(self, person: Person) -> list[Conversation]:
        rooms = [one for one in person.channels() if one.name.startswith("intervisie-") and not one.is_archived]
        return rooms[-1:]

    def _with_button(self, person: Person, place: Conversation, action: str) -> list[Message]:
        return [one for one in person.messages(place) if _has_button(one, action)][-2:]

    def _pick(self, some: list[Picked]) -> Picked | None:
        return self.chance.choice(some) if some else None


def notices_to(person: Person) -> int:
    """How many messages there are that this person alone can see."""
    direct, workspace = person.opens_dm(person.workspace.bot), person.workspace
    with workspace.changing():
        hidden = [one for place in workspace.channels.values() for one in place.ephemerals]
        return sum(bool(one.bot_id) for one in direct.messages.values()) + sum(
            one.ephemeral_for == person.id for one in hidden
        )


def _buttons(view: Container, action: str) -> Iterator[Json]:
    return (at.element for at in placed(view.blocks) if at.element.get("action_id") == action)


def _has_button(view: Container, action: str) -> bool:
    return any(True for _ in _buttons(view, action))


def _values(view: Container, action: str) -> list[str]:
    return [str(element.get("value")) for element in _buttons(view, action)]


def _asks_readers(view: View) -> bool:
    """Whether the form asks for whom it is, and nothing was chosen yet."""
    return any(at.block_id == READERS for at in placed(view.blocks)) and not _choice_at(view, READERS)


def _choice_at(view: View, block: str) -> bool:
    return any(one.get("selected_option") for one in view.values.get(block, {}).values())


def _value_at(view: View, block_id: str) -> str:
    filled: list[Json] = list(view.values.get(block_id, {}).values())
    return str(filled[0].get("value") or "") if filled else ""
