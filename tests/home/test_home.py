"""Home: everybody's own things, in their own language, and how to begin for those who have none yet."""

from datetime import timedelta

import pytest

from db.queries import people
from tests.clock import MONDAY
from tests.digest.history import History
from tests.home.actors import behind, home_of

pytestmark = pytest.mark.one_database

LAST_WEEK = MONDAY - timedelta(days=7)


@pytest.fixture
def history(world):
    world.sets_up()
    return History(world)


def test_home_begins_with_what_is_open_and_how_it_works_is_behind_a_row(world, history):
    assert home_of(world.dirk, world).startswith("Open voor jou")

    page = behind(world.dirk, world, "Voor mezelf")

    assert "Hoe werkt dit?" in page and "Niets moet." in page
    for command in ("/reflectie", "/intervisie", "/overzicht", "/klankbord"):
        assert command in page


def test_home_shows_my_circle_and_when_its_first_question_comes(world, history):
    page = home_of(world.dirk, world)

    assert "#coaching-en-co: de eerste weekvraag komt op maandag 16 november om 9:00." in page


@pytest.mark.both_databases
def test_home_has_the_latest_question_and_a_button_to_answer_it(world, history):
    world.passes(days=8)
    page = home_of(world.dirk, world)
    card = world.dirk.messages(world.circle)[-1]

    assert "de volgende weekvraag komt op maandag 23 november om 9:00" in page
    world.dirk.presses(world.dirk.home, "Antwoord")

    question = world.bot.services.library.prompts
    asked = next(prompt.text.in_("nl") for prompt in question if prompt.text.in_("nl") in world.dirk.visible_text(card))
    assert asked in page
    assert asked in world.dirk.visible_text(world.dirk.modal)


@pytest.mark.both_databases
def test_home_shows_my_running_cases_and_nobody_elses(world, history):
    history.closes(MONDAY, world.anna, [world.bram, world.celine], state="running")
    history.closes(MONDAY, world.anna, [world.bram], state="closed")

    assert home_of(world.anna, world).count("Vijfstappenmethode (inbrenger)") == 1
    assert home_of(world.bram, world).count("Vijfstappenmethode (meedenker)") == 1
    assert "Vijfstappenmethode" not in home_of(world.dirk, world)


def test_choosing_a_language_turns_home_into_it_at_once(world, history):
    behind(world.celine, world, "Voor mezelf")

    world.celine.chooses(world.celine.modal, "language_chosen", "fr")
    world.settles()

    page = world.celine.visible_text(world.celine.home)
    assert page.startswith("Ouvert pour toi")
    assert "la première question de la semaine arrive le lundi 16 novembre" in page
    assert "Dans quelle langue" in world.celine.visible_text(world.celine.modal)


def test_the_language_can_be_put_back_to_that_of_the_circle(world, history):
    behind(world.celine, world, "Voor mezelf")
    world.celine.chooses(world.celine.modal, "language_chosen", "fr")
    assert "Français" in world.celine.visible_text(world.celine.modal)

    world.celine.chooses(world.celine.modal, "language_chosen", "circle")
    world.settles()

    assert "Zoals de kring" in world.celine.visible_text(world.celine.modal)
    assert world.celine.visible_text(world.celine.home).startswith("Open voor jou")
    with world.bot.services.database.reading() as session:
        celine = people.find_member(session, world.celine.id)
        assert celine and celine.language is None


def test_a_language_that_is_none_changes_nothing(world, history):
    home_of(world.celine, world)

    world.bot.languages.choose_language(world.celine.id, "xx")

    assert "Open voor jou" in home_of(world.celine, world)


def test_whoever_is_in_no_circle_reads_how_to_begin(world, history):
    farah = world.workspace.add_person("Farah")

    page = home_of(farah, world)

    assert "Zo begin je." in page and "/invite @klankbord" in page
    assert "coaching-en-co" not in page


def test_a_stranger_is_looked_up_and_can_choose_a_language(world, history):
    farah = world.workspace.add_person("Farah")
    behind(farah, world, "Voor mezelf")

    farah.chooses(farah.modal, "language_chosen", "en")
    world.settles()

    assert "How to begin." in farah.visible_text(farah.home)


def test_home_forgets_a_circle_i_left(world, history):
    world.dirk.leaves(world.circle)
    world.settles()

    assert "Zo begin je." in home_of(world.dirk, world)


def test_somebody_from_another_workspace_has_none(world):
    guest = world.workspace.add_person("Gita", external_team="T0ELSEWHERE")
    world.sets_up()
    world.anna.invites(world.circle, guest)

    guest.opens_home()
    world.settles()

    assert guest.home is None


def test_home_is_there_before_there_is_any_circle(world):
    assert "Zo begin je." in home_of(world.anna, world)
