"""What somebody typed in a thread is given back as they read it there: in the journal, its search and its file."""

import pytest

from playground.model import Message
from tests.intervision.actors import INTAKE
from tests.journal.actors import entry, opens, read, shown
from tests.reflection.actors import question_comes
from tests.world import World

LINK = "https://ucll.be/coaching?a=1&b=2"
TYPED = f"@Bram vroeg het in #coaching-en-co & daar staat {LINK} over <stilte>"


@pytest.fixture
def question(world: World) -> Message:
    question = question_comes(world)
    world.celine.says(world.circle, TYPED, thread=question)
    world.settles()
    return question


def test_it_is_read_as_it_was_typed(world: World, question: Message) -> None:
    opens(world, world.celine)
    assert TYPED in read(world.celine)
    blocks = str(shown(world.celine).blocks)
    assert f"<@{world.bram.id}>" not in blocks, "nobody is mentioned again"
    assert f"<#{world.circle.id}>" in blocks and "<https://ucll.be/coaching?a=1&amp;b=2>" in blocks
    entry(world.celine, "Bram vroeg het")
    assert TYPED in read(world.celine)


def test_a_search_finds_whom_it_mentions(world: World, question: Message) -> None:
    for number in range(6):
        world.celine.says(world.circle, f"Iets anders {number}", thread=question)
    world.settles()
    opens(world, world.celine)
    world.celine.fills(shown(world.celine), {"Zoek in wat ik schreef": "bram"})
    assert world.celine.submits().errors is None
    assert TYPED in read(world.celine) and "Iets anders" not in read(world.celine)
    world.celine.fills(shown(world.celine), {"Zoek in wat ik schreef": world.bram.id})
    assert world.celine.submits().errors is None
    assert "Niets gevonden" in read(world.celine)


def test_a_name_follows_its_person_and_who_is_unknown_is_somebody(world: World, question: Message) -> None:
    world.workspace.changes_account(world.bram, name="Bram P.")
    stranger = world.workspace.add_person("Wim")
    world.celine.says(world.circle, "Ook @Wim vroeg het, en @Klankbord niet.", thread=question)
    world.settles()
    opens(world, world.celine)
    assert "@Bram P. vroeg het" in read(world.celine)
    assert "Ook @iemand vroeg het, en @Klankbord niet." in read(world.celine) and stranger.id not in read(world.celine)


@pytest.mark.parametrize("form", ["Tekst (Markdown)", "Voor een programma (JSON)"])
def test_the_file_says_it_too(world: World, question: Message, form: str) -> None:
    opens(world, world.celine)
    world.celine.presses(shown(world.celine), "Neem alles mee")
    world.celine.presses(shown(world.celine), form)
    world.settles()
    there = world.celine.messages(world.celine.opens_dm(world.workspace.bot))
    text = next((file.content or b"").decode() for message in there for file in message.files)
    assert "@Bram vroeg het in https://slack.com/app_redirect?channel=" in text
    assert LINK in text and "<@" not in text and "<#" not in text and "<https" not in text


def test_what_becomes_a_case_or_an_insight_has_names_too(world: World, question: Message) -> None:
    opens(world, world.celine)
    entry(world.celine, "Bram vroeg het")
    world.celine.presses(shown(world.celine), "Maak er een inzicht van")
    assert TYPED in read(world.celine)
    world.celine.closes()
    opens(world, world.celine)
    entry(world.celine, "Bram vroeg het")
    world.celine.presses(shown(world.celine), "Begin er een casus mee")
    world.celine.fills(shown(world.celine), {"theme": INTAKE["theme"]})
    world.celine.submits(shown(world.celine))
    assert "@Bram vroeg het" in str(shown(world.celine).values) and "<@U" not in str(shown(world.celine).values)


def test_a_message_that_is_taken_along_has_names_too(world: World, question: Message) -> None:
    said = world.celine.says(world.circle, "Dank je @Bram!")
    world.settles()
    world.celine.shortcut("take_up", said)
    assert "Dank je @Bram!" in str(shown(world.celine).values)
