"""What people do with the weekly question, in the words of the stories."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from bot.core import names
from bot.reflection.surfaces import AnswerForm
from db.models import Reflection
from playground.model import Envelope, Message, View
from playground.people import Person
from tests.world import World

FIELD = "Wat komt er bij je op?"
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


def writes(person: Person, question: Message, text: str) -> View:
    """Somebody answers in the window; the page that comes after it."""
    person.fills(opens(person, question), {FIELD: text})
    assert person.submits().errors is None
    assert person.modal is not None, "the page takes the place of the form"
    return person.modal


def shares(world: World, person: Person, question: Message, text: str) -> View:
    """Somebody answers, and shares it in the thread."""
    person.presses(writes(person, question, text), SHARE)
    world.settles()
    assert person.modal is not None
    return person.modal


def waits_nameless(world: World, person: Person, text: str) -> str:
    """Somebody answers the last question once more, by any form, and leaves out the name; the id of the form."""
    form, now = secrets.token_hex(8), world.calendar()
    round_id = int(next(b["elements"][0]["value"] for b in card(world).blocks or [] if b["type"] == "actions"))
    page = world.bot.answers.submit_answer(person.id, AnswerForm(round_id, form, texts=[text]), now)
    buttons = [each for block in page["blocks"] if block["type"] == "actions" for each in block["elements"]]
    fresh = [each["value"] for each in buttons if each["action_id"] == names.NAMELESS_REFLECTION][-1]
    world.bot.answer_visibility.share_without_name(person.id, fresh, now)
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
