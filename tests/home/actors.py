"""What people do on their Home: open it, and open the page behind one of its rows."""

from playground.people import Person
from tests.world import World


def home_of(person: Person, world: World) -> str:
    """What somebody reads after opening Home, once everything has arrived."""
    person.opens_home()
    world.settles()
    return person.visible_text(person.home)


def behind(person: Person, world: World, row: str) -> str:
    """What the page behind this row of Home says; it stays open."""
    home_of(person, world)
    person.presses(person.home, row)
    return person.visible_text(person.modal)


def home_and_pages(person: Person, world: World) -> str:
    """All that Home and the pages behind its rows say."""
    said = [home_of(person, world)]
    for row in ("home_todo_pressed", "home_circles_pressed", "home_own_pressed"):
        if f"'{row}'" in str(person.home.blocks if person.home else ""):
            said.append(behind(person, world, row))
            person.closes(person.modal)
    return "\n".join(said)
