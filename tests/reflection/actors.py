"""What people do with the weekly question, in the words of the stories."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from bot.reflection.surfaces import NAMELESS as NAMELESS_STATE
from bot.reflection.surfaces import AnswerForm
from db.models import Reflection
from playground.model import Envelope, Message, View
from playground.people import Person
from tests.world import World

FIELD = "Wat komt er bij je op?"
# For whom an answer is, in the form; and what can be done with it on its page afterwards.
FOR_WHOM = "Voor wie is dit?"
FOR_ME, FOR_THE_CIRCLE = "Voor mezelf", "Voor de kring, in de draad"
FOR_ONE, NAMELESSLY = "Voor één collega", "Voor de kring, zonder mijn naam"
KEEP = "Bewaar voor mezelf"
SEND = "Stuur naar één collega"
SHARE = "Deel in de draad"
NAMELESS = "Deel zonder mijn naam"
LEAVE_ME_OUT = "Laat mij erbuiten"


def question_comes(world: World, **circle: str) -> Message:
    """The circle is set up on Monday, and a week later the first question is in the channel."""
    world.sets_up(**circle)
    next_week(world)
    return card(world)


def next_week(world: World) -> None:
    """A week goes by at once: the bot's clock ticks at its end."""
    days_go_by(world, 7)


def days_go_by(world: World, days: float) -> None:
    """So many days go by at once."""
    world.lives_through(f"{days} days go by", lambda: _days_go_by(world, days))


def _days_go_by(world: World, days: float) -> None:
    world.calendar.move(timedelta(days=days))
    world.elapsed.move(timedelta(days=days))
    world.settles()


def card(world: World) -> Message:
    """The question that was asked last."""
    return cards(world)[-1]


def cards(world: World) -> list[Message]:
    """Every question in the channel, oldest first."""
    return [message for message in world.anna.messages(world.circle) if "answer_pressed" in str(message.blocks)]


def opens(person: Person, question: Message) -> View:
    """Somebody presses the button under the question."""
    person.presses(question, "answer_pressed")
    assert person.modal is not None, "a window opens"
    return person.modal


def answers(person: Person, question: Message, text: str, readers: str = FOR_ME) -> None:
    """Somebody answers in the form and chooses for whom that is; the form closes."""
    person.fills(opens(person, question), {FIELD: text})
    sends(person, readers)


def sends(person: Person, readers: str = FOR_ME, **fields: str) -> None:
    """Somebody chooses in the form in front of them for whom it is, and sends it; it closes."""
    person.fills(person.modal, {FOR_WHOM: readers})
    person.fills(person.modal, fields)
    assert person.submits().errors is None
    assert person.modal is None, "the form closes"


def writes(person: Person, question: Message, text: str) -> View:
    """Somebody answers for themselves, and looks at it again: the page with what can be done with it."""
    answers(person, question, text)
    return opens(person, question)


def shares(world: World, person: Person, question: Message, text: str) -> View:
    """Somebody answers in the thread, and looks at it again: the page with what can be done with it."""
    answers(person, question, text, FOR_THE_CIRCLE)
    world.settles()
    return opens(person, question)


def waits_nameless(world: World, person: Person, text: str) -> str:
    """Somebody answers the last question once more, by any form, and leaves out the name; the id of the form."""
    form, now = secrets.token_hex(8), world.calendar()
    round_id = int(next(b["elements"][0]["value"] for b in card(world).blocks or [] if b["type"] == "actions"))
    world.bot.answers.submit_answer(person.id, AnswerForm(round_id, form, texts=[text], readers=NAMELESS_STATE), now)
    return form


def thread(person: Person, question: Message) -> str:
    """The replies under the question, as this person reads them."""
    return "\n".join(person.visible_text(reply) for reply in person.thread(question)[1:])


def kept(world: World) -> list[tuple[str, str]]:
    """What is kept of everybody, with its state: no one person can read this, only a story."""
    services = world.bot.services
    with services.database.reading() as session:
        rows = session.scalars(select(Reflection).order_by(Reflection.written_at, Reflection.ts))
        return [(row.state, services.open_text(row.words, f"reflection.words:{row.id}")) for row in rows]


def notice_about_replies(world: World, person: Person) -> Message:
    """The one private message of the bot to this person."""
    (word,) = person.messages(person.opens_dm(world.workspace.bot))
    return word


@contextmanager
def held_up(world: World) -> Iterator[list[Envelope]]:
    """The events that Slack sends meanwhile do not arrive, but are gathered for `delivers`."""
    gathered: list[Envelope] = []
    world.workspace.disconnect(world._sink)
    world.workspace.connect(gathered.append)
    yield gathered
    world.workspace.disconnect(gathered.append)
    world.workspace.connect(world._sink)


def delivers(world: World, *envelopes: Envelope) -> None:
    """These arrive now, in this order."""
    for envelope in envelopes:
        world._sink(envelope)
    world.settles()
