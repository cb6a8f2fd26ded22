"""A case whose owner is silent lies still. Its owner wakes it from a message or a page; the others say one thing."""

import pytest

from bot.core import names
from playground.model import Message
from playground.people import Person
from tests.intervision.actors import Table, shown


def direct_messages(table: Table, person: Person) -> list[Message]:
    """The private messages that nobody asked for, the oldest first."""
    bot = table.world.workspace.bot
    return [m for m in person.messages(person.opens_dm(bot)) if m.user == bot.id and m.text == "Je casussen vandaag"]


def latest_told(table: Table, person: Person) -> str:
    return person.visible_text(direct_messages(table, person)[-1])


def lies_still(table: Table) -> None:
    """Monday: one question came, and Anna answers nothing for two windows."""
    table.begins(leads=table.bram)
    table.writes(table.celine, "Wanneer begon het?")
    table.moves_on(table.bram)
    for _ in range(40):
        if "ligt stil" not in table.reads(table.dirk):
            table.world.passes(hours=3)


@pytest.fixture
def still(table: Table) -> Table:
    table.lives_through(lies_still)
    table.owner = table.anna
    return table


def still_line(table: Table) -> Message:
    return next(m for m in table.anna.messages(table.room) if m.text == "Een casus ligt stil")


def test_the_owner_is_told_privately_of_more_time_and_of_the_silence_on_different_days(still: Table):
    told = [still.anna.visible_text(message) for message in direct_messages(still, still.anna)]
    more, lying = (next(text for text in told if words in text) for words in ("er is vanzelf meer tijd", "ligt stil: "))
    assert "Altijd mijn lijstje" in more and "Altijd mijn lijstje" in lying
    assert "Stap 2b van 5" in lying and "Er gaat niets verloren" in lying
    assert told.index(more) < told.index(lying)


def test_everybody_reads_one_line_and_nothing_stops(still: Table):
    read = still.reads(still.dirk)
    assert "Altijd mijn lijstje ligt stil. De inbrenger kan altijd verdergaan" in read
    assert "gestopt" not in read and "Deze casus is afgerond" not in read
    assert "ligt stil" in home_of(still, still.dirk) and "Ga verder" not in home_of(still, still.dirk)


def home_of(table: Table, person: Person) -> str:
    person.opens_home()
    table.world.settles()
    return person.visible_text(person.home)


def test_the_owner_goes_on_from_the_message_and_answers(still: Table):
    told = still.presses(still.anna, direct_messages(still, still.anna)[-1], names.GO_ON_CASE)
    assert "gaat verder. Je stap is open tot" in told
    assert "lag even stil, en gaat verder" in still.anna.visible_text(still_line(still))
    assert "ligt stil" not in still.anna.visible_text(still.card())
    still.answers(still.anna, {"Wanneer begon het?": "In oktober."})
    still.world.passes(days=4)
    assert "Stap 3a" in still.reads(still.dirk)
    again = still.presses(still.anna, direct_messages(still, still.anna)[-1], names.ROUND_OFF_CASE)
    assert "ligt niet meer stil" in again and "Deze casus is afgerond" not in still.reads(still.dirk)


def test_the_owner_leaves_the_step_out_from_the_page_with_own_cases(still: Table):
    still.anna.commands(still.world.circle, "/intervisie", "mijn")
    page = shown(still.anna)
    assert "ligt stil, tot uiterlijk" in still.anna.visible_text(page)
    still.presses(still.anna, page, names.SKIP_OWN_STEP)
    still.world.passes(days=4)
    assert "Stap 3a" in still.reads(still.dirk)


def test_the_owner_goes_on_from_home(still: Table):
    assert "Je casus ligt stil" in home_of(still, still.anna)
    assert still.anna.home
    still.presses(still.anna, still.anna.home, names.GO_ON_CASE)
    assert "lag even stil, en gaat verder" in still.reads(still.dirk)
    assert "Schrijf" in home_of(still, still.anna)


def test_the_owner_ends_it_with_what_there_is(still: Table):
    told = still.presses(still.anna, direct_messages(still, still.anna)[-1], names.ROUND_OFF_CASE)
    assert "met wat er is" in told
    still.world.passes(days=4)
    read = still.reads(still.dirk)
    assert "Hier ronden we Altijd mijn lijstje af, met wat er is." in read and "Wanneer begon het?" in read
    page = still.anna.visible_text(still.owners_page())
    assert "Altijd mijn lijstje is afgerond met wat er is" in page and "/intervisie" in page


def test_nobody_else_wakes_it(still: Table):
    for person in (still.bram, still.celine):
        assert "Alleen de inbrenger kan dit" in still.forges(person, names.GO_ON_CASE, still.case)
        assert "niet aan meedoet" in still.forges(still.world.elif_, names.GO_ON_CASE, still.case)
    assert "Deze casus ligt stil" in still.forges(still.bram, names.NEXT_STEP, f"{still.case}:exploring_answers")


def test_the_others_say_once_that_they_are_there_and_nobody_reads_who(still: Table):
    before = len(direct_messages(still, still.anna))
    said = still.presses(still.celine, still_line(still), names.GROUP_IS_THERE)
    assert "niet wie dat zei" in said
    line = still.dirk.visible_text(still_line(still))
    assert "De inbrenger leest dat jullie er nog zijn" in line and "We zijn er nog" not in line
    assert len(direct_messages(still, still.anna)) == before, "one private message a day"
    still.world.passes(days=4)
    assert "We zijn er nog, zegt de groep van Altijd mijn lijstje" in latest_told(still, still.anna)
    assert "Céline" not in latest_told(still, still.anna)
    assert "niet wie dat zei" in still.forges(still.dirk, names.GROUP_IS_THERE, still.case)
    still.world.passes(days=2)
    assert len(direct_messages(still, still.anna)) == before + 1


def test_the_owner_who_presses_what_is_for_the_others_reads_so(still: Table):
    assert "Dit is voor de anderen" in still.presses(still.anna, still_line(still), names.GROUP_IS_THERE)


def test_after_ten_working_days_it_is_finished_with_thanks(still: Table):
    still.world.passes(days=13)
    assert "Deze casus is afgerond" not in still.reads(still.dirk)
    still.world.passes(days=2)
    read = still.reads(still.dirk)
    assert "Hier ronden we Altijd mijn lijstje af, met wat er is." in read and "Dank aan de inbrenger" in read
    assert "lag stil, en is voorbij" in read
    assert "Altijd mijn lijstje is afgerond met wat er is, omdat de casus stil lag" in still.anna.visible_text(
        still.owners_page()
    )
