"""A member chooses the next question, and moderators plan a season; the choice of a member who left does not count."""

import pytest

from playground.people import Person
from tests.forged_payloads import presses
from tests.questions.actors import opens, page, proposed, proposes, would_answer
from tests.reflection.actors import card, cards, next_week, thread
from tests.world import World

WROTE = "Ik telde tot tien, en toen kwam het."
MY_NAME = "De kaart mag zeggen dat ik deze vraag koos"


@pytest.fixture
def circle(world: World) -> World:
    world.sets_up()
    return world


def of_theme(world: World, theme: str) -> list[str]:
    """The questions of a theme, as they are read."""
    return [one.text.in_("nl") for one in world.bot.services.library.prompts if one.theme == theme]


def chooses(world: World, person: Person, *, theme: str = "dialogue", number: int = 0, first: bool = True) -> str:
    """Somebody takes the next free turn and chooses the question with this number of a theme; the question."""
    if first:
        person.presses(opens(world, person), "turn_take_pressed")
        person.presses(person.modal, "theme_pressed", value=theme)
    prompt = [one.id for one in world.bot.services.library.prompts if one.theme == theme][number]
    person.presses(person.modal, "turn_question_chosen", value=prompt)
    return of_theme(world, theme)[number]


def takes(world: World, person: Person, text: str = "", *says: str) -> None:
    """Somebody fills in the form of their turn and sends it."""
    person.fills(person.modal, {"Wil jij als eerste antwoorden?": text, "Goed om te weten": list(says)})
    assert person.submits().errors is None
    world.settles()


def test_a_volunteers_question_comes_with_their_answer_first(circle: World) -> None:
    chosen = chooses(circle, circle.bram, number=3)
    takes(circle, circle.bram, WROTE, MY_NAME)
    assert chosen in page(circle, circle.bram) and WROTE in page(circle, circle.bram)
    for other in (circle.anna, circle.celine):
        assert chosen not in page(circle, other) and WROTE not in page(circle, other)
    next_week(circle)
    asked = circle.celine.visible_text(card(circle))
    assert chosen.split("?")[0] in asked and "Gekozen door @Bram" in asked
    assert WROTE in thread(circle.celine, card(circle))
    next_week(circle)
    assert "Gekozen door" not in circle.celine.visible_text(card(circle)) and len(cards(circle)) == 2


@pytest.mark.one_database
def test_what_a_volunteer_wrote_can_be_changed_until_it_is_posted_and_they_stay_unnamed(circle: World) -> None:
    chooses(circle, circle.bram)
    takes(circle, circle.bram, WROTE)
    circle.bram.presses(opens(circle, circle.bram), "Pas mijn antwoord aan")
    takes(circle, circle.bram, "")
    next_week(circle)
    assert "Bram" not in circle.celine.visible_text(card(circle))
    assert circle.celine.thread(card(circle))[1:] == []


def fields(person: Person) -> set[str]:
    """The ids of the fields of the open form: Slack keeps what is in a field of a window by its id."""
    assert person.modal is not None
    return {block["block_id"] for block in person.modal.payload["blocks"] if block["type"] == "input"}


@pytest.mark.one_database
def test_no_form_of_the_window_begins_with_what_was_in_another(circle: World) -> None:
    opens(circle, circle.bram, "vraag")
    proposing = fields(circle.bram)
    circle.bram.presses(circle.bram.modal, "← Vragen")
    circle.bram.presses(circle.bram.modal, "Stel een vraag voor")
    again = fields(circle.bram)
    chooses(circle, circle.bram)
    assert proposing and again and fields(circle.bram)
    assert not (proposing & again or (proposing | again) & fields(circle.bram))


@pytest.mark.one_database
def test_wiping_the_journal_wipes_what_was_written_with_a_question_to_come(circle: World) -> None:
    chosen = chooses(circle, circle.bram)
    takes(circle, circle.bram, WROTE)
    circle.bot.journal_retention.wipe_journal(circle.bram.id, circle.calendar())
    assert WROTE not in page(circle, circle.bram) and chosen in page(circle, circle.bram)
    next_week(circle)
    assert circle.celine.thread(card(circle))[1:] == []


@pytest.mark.one_database
def test_a_turn_is_given_back_and_one_at_a_time_is_enough(circle: World) -> None:
    chosen = chooses(circle, circle.bram)
    takes(circle, circle.bram, WROTE)
    assert "Je koos al een vraag" in presses(circle, circle.bram, "turn_take_pressed", view=shown(circle.bram))
    other = chooses(circle, circle.celine, number=1)
    takes(circle, circle.celine)
    assert "Ze is de 2de" in page(circle, circle.celine)
    circle.bram.presses(opens(circle, circle.bram), "Geef de beurt terug")
    circle.settles()
    assert "wat je erbij schreef, is gewist" in circle.bram.visible_text(circle.bram.modal)
    for _ in range(2):
        next_week(circle)
    (first, second) = (circle.dirk.visible_text(one) for one in cards(circle))
    assert chosen.split("?")[0] not in first
    assert other.split("?")[0] in second


def shown(person: Person) -> dict[str, object]:
    assert person.modal is not None
    return {**person.modal.payload, "id": person.modal.id}


def test_the_choice_of_a_member_who_left_does_not_count(circle: World) -> None:
    chooses(circle, circle.bram)
    takes(circle, circle.bram, WROTE, MY_NAME)
    circle.bram.leaves(circle.circle)
    circle.settles()
    next_week(circle)
    assert "Bram" not in circle.celine.visible_text(card(circle))
    assert circle.celine.thread(card(circle))[1:] == []


