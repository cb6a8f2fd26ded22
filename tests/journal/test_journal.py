"""My journal: everything I wrote, for me alone, to find back, to change and to wipe."""

import pytest
from sqlalchemy import select

from bot.core import names
from db.models import Reflection, Round
from playground.people import Person
from tests.home.actors import behind
from tests.journal.actors import WIPE, entry, opens, read, several_weeks, shown
from tests.reflection.actors import (
    FIELD,
    SEND,
    SHARE,
    card,
    days_go_by,
    kept,
    next_week,
    question_comes,
    thread,
    writes,
)
from tests.world import World

BACK = "← Mijn dagboek"


def private(world: World, person: Person) -> str:
    return person.visible_text(person.opens_dm(world.workspace.bot))


def test_it_shows_all_that_its_writer_wrote_newest_first_and_nothing_of_others(world: World) -> None:
    several_weeks(world, world.anna, "De eerste week.", "De tweede week.")
    next_week(world)
    world.anna.presses(writes(world.anna, card(world), "Niet bewaard? Jawel."), SEND)
    world.anna.fills(world.anna.modal, {"Naar wie?": world.bram.id})
    world.anna.submits()
    world.settles()
    world.anna.closes()
    writes(world.bram, card(world), "Van Bram.")
    days_go_by(world, 0.1)
    world.anna.says(world.circle, "Getypt in de draad", thread=card(world))
    world.settles()
    opens(world, world.anna)
    text = read(world.anna)
    places = [text.index(words) for words in ("Getypt in de draad", "Niet bewaard? Jawel.", "De tweede", "De eerste")]
    assert places == sorted(places) and "Van Bram" not in text
    assert "Gestuurd naar @Bram" in text and "Bewaard voor jezelf" in text
    assert "16 november 2026" in text
    assert "Alleen jij ziet dit." in text
    assert "De eerste" not in world.bram.visible_text(opens(world, world.bram))


@pytest.mark.one_database
def test_an_entry_opens_in_its_place_and_leads_back(world: World) -> None:
    several_weeks(world, world.anna, "De eerste week.", "De tweede week.")
    opens(world, world.anna)
    entry(world.anna, "De eerste week.")
    assert "De eerste week." in read(world.anna) and "De tweede week." not in read(world.anna)
    world.anna.presses(shown(world.anna), "Pas aan")
    world.anna.fills(shown(world.anna), {FIELD: "De allereerste week."})
    assert world.anna.submits().errors is None
    world.anna.presses(shown(world.anna), SHARE)
    world.settles()
    world.anna.presses(shown(world.anna), BACK)
    text = read(world.anna)
    assert "De allereerste week." in text and "Gedeeld in de draad" in text and "De tweede week." in text
    entry(world.anna, "De tweede week.")
    world.anna.presses(shown(world.anna), "Trek in")
    world.anna.presses(shown(world.anna), BACK)
    assert "De tweede week." not in read(world.anna)


@pytest.mark.one_database
def test_a_member_who_left_the_circle_still_has_their_words(world: World) -> None:
    several_weeks(world, world.bram, "Van mij.")
    world.bram.leaves(world.circle)
    world.settles()
    elsewhere = world.bram.creates_channel("elders")
    world.bram.commands(elsewhere, "/reflectie", "journal")
    assert "Van mij." in read(world.bram)
    world.bram.closes()
    behind(world.bram, world, "Voor mezelf")
    world.bram.presses(world.bram.modal, "Mijn dagboek")
    entry(world.bram, "Van mij.")
    world.bram.presses(shown(world.bram), "Trek in")
    assert kept(world) == [("withdrawn", "")]


@pytest.mark.one_database
def test_pages_a_search_and_a_theme_find_what_was_written_long_ago(world: World) -> None:
    words = ["Stilte helpt Céline.", "Over feedback.", "Vragen stellen.", "Tijd nemen.", "Ruimte geven.", "Luisteren."]
    several_weeks(world, world.anna, *words)
    opens(world, world.anna)
    assert "Luisteren." in read(world.anna) and "Stilte helpt" not in read(world.anna)
    world.anna.presses(shown(world.anna), "Ouder")
    assert "Stilte helpt Céline." in read(world.anna) and "Luisteren." not in read(world.anna)
    world.anna.presses(shown(world.anna), "Recenter")
    world.anna.fills(shown(world.anna), {"Zoek in wat ik schreef": "celine stilte"})
    assert world.anna.submits().errors is None
    assert "Stilte helpt Céline." in read(world.anna) and "Luisteren." not in read(world.anna)
    assert "celine" not in shown(world.anna).payload["private_metadata"]
    entry(world.anna, "Stilte helpt")
    assert "celine" not in shown(world.anna).payload["private_metadata"]
    world.anna.presses(shown(world.anna), BACK)
    assert "Stilte helpt Céline." in read(world.anna) and "Luisteren." not in read(world.anna), "as it was"
    world.anna.fills(shown(world.anna), {"Zoek in wat ik schreef": "niets hiervan"})
    world.anna.submits()
    assert "Niets gevonden" in read(world.anna)
    world.anna.fills(shown(world.anna), {"Zoek in wat ik schreef": ""})
    world.anna.submits()
    with world.bot.services.database.reading() as session:
        theme = session.scalars(select(Round.theme).order_by(Round.posted_at)).first()
    world.anna.chooses(shown(world.anna), "theme", theme)
    assert "Stilte helpt Céline." in read(world.anna)
    world.anna.chooses(shown(world.anna), "period", "2026-12")
    assert "Stilte helpt Céline." not in read(world.anna), "that was in November"


