"""One private message a day: in the morning of the working day before something of theirs closes."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core import names
from playground.model import Message
from playground.people import Person
from tests.intervision.actors import Table, shown
from tests.intervision.own_method import around, method, step
from tests.world import World

BRUSSELS = ZoneInfo("Europe/Brussels")


def told(table: Table, person: Person) -> list[Message]:
    """The private messages that nobody asked for, the oldest first."""
    bot = table.world.workspace.bot
    direct = person.messages(person.opens_dm(bot))
    return [m for m in direct if m.user == bot.id and m.text == "Je casussen vandaag"]


def texts(table: Table, person: Person) -> list[str]:
    return [person.visible_text(message) for message in told(table, person)]


CALM = method(
    "rustig",
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("verkennen", who=["peer"], kinds=["clarifying_question"], window="P2D"),
    step("antwoorden", who=["owner"], kinds=["answer"], reveal="immediate", about={"steps": ["verkennen"]}),
    step("raad", who=["peer"], kinds=["advice"], window="P2D"),
    step("plan", who=["owner"], kinds=["commitment"], reveal="immediate"),
)


@pytest.fixture
def table(world: World, tmp_path: Path) -> Table:
    """A circle that works with a calm method."""
    return around(world, tmp_path, CALM)


@pytest.fixture
def begun(table: Table) -> Table:
    """Monday morning: the questions close on Thursday noon, as Wednesday is a holiday."""
    table.begins(leads=table.bram, method="rustig")
    return table


def test_who_has_not_written_is_told_in_the_morning_of_the_working_day_before(begun: Table):
    begun.writes(begun.celine, "Wanneer begon het?")
    until_the_morning(begun)
    (text,) = texts(begun, begun.dirk)
    assert "Dit sluit de volgende werkdag" in text and "· Verkennen" in text and "open tot" in text
    assert "Niets toe te voegen" in text and "Meer tijd" in text
    assert texts(begun, begun.celine) == [] and texts(begun, begun.anna) == []
    assert "Wanneer begon het" not in text and "Céline" not in text


def until_the_morning(table: Table) -> None:
    """The morning of the working day before the open step closes."""
    for _ in range(8):
        table.world.passes(hours=12)
        if any(told(table, person) for person in table.world.cast):
            return


def test_they_have_nothing_to_add_and_the_step_goes_on(begun: Table):
    for person in (begun.bram, begun.celine):
        begun.writes(person, "Wanneer begon het?")
    until_the_morning(begun)
    assert "niets toe te voegen" in begun.presses(begun.dirk, told(begun, begun.dirk)[0], names.PASS).lower()
    begun.world.passes(hours=12)
    assert "Stap 3" in begun.reads(begun.anna)


def test_more_time_is_one_working_day_for_everybody_once_and_names_nobody(begun: Table):
    begun.writes(begun.celine, "Wanneer begon het?")
    until_the_morning(begun)
    before = begun.reads(begun.celine)
    message = told(begun, begun.dirk)[0]
    said = begun.presses(begun.dirk, message, names.ONE_DAY_MORE)
    assert "voor iedereen. Nergens staat wie dat vroeg" in said
    card = begun.celine.visible_text(begun.card())
    assert "extra tijd, tot" in card and card not in before
    assert begun.reads(begun.celine).count("Dirk") == before.count("Dirk")
    assert "niet nog eens meer tijd" in begun.presses(begun.dirk, message, names.ONE_DAY_MORE)
    assert "Meer tijd" not in "".join(texts(begun, begun.bram)[1:])


def test_who_may_not_write_there_gives_it_no_time(begun: Table):
    pointer = f"{begun.case}:verkennen"
    assert "anderen aan het woord" in begun.forges(begun.anna, names.ONE_DAY_MORE, pointer)
    assert "niet aan meedoet" in begun.forges(begun.world.elif_, names.ONE_DAY_MORE, pointer)


def test_who_unticked_the_box_when_joining_hears_nothing(table: Table):
    table.brings(table.anna, method="rustig")
    table.joins(table.bram, table.celine)
    page = table.opens_joined_page(table.dirk)
    assert "Zeg het mij de werkdag voor iets sluit" in table.dirk.visible_text(page)
    table.dirk.chooses(page, names.REMINDERS_CHOSEN, [])
    table.dirk.closes(shown(table.dirk))
    table.starts()
    until_the_morning(table)
    assert texts(table, table.dirk) == [] and len(texts(table, table.celine)) == 1


def test_the_box_is_with_ones_cases_too(begun: Table):
    begun.dirk.commands(begun.world.circle, "/intervisie", "mijn")
    assert "Zeg het mij" in begun.dirk.visible_text(shown(begun.dirk))


def test_it_is_one_message_for_several_cases(table: Table):
    table.begins(method="rustig")
    table.brings(table.bram, title="Een andere vraag", method="rustig")
    table.joins(table.celine, table.dirk)
    table.presses(table.bram, table.owners_page(table.bram), names.START_CASE)
    until_the_morning(table)
    (text,) = texts(table, table.dirk)
    assert text.count("Stap 2 van") == 2 and "Altijd mijn lijstje" not in text


NAMELESS = {"who": ["peer"], "kinds": ["meta_evaluation"], "names": "hidden", "owner": "listens", "window": "P3D"}
HIDDEN = method(
    "stil",
    step("verhaal", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("zin", **NAMELESS, closes="window"),
    step("plan", who=["owner"], kinds=["commitment"], reveal="immediate"),
)


def test_where_names_are_hidden_everybody_is_told_the_same(world: World, tmp_path: Path):
    table = around(world, tmp_path, HIDDEN)
    table.begins(method="stil")
    table.writes(table.celine, "Iets wat niemand weet.")
    until_the_morning(table)
    messages = [texts(table, person) for person in (table.bram, table.celine, table.dirk)]
    assert messages[0] == messages[1] == messages[2] and len(messages[0]) == 1
    assert "Niets toe te voegen" in messages[0][0]


def days_with_private_messages(table: Table, person: Person, since: datetime) -> Counter[date]:
    """How many private messages of the bot came on each day: all of them, since nobody presses anything."""
    bot = table.world.workspace.bot
    direct = [m for m in person.messages(person.opens_dm(bot)) if m.user == bot.id]
    came = (datetime.fromtimestamp(float(message.ts), BRUSSELS) for message in direct)
    return Counter(moment.date() for moment in came if moment > since)


@pytest.mark.one_database
def test_nobody_gets_two_on_one_day_in_the_life_of_two_cases(table: Table):
    """Both owners are silent until their cases end by themselves; the others write now and then."""
    table.begins(leads=table.bram, method="rustig")
    table.brings(table.bram, title="Een andere vraag", method="rustig")
    table.joins(table.anna, table.celine, table.dirk)
    table.presses(table.bram, table.owners_page(table.bram), names.START_CASE)
    since = table.world.calendar()
    table.owner = table.anna
    table.writes(table.celine, "Wanneer begon het?")
    for day in range(23):
        table.world.passes(days=1)
        if day == 10:
            table.presses(table.dirk, still_line(table), names.GROUP_IS_THERE)
    for person in table.world.cast:
        assert set(days_with_private_messages(table, person, since).values()) <= {1}, person
    read = [*texts(table, table.anna), *texts(table, table.bram)]
    assert any("er is vanzelf meer tijd" in text for text in read) and any("ligt stil" in text for text in read)
    assert any("We zijn er nog" in text for text in read)
    assert "met wat er is" in table.anna.visible_text(table.owners_page(table.anna))


def still_line(table: Table) -> Message:
    return next(m for m in table.anna.messages(table.room) if m.text == "Een casus ligt stil")
