"""Who writes to the bot, or calls it by its name, gets one friendly answer in private."""

import pytest

from tests.clock import MONDAY
from tests.reflection.actors import days_go_by, kept

pytestmark = pytest.mark.one_database


def direct(person, world):
    return person.opens_dm(world.workspace.bot)


def answers(person, world):
    """What the bot said in its private conversation with this person."""
    there = person.messages(direct(person, world))
    return [person.visible_text(one) for one in there if one.user == world.workspace.bot.id]


def test_a_message_to_the_bot_is_answered_with_what_can_be_done(world):
    world.sets_up()

    world.dirk.says(direct(world.dirk, world), "hallo, ben je daar?")
    world.settles()

    [answer] = answers(world.dirk, world)
    assert "wat je hier typt, bewaar ik niet" in answer and "/reflectie" in answer


def test_the_answer_offers_the_latest_question(world):
    world.sets_up()
    days_go_by(world, 8)

    world.dirk.says(direct(world.dirk, world), "en nu?")
    world.settles()
    world.dirk.presses(world.dirk.messages(direct(world.dirk, world))[-1], "Antwoord")

    assert world.dirk.modal.title == "Weekvraag"


def test_each_message_gets_one_answer_also_when_it_is_told_twice(world):
    world.sets_up()
    said = world.dirk.says(direct(world.dirk, world), "hallo")

    world.bot.home.answer_message(world.dirk.id, direct(world.dirk, world).id, said.ts, MONDAY)
    world.settles()

    assert len(answers(world.dirk, world)) == 1


def test_the_bot_does_not_answer_itself(world):
    world.sets_up()
    world.dirk.says(direct(world.dirk, world), "hallo")
    world.passes(hours=2)

    assert len(answers(world.dirk, world)) == 1


@pytest.mark.parametrize("text", ["<!channel> kom kijken", "x" * 12_000, "🌱", "\u202egeheim"])
def test_whatever_is_typed_nothing_of_it_comes_back(world, text):
    world.sets_up()

    world.dirk.says(direct(world.dirk, world), text)
    world.settles()

    [answer] = answers(world.dirk, world)
    assert text not in answer and "!channel" not in answer


def test_a_stranger_reads_how_to_begin(world):
    farah = world.workspace.add_person("Farah")

    farah.says(direct(farah, world), "hallo")
    world.settles()

    [answer] = answers(farah, world)
    assert "Zo begin je." in answer


def test_the_answer_comes_in_the_persons_own_language(world):
    world.sets_up()
    world.bot.languages.choose_language(world.celine.id, "fr")

    world.celine.says(direct(world.celine, world), "bonjour")
    world.settles()

    assert "Ce que tu peux faire maintenant" in answers(world.celine, world)[0]


def test_who_calls_the_bot_in_a_channel_is_answered_in_private(world):
    world.sets_up()
    before = len(world.anna.messages(world.circle))

    world.dirk.says(world.circle, "@klankbord wat kan jij eigenlijk?")
    world.settles()

    assert len(world.anna.messages(world.circle)) == before + 1
    [answer] = answers(world.dirk, world)
    assert "Je noemde mij in #coaching-en-co" in answer
    assert not world.anna.sees("Je noemde mij")


def test_what_somebody_typed_becomes_their_reflection_when_they_say_so_and_not_before(world):
    world.sets_up()
    days_go_by(world, 8)
    world.dirk.says(direct(world.dirk, world), "Ik liet te weinig stilte vallen.")
    world.settles()
    assert kept(world) == []

    world.dirk.presses(world.dirk.messages(direct(world.dirk, world))[-1], "Maak hier mijn reflectie van")
    assert kept(world) == []
    assert world.dirk.submits().errors is None
    assert kept(world) == [("undecided", "Ik liet te weinig stilte vallen.")]
    assert "Wat wil je ermee doen?" in world.dirk.visible_text(world.dirk.modal)


def test_what_another_typed_is_not_theirs_to_take(world):
    world.sets_up()
    days_go_by(world, 8)
    said = world.dirk.says(direct(world.dirk, world), "Van Dirk.")
    world.settles()
    button = {"type": "button", "action_id": "private_message_taken", "block_id": "x", "action_ts": "1.2"}
    for value in (f"{direct(world.dirk, world).id}:{said.ts}", "D0NOWHERE:1.2", f"{world.circle.id}:1.2", "nee"):
        world.workspace.sends_forged(
            {
                "type": "block_actions",
                "team": {"id": world.workspace.team_id},
                "actions": [button | {"value": value}],
                "user": {"id": world.anna.id, "team_id": world.workspace.team_id},
                "trigger_id": world.workspace.triggers.new_trigger_id(world.anna.id),
            },
            by=world.anna,
        )
        assert world.anna.modal is not None and "Van Dirk" not in world.anna.visible_text(world.anna.modal)
        assert not [block for block in world.anna.modal.blocks if block["type"] == "input"]
        world.anna.closes()
