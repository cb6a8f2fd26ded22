"""What people wrote in a step is one message, nobody is notified of their own words, and what is taken back goes."""

import pytest

from bot.core import names
from bot.intervision.views.reveal import MOST_CHARACTERS, RevealedText, joint_posts
from bot.words import Mrkdwn, Speakers
from playground.blocks import check_message
from playground.model import Message
from playground.people import Person
from tests.intervision.actors import INTAKE, Table, shown
from tests.outbox.clients import refuse_method

pytestmark = pytest.mark.one_database


@pytest.fixture
def begun(table: Table) -> Table:
    """Anna, Bram, Céline and Dirk; Bram leads, and the second step is open."""
    table.begins(leads=table.bram, method="vijf_stappen")
    return table


def in_thread(table: Table, card: Message) -> list[Message]:
    """The bot's messages in the thread of a card."""
    return [m for m in table.anna.thread(card) if m.user == table.world.workspace.bot.id and m.ts != card.ts]


def asks_and_reveals(table: Table) -> Message:
    card = table.card()
    table.writes(table.celine, "Wat hoopte je?", "Wie was erbij?")
    table.writes(table.dirk, "Hoe liep het af?")
    table.moves_on(table.bram)
    return card


def in_the_evening(table: Table) -> Message:
    """The card on which Anna answers what was asked; what she says in the evening can be changed until the morning."""
    asks_and_reveals(table)
    table.world.passes(hours=9)
    return table.card()


def test_a_reveal_is_one_message_that_names_people_and_mentions_nobody(begun: Table):
    [reveal] = in_thread(begun, asks_and_reveals(begun))
    assert begun.anna.visible_text(reveal).replace("> ", "").split("\n") == [
        "Céline · verhelderende vraag",
        "Wat hoopte je?",
        "Wie was erbij?",
        "Dirk · verhelderende vraag",
        "Hoe liep het af?",
    ]
    assert "<@" not in str(reveal.blocks) and "<@" not in reveal.text


def test_what_one_person_writes_is_posted_once_and_follows_changes(begun: Table):
    card = in_the_evening(begun)
    begun.answers(begun.anna, {"Wat hoopte je?": "Dat hij zou kiezen."})
    [before] = in_thread(begun, card)
    begun.answers(begun.anna, {"Hoe liep het af?": "Met een lijstje."})
    [after] = in_thread(begun, card)
    assert before.ts == after.ts
    read = begun.dirk.visible_text(after)
    assert "Dat hij zou kiezen." in read and "Met een lijstje." in read and read.count("Anna · antwoord") == 1


def takes_back(table: Table, person: Person, words: str, card: Message) -> None:
    form = table.opens(person, card)
    fields = [block for block in form.blocks if block["type"] == "input"]
    initial = {block["block_id"]: str(block["element"].get("initial_value")) for block in fields}
    person.fills(form, {next(name for name, text in initial.items() if text == words): ""})
    table.sends(person)


def test_whoever_takes_words_back_finds_them_gone_and_the_others_stay(begun: Table):
    card = in_the_evening(begun)
    begun.answers(begun.anna, {"Wat hoopte je?": "Dat hij zou kiezen.", "Wie was erbij?": "Niemand."})
    takes_back(begun, begun.anna, "Niemand.", card)
    [left] = in_thread(begun, card)
    assert "Dat hij zou kiezen." in str(left.blocks) and "Niemand." not in str(left.blocks)
    takes_back(begun, begun.anna, "Dat hij zou kiezen.", card)
    assert in_thread(begun, card) == []


def test_where_slack_takes_no_change_the_message_goes_and_comes_again_without_them(begun: Table):
    card = in_the_evening(begun)
    begun.answers(begun.anna, {"Wat hoopte je?": "Dat hij zou kiezen.", "Wie was erbij?": "Niemand."})
    [before] = in_thread(begun, card)
    refuse_method(begun.world, "chat.update", "edit_window_closed")
    takes_back(begun, begun.anna, "Niemand.", card)
    [after] = in_thread(begun, card)
    assert after.ts != before.ts and "Niemand." not in str(after.blocks)
    assert "Dat hij zou kiezen." in str(after.blocks)


def test_where_several_write_and_read_at_once_each_turn_is_a_message_of_its_own(table: Table):
    table.begins(method="consultancy")
    while "De groep praat" not in table.card().text:
        table.moves_on(table.anna)
    card = table.card()
    for person in (table.bram, table.celine):
        table.writes(person, f"Wat ik zie, zegt {person.name}.")
    first, second = in_thread(table, card)
    assert "Wat ik zie, zegt Bram." in str(first.blocks) and "Wat ik zie, zegt Céline." in str(second.blocks)


def test_a_long_reveal_goes_on_in_another_message_between_two_contributions():
    speaker = Speakers.load()["nl"]
    texts = [RevealedText(Mrkdwn("Anna"), "advies", f"{number:03}" + "x" * 900) for number in range(40)]
    posts = joint_posts(speaker, texts)
    assert len(posts) == 4
    for post in posts:
        check_message(post)
        assert str(post["blocks"][0]).count("Anna · advies") == 1, "each says whose words come first"
        assert len(str([block.get("text") for block in post["blocks"]])) < MOST_CHARACTERS * 1.2
    assert [f"{number:03}" in str(posts) for number in range(40)] == [True] * 40
    short = joint_posts(speaker, [RevealedText(Mrkdwn(f"P{number}"), "advies", "kort") for number in range(40)])
    assert [len(post["blocks"]) for post in short] == [40, 40]
    assert joint_posts(speaker, []) == []
    [first, *others] = joint_posts(speaker, [RevealedText(None, "advies", "woord\n" * 4000)])
    assert others and str([first, *others]).count("woord") == 4000


def reads_all(table: Table, person: Person) -> str:
    """What is read on the page behind *Meer…* and *Alles lezen*."""
    person.presses(table.card(), names.LEAD)
    person.presses(shown(person), names.READ_CASE)
    read = person.visible_text(shown(person)).replace("> ", "")
    while person.modal:
        person.closes(person.modal)
    return read


def test_all_that_can_be_read_is_on_one_page_the_latest_step_first(begun: Table):
    asks_and_reveals(begun)
    read = reads_all(begun, begun.dirk)
    lines = read.split("\n")
    assert lines.index("Wat hoopte je?") < lines.index(INTAKE["title"]) < lines.index(INTAKE["question"])
    assert INTAKE["story_happened"] in read and "Céline · verhelderende vraag" in read


def test_what_the_others_cannot_read_yet_is_not_on_that_page(begun: Table):
    begun.writes(begun.celine, "Wat hoopte je?")
    assert "Wat hoopte je?" not in reads_all(begun, begun.dirk) + reads_all(begun, begun.anna)


def test_where_nothing_can_be_read_there_is_no_button_to_it(begun: Table):
    begun.anna.presses(begun.opens_more(begun.anna), "case_stop_pressed")
    begun.anna.presses(shown(begun.anna), "case_wipe_pressed")
    assert "Alles lezen" not in begun.anna.visible_text(shown(begun.anna))


def test_once_a_case_is_over_it_can_still_be_read_as_a_page(begun: Table):
    asks_and_reveals(begun)
    begun.forges(begun.anna, "case_stop_pressed", begun.case)
    begun.dirk.presses(begun.opens_case_page(begun.dirk, begun.closing), "Alles lezen")
    read = begun.dirk.visible_text(shown(begun.dirk))
    assert INTAKE["title"] in read and "Wat hoopte je?" in read
