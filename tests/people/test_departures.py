"""People who left get nothing any more, also where no event said that they left."""

from datetime import timedelta

import pytest

from playground.people import Person
from tests.intervision.actors import INTAKE, Table
from tests.world import World


@pytest.fixture
def table(world) -> Table:
    world.sets_up()
    return Table(world)


def unheard(world: World, happens) -> None:
    """This happens in Slack, and no event comes."""
    subscribed, world.workspace.subscribed_events = world.workspace.subscribed_events, set()
    happens()
    world.workspace.subscribed_events = subscribed


def writes(table: Table, person: Person) -> str:
    """What somebody reads after pressing "write" on the latest card."""
    return table.forges(person, "contribution_pressed", f"{table.case}:exploring")


def test_whoever_left_the_circle_gets_no_form_of_its_cases(table: Table, world: World):
    table.begins()
    world.bram.leaves(world.circle)
    world.settles()

    assert "kring waar je niet in zit" in writes(table, world.bram)


def test_whoever_left_the_cases_channel_without_an_event_gets_no_form_and_is_then_known_to_have_left(
    table: Table, world: World
):
    room = table.begins()
    unheard(world, lambda: world.bram.leaves(room))
    world.passes(hours=7)

    assert "een casus waar je niet aan meedoet" in writes(table, world.bram)


def test_a_member_who_left_meanwhile_sends_no_open_form(table: Table, world: World):
    table.begins()
    form = table.opens(world.bram)
    field = next(b["block_id"] for b in form.blocks if b.get("block_id", "").startswith("text:"))
    world.bram.fills(form, {field: "Wanneer begon het?"})
    world.bram.leaves(world.circle)
    world.settles()

    sent = world.bram.submits(form)

    assert "kring waar je niet in zit" in " ".join((sent.errors or {}).values())
    assert not world.anna.sees("Wanneer begon het?")


def test_a_missed_departure_from_the_circle_is_noticed_within_hours(table: Table, world: World):
    unheard(world, lambda: world.dirk.leaves(world.circle))
    world.dirk.opens_home()
    world.settles()
    assert "coaching-en-co" in world.dirk.visible_text(world.dirk.home)

    world.passes(hours=7)

    world.dirk.opens_home()
    world.settles()
    assert "Zo begin je." in world.dirk.visible_text(world.dirk.home)


def test_a_missed_closing_of_an_account_is_noticed_within_a_day_and_the_others_go_on(table: Table, world: World):
    table.brings(world.anna)
    table.joins(world.bram, world.celine, world.dirk)
    unheard(world, lambda: world.workspace.deactivates(world.dirk))
    assert f"<@{world.dirk.id}>" in str(table.owners_page().blocks)

    world.passes(hours=26)

    assert f"<@{world.dirk.id}>" not in str(table.owners_page().blocks)


def test_a_case_that_looks_for_people_ends_when_its_owner_leaves_the_circle(table: Table, world: World):
    table.brings(world.bram)
    table.joins(world.celine)
    world.bram.leaves(world.circle)
    world.settles()

    assert "ging niet door" in world.anna.visible_text(table.invitation)
    assert "gaat niet door. Een nieuwe inbrengen kan altijd" in world.bram.visible_text(table.owners_page())


def test_whoever_leaves_the_circle_is_not_counted_for_a_case_that_has_still_to_begin(table: Table, world: World):
    table.brings(world.anna)
    table.joins(world.bram, world.celine)
    unheard(world, lambda: world.bram.leaves(world.circle))
    world.passes(hours=7)

    assert f"<@{world.bram.id}>" not in str(table.owners_page().blocks)
    assert f"<@{world.celine.id}>" in str(table.owners_page().blocks)


def test_no_case_begins_with_a_guest_and_one_that_runs_goes_on(table: Table, world: World):
    table.begins()
    running = table.case
    world.passes(hours=1)
    table.brings(world.bram)
    table.joins(world.celine)
    world.workspace.changes_account(world.bram, is_guest=True)
    world.settles()

    assert "ging niet door" in world.anna.visible_text(table.invitation)
    assert "Verkennen" in table.forges(world.bram, "contribution_pressed", f"{running}:exploring")


def test_while_the_bot_is_away_from_a_circle_it_says_so(table: Table, world: World):
    table.brings(world.anna)
    invitation = table.invitation
    world.anna.kicks(world.circle, world.workspace.bot)
    world.settles()

    assert "Ik ben niet meer in het kanaal van deze kring" in table.presses(world.dirk, invitation, "case_join_pressed")


def test_whoever_went_while_the_bot_was_away_is_not_counted_as_present(table: Table, world: World):
    world.anna.kicks(world.circle, world.workspace.bot)
    world.dirk.leaves(world.circle)
    world.anna.invites(world.circle, world.workspace.bot)
    world.settles()

    world.dirk.opens_home()
    world.settles()
    assert "Zo begin je." in world.dirk.visible_text(world.dirk.home)


def test_a_case_goes_on_where_the_bot_was_taken_out_of_its_circle(table: Table, world: World):
    table.begins()
    world.anna.kicks(world.circle, world.workspace.bot)
    world.settles()

    assert "Bewaard" in table.writes(world.bram, "Wanneer begon het?")


def test_whoever_leaves_a_running_case_reads_along_no_longer(table: Table, world: World):
    room = table.begins()
    assert world.dirk.sees(INTAKE["question"])

    said = table.forges(world.dirk, "case_leave_pressed", table.case)

    assert "haal ik je eruit" in said
    assert room.name not in [channel.name for channel in world.dirk.channels()]
    assert room.name in [channel.name for channel in world.bram.channels()]


def test_leaving_before_it_begins_takes_nobody_out_of_anything(table: Table, world: World):
    table.brings(world.anna)
    table.joins(world.bram)
    table.forges(world.bram, "case_leave_pressed", table.case)
    assert not [call for call in world.workspace.calls if call.method == "conversations.kick"]


def test_looking_again_stays_within_what_slack_answers(table: Table, world: World):
    before = len(world.workspace.calls)
    world.passes(days=1)
    asked = [call.method for call in world.workspace.calls[before:]]
    assert asked.count("users.info") <= 2 * len(world.cast)
    assert asked.count("conversations.members") <= 4


def test_a_look_in_the_middle_of_joining_counts_nobody_as_gone(table: Table, world: World):
    table.begins()
    world.calendar.move(timedelta(hours=6))
    world.settles()
    assert "Bewaard" in table.writes(world.bram, "Wanneer begon het?")
