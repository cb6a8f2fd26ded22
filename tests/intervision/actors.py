"""What people do in a case, as one does it in Slack: press, fill in, send."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select

from bot.core import names
from db.models import CaseRow
from demo.world import has_button, newest_with_button
from playground.forms import placed
from playground.model import Conversation, Message, SubmitResult, View
from playground.people import Person
from tests.world import World

INTAKE = {
    "title": "Altijd mijn lijstje",
    "question": "Hoe laat ik mijn stagiair zelf bepalen wat de volgende stap is?",
    "story_happened": "Elk gesprek eindigt met een lijstje dat ik maak.",
    "theme": "feedback_conversations",
}

STORY = {name: text for name, text in INTAKE.items() if name != "theme"}


class Table:
    """The people of one world around one case."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.anna, self.bram, self.celine, self.dirk = world.anna, world.bram, world.celine, world.dirk
        self.owner = world.anna

    def lives_through(self, plays: Callable[["Table"], object]) -> None:
        """`plays` happens, if all before it is remembered as a copy; see `World.lives_through`."""
        step = f"{plays.__module__}.{plays.__qualname__}"
        self.world.lives_through(step, lambda: plays(self))

    def opens_form(self, person: Person, text: str = "") -> View:
        person.commands(self.world.circle, "/intervision", text)
        return shown(person)

    def brings(self, person: Person, **fields: str) -> SubmitResult:
        """Choose the method in the first form, write in the second, and send that."""
        self.owner, form = person, self.opens_form(person)
        story = {**INTAKE, **fields}
        sent = self.chooses_method(person, form, story)
        if sent.errors is None:
            person.fills(shown(person), story)
            sent = person.submits(shown(person))
        if sent.errors is None and person.modal:
            person.closes(person.modal)
        self.world.settles()
        return sent

    def opens_story(self, person: Person, **story: str) -> View:
        """The second form to bring a case, for the method in `story` if it names one."""
        form = self.opens_form(person)
        assert self.chooses_method(person, form, {**INTAKE, **story}).errors is None
        return shown(person)

    def chooses_method(self, person: Person, form: View, story: dict[str, str]) -> SubmitResult:
        """Fill in the first form with what `story` says for it, and send it; the rest of `story` stays."""
        if method := story.pop("method", None):
            person.chooses(form, "method", method)
        chosen = {name: story.pop(name) for name in ("theme", "my_language", "wish") if name in story}
        person.fills(shown(person), chosen)
        return person.submits(shown(person))

    @property
    def invitation(self) -> Message:
        """The latest card of a case in the circle's channel."""
        ours = [m for m in self.anna.messages(self.world.circle) if m.user == self.world.workspace.bot.id]
        return [m for m in ours if not m.ephemeral_for][-1]

    def joins(self, *people: Person, leads: Person | None = None) -> None:
        for person in people:
            if person is leads:
                self.leads(person)
            else:
                self.presses(person, self.invitation, "case_join_pressed")

    def leads(self, person: Person) -> str:
        """Join, and choose to lead; what the page says then."""
        return self.presses(person, self.opens_joined_page(person), "case_facilitate_pressed")

    def observes(self, person: Person) -> str:
        """Join, and choose to observe instead; what the page says then."""
        return self.presses(person, self.opens_joined_page(person), "case_observe_pressed")

    def opens_joined_page(self, person: Person) -> View:
        """Join, and open the page behind the line that says so."""
        person.presses(self.invitation, names.JOIN_CASE)
        person.presses(newest_with_button(person.messages(self.world.circle), names.JOINED_MORE), names.JOINED_MORE)
        return shown(person)

    def presses(self, person: Person, on: Message | View, what: str, **how: Any) -> str:
        """Press a button; what the page that opens says, which is closed again, or the line that says what was done."""
        before = len(self.lines(person))
        person.presses(on, what, **how)
        page = person.modal
        told = " ".join([*([person.visible_text(page)] if page else []), *self.lines(person)[before:]])
        while person.modal:
            person.closes(person.modal)
        self.world.settles()
        return told

    def owners_page(self, owner: Person | None = None) -> Message:
        """The bot's private message to the owner."""
        owner = owner or self.owner
        direct = owner.opens_dm(self.world.workspace.bot)
        return next(m for m in owner.messages(direct) if m.user == self.world.workspace.bot.id)

    def opens_case_page(self, person: Person, on: Message | None = None) -> View:
        """The page behind *Meer…* of the owner's message, or of another."""
        person.presses(on or self.owners_page(), "case_more_pressed")
        return shown(person)

    @property
    def closing(self) -> Message:
        """The last card of the case."""
        return [m for m in self.owner.messages(self.room) if has_button(m, "take_along_pressed")][-1]

    def starts(self) -> Conversation:
        """The owner starts; the case's own channel."""
        self.presses(self.owner, self.owners_page(), "case_start_pressed")
        return self.room

    def begins(self, *people: Person, leads: Person | None = None, **fields: str) -> Conversation:
        """Anna brings a case, these people join, and it starts."""
        people = people or (self.bram, self.celine, self.dirk)
        step = ("begins", *(each.name for each in people), leads and leads.name, *sorted(fields.items()))
        self.world.lives_through(step, lambda: self._begins(people, leads, fields))
        self.owner = self.anna
        return self.room

    def _begins(self, people: tuple[Person, ...], leads: Person | None, fields: dict[str, str]) -> None:
        self.brings(self.anna, **fields)
        self.joins(*people, leads=leads)
        self.starts()

    @property
    def room(self) -> Conversation:
        """The case's own channel, or the conversation of its two people."""
        ours = ("intervisie-", "intervision-")
        return next(c for c in self.owner.channels() if c.kind == "mpim" or c.name.startswith(ours))

    def card(self, name: str = "") -> Message:
        """The latest card, or the one with this in its text."""
        cards = [m for m in self.owner.messages(self.room) if " · " in m.text and name in m.text]
        return cards[-1]

    def opens(self, person: Person, card: Message | None = None) -> View:
        """Press "write" on a card; the form, or the page that says why not."""
        person.presses(card or self.card(), "contribution_pressed")
        return shown(person)

    def writes(self, person: Person, *texts: str, kinds: tuple[str, ...] = (), card: Message | None = None) -> str:
        """Write these through the form of the latest card; what the page after it says."""
        form = self.opens(person, card)
        answers = any("about-" in name for name in fields_of(form))
        while len(places := first_texts(form)) < len(texts) and not answers:
            person.presses(form, "contribution_one_more_pressed")
            form = shown(person)
        person.fills(form, dict(zip(places, texts, strict=False)))
        for place, kind in zip(places, kinds, strict=False):
            if (block := place.replace("text:", "kind:").removesuffix(":0")) in fields_of(form):
                person.fills(form, {block: kind})
        return self.sends(person)

    def fills(self, person: Person, *sets: dict[str, str], card: Message | None = None) -> str:
        """Write these sets of fields, by key, through the form of the latest card; what the page after it says."""
        self.opens(person, card)
        for _ in sets[1:]:
            person.presses(shown(person), "contribution_one_more_pressed")
        form = shown(person)
        places = dict.fromkeys(name.split(":")[1] for name in fields_of(form) if name.startswith("field:"))
        for place, answers in zip(places, sets, strict=False):
            names = {name.split(":")[2]: name for name in reversed(fields_of(form)) if f":{place}:" in name}
            person.fills(form, {names[key]: answer for key, answer in answers.items()})
        return self.sends(person)

    def answers(self, person: Person, answers: dict[str, str], card: Message | None = None) -> str:
        """Answer these questions (by their whole text), each at its own field."""
        form, question = self.opens(person, card), ""
        for block in form.blocks:
            if block["type"] == "section":
                question = block["text"]["text"]
            elif block["type"] == "input" and block["block_id"].endswith(":0") and question in answers:
                person.fills(form, {block["block_id"]: answers[question]})
        return self.sends(person)

    def sends(self, person: Person) -> str:
        """Send the form on top; what comes then: the line that says what was kept, or the errors beside the fields."""
        before = len(self.lines(person))
        sent = person.submits(shown(person))
        told = " ".join((sent.errors or {}).values()) or (person.visible_text(person.modal) if person.modal else "")
        told = " ".join([*([told] if told else []), *self.lines(person)[before:]])
        if not sent.errors:
            while person.modal:
                person.closes(person.modal)
        self.world.settles()
        return told

    def lines(self, person: Person) -> list[str]:
        """The lines that only this person reads, in any channel and thread, from old to new."""
        places = self.world.workspace.channels.values()
        found = [m for place in places for m in place.ephemerals if m.ephemeral_for == person.id]
        return [m.text for m in sorted(found, key=lambda m: m.ts)]

    def passes(self, person: Person) -> str:
        return self.presses(person, self.card(), "pass_pressed")

    def opens_more(self, person: Person, card: Message | None = None) -> View:
        """Press *More…* on a card; the page with what this person may do now."""
        person.presses(card or self.card(), "lead_pressed")
        return shown(person)

    def moves_on(self, person: Person, card: Message | None = None) -> str:
        """Press *next* on the page behind the card; what the page says then, or why not."""
        page = self.opens_more(person, card)
        if "Volgende stap" in person.visible_text(page):
            return self.presses(person, page, "next_step_pressed")
        said = person.visible_text(page)
        person.closes(page)
        return said

    def forges(self, person: Person, action: str, value: str) -> str:
        """Somebody sends a button's payload that no card offered them; what they read then."""
        workspace, before = self.world.workspace, len(self.lines(person))
        workspace.sends_forged(
            {
                "type": "block_actions",
                "user": {"id": person.id},
                "trigger_id": workspace.triggers.new_trigger_id(person.id),
                "actions": [{"type": "button", "action_id": action, "value": value, "block_id": "forged"}],
                "channel": {"id": self.world.circle.id},
                "team": {"id": workspace.team_id},
            },
            by=person,
        )
        self.world.settles()
        told = [person.visible_text(person.modal)] if person.modal else []
        while person.modal:
            person.closes(person.modal)
        return " ".join([*told, *self.lines(person)[before:]])

    def sends_again(self, person: Person, view: View, pointers: dict[str, Any] | None = None) -> None:
        """The same form arrives once more, with other pointers if given."""
        metadata = {**json.loads(view.payload["private_metadata"]), **(pointers or {})}
        self.world.workspace.sends_forged(
            {
                "type": "view_submission",
                "user": {"id": person.id},
                "team": {"id": self.world.workspace.team_id},
                "view": {
                    **view.payload,
                    "id": view.id,
                    "state": {"values": view.values},
                    "private_metadata": json.dumps(metadata),
                },
            },
            by=person,
        )
        self.world.settles()

    @property
    def case(self) -> str:
        """The id of the only case, or of the latest."""
        with self.world.bot.services.database.reading() as session:
            return session.scalars(select(CaseRow.id).order_by(CaseRow.asked_at.desc())).first() or ""

    def reads(self, person: Person) -> str:
        """All this person can read in the case's channel, its threads included."""
        return person.visible_text(self.room)


def shown(person: Person) -> View:
    """The form or page on top."""
    assert person.modal is not None, f"{person} sees no page"
    return person.modal


def labels_on(card: Message | View) -> list[str]:
    """The labels of the buttons, in their order."""
    return [str(at.element["text"]["text"]) for at in placed(card.blocks) if at.kind == "button"]


def first_texts(form: View) -> list[str]:
    """The first field of each place to write in."""
    return [name for name in fields_of(form) if name.startswith("text:") and name.endswith(":0")]


def fields_of(form: View) -> list[str]:
    """The block ids of a form's fields, in their order."""
    return list(_fields(form))


def _fields(form: View) -> Iterator[str]:
    for block in form.blocks:
        if block["type"] == "input":
            yield block["block_id"]
