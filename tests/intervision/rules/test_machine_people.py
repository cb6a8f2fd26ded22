"""People leave, cases are stopped."""

from bot.intervision.rules.effects import RolesChanged
from bot.intervision.rules.machine import next_due_at
from tests.intervision.rules.actors import Table, gathered, method, on, refused, started


def test_the_owner_or_the_facilitator_stops_the_case_at_any_time():
    for who in ("anna", "bram"):
        table = started()
        table.céline.asks(id="why")
        getattr(table, who).stops()
        assert table.case.state == "stopped" and table.stopped_because == "stopped"
        assert next_due_at(table.case) is None
        assert "why" not in table.dirk.reads()


def test_a_peer_does_not_stop_it():
    table = started()
    with refused("not_your_role"):
        table.dirk.stops()


def test_stopping_while_inviting():
    table = gathered()
    table.anna.stops()
    assert table.case.state == "stopped"


def test_stopping_twice_does_nothing():
    table = started()
    table.anna.stops()
    table.anna.stops()
    assert table.latest == ()


def test_nothing_more_is_written_in_a_stopped_case():
    table = started()
    table.anna.stops()
    with refused("not_running"):
        table.céline.asks()
    table.comes("Fri", "17:00")
    assert table.latest == ()
    table.bram.presses_next("questions")
    assert table.latest == ()


def test_when_the_facilitator_leaves_the_bot_keeps_time():
    table = started()
    table.céline.asks(id="why")
    table.bram.leaves()
    assert table.latest == (RolesChanged(),)
    table.comes("Wed", "12:00")
    assert table.open == ["answers"]
    table.anna.answers("why")
    table.anna.presses_next("advice")
    assert table.open == ["closing"]


def test_what_somebody_wrote_stays_when_they_leave_and_the_others_do_not_wait():
    table = started()
    table.céline.asks(id="why")
    table.bram.passes("questions")
    table.dirk.leaves()
    assert table.open == ["answers"]
    table.céline.leaves()
    assert "why" in table.posted


def test_when_the_owner_leaves_the_case_ends():
    table = started()
    table.anna.leaves()
    assert table.stopped_because == "owner_left"


def test_when_the_last_peer_leaves_the_case_ends():
    table = started()
    for person in (table.bram, table.céline, table.dirk):
        assert table.case.state == "running"
        person.leaves()
    assert table.stopped_because == "too_few"


def test_a_peer_who_leaves_while_the_case_invites_makes_room():
    table = Table(method(group={"min": 3, "max": 3}))
    table.bram.joins()
    table.céline.joins()
    table.bram.leaves()
    table.dirk.joins()
    table.anna.starts()
    assert table.open == ["questions"]


def test_leaving_twice_or_without_being_in_does_nothing():
    table = started()
    table.dirk.leaves()
    table.dirk.leaves()
    assert table.latest == ()


def test_leaving_a_case_that_is_over_changes_nothing():
    table = started()
    table.anna.stops()
    table.dirk.leaves()
    assert table.latest == ()


def test_when_everybody_left_is_done_at_night_the_reveal_waits_too():
    table = started()
    table.céline.asks()
    table.bram.passes("questions")
    table.now = on("Mon", "20:00")
    table.dirk.leaves()
    assert next_due_at(table.case) == on("Tue", "8:00")


def test_who_left_or_never_came_reads_nothing():
    table = started()
    table.dirk.leaves()
    assert "story-1" in table.céline.reads()
    assert table.dirk.reads() == []
