"""For each reason not to be ready: the fault shows, in words, and is gone once it is mended."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event, text

from app import reasons
from app.health import Health
from app.reasons import REASONS, HealthReason, Parts
from app.timed import TimedLook
from app.waiting_jobs import WaitingJobs
from db.clock import process_clock
from playground.faults.kinds import Fault
from playground.faults.plan import FaultRule
from schedules.scheduler import Scheduler
from schedules.slack_check import ask_slack
from schedules.workers import WorkerPool
from tests.outbox.test_sending import queue
from tests.world import World

KEYS = [reason.key for reason in REASONS]
HERE = Path(__file__)


class House:
    """A circle's bot with the parts of a process, and what its health says."""

    def __init__(self, world: World) -> None:
        world.sets_up()
        self.world, self.bot, self.faults = world, world.bot, world.workspace.faults
        self.socket = SimpleNamespace(connected=True, reason=None)
        self.workers = WorkerPool(self.bot.outbox_worker, Event())
        self.scheduler = Scheduler(self.bot, timedelta(seconds=15))
        database = self.bot.services.database
        waiting = WaitingJobs(database, process_clock(database, world.elapsed))
        self.health = Health(Parts(self.bot, self.workers, self.scheduler, self.socket, waiting))  # type: ignore[arg-type]
        self.workers.start()

    def says(self) -> dict[str, str]:
        """What it says now, and not what it said a moment ago."""
        looks: list[Any] = [*self.health._looks.values(), self.health._jobs, self.health._oldest]
        for look in looks:
            look._found_at = float("-inf")
        return self.health.problems()

    def page(self) -> str:
        """The page of metrics."""
        self.says()
        return self.health.render_metrics().decode()


@pytest.fixture
def house(world: World) -> Iterator[House]:
    house = House(world)
    assert house.says() == {}
    yield house
    house.workers.stop()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """By how many steady seconds it is later than it was."""
    passed = [0.0]
    for module in ("schedules.scheduler", "app.waiting_jobs"):
        monkeypatch.setattr(f"{module}.monotonic", lambda: monotonic() + passed[0])
    return passed


def test_ready_says_database_while_another_program_holds_it_and_whoever_asks_need_not_wait(house: House):
    holder = house.bot.services.database.engine.connect()
    holder.execute(text("UPDATE workspace SET bot_id = bot_id"))
    began = monotonic()
    assert house.says()["database"] in (reasons.NO_ANSWER, reasons.CANNOT_WRITE)
    assert monotonic() - began < 20, "the database itself would be waited for longer"
    assert "klankbord_database_up 0.0" in house.page()
    holder.close()
    house.health._looks["database"].result(monotonic() + 10)
    assert house.says() == {}
    assert "klankbord_database_up 1.0" in house.page()


def test_ready_says_database_where_it_may_only_be_read(house: House):

    def only_reads(connection: Any, *_: object) -> None:
        alone = house.bot.services.database.is_ours_alone
        only = "PRAGMA query_only=ON" if alone else "SET default_transaction_read_only = on"
        connection.execute(only)
        connection.commit()

    engine = house.bot.services.database.engine
    engine.dispose()
    event.listen(engine, "connect", only_reads)
    assert house.says() == {"database": "cannot be written: its disk is full, or it may only be read"}
    event.remove(engine, "connect", only_reads)
    engine.dispose()
    assert house.says() == {}


def test_ready_says_disk_when_little_is_free(house: House, monkeypatch: pytest.MonkeyPatch):
    if not house.bot.services.database.is_ours_alone:
        pytest.skip("the disk of PostgreSQL is not ours to see")
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=120_000_000))
        assert house.says() == {"disk": "has only 120 MB left for the database"}
        assert "klankbord_disk_free_bytes 1.2e+08" in house.page()
    assert house.says() == {}


