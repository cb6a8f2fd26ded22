"""The next thing to do: first on Home, and at the end of every help, for this person, here and now."""

import pytest

from bot.reflection.surfaces import KEPT, READERS
from db.queries.circles import circle_at
from tests.home.actors import behind, home_of
from tests.intervision.actors import Table

pytestmark = pytest.mark.one_database


@pytest.fixture
def table(world) -> Table:
    world.sets_up()
    return Table(world)


def help_for(person, world, command="/klankbord", word="help"):
    """What the command answers in private, and the message itself."""
    person.commands(world.circle, command, word)
    world.settles()
    answer = person.messages(world.circle)[-1]
    return person.visible_text(answer), answer


def presses(person, world, label):
    """Press this on Home; the title of what opens."""
    person.presses(person.home, label)
    title = person.modal.title if person.modal else ""
    while person.modal:
        person.closes(person.modal)
    world.settles()
    return title


def test_whoever_has_nothing_else_is_invited_to_bring_a_case(table, world):
    page = home_of(world.dirk, world)

    assert "Open voor jou" in page and "Zit je met iets? Breng een casus in" in page
    assert page.splitlines().count("Breng een casus in") == 1
    assert presses(world.dirk, world, "Breng een casus in") == "Een casus inbrengen"


def test_a_circle_that_is_not_set_up_comes_first(world):
    world.arrives()

    assert "deze kring is nog niet ingesteld" in home_of(world.bram, world)
    world.bram.presses(world.bram.home, "Kring instellen")

    assert world.bram.modal.title == "Kring instellen"


def test_the_question_is_open_until_i_answered_it(table, world):
    world.passes(days=8)
    assert "Eén zin is genoeg" in home_of(world.dirk, world)

    world.dirk.presses(world.dirk.home, "Antwoord")
    world.dirk.fills(world.dirk.modal, {"text_1": "Een stille week.", READERS: KEPT})
    world.dirk.submits(world.dirk.modal)
    world.settles()

    page = world.dirk.visible_text(world.dirk.home)
    assert "Eén zin is genoeg" not in page and "Een stille week" not in page
    while world.dirk.modal:
        world.dirk.closes(world.dirk.modal)
    assert "Mijn antwoord" in behind(world.dirk, world, "Mijn kring")


def test_a_case_that_looks_for_people_can_be_joined_from_home(table, world):
    table.brings(world.anna)
    assert "zoekt een collega mensen om mee te denken over" in home_of(world.dirk, world)
    assert "zoekt een collega" not in home_of(world.anna, world)

    presses(world.dirk, world, "Ik denk mee")

    assert "zoekt een collega" not in world.dirk.visible_text(world.dirk.home)
    assert "begint binnenkort" in world.dirk.visible_text(world.dirk.home)


def test_its_owner_starts_it_from_home_once_there_are_enough(table, world):
    table.brings(world.anna)
    assert "kan beginnen" not in home_of(world.anna, world)
    table.joins(world.bram, world.celine)
    assert "Je casus (Vijfstappenmethode) kan beginnen" in home_of(world.anna, world)

    presses(world.anna, world, "Schriftelijk starten")

    assert "kan beginnen" not in world.anna.visible_text(world.anna.home)
    assert world.anna.visible_text(table.room)


def test_a_step_in_which_i_write_opens_its_own_form(table, world):
    room = table.begins()
    page = home_of(world.bram, world)
    assert "Stap 2a van 5 · Verkennen" in page and f"#{room.name}" in page and "Schrijven kan tot" in page
    assert "Verkennen" not in home_of(world.anna, world), "it is not hers to write in"

    world.bram.presses(world.bram.home, "Schrijf")
    fields = [b["block_id"] for b in world.bram.modal.blocks if b["type"] == "input" and "text:" in b["block_id"]]
    world.bram.fills(world.bram.modal, {fields[0]: "Wanneer begon het?"})
    world.bram.submits(world.bram.modal)
    world.settles()

    while world.bram.modal:
        world.bram.closes(world.bram.modal)
    assert "Verkennen" not in home_of(world.bram, world), "it is done for now"
    assert "Je schreef al iets" in behind(world.bram, world, "Wat nog kan (1)")


def test_a_home_that_was_never_looked_at_is_not_made(table, world):
    table.begins()
    assert not [call for call in world.workspace.calls if call.method == "views.publish"]


def test_nothing_of_a_case_is_on_the_home_of_somebody_outside_it(table, world):
    table.begins(world.bram, world.celine)
    page = home_of(world.dirk, world)
    assert "Verkennen" not in page and "lijstje" not in page


