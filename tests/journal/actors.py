"""What people do with their journal, in the words of the stories."""

from playground.model import View
from playground.people import Person
from tests.reflection.actors import answers, card, next_week, question_comes
from tests.world import World

WIPE = "Wis alles …"


def opens(world: World, person: Person) -> View:
    """Somebody asks for their journal with a command."""
    person.commands(world.circle, "/reflectie", "dagboek")
    return shown(person)


def shown(person: Person) -> View:
    """The window in front of somebody."""
    assert person.modal is not None, "a window is open"
    return person.modal


def read(person: Person) -> str:
    """What is in it."""
    return person.visible_text(shown(person))


def entry(person: Person, words: str) -> None:
    """Somebody opens the entry that begins with these words."""
    (block,) = [
        block
        for block in shown(person).blocks
        if words in str(block.get("text")) and "accessory" in block and "geleden" not in str(block.get("text"))
    ]
    person.presses(shown(person), block["accessory"]["action_id"], value=block["accessory"]["value"])


def several_weeks(world: World, person: Person, *texts: str) -> None:
    """Somebody answers the first weekly questions, one a week, and keeps what they write."""
    question_comes(world)
    for number, text in enumerate(texts):
        if number:
            next_week(world)
        answers(person, card(world), text)