@pytest.mark.parametrize("fault", [Fault.BROKEN_BEFORE, Fault.HTML_BEFORE, Fault.RESET_BEFORE, Fault.LIMITED])
def test_ready_says_slack_when_it_gives_no_good_answer(house: House, fault: Fault):
    ask_slack(house.bot)
    house.faults.adds(FaultRule(fault))
    for _ in range(5):
        house.world.elapsed.move(timedelta(seconds=10))
        ask_slack(house.bot)
    assert house.says()["slack"] == "has given no good answer for 50 seconds"
    house.faults.stop()
    ask_slack(house.bot)
    assert "slack" not in house.says()


@pytest.mark.parametrize("fault", [Fault.TOKEN_REVOKED, Fault.INVALID_AUTH])
def test_ready_says_token_in_a_quiet_night_when_it_is_revoked(house: House, fault: Fault):
    ask_slack(house.bot)
    house.faults.adds(FaultRule(fault))
    house.world.elapsed.move(timedelta(seconds=31))
    ask_slack(house.bot)
    assert house.says()["token"] == f"is refused by Slack ({fault.name.lower()})"
    house.world.elapsed.move(timedelta(seconds=31))
    assert "slack" not in house.says()
    house.faults.stop()
    ask_slack(house.bot)
    assert house.says() == {}


def test_ready_says_scopes_with_method_and_scope_until_it_is_granted(house: House):
    house.faults.adds(FaultRule(Fault.MISSING_SCOPE, methods=("users.info",), value="users:read"))
    house.bot.people.look_up_person(house.world.bram.id, None, house.world.calendar())
    assert house.says() == {"scopes": "are missing for users.info (users:read)"}
    ask_slack(house.bot)
    assert "scopes" in house.says()
    house.faults.stop()
    ask_slack(house.bot)
    assert house.says() == {}


def test_ready_says_outbox_when_nobody_sends_it(house: House):
    house.workers.stop()
    assert house.says() == {"outbox": "is not being sent"}
    house.health._parts = Parts(
        **{**vars(house.health._parts), "workers": WorkerPool(house.bot.outbox_worker, Event())}
    )
    house.workers = house.health._parts.workers
    house.workers.start()
    healed = Health(house.health._parts)
    assert healed.problems() == {}


def test_ready_says_waiting_when_a_job_that_could_go_stays(house: House, later: list[float]):
    house.workers.stop()
    queue(house.world, "Een bericht")
    house.world.elapsed.move(timedelta(seconds=30))
    assert "waiting" not in house.says()
    later[0] += 15
    house.world.elapsed.move(timedelta(seconds=15))
    assert house.says()["waiting"] == "has a job that could have been sent 45 seconds ago"
    assert "klankbord_outbox_oldest_waiting_seconds 45.0" in house.page()
    assert 'klankbord_outbox_jobs{state="waiting"} 1.0' in house.page()
    house.world.settles()
    assert "waiting" not in house.says()


def test_waiting_for_a_turn_in_a_busy_channel_is_no_reason(house: House, later: list[float]):
    house.workers.stop()
    queue(house.world, *(f"Bericht {number}" for number in range(9)))
    for _ in range(5):
        house.world.elapsed.move(timedelta(seconds=15))
        later[0] += 15
        assert "waiting" not in house.says()
        assert house.bot.outbox_worker.send_one()


def test_ready_says_failed_with_how_many_until_they_are_dropped(house: House):
    house.world.workspace.channels[house.world.circle.id].is_archived = True
    house.workers.stop()
    queue(house.world, "Een bericht")
    house.world.settles()
    assert house.says()["failed"] == "has 1 failed job: main.py outbox list says why"
    assert 'klankbord_outbox_jobs{state="failed"} 1.0' in house.page()
    house.world.workspace.channels[house.world.circle.id].is_archived = False
    house.world.elapsed.move(timedelta(minutes=1))
    house.world.settles()
    assert "failed" not in house.says()


