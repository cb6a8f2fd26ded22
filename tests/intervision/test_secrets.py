"""What is held back is in no place where anybody else could read it before its time."""

import json

from sqlalchemy import select

from bot.intervision.form_surfaces import ContributionFormState
from db.models import CaseRow, ContributionRow, OutboxJob
from tests.intervision.actors import INTAKE, Table

SECRET = "Zeepaardje-7413"


def everything_sent(table: Table) -> str:
    """Every call the bot made to Slack, as text."""
    return json.dumps([call.args for call in table.world.workspace.calls], default=str, ensure_ascii=False)


def test_words_that_are_held_back_are_nowhere_until_the_step_is_complete(table: Table):
    table.begins(leads=table.bram)
    table.writes(table.bram, f"Over {SECRET}?")
    table.passes(table.celine)
    table.world.passes(hours=2)
    assert SECRET not in everything_sent(table)
    for person in table.world.cast:
        assert not person.sees(SECRET)
    assert SECRET not in table.celine.visible_text(table.opens(table.celine))
    table.celine.closes(table.celine.modal)
    assert "Nu aan de beurt: " in table.presses(table.anna, table.card(), "Schrijf")
    table.passes(table.dirk)
    assert table.anna.sees(SECRET)


def test_a_case_that_is_stopped_shows_nothing_that_was_held_back(table: Table):
    table.begins(leads=table.bram)
    table.writes(table.dirk, f"Over {SECRET}?")
    table.forges(table.bram, "case_stop_pressed", table.case)
    table.world.passes(days=5)
    assert "is vroeger gestopt" in table.reads(table.dirk)
    assert SECRET not in everything_sent(table)


def test_before_the_start_nobody_but_the_owner_has_the_story(table: Table):
    table.brings(table.anna)
    table.joins(table.bram, table.celine)
    for person in (table.bram, table.celine, table.dirk):
        assert not person.sees(INTAKE["title"]) and not person.sees(INTAKE["question"])
    table.bram.commands(table.world.circle, "/intervision", "mijn")
    page = table.bram.visible_text(table.bram.modal)
    assert "Vijfstappenmethode" in page and INTAKE["title"] not in page


def test_notifications_and_pointers_hold_no_word_of_a_case(table: Table):
    table.begins()
    table.writes(table.bram, f"Over {SECRET}?")
    for person in (table.celine, table.dirk):
        table.passes(person)
    table.answers(table.anna, {f"Over {SECRET}?": "Dat antwoord ik."})
    told = json.dumps([call.args.get("text", "") for call in table.world.workspace.calls])
    pointers = table.world.bot.cases.contributing.open_contribution_form(
        table.bram.id, ContributionFormState(table.case, "core"), table.world.calendar()
    )["private_metadata"]
    values = [block for call in table.world.workspace.calls for block in call.args.get("blocks") or []]
    buttons = json.dumps([e.get("value") for block in values for e in block.get("elements", ()) if "action_id" in e])
    for words in (SECRET, "Dat antwoord ik", *INTAKE.values()):
        assert words not in told and words not in pointers and words not in buttons


def test_at_rest_every_word_is_sealed_and_a_sent_errand_has_none(table: Table):
    table.begins()
    table.writes(table.bram, f"Over {SECRET}?")
    with table.world.bot.services.database.reading() as session:
        kept = [*session.scalars(select(CaseRow.words)), *session.scalars(select(ContributionRow.words))]
        assert all(blob and SECRET.encode() not in blob and b"lijstje" not in blob for blob in kept)
        assert not [body for body in session.scalars(select(OutboxJob.body).where(OutboxJob.state == "sent")) if body]
