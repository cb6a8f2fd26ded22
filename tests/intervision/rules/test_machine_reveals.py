"""What appears, when, and to whom."""

import pytest

from bot.intervision.rules.effects import (
    AuthorsForgotten,
    ContributionRemoved,
    HeldForOwner,
    Revealed,
    RevealedToOwner,
)
from tests.intervision.rules.actors import ADVICE, CLOSING, QUESTIONS, STORY, method, refused, started, step


def test_what_is_shown_at_once_is_posted_when_it_is_written():
    table = started(method(STORY, {**QUESTIONS, "reveal": "immediate"}, CLOSING))
    table.céline.asks(id="why")
    assert Revealed("questions", ("why",)) in table.latest
    table.céline.withdraws("why")
    assert ContributionRemoved("why", revealed=True) in table.latest


def test_held_back_questions_are_read_by_nobody_else_before_their_time():
    table = started()
    table.céline.asks(id="why")
    assert "why" in table.céline.reads()
    for person in (table.anna, table.bram, table.dirk):
        assert "why" not in person.reads()
    table.bram.presses_next("questions")
    for person in (table.anna, table.bram, table.dirk):
        assert "why" in person.reads()


def test_notes_for_the_owner_reach_only_the_owner():
    table = started(method(STORY, {**ADVICE, "reveal": "owner_only"}, CLOSING))
    table.céline.advises(id="tip")
    assert "tip" not in table.anna.reads()
    table.bram.presses_next("advice")
    assert RevealedToOwner("advice", ("tip",)) in table.latest
    assert "tip" in table.anna.reads() and "tip" not in table.dirk.reads()
    assert table.posted == ["story-1"]


def test_private_notes_stay_with_their_writer():
    table = started(method(STORY, {**ADVICE, "reveal": "private"}, CLOSING))
    table.céline.advises(id="note")
    table.bram.presses_next("advice")
    table.anna.writes("closing", "commitment")
    assert "note" in table.céline.reads()
    assert "note" not in table.anna.reads() + table.bram.reads() + table.dirk.reads()


@pytest.mark.parametrize("reveal", ["immediate", "simultaneous"])
def test_while_the_owner_is_away_the_others_read_along_and_nothing_is_posted(reveal: str):
    gossip = step("gossip", "peer", "hypothesis", reveal=reveal, owner="away", closes="window")
    table = started(method(STORY, gossip, CLOSING))
    table.céline.writes("gossip", "hypothesis", id="maybe")
    assert ("maybe" in table.dirk.reads()) is (reveal == "immediate")
    assert "maybe" not in table.anna.reads() and table.posted == ["story-1"]
    with refused("step_not_closed"):
        table.anna.is_ready("gossip")
    table.comes("Tue", "12:00")
    assert HeldForOwner("gossip", ("maybe",)) in table.latest
    assert "maybe" in table.dirk.reads() and "maybe" not in table.anna.reads()
    with refused("only_owner"):
        table.céline.is_ready("gossip")
    table.anna.is_ready("gossip")
    assert table.posted == ["story-1", "maybe"] and "maybe" in table.anna.reads()
    table.anna.is_ready("gossip")
    assert table.latest == ()


def test_hidden_names_are_forgotten_when_the_step_closes():
    table = started(method(STORY, {**ADVICE, "names": "hidden", "reveal": "immediate"}, CLOSING))
    table.dirk.advises(id="b")
    table.céline.advises(id="a")
    assert table.posted == ["story-1"]
    table.bram.passes("advice")
    assert AuthorsForgotten("advice") in table.latest
    assert Revealed("advice", ("a", "b")) in table.latest
    assert {(each.author, each.at) for each in table.wrote("advice")} == {(None, table.now)}
    assert not any(each.is_pass for each in table.case.contributions)
