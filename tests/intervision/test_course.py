"""How a case goes on: by its people, by the clock, and how it ends. The Wednesday of these stories is a holiday."""

import pytest

from tests.intervision.actors import Table, shown


@pytest.fixture
def begun(table: Table) -> Table:
    """Anna's case is at its second step, with Bram as facilitator; it is Monday, ten o'clock."""
    table.begins(leads=table.bram)
    return table


def test_a_step_closes_at_its_deadline_with_what_there_is(begun: Table):
    begun.writes(begun.bram, "Eén vraag.")
    begun.world.passes(days=3, hours=1)
    assert "Stap 2b van 5" not in begun.reads(begun.anna)
    begun.world.passes(hours=2)
    read = begun.reads(begun.anna)
    assert "Eén vraag." in read and "Stap 2b van 5 · Antwoorden" in read
    assert begun.anna.visible_text(begun.card("Verkennen")) == "Stap 2a van 5 · Verkennen · rond, lees in de draad"


def test_when_all_are_done_in_the_evening_the_next_step_waits_for_the_morning(begun: Table):
    begun.world.passes(hours=10)
    for person in (begun.bram, begun.celine):
        begun.passes(person)
    begun.writes(begun.dirk, "Laat bedacht?")
    card = begun.anna.visible_text(begun.card())
    assert "Iedereen is klaar; verder op dinsdag 10 november, 8:00" in card
    assert "Laat bedacht?" not in begun.reads(begun.anna)
    begun.world.passes(hours=13)
    assert "Laat bedacht?" in begun.reads(begun.anna)


def test_the_facilitator_moves_on_and_nobody_else(begun: Table):
    for person in (begun.celine, begun.anna):
        assert "Volgende stap. Deze stap sluit" not in begun.moves_on(person)
        refused = begun.forges(person, "next_step_pressed", f"{begun.case}:exploring")
        assert "De gespreksleider bewaakt" in refused
    begun.writes(begun.celine, "Eén vraag.")
    card = begun.card()
    begun.moves_on(begun.bram, card)
    assert "Stap 2b van 5" in begun.reads(begun.dirk)
    assert begun.forges(begun.bram, "next_step_pressed", f"{begun.case}:exploring") == ""
    assert "Stap 3a" not in begun.reads(begun.dirk)


def test_without_a_facilitator_the_owner_moves_on(table: Table):
    table.begins()
    table.writes(table.celine, "Eén vraag.")
    table.moves_on(table.anna)
    assert "Stap 2b van 5" in table.reads(table.dirk)


def test_a_step_with_nothing_to_answer_is_passed_over(begun: Table):
    for person in (begun.bram, begun.celine, begun.dirk):
        begun.passes(person)
    read = begun.reads(begun.anna)
    assert "Stap 2b" not in read and "Stap 3a van 5 · De kern benoemen" in read


def test_an_owner_who_is_silent_gets_more_time_and_then_the_case_lies_still(begun: Table):
    begun.writes(begun.bram, "Eén vraag.")
    begun.moves_on(begun.bram)
    begun.world.passes(days=1, hours=3)
    assert "extra tijd, tot" in begun.anna.visible_text(begun.card())
    begun.world.passes(days=2, hours=5)
    assert "Altijd mijn lijstje ligt stil" in begun.reads(begun.dirk)
    assert "De casus ligt stil, en niemand hoeft iets te doen" in begun.dirk.visible_text(begun.card())


def test_who_leaves_the_channel_leaves_the_case(begun: Table):
    begun.passes(begun.bram), begun.passes(begun.celine)
    begun.dirk.leaves(begun.room)
    begun.world.settles()
    assert "Stap 3a van 5" in begun.reads(begun.anna)
    assert "niet aan meedoet" in begun.forges(begun.dirk, "contribution_pressed", f"{begun.case}:core")


def test_an_owner_who_is_gone_ends_the_case(begun: Table):
    begun.world.workspace.deactivates(begun.anna)
    begun.world.settles()
    assert "Altijd mijn lijstje stopt, omdat de inbrenger niet meer meedoet" in begun.reads(begun.dirk)


def test_a_case_without_anybody_to_think_along_ends(begun: Table):
    for person in (begun.bram, begun.celine, begun.dirk):
        begun.forges(person, "case_leave_pressed", begun.case)
    assert "stopt, omdat er niemand meer is om mee te denken" in begun.reads(begun.anna)


def test_the_page_with_own_cases_stops_one_and_shows_what_became_of_it(begun: Table):
    page = begun.opens_form(begun.anna)
    begun.anna.presses(page, "Mijn casus")
    page = shown(begun.anna)
    text = begun.anna.visible_text(page)
    assert "Altijd mijn lijstje" in text and "inbrenger" in text and "Niet meer meedoen" not in text
    begun.anna.presses(page, "Casus stoppen")
    begun.world.settles()
    after = begun.anna.visible_text(shown(begun.anna))
    assert "gestopt, #" in after and "Wat neem je mee?" in after and "Casus stoppen" not in after
    read = begun.reads(begun.celine)
    assert "Altijd mijn lijstje is vroeger gestopt" in read and "Schrijf" not in begun.celine.visible_text(begun.card())


@pytest.mark.one_database
def test_only_who_leads_stops_a_case(begun: Table):
    assert "anderen aan het woord" in begun.forges(begun.celine, "case_stop_pressed", begun.case)
    begun.celine.commands(begun.world.circle, "/intervision", "mijn")
    page = begun.celine.visible_text(shown(begun.celine))
    assert "Casus stoppen" not in page and "Niet meer meedoen" in page


def test_one_tick_after_another_changes_nothing(begun: Table):
    before = begun.reads(begun.anna)
    for _ in range(3):
        assert not begun.world.bot.cases.advance_case(begun.case, begun.world.calendar())
    begun.world.settles()
    assert begun.reads(begun.anna) == before


def test_a_restart_in_the_middle_changes_nothing(begun: Table):
    begun.writes(begun.bram, "Voor de herstart.")
    begun.world.stops()
    begun.world.starts()
    begun.passes(begun.celine), begun.passes(begun.dirk)
    assert begun.reads(begun.anna).count("Voor de herstart.") == 1


@pytest.mark.one_database
def test_a_step_in_which_everybody_passed_sends_nobody_to_its_thread(begun: Table):
    card = begun.card("Verkennen")
    for person in (begun.bram, begun.celine, begun.dirk):
        begun.passes(person)
    told = begun.anna.visible_text(begun.card("Verkennen"))
    assert card.ts == begun.card("Verkennen").ts and "lees in de draad" not in told
    assert "Wat er geschreven is" not in told


@pytest.mark.one_database
def test_a_step_with_words_sends_people_to_its_thread(begun: Table):
    begun.writes(begun.bram, "Eén vraag.")
    for person in (begun.celine, begun.dirk):
        begun.passes(person)
    assert "lees in de draad" in begun.anna.visible_text(begun.card("Verkennen"))
