"""Words of a step that live shorter than their case; how to write in a step; and one of each kind."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import CaseRow, ContributionRow, Remark
from demo.world import has_button
from tests.intervision.actors import Table, fields_of
from tests.intervision.own_method import around, method, step
from tests.world import World

METHOD = method(
    "roddelen",
    step("story", who=["owner"], kinds=["case_story"], reveal="immediate"),
    step("gossip", who=["peer"], kinds=["hypothesis"], owner="listens", addressing="third_person", keep="P1D"),
    step("replies", who=["owner"], kinds=["reaction"], about={"steps": ["gossip"]}, reveal="immediate", window="P5D"),
    step("last", who=["owner"], kinds=["reaction", "commitment"], reveal="immediate", per_person={"min": 2, "max": 2}),
)


@pytest.fixture
def gossip(world: World, tmp_path: Path) -> Table:
    table = around(world, tmp_path, METHOD)
    table.begins(method="roddelen")
    return table


@pytest.fixture
def replied(gossip: Table) -> Table:
    """Gossip was written and typed about, and Anna replied to some of it."""
    gossip.lives_through(_talks_and_replies)
    return gossip


def _talks_and_replies(gossip: Table) -> None:
    gossip.bram.says(gossip.room, "Terzijde van Bram", thread=gossip.card())
    gossip.writes(gossip.bram, "Ze is bang voor stilte.")
    gossip.writes(gossip.celine, "Ze wil gezien worden.")
    gossip.passes(gossip.dirk)
    gossip.world.until(gossip.world.calendar().replace(hour=21, minute=30))
    gossip.answers(gossip.anna, {"Ze is bang voor stilte.": "Dat klopt."})


def test_the_page_behind_more_and_the_form_say_how_to_write_and_how_long_it_stays(gossip: Table):
    for opens in (gossip.opens_more, gossip.opens):
        told = gossip.bram.visible_text(opens(gossip.bram))
        gossip.bram.closes()
        assert "over de inbrenger, niet tegen de inbrenger" in told
        assert "wis ik één werkdag na deze stap" in told


def test_each_step_says_that_only_you_can_delete_in_slack_what_you_typed(gossip: Table):
    only_you = "Wat je zelf in de draad typt, kan in Slack alleen jij verwijderen."
    assert only_you in gossip.bram.visible_text(gossip.opens_more(gossip.bram))
    gossip.bram.closes()
    replies = _until_anna_replies(gossip)
    assert "na deze stap" not in replies and only_you in replies


def _until_anna_replies(gossip: Table) -> str:
    """What is behind *Meer…* in the next step, whose words live as long as the case."""
    _talks_and_replies(gossip)
    return gossip.bram.visible_text(gossip.opens_more(gossip.bram))


def test_after_its_time_a_step_is_wiped_here_and_in_slack_and_the_rest_stays(replied: Table):
    assert replied.reads(replied.dirk).count("Ze is bang voor stilte.") == 2, "said once, quoted once"
    with replied.world.bot.services.database.reading() as session:
        due = session.scalars(select(CaseRow.wipe_at)).one()
    assert due is not None
    replied.world.calendar.move(due - replied.world.calendar() - timedelta(minutes=1))
    replied.world.settles()
    assert "Ze wil gezien worden." in replied.reads(replied.dirk)
    replied.world.calendar.move(timedelta(minutes=2))
    replied.world.settles()
    read = replied.reads(replied.dirk)
    assert "Ze is bang voor stilte." not in read and "Ze wil gezien worden." not in read
    assert "Dat klopt." in read and "rond, de teksten zijn gewist" in read
    assert "Terzijde van Bram" in read and read.count("Ieder kan eigen berichten verwijderen") == 1
    with replied.world.bot.services.database.reading() as session:
        left = {each.step: each.words for each in session.scalars(select(ContributionRow)) if each.kind != "pass"}
        assert left["gossip"] is None and left["replies"] and left["story"]
        assert session.scalars(select(Remark.words)).all() == [None]
        assert session.scalars(select(CaseRow.wipe_at)).one() is None
    form = replied.opens(replied.anna)
    assert "Ze wil" not in replied.anna.visible_text(form)
    assert not [call for call in replied.world.workspace.calls if call.error]


def test_a_step_that_asks_one_of_each_kind_has_a_place_for_each(replied: Table):
    replied.world.passes(hours=12)
    card = next(m for m in reversed(replied.anna.messages(replied.room)) if has_button(m, "contribution_pressed"))
    form = replied.opens(replied.anna, card)
    assert [name for name in fields_of(form) if name.startswith("text:")] == ["text:new-1:0", "text:new-2:0"]
    replied.anna.fills(form, {"text:new-1:0": "Dit raakte me.", "text:new-2:0": "Ik wacht tien tellen."})
    replied.sends(replied.anna)
    read = replied.reads(replied.dirk)
    assert "Anna · reactie" in read and "Anna · voornemen" in read
