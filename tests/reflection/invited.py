"""What people do with invitations, in the words of the stories."""

from datetime import UTC, datetime, time

from bot.core.calendar import Calendar
from playground.model import Message
from playground.people import Person
from schedules import agenda
from tests.home.actors import behind
from tests.world import World


def opens(world: World, person: Person) -> None:
    """The page about invitations, from Home."""
    behind(person, world, "Voor mezelf")
    person.presses(person.modal, "Uitnodigingen")


def asks(world: World, person: Person, clock: str = "12:30", zone: str = "Europe/Brussels") -> str:
    """Somebody asks to be invited at this hour; what the page says then."""
    opens(world, person)
    person.fills(person.modal, {"Op welk uur?": clock, "Tijdzone": zone})
    assert person.submits().errors is None
    said = person.visible_text(person.modal)
    while person.modal:
        person.closes()
    return said


def invitations(world: World, person: Person) -> list[Message]:
    """What this person was invited with, in private."""
    there = person.messages(person.opens_dm(world.workspace.bot))
    return [one for one in there if "answer_pressed" in str(one.blocks)]


def hour_comes(world: World, hour: int, minute: int = 0, zone: str = "Europe/Brussels") -> None:
    """It is this hour there, and a minute past it."""
    calendar = Calendar(zone)
    world.until(calendar.instant(calendar.local(world.calendar()).date(), time(hour, minute + 1)))


def at(message: Message) -> datetime:
    """When this message came."""
    return datetime.fromtimestamp(float(message.ts), UTC)


def onwards_to(world: World, moment: datetime) -> None:
    """Everything that happens by itself until then happens, each thing at its moment."""
    while (due := agenda.next_moment(world.bot.services)) and due < moment:
        world.onward()
