"""The end of a case's words."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import CaseRow, ContributionRow, OutboxJob, Remark
from tests.intervision.actors import INTAKE, Table, labels_on


@pytest.fixture
def ended(table: Table) -> Table:
    """A case in which was written, and that was stopped."""
    table.lives_through(_writes_and_stops)
    return table


def _writes_and_stops(table: Table) -> None:
    # The greeting is kept until it is verified.
    table.world.passes(minutes=2)
    table.begins(leads=table.bram)
    table.bram.says(table.room, "Een opmerking van Bram")
    table.writes(table.bram, "Wat deed je toen?")
    table.moves_on(table.bram)
    table.writes(table.anna, "Ik zweeg.")
    table.forges(table.anna, "case_stop_pressed", table.case)


def words_left(table: Table) -> list[bytes]:
    """Every sealed word of cases in the database, what waits to be sent included."""
    columns = (CaseRow.words, ContributionRow.words, Remark.words, OutboxJob.body)
    with table.world.bot.services.database.reading() as session:
        return [words for column in columns for words in session.scalars(select(column)) if words]


def test_the_last_card_says_what_happens_with_the_words(ended: Table):
    assert "De teksten blijven hier staan tot woensdag 9 december." in ended.reads(ended.celine)
    page = ended.opens_case_page(ended.celine, ended.closing)
    assert "Dan wis ik alles wat ik plaatste en bewaarde, en sluit ik dit kanaal." in ended.celine.visible_text(page)


def test_after_thirty_days_the_words_are_gone_here_and_in_slack(ended: Table):
    room = ended.room
    ended.world.calendar.move(timedelta(days=29))
    ended.world.settles()
    assert ended.celine.sees(INTAKE["title"]) and words_left(ended)
    ended.world.calendar.move(timedelta(days=1, hours=1))
    ended.world.settles()
    # What is posted is kept until it is verified.
    ended.world.passes(minutes=3)
    told = ended.celine.visible_text(room)
    assert not any(words in told for words in (INTAKE["title"], INTAKE["question"], "Wat deed je toen?", "Ik zweeg."))
    assert room.is_archived and words_left(ended) == []
    with ended.world.bot.services.database.reading() as session:
        row = session.scalars(select(CaseRow)).one()
        assert (row.state, row.protocol_key, row.forget_at) == ("stopped", "vijf_stappen", None)


def test_the_channel_closes_only_after_its_threads_are_emptied(ended: Table):
    room, world = ended.room, ended.world
    world.calendar.move(timedelta(days=31))
    world.bot.cases.forgetting.wipe_due_words(ended.case, world.calendar())
    with world.bot.services.database.writing() as session:
        for job in session.scalars(
            select(OutboxJob).where(OutboxJob.operation == "delete", OutboxJob.queue_key.contains("/"))
        ):
            job.not_before = world.elapsed() + timedelta(hours=1)
    world.bot.outbox_worker.send_all()
    was_archived = room.is_archived
    world.elapsed.move(timedelta(hours=2))
    world.settles()
    assert (was_archived, room.is_archived) == (False, True)
    assert "Ik zweeg." not in ended.celine.visible_text(room)


def test_the_owner_wipes_sooner_and_nobody_else(ended: Table):
    assert labels_on(ended.closing) == ["Wat neem je mee?", "Meer…"]
    assert labels_on(ended.opens_case_page(ended.bram, ended.closing)) == ["Alles lezen"]
    ended.bram.closes()
    room, page = ended.room, ended.opens_case_page(ended.anna, ended.closing)
    assert "wordt gewist" in ended.presses(ended.anna, page, "Wis nu")
    assert words_left(ended) == [] and room.is_archived
    assert "wordt gewist" in ended.forges(ended.anna, "case_wipe_pressed", ended.case)


def test_the_button_on_a_last_card_of_before_still_wipes_for_its_owner_alone(ended: Table):
    assert "Alleen de inbrenger" in ended.forges(ended.bram, "case_wipe_pressed", ended.case)
    assert ended.celine.sees(INTAKE["title"])
    assert "wordt gewist" in ended.forges(ended.anna, "case_wipe_pressed", ended.case)
    assert words_left(ended) == []


def test_a_running_case_is_not_wiped(table: Table):
    table.begins()
    assert "zodra de casus afgerond of gestopt is" in table.forges(table.anna, "case_wipe_pressed", table.case)
    assert table.bram.sees(INTAKE["title"])


def test_what_is_typed_after_the_wiping_is_not_kept(ended: Table):
    room = ended.room
    ended.world.calendar.move(timedelta(days=31))
    ended.world.settles()
    ended.bram.unarchives(room)
    ended.bram.says(room, "Nog iets")
    ended.world.passes(minutes=3)
    assert words_left(ended) == []
