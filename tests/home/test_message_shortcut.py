"""The shortcut on a message: its author makes a reflection, a case or a contribution of it; it stays where it is."""

import json

import pytest

from playground.people import Person
from tests.forged_payloads import interaction, sends, submits
from tests.home.actors import behind
from tests.intervision.actors import INTAKE, Table, shown
from tests.world import World

pytestmark = pytest.mark.one_database

SHORTCUT = "take_up"
WORDS = "Vandaag zei een student: <jij> & ik zijn een team."


@pytest.fixture
def table(world) -> Table:
    world.sets_up()
    world.lives_through("eight days", lambda: world.passes(days=8))
    return Table(world)


def points_at(person: Person, message) -> str:
    """What opens when somebody uses the shortcut on a message."""
    person.shortcut(SHORTCUT, message)
    return person.visible_text(person.modal)


def options(person: Person) -> dict[str, str]:
    """What the form offers: each label with its value."""
    radios = next(b["element"] for b in shown(person).blocks if b.get("block_id") == "what")
    return {one["text"]["text"]: one["value"] for one in radios["options"]}


def chooses(person: Person, label: str, **fields: str) -> str:
    """Choose the option with this in its label, and send; what the page after it says."""
    value = next(value for name, value in options(person).items() if label in name)
    person.fills(person.modal, {"what": value, **fields})
    sent = person.submits(person.modal)
    return " ".join((sent.errors or {}).values()) or person.visible_text(person.modal)


def test_my_message_becomes_my_reflection_first_for_me_alone(table: Table, world: World):
    said = world.bram.says(world.circle, WORDS)
    page = points_at(world.bram, said)
    assert "Het blijft staan waar het staat" in page and WORDS in page

    page = chooses(world.bram, "weekvraag", text_1=f"{WORDS} Mooi.")

    assert f"{WORDS} Mooi." in page and "Bewaar voor mezelf" in page and "Deel in de draad" in page
    assert not world.anna.sees("Mooi.")
    assert WORDS in world.anna.visible_text(said)
    world.bram.presses(world.bram.modal, "reflection_shared")
    world.settles()
    thread = world.anna.visible_text(world.circle)
    assert "Mooi." in thread


def test_a_reply_that_is_kept_for_this_question_is_not_kept_for_it_twice(table: Table, world: World):
    card = [m for m in world.anna.messages(world.circle) if m.user == world.workspace.bot.id][-1]
    said = world.bram.says(world.circle, WORDS, thread=card)
    world.settles()

    points_at(world.bram, said)

    assert not [label for label in options(world.bram) if "weekvraag" in label]
    assert [label for label in options(world.bram) if "Een casus" in label]


def test_my_message_becomes_the_story_of_a_case(table: Table, world: World):
    said = world.bram.says(world.circle, WORDS)
    points_at(world.bram, said)

    chooses(world.bram, "Een casus")
    world.bram.fills(world.bram.modal, {"theme": INTAKE["theme"]})
    world.bram.submits(world.bram.modal)
    assert WORDS in world.bram.visible_text(world.bram.modal)
    world.bram.fills(world.bram.modal, {name: INTAKE[name] for name in ("title", "question")})
    assert world.bram.submits(world.bram.modal).errors is None
    world.settles()
    table.joins(world.celine, world.dirk)
    table.presses(world.bram, table.owners_page(world.bram), "case_start_pressed")

    room = next(c for c in world.celine.channels() if c.name.startswith("intervisie-"))
    assert WORDS in world.celine.visible_text(room)


def test_my_remark_becomes_my_contribution_to_the_step_i_may_write_in(table: Table, world: World):
    room = table.begins()
    said = world.bram.says(room, "Wanneer begon het?", thread=table.card())
    world.settles()
    points_at(world.bram, said)
    assert list(options(world.bram)) == ["Mijn bijdrage: Stap 2a van 5 · Verkennen"]

    page = chooses(world.bram, "Verkennen")
    assert "Wanneer begon het?" in page
    table.sends(world.bram)

    assert "Je schreef al iets" in behind(world.bram, world, "Wat nog kan (1)")


def test_the_owner_who_cannot_write_now_reads_so(table: Table, world: World):
    room = table.begins()
    said = world.anna.says(room, "Benieuwd!")
    world.settles()

    assert "kan ik hier nu niets doen" in points_at(world.anna, said)