@pytest.mark.parametrize(
    ("command", "word"),
    [("/klankbord", "help"), ("/reflect", "hulp"), ("/intervision", "aide"), ("/digest", "?"), ("/overzicht", "HELP")],
)
def test_every_help_ends_with_the_next_thing_to_do(table, world, command, word):
    table.begins()
    said, answer = help_for(world.bram, world, command, word)

    assert "Dit kan je nu doen" in said and "Verkennen" in said
    world.bram.presses(answer, "Schrijf")

    assert world.bram.modal.title == "Verkennen"


def test_help_in_a_channel_speaks_first_of_what_is_there(table, world):
    table.begins()
    world.passes(days=8)
    said, _ = help_for(world.bram, world)

    assert "De weekvraag in #coaching-en-co" in said


def test_help_for_somebody_in_no_circle_says_how_to_begin(world):
    farah = world.workspace.add_person("Farah")
    farah.joins(world.circle)

    said, _ = help_for(farah, world)

    assert "Zo begin je." in said


def test_a_guest_is_offered_the_question_and_no_case(table, world):
    gust = world.workspace.add_person("Gust", guest=True)
    world.anna.invites(world.circle, gust)
    world.settles()
    table.brings(world.anna)

    assert "Nu ligt er niets voor je open" in home_of(gust, world)
    world.passes(days=8)

    page = home_of(gust, world)
    assert "Eén zin is genoeg" in page and "Breng een casus in" not in page and "Ik denk mee" not in page


def test_home_follows_what_others_do_in_my_case_and_what_time_does(table, world):
    table.brings(world.anna)
    home_of(world.anna, world)
    home_of(world.bram, world)

    table.joins(world.bram, world.celine)
    assert "kan beginnen" in world.anna.visible_text(world.anna.home)

    table.starts()
    assert "Verkennen" in world.bram.visible_text(world.bram.home)

    world.passes(days=4)
    assert "Verkennen" not in world.bram.visible_text(world.bram.home)
    assert "De kern benoemen" in world.bram.visible_text(world.bram.home)


def test_what_does_not_fit_is_on_the_page_behind(table, world):
    """Three cases look for people and the question is open: Home shows two of them, the page all."""
    world.passes(days=8)
    for owner in (world.anna, world.bram, world.celine):
        table.brings(owner)
    page = home_of(world.dirk, world)
    assert page.count("zoekt een collega mensen") + page.count("Eén zin is genoeg") == 2

    page = behind(world.dirk, world, "Wat nog kan (2)")

    assert page.count("zoekt een collega mensen") == 3 and "Eén zin is genoeg" in page


def test_what_is_opened_from_that_page_takes_its_place(table, world):
    world.passes(days=8)
    for owner in (world.anna, world.bram, world.celine):
        table.brings(owner)
    behind(world.dirk, world, "Wat nog kan (2)")

    world.dirk.presses(world.dirk.modal, "Antwoord")
    assert world.dirk.modal.title == "Weekvraag"
    world.dirk.closes(world.dirk.modal)

    assert world.dirk.modal is None, "what the page said may be so no more"


def test_a_case_that_starts_from_that_page_is_on_it_no_more(table, world):
    """What is done there opens nothing: the page says what is so now."""
    world.passes(days=8)
    table.brings(world.anna)
    table.joins(world.bram, world.celine)
    for owner in (world.bram, world.celine, world.dirk):
        table.brings(owner)
    assert "kan beginnen" in behind(world.anna, world, "home_todo_pressed")

    world.anna.presses(world.anna.modal, "Schriftelijk starten")
    world.settles()

    assert world.anna.modal.title == "Open voor jou"
    assert "kan beginnen" not in world.anna.visible_text(world.anna.modal)


def test_a_draft_of_an_earlier_question_comes_after_what_is_open_now(table, world):
    world.passes(days=8)
    behind(world.dirk, world, "Mijn kring")
    world.dirk.presses(world.dirk.modal, "Antwoord")
    world.dirk.fills(world.dirk.modal, {"text_1": "Een begin."})
    world.dirk.presses(world.dirk.modal, "reflection_draft_pressed")
    while world.dirk.modal:
        world.dirk.closes(world.dirk.modal)
    assert "Je concept voor de weekvraag" in home_of(world.dirk, world)

    world.passes(days=7)

    page = home_of(world.dirk, world)
    assert page.index("Eén zin is genoeg") < page.index("Je concept voor een eerdere weekvraag")


def test_a_question_that_no_other_followed_leaves_home_after_a_month(table, world):
    world.passes(days=8)
    assert "Eén zin is genoeg" in home_of(world.dirk, world)
    with world.bot.services.database.writing() as session:
        circle = circle_at(session, world.circle.id)
        assert circle
        circle.next_round_at = None

    world.passes(days=32)

    assert "Eén zin is genoeg" not in home_of(world.dirk, world)
    assert "Antwoord" in behind(world.dirk, world, "Mijn kring")