def test_ready_says_clock_when_it_differs_from_slacks(house: House):
    house.faults.adds(FaultRule(Fault.CLOCK_SKEWED, seconds=-300))
    house.world.elapsed.move(timedelta(seconds=31))
    ask_slack(house.bot)
    assert house.says() == {"clock": "is 5 minutes ahead of Slack's"}
    assert "klankbord_clock_skew_seconds 300.0" in house.page()
    house.faults.stop()
    house.world.elapsed.move(timedelta(seconds=31))
    ask_slack(house.bot)
    assert house.says() == {}


def test_ready_says_connection_with_its_reason(house: House):
    house.socket.connected, house.socket.reason = False, "invalid_auth"
    assert house.says() == {"connection": "is closed, and is being opened again: invalid_auth"}
    assert "klankbord_connection_up 0.0" in house.page()
    house.socket.connected = True
    assert house.says() == {}


def test_ready_says_metronome_when_no_tick_ends(house: House, later: list[float]):
    later[0] += 44
    assert "metronome" not in house.says()
    later[0] += 2
    assert house.says()["metronome"].startswith("has not ticked for 4")
    assert house.scheduler._tick
    house.scheduler._tick.run()
    assert "metronome" not in house.says()


@pytest.mark.parametrize("key", KEYS)
def test_every_reason_has_a_story_here_and_an_entry_for_operators(key: str):
    assert f"def test_ready_says_{key}_" in HERE.read_text(encoding="utf-8")
    page = (HERE.parents[2] / "docs/operators.md").read_text(encoding="utf-8")
    entries = re.findall(r"^\| `([a-z]+)` \| [^|]{20,} \| [^|]{20,} \|$", page, re.MULTILINE)
    assert key in entries
    assert set(entries) <= set(KEYS)


def test_a_check_that_hangs_holds_up_no_other_and_is_asked_once(house: House):
    let_go, asked = Event(), []

    def hangs(_: Parts) -> str | None:
        asked.append("asked")
        let_go.wait(30)
        return None

    reason, fine = HealthReason("database", hangs, "does not answer"), HealthReason("disk", lambda _: "has little left")
    health = Health(house.health._parts, [reason, fine])
    began = monotonic()
    assert health.problems() == {"database": "does not answer", "disk": "has little left"}
    assert health.problems()["database"] == "does not answer"
    assert monotonic() - began < 20
    assert asked == ["asked"]
    let_go.set()
    health._looks["database"].result(monotonic() + 10)
    assert health.problems() == {"disk": "has little left"}


def test_a_moment_later_the_same_answer_is_used_again():
    looked: list[int] = []
    look = TimedLook("look", lambda: looked.append(1), None)
    for _ in range(3):
        look.begin()
        look.result(monotonic() + 10)
    assert len(looked) == 1


def test_the_log_says_once_what_came_and_what_went(house: House, caplog: pytest.LogCaptureFixture):
    house.socket.connected = False
    house.says()
    house.health.log_changes()
    house.health.log_changes()
    house.socket.connected = True
    house.says()
    house.health.log_changes()
    assert caplog.messages == [
        "not ready: connection is closed, and is being opened again",
        "connection is well again",
    ]


def test_no_label_of_a_metric_has_a_value_that_somebody_chose(house: House):
    house.bot.slack_answers.note_other("made.up", "uncertain")
    house.bot.metrics.ignore_event("made_up", "made_up")
    house.bot.metrics.ignore_event(None, {"odd": 1})
    page = house.page()
    assert "made" not in page and "odd" not in page
    assert 'klankbord_slack_answers_total{meaning="uncertain",method="other"} 1.0' in page
    assert 'klankbord_ignored_events_total{subtype="other",type="other"} 2.0' in page
    assert 'klankbord_problem{reason="clock"} 0.0' in page
    house.world.celine.commands(house.world.circle, "/klankbord", "help")
    assert "klankbord_ack_seconds_count" in house.page()
