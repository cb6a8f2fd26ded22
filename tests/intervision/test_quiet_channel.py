"""A case's channel stays quiet: the story is the first card, a step is one message, and what was written one more."""

import pytest

from playground.model import Message
from playground.people import Person
from tests.counting import words_read
from tests.intervision.actors import INTAKE, Table

pytestmark = pytest.mark.one_database

MOST_IN_CHANNEL, MOST_IN_ALL = 10, 18


def of_the_bot(table: Table) -> tuple[list[Message], list[Message]]:
    """The bot's messages in the case's channel, and with those in its threads."""
    bot = table.world.workspace.bot.id
    cards = [m for m in table.anna.messages(table.room) if m.user == bot and m.blocks and m.ephemeral_for is None]
    replies = [reply for card in cards for reply in table.anna.thread(card)[1:] if reply.user == bot]
    return cards, [*cards, *replies]


def lives_through(table: Table) -> None:
    """Everybody writes whatever is asked of them, to the end."""
    for _ in range(20):
        if "Schrijf" not in table.anna.visible_text(table.card()):
            return
        step = table.card().text
        for person in (table.anna, table.bram, table.celine, table.dirk):
            if table.card().text == step and person.id in str(table.card().blocks):
                writes_what_is_asked(table, person)


def writes_what_is_asked(table: Table, person: Person) -> None:
    form = table.opens(person)
    for block in [block for block in form.blocks if block["type"] == "input"]:
        if block["element"]["type"] == "plain_text_input" and not block["block_id"].startswith("aside"):
            person.fills(form, {block["block_id"]: f"Dit schrijft {person.name} in {block['block_id']}."})
        elif block["block_id"].startswith("scale:"):
            person.fills(form, {block["block_id"]: "3"})
    table.sends(person)


def test_a_five_step_case_of_four_is_at_most_ten_messages_in_the_channel_and_eighteen_in_all(table: Table):
    table.begins(method="vijf_stappen")
    lives_through(table)
    cards, everything = of_the_bot(table)
    assert table.anna.visible_text(table.room).count("Deze casus is afgerond") == 1
    assert len(cards) <= MOST_IN_CHANNEL, [card.text for card in cards]
    assert len(everything) <= MOST_IN_ALL, [one.text for one in everything]


def test_one_card_is_open_at_a_time(table: Table):
    table.begins(method="vijf_stappen")
    for _ in range(3):
        opened = [m for m in table.anna.messages(table.room) if "Schrijf" in table.anna.visible_text(m)]
        assert len(opened) == 1
        table.moves_on(table.anna)


def test_the_story_is_the_card_of_its_step_and_says_what_holds_for_the_case(table: Table):
    table.begins(leads=table.bram, method="vijf_stappen")
    first, second = of_the_bot(table)[0]
    said = table.celine.visible_text(first)
    assert first.text == "Stap 1 van 5 · Vraag inbrengen"
    assert "Stap 1 van 5 · Vraag inbrengen · Vijfstappenmethode" in said
    assert INTAKE["title"] in said and INTAKE["question"] in said and INTAKE["story_happened"] in said
    assert "Inbrenger: Anna · Gespreksleider: Bram · Meedenkers: Bram, Céline, Dirk" in said
    assert "Vertrouwenspersoon: 016 00 00 00" in said
    assert "<@" not in str(first.blocks), "nobody is called: they were invited a moment ago"
    own = sum(len(INTAKE[name].split()) for name in ("title", "question", "story_happened"))
    assert words_read(first.blocks) - own <= 70
    assert second.text.startswith("Stap 2a van 5")
    page = table.presses(table.celine, first, "Meer…")
    assert "Onze afspraak" in page and "Hoe werkt dit?" in page


def test_a_remark_under_the_story_belongs_to_its_step(table: Table):
    table.begins(method="vijf_stappen")
    first = of_the_bot(table)[0][0]
    table.celine.says(table.room, "Herkenbaar.", thread=first)
    table.world.settles()
    assert "Herkenbaar." in table.anna.visible_text(table.room)