@pytest.mark.one_database
def test_after_an_entry_is_wiped_the_search_can_still_be_changed(world: World) -> None:
    several_weeks(world, world.anna, "Stilte.", "Feedback.", "Vragen.", "Tijd.", "Ruimte.", "Luisteren.")
    opens(world, world.anna)
    world.anna.fills(shown(world.anna), {"Zoek in wat ik schreef": "stilte"})
    world.anna.submits()
    entry(world.anna, "Stilte.")
    world.anna.presses(shown(world.anna), "Trek in")
    world.anna.presses(shown(world.anna), BACK)
    assert "Niets gevonden" in read(world.anna), "five are left, which fit one page"
    world.anna.fills(shown(world.anna), {"Zoek in wat ik schreef": ""})
    world.anna.submits()
    assert "Feedback." in read(world.anna) and "Luisteren." in read(world.anna)


@pytest.mark.one_database
def test_what_was_written_a_year_ago_is_shown(world: World) -> None:
    several_weeks(world, world.anna, "Een jaar geleden schreef ik dit.")
    days_go_by(world, 360)
    opens(world, world.anna)
    assert "Een jaar geleden schreef je" in read(world.anna)
    days_go_by(world, 20)
    world.anna.closes()
    opens(world, world.anna)
    assert "Een jaar geleden schreef je" not in read(world.anna)


@pytest.mark.one_database
def test_home_leads_to_the_journal(world: World) -> None:
    several_weeks(world, world.anna, "Van mij.")
    behind(world.anna, world, "Voor mezelf")
    world.anna.presses(world.anna.modal, "Mijn dagboek")
    assert "Van mij." in read(world.anna)
    behind(world.dirk, world, "Voor mezelf")
    world.dirk.presses(world.dirk.modal, "Mijn dagboek")
    assert "Hier komt alles wat je bij de weekvragen schrijft" in read(world.dirk)


@pytest.mark.one_database
def test_another_persons_entry_does_not_exist(world: World) -> None:
    several_weeks(world, world.anna, "Van Anna.")
    several = opens(world, world.bram)
    with world.bot.services.database.reading() as session:
        id = session.scalars(select(Reflection.id)).one()
    for action in (names.JOURNAL_ENTRY, names.FORGET_REPLY, names.REFLECTION_AS_CASE):
        view = {**several.payload, "id": several.id, "state": {"values": {}}}
        button = {"type": "button", "action_id": action, "value": id, "block_id": "x", "action_ts": "1.2"}
        world.workspace.sends_forged(
            {
                "type": "block_actions",
                "team": {"id": world.workspace.team_id},
                "view": view,
                "actions": [button],
                "user": {"id": world.bram.id, "team_id": world.workspace.team_id},
                "trigger_id": world.workspace.triggers.new_trigger_id(world.bram.id),
            },
            by=world.bram,
        )
        assert "Dit bestaat niet meer" in read(world.bram) and not world.bram.sees("Van Anna")
        world.bram.closes()


def test_wiping_everything_says_what_it_means_and_does_it(world: World) -> None:
    several_weeks(world, world.anna, "Enkel voor mij.")
    next_week(world)
    world.anna.presses(writes(world.anna, card(world), "Met de kring."), SHARE)
    world.settles()
    world.anna.says(world.circle, "Getypt in de draad", thread=card(world))
    world.settles()
    world.anna.closes()
    opens(world, world.anna)
    world.anna.presses(shown(world.anna), WIPE)
    assert "verdwijnen, ook waar je ze deelde" in read(world.anna)
    world.anna.presses(shown(world.anna), "Wis alles, voorgoed")
    world.settles()
    assert {words for _, words in kept(world)} == {""}
    assert thread(world.bram, card(world)) == "Getypt in de draad", "Slack has what she typed there herself"
    world.anna.closes()
    assert "Hier komt alles" in world.anna.visible_text(opens(world, world.anna))


@pytest.mark.one_database
def test_once_a_year_its_writer_is_asked_whether_it_may_stay(world: World) -> None:
    several_weeks(world, world.anna, "Van mij.")
    days_go_by(world, 363)
    assert "Eén keer per jaar vraag ik" not in private(world, world.anna)
    days_go_by(world, 9)
    word = world.anna.messages(world.anna.opens_dm(world.workspace.bot))[-1]
    assert "Eén keer per jaar vraag ik" in world.anna.visible_text(word)
    world.anna.presses(word, "Kijk in mijn dagboek")
    assert "Van mij." in read(world.anna)
    world.anna.closes()
    world.anna.presses(word, "Laat alles staan")
    world.settles()
    assert "Goed, alles blijft staan" in private(world, world.anna)
    days_go_by(world, 30)
    assert private(world, world.anna).count("Goed, alles blijft staan") == 1
    assert private(world, world.bram) == "", "who wrote nothing is asked nothing"


@pytest.mark.one_database
def test_a_reply_is_forgotten_here_and_stays_in_slack(world: World) -> None:
    question = question_comes(world)
    world.bram.says(world.circle, "Toch liever niet bewaard", thread=question)
    world.settles()
    opens(world, world.bram)
    entry(world.bram, "Toch liever niet")
    world.bram.presses(shown(world.bram), "Bewaar dit niet meer")
    world.settles()
    assert kept(world) == [("gone", "")] and "Toch liever niet" in thread(world.anna, question)
    world.bot.catching_up.plan_all(world.calendar())
    days_go_by(world, 0.1)
    assert kept(world) == [("gone", "")], "reading again does not bring it back"