def plans(world: World, turn: int, theme: str) -> None:
    """Anna goes from the season to the questions of a theme, for the turn with this number."""
    world.anna.presses(opens(world, world.anna), "Wat er komt")
    world.anna.presses(world.anna.modal, "turn_plan_pressed", value=str(turn))
    world.anna.presses(world.anna.modal, "theme_pressed", value=theme)


def test_moderators_plan_a_season_and_the_circle_reads_it(circle: World) -> None:
    plans(circle, 1, "rest_and_care")
    circle.anna.presses(circle.anna.modal, "Alleen het thema")
    circle.settles()
    planned = of_theme(circle, "group_process")[5]
    plans(circle, 2, "group_process")
    prompt = [one.id for one in circle.bot.services.library.prompts if one.theme == "group_process"][5]
    circle.anna.presses(circle.anna.modal, "turn_question_planned", value=prompt)
    circle.settles()
    circle.dirk.presses(opens(circle, circle.dirk), "Wat er komt")
    season = circle.dirk.visible_text(circle.dirk.modal)
    assert "maandag 16 november om 9:00: over Rust en zorg" in season.replace("*", "")
    assert "maandag 23 november om 9:00:" in season and planned in season and "Laat weer vrij" not in season
    refused = presses(circle, circle.dirk, "turn_left_open", "1", view=shown(circle.dirk))
    assert "De trekkers van deze kring" in refused
    next_week(circle)
    next_week(circle)
    (first, second) = (circle.dirk.visible_text(one) for one in cards(circle))
    assert "Rust en zorg" in first and planned.split("?")[0] in second


@pytest.mark.one_database
def test_a_volunteer_chooses_within_the_theme_that_was_planned(circle: World) -> None:
    plans(circle, 1, "rest_and_care")
    circle.anna.presses(circle.anna.modal, "Alleen het thema")
    circle.settles()
    circle.bram.presses(opens(circle, circle.bram), "turn_take_pressed")
    assert of_theme(circle, "rest_and_care")[0] in circle.bram.visible_text(circle.bram.modal)
    chooses(circle, circle.bram, theme="rest_and_care", first=False)
    takes(circle, circle.bram)
    circle.anna.presses(opens(circle, circle.anna), "Wat er komt")
    assert "iemand uit de kring koos ze" in circle.anna.visible_text(circle.anna.modal)
    assert "koos deze vraag al" in presses(circle, circle.anna, "turn_left_open", "1", view=shown(circle.anna))


@pytest.mark.one_database
def test_a_retired_prompt_is_not_asked_until_it_is_restored(circle: World) -> None:
    circle.anna.presses(opens(circle, circle.anna), "Bibliotheek")
    circle.anna.presses(circle.anna.modal, "theme_pressed", value="dialogue")
    prompt = next(one.id for one in circle.bot.services.library.prompts if one.theme == "dialogue")
    circle.anna.presses(circle.anna.modal, "question_retired", value=prompt)
    circle.settles()
    assert "Doet nu niet mee" in circle.anna.visible_text(circle.anna.modal)
    circle.bram.presses(opens(circle, circle.bram), "turn_take_pressed")
    circle.bram.presses(circle.bram.modal, "theme_pressed", value="dialogue")
    assert of_theme(circle, "dialogue")[0] not in circle.bram.visible_text(circle.bram.modal)
    refused = presses(circle, circle.bram, "question_restored", prompt, view=shown(circle.bram))
    assert "De trekkers van deze kring" in refused
    circle.anna.presses(circle.anna.modal, "question_restored", value=prompt)
    circle.settles()
    assert "Doet nu niet mee" not in circle.anna.visible_text(circle.anna.modal)


@pytest.mark.one_database
def test_a_chosen_question_comes_even_if_it_was_retired_meanwhile(circle: World) -> None:
    chosen = chooses(circle, circle.bram)
    takes(circle, circle.bram, WROTE)
    circle.anna.presses(opens(circle, circle.anna), "Bibliotheek")
    circle.anna.presses(circle.anna.modal, "theme_pressed", value="dialogue")
    prompt = next(one.id for one in circle.bot.services.library.prompts if one.theme == "dialogue")
    circle.anna.presses(circle.anna.modal, "question_retired", value=prompt)
    circle.settles()
    next_week(circle)
    assert chosen.split("?")[0] in circle.celine.visible_text(card(circle))
    assert WROTE in thread(circle.celine, card(circle))


@pytest.mark.one_database
def test_if_the_chosen_question_is_taken_back_the_answer_stays_with_its_writer(circle: World) -> None:
    proposes(circle, circle.celine)
    would_answer(circle, circle.anna, circle.dirk, circle.elif_)
    circle.bram.presses(opens(circle, circle.bram), "turn_take_pressed")
    circle.bram.presses(circle.bram.modal, "theme_pressed", value="dialogue")
    circle.bram.presses(circle.bram.modal, "turn_question_chosen", value=f"own:{proposed(circle).id}")
    takes(circle, circle.bram, WROTE)
    circle.celine.presses(opens(circle, circle.celine), "Trek in")
    circle.settles()
    next_week(circle)
    assert circle.celine.thread(card(circle))[1:] == []
    circle.bram.commands(circle.circle, "/reflectie")
    answers = circle.bram.visible_text(circle.bram.modal)
    assert WROTE in answers and "Bewaard voor jezelf." in answers


@pytest.mark.one_database
def test_the_library_says_what_was_asked_when(circle: World) -> None:
    chosen = chooses(circle, circle.bram)
    takes(circle, circle.bram)
    next_week(circle)
    circle.dirk.presses(opens(circle, circle.dirk), "Bibliotheek")
    circle.dirk.presses(circle.dirk.modal, "theme_pressed", value="dialogue")
    read = circle.dirk.visible_text(circle.dirk.modal)
    assert chosen in read and "Laatst gevraagd op 16 november 2026" in read and "Model: " in read
