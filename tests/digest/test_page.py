"""The digest page: the same for everybody in the circle, and no number that points at a person."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.clock import MONDAY

LAST_WEEK = MONDAY - timedelta(days=7)
OCTOBER = datetime(2026, 10, 12, 7, tzinfo=UTC)
FEW = "nog te weinig"


def opens(person, world, text="", command="/overzicht"):
    """What the page says after the command."""
    person.commands(world.circle, command, text)
    return person.visible_text(person.modal)


def numbers(page):
    """What the page says in numbers, without its days and its thresholds."""
    return re.findall(r"Minstens (\d+)|(\d+) gedeelde", page)


def test_everybody_in_the_circle_sees_the_same_page(world, history):
    history.asks(LAST_WEEK, shared=world.cast, kept=[world.anna])
    history.closes(MONDAY, world.bram, [world.anna, world.celine, world.dirk])

    pages = {opens(person, world) for person in world.cast[1:]}

    assert len(pages) == 1
    assert "Wat er leefde: herfst 2026" in pages.pop()


@pytest.mark.one_database
def test_a_moderator_sees_the_same_with_a_button_to_share_it(world, history):
    history.asks(LAST_WEEK, shared=world.cast)

    annas, brams = opens(world.anna, world), opens(world.bram, world)

    assert "Deel in het kanaal" in annas
    assert annas.replace("Deel in het kanaal", "").split() == brams.split()


def test_the_page_has_the_questions_their_themes_and_the_methods(world, history):
    history.asks(LAST_WEEK, "p065", shared=world.cast)
    history.closes(MONDAY, world.bram, [world.anna])

    page = opens(world.dirk, world)

    assert "Waar vond je deze week een moment van rust in je werk?" in page
    assert "maandag 2 november" in page
    assert "Thema’s: Rust en zorg" in page
    assert "Methodes bij casussen: Vijfstappenmethode" in page


def test_five_people_make_a_number(world, history):
    history.asks(LAST_WEEK, shared=world.cast)

    page = opens(world.dirk, world)

    assert "Minstens 5 gedeelde reflecties" in page and "\n5 gedeelde reflecties" in page


def test_four_people_make_words(world, history):
    history.asks(LAST_WEEK, shared=world.cast[:4])

    page = opens(world.dirk, world)

    assert not any(map(any, numbers(page)))
    assert "Gedeelde reflecties: nog te weinig om te tellen" in page


def test_one_person_who_shares_five_times_makes_words(world, history):
    history.asks(LAST_WEEK, shared=[world.anna] * 5)

    assert "Gedeelde reflecties: nog te weinig om te tellen" in opens(world.dirk, world)


def test_what_was_kept_or_taken_back_is_never_counted(world, history):
    history.asks(LAST_WEEK, shared=world.cast[:4], kept=world.cast, undecided=world.cast, withdrawn=world.cast)

    page = opens(world.dirk, world)

    assert not any(map(any, numbers(page)))
    assert "nog te weinig gedeeld om te tellen" in page


@pytest.mark.one_database
def test_nobody_and_a_few_read_the_same(world, history):
    history.asks(LAST_WEEK, shared=[])
    nobody = opens(world.dirk, world)
    history.asks(LAST_WEEK, shared=[world.anna])

    page = opens(world.dirk, world)
    assert page.count(FEW) == nobody.count(FEW) + 1 == 4


def test_not_a_word_that_somebody_wrote_is_on_the_page(world, history):
    history.asks(LAST_WEEK, shared=world.cast)

    page = opens(world.dirk, world)

    assert "geheim" not in page and "Anna" not in page


def test_the_season_does_not_give_a_quiet_month_away(world, history):
    history.asks(OCTOBER, shared=world.cast)
    history.asks(LAST_WEEK, shared=world.cast[:2])

    assert "Minstens 5 gedeelde reflecties" in opens(world.dirk, world, "2026-autumn")
    assert "Minstens 5 gedeelde reflecties" in opens(world.dirk, world, "2026-10")
    assert "Minstens" not in opens(world.dirk, world, "2026-11")


def test_a_quiet_question_is_not_in_the_total_of_its_month(world, history):
    history.asks(LAST_WEEK, "p065", shared=world.cast)
    history.asks(MONDAY - timedelta(hours=2), "p066", shared=world.cast[:1])

    assert "Minstens 5 gedeelde reflecties" in opens(world.dirk, world)


def test_three_closed_cases_make_a_number_and_two_make_words(world, history):
    for _ in range(2):
        history.closes(LAST_WEEK, world.anna, world.cast[1:])
    assert "Afgeronde casussen: nog te weinig om te tellen" in opens(world.dirk, world)

    history.closes(LAST_WEEK, world.bram, [world.anna, world.celine])
    assert "Minstens 3 afgeronde casussen" in opens(world.dirk, world)


def test_three_cases_among_four_people_make_words(world, history):
    for _ in range(3):
        history.closes(LAST_WEEK, world.anna, world.cast[1:4])

    assert "Afgeronde casussen: nog te weinig om te tellen" in opens(world.dirk, world)


def test_a_case_that_stopped_or_still_runs_is_not_counted_as_closed(world, history):
    for state in ("closed", "closed", "stopped", "running"):
        history.closes(LAST_WEEK, world.anna, world.cast[1:], state=state)

    assert "Afgeronde casussen: nog te weinig om te tellen" in opens(world.dirk, world)


@pytest.mark.one_database
def test_a_method_that_is_in_no_file_any_more_keeps_its_name(world, history):
    history.closes(LAST_WEEK, world.anna, world.cast[1:], method="ooit_geprobeerd")

    assert "Methodes bij casussen: Vijfstappenmethode" in opens(world.dirk, world)


def test_choosing_another_period_turns_the_page(world, history):
    history.asks(OCTOBER, "p066", shared=world.cast)
    history.asks(LAST_WEEK, "p065", shared=world.cast)
    opens(world.dirk, world, "2026-11")
    page = world.dirk.modal

    world.dirk.chooses(page, "digest_period_chosen", "2026-2027")

    assert "Wat er leefde: academiejaar 2026–2027" in world.dirk.visible_text(world.dirk.modal)
    assert "Minstens 10 gedeelde reflecties" in world.dirk.visible_text(world.dirk.modal)


@pytest.mark.one_database
def test_a_quiet_circle_gets_a_page_too(world, history):
    page = opens(world.elif_, world)

    assert "In deze periode was er geen weekvraag." in page


@pytest.mark.one_database
def test_a_running_period_says_so_and_one_that_is_over_does_not(world, history):
    assert "Deze periode loopt nog" in opens(world.elif_, world, "2026-11")
    assert "Deze periode loopt nog" not in opens(world.elif_, world, "2026-10")


def test_a_year_of_questions_fits_on_the_page(world, history):
    prompts = world.bot.services.library.prompts
    for week in range(52):
        on = datetime(2025, 9, 8, 7, tzinfo=UTC) + timedelta(weeks=week)
        history.asks(on, prompts[week].id, shared=world.cast)

    page = opens(world.elif_, world, "2025-2026")

    assert all(prompt.text.in_("nl") in page for prompt in prompts[:50])
    assert "Minstens 255 gedeelde reflecties" in page or "Minstens 260 gedeelde reflecties" in page


@pytest.mark.one_database
def test_everybody_reads_it_in_their_own_language(world, history):
    history.asks(LAST_WEEK, "p065", shared=world.cast)
    world.bot.languages.choose_language(world.celine.id, "fr")
    world.bot.languages.choose_language(world.dirk.id, "en")

    french, english = opens(world.celine, world, command="/synthese"), opens(world.dirk, world, command="/digest")

    assert "Au moins 5 réflexions partagées" in french and "Repos et bien-être" in french
    assert "At least 5 shared reflections" in english and "autumn 2026" in english


@pytest.mark.one_database
def test_help_says_what_the_page_is_and_opens_nothing(world, history):
    world.dirk.commands(world.circle, "/overzicht", "help")

    assert world.dirk.modal is None
    assert world.dirk.sees("zonder namen of citaten.")
    assert not world.anna.sees("zonder namen of citaten")


@pytest.mark.one_database
def test_a_period_that_is_none_gets_three_examples(world, history):
    assert "/overzicht 2026-herfst" in opens(world.dirk, world, "vorige week")


@pytest.mark.one_database
def test_a_circle_that_is_not_set_up_says_how(world):
    world.arrives()

    assert "/klankbord" in opens(world.dirk, world)


def test_whoever_is_not_in_the_circle_gets_no_page(world, history):
    history.asks(LAST_WEEK, shared=world.cast)
    farah = world.workspace.add_person("Farah")
    lounge = farah.creates_channel("lounge")
    farah.commands(lounge, "/overzicht")
    farah.commands(lounge, "/overzicht")

    assert not farah.sees("Wat er leefde")
    assert farah.sees("Hier is nog geen kring")


def test_a_page_of_a_circle_one_left_does_not_turn(world, history):
    opens(world.dirk, world)
    page = world.dirk.modal
    world.dirk.leaves(world.circle)
    world.settles()

    world.dirk.chooses(page, "digest_period_chosen", "2026-11")

    assert world.dirk.sees("Dit hoort bij een kring waar je niet in zit")
    assert not world.dirk.sees("Wat er leefde: november 2026")