def test_somebody_elses_message_is_theirs(table: Table, world: World):
    said = world.bram.says(world.circle, WORDS)
    page = points_at(world.celine, said)
    assert "Dit bericht is van iemand anders" in page and WORDS not in page


def test_a_message_of_the_bot_says_what_it_is_and_what_can_be_done(table: Table, world: World):
    card = [m for m in world.anna.messages(world.circle) if m.user == world.workspace.bot.id][-1]
    page = points_at(world.anna, card)
    assert "Dit is de weekvraag van de kring" in page and "Dit kan je nu doen" in page

    table.brings(world.anna)
    assert "uitnodiging voor een casus" in points_at_again(world.bram, table.invitation)
    table.joins(world.bram, world.celine)
    table.starts()
    assert "een stap van een casus" in points_at_again(world.bram, table.card())


def points_at_again(person, message):
    while person.modal:
        person.closes(person.modal)
    said = points_at(person, message)
    person.closes(person.modal)
    return said


def test_elsewhere_it_says_where_it_works(table: Table, world: World):
    elsewhere = world.bram.creates_channel("koffie")
    assert "kan ik hier nu niets doen" in points_at(world.bram, world.bram.says(elsewhere, "Hallo"))


def test_a_guest_keeps_it_as_a_reflection_and_brings_no_case(table: Table, world: World):
    gust = world.workspace.add_person("Gust", guest=True)
    world.anna.invites(world.circle, gust)
    world.settles()
    points_at(gust, gust.says(world.circle, WORDS))
    assert all("weekvraag" in label for label in options(gust))


def test_it_answers_in_the_persons_own_language(table: Table, world: World):
    world.bot.languages.choose_language(world.celine.id, "fr")
    assert "C’est ton message" in points_at(world.celine, world.celine.says(world.circle, WORDS))


def test_a_long_message_is_in_the_form_whole(table: Table, world: World):
    long = "woorden en nog meer woorden " * 140
    points_at(world.bram, world.bram.says(world.circle, long.strip()))
    inputs = [block for block in shown(world.bram).blocks if block.get("block_id", "").startswith("text_")]
    fields = [block["element"]["initial_value"] for block in inputs]
    assert len(fields) == 2 and " ".join(fields) == long.strip()


def test_without_words_nothing_is_made(table: Table, world: World):
    points_at(world.bram, world.bram.says(world.circle, WORDS))
    assert "Hier staat nog niets" in chooses(world.bram, "weekvraag", text_1="\u200b")


def test_a_payload_that_gives_my_words_to_another_is_refused(table: Table, world: World):
    room = table.begins()
    said = world.bram.says(room, "Alleen van Bram", thread=table.card())
    world.settles()
    forged = {"type": "message", "user": world.celine.id, "text": "Alleen van Bram", "ts": said.ts}
    answer = sends(
        world,
        world.celine,
        interaction(
            world,
            world.celine,
            type="message_action",
            callback_id=SHORTCUT,
            message=forged,
            channel={"id": room.id},
        ),
    )
    assert "Dit bericht is van iemand anders" in answer


@pytest.mark.parametrize("pointer", ["round:999999", "case:C0ELDERS", "step:x:y", "round:1; DROP", "", "round:"])
def test_what_was_not_offered_cannot_be_chosen(table: Table, world: World, pointer: str):
    points_at(world.bram, world.bram.says(world.circle, WORDS))
    chosen = {"what": {"value": {"type": "radio_buttons", "selected_option": {"value": pointer}}}}
    assert "werkt niet meer" in submits(world, world.bram, shown(world.bram), **chosen)


def test_whoever_left_the_circle_meanwhile_makes_nothing_of_it(table: Table, world: World):
    points_at(world.bram, world.bram.says(world.circle, WORDS))
    world.bram.leaves(world.circle)
    world.settles()
    assert "kring waar je niet in zit" in chooses(world.bram, "weekvraag")


def test_nothing_of_the_words_travels_outside_the_fields(table: Table, world: World):
    points_at(world.bram, world.bram.says(world.circle, WORDS))
    assert "student" not in json.dumps(shown(world.bram).payload["private_metadata"])
