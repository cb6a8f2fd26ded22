"""What people do with the questions of their circle, in the words of the stories."""

from sqlalchemy import select

from bot.questions.selection import read_question
from db.models import Circle, OwnQuestion, RetiredPrompt
from playground.model import View
from playground.people import Person
from tests.reflection.actors import card, next_week
from tests.world import World

QUESTION = "Welke stilte liet je onlangs duren, en wat bracht ze?"
WOULD = "Hier zou ik op antwoorden"
NAMED = "Mijn naam mag bij de vraag staan"


def opens(world: World, person: Person, what: str = "vragen") -> View:
    """Somebody types this behind `/reflectie`."""
    person.commands(world.circle, "/reflectie", what)
    world.settles()
    assert person.modal is not None, "a window opens"
    return person.modal


def page(world: World, person: Person) -> str:
    """What somebody reads on the page with questions."""
    return person.visible_text(opens(world, person))


def proposes(world: World, person: Person, text: str = QUESTION, theme: str = "Dialoog", *says: str) -> str:
    """Somebody proposes a question; what they read then."""
    person.fills(opens(world, person, "vraag"), {"Jouw vraag": text, "Thema": theme})
    if says:
        person.fills(person.modal, {"Goed om te weten": list(says)})
    assert person.submits().errors is None
    world.settles()
    return person.visible_text(person.modal)


def would_answer(world: World, *people: Person) -> str:
    """Each of these says they would answer the one question that is proposed; what the last of them reads then."""
    for person in people:
        person.presses(opens(world, person), WOULD)
        world.settles()
    return people[-1].visible_text(people[-1].modal)


def supports(world: World, text: str, *people: Person) -> None:
    """Each of these says that they would answer this one of the questions that are proposed."""
    with world.bot.services.database.reading() as session:
        rows = session.scalars(select(OwnQuestion))
        one = next(row.id for row in rows if read_question(world.bot.services, row) == text)
    for person in people:
        person.presses(opens(world, person), WOULD, value=one)
        world.settles()


def until_asked(world: World) -> str:
    """A week goes by in a circle that is asked nothing from the files any more; how the card reads."""
    with world.bot.services.database.writing() as session:
        circle = session.scalars(select(Circle)).one()
        session.add_all(RetiredPrompt(circle_id=circle.id, prompt=one.id) for one in world.bot.services.library.prompts)
    next_week(world)
    return world.bram.visible_text(card(world))


def proposed(world: World) -> OwnQuestion:
    """The one question that was proposed, as it is kept."""
    with world.bot.services.database.reading() as session:
        return session.scalars(select(OwnQuestion)).one()
