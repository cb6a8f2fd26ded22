"""The ticks go on whatever is done to the clock of the machine."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from threading import get_ident

import pytest
from apscheduler.job import Job as ApschedulerJob

from schedules.scheduler import Every, Scheduler
from tests.app.waiting import until
from tests.world import World

YEAR = timedelta(days=365)


class SetClock(datetime):
    """The clock of this machine, which somebody sets."""

    off = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + cls.off


class Metronome:
    """A scheduler whose ticks do nothing but count; `sets(by)` sets the clock of its machine."""

    def __init__(self, world: World, every: float) -> None:
        self.ticks: list[int] = []
        self.scheduler = Scheduler(world.bot, timedelta(seconds=every))
        assert self.scheduler._tick
        self.scheduler._tick._run = lambda: self.ticks.append(get_ident())
        self.scheduler.start()

    def sets(self, **by: float) -> None:
        SetClock.off = timedelta(**by)

    def ticks_on(self, *, within: float = 20.0) -> None:
        """It ticks, and ticks again."""
        now = len(self.ticks)
        until(lambda: len(self.ticks) >= now + 2, "it ticks on", timeout=within)


@pytest.fixture
def metronome(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Metronome]:
    for module in ("apscheduler.schedulers.base", "bot.core.clocks"):
        monkeypatch.setattr(f"{module}.datetime", SetClock)
    metronome = Metronome(world, every=0.2)
    metronome.ticks_on()
    yield metronome
    metronome.sets()
    metronome.scheduler.stop()


def test_it_ticks_on_while_the_clock_is_two_hours_back_and_when_it_is_right_again(metronome: Metronome):
    metronome.sets(hours=-2)
    metronome.ticks_on()
    metronome.sets()
    metronome.ticks_on()


@pytest.mark.parametrize("by", [{"seconds": -1}, {"minutes": -5}, {"days": -400}, {"days": 365}, {"days": 9999}])
def test_it_ticks_on_after_any_step_and_back(metronome: Metronome, by: dict[str, float]):
    metronome.sets(**by)
    metronome.ticks_on()
    metronome.sets()
    metronome.ticks_on()


def test_health_sees_steady_seconds_and_not_the_clock(metronome: Metronome):
    metronome.sets(days=365)
    metronome.ticks_on()
    assert metronome.scheduler.tick_age() < timedelta(seconds=20)


def test_a_year_ahead_is_one_tick_and_costs_no_memory():
    every = timedelta(seconds=0.2)
    now = datetime(2026, 12, 1, tzinfo=UTC)
    job = ApschedulerJob.__new__(ApschedulerJob)
    job.next_run_time, job.trigger = now, Every(every)
    tracemalloc.start()
    try:
        runs = job._get_run_times(now + YEAR)
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()
    assert runs == [now]
    assert job.trigger.get_next_fire_time(now, now + YEAR) == now + YEAR + every


def test_a_year_ahead_brings_no_burst_of_ticks(metronome: Metronome):
    before = len(metronome.ticks)
    metronome.sets(days=365)
    metronome.ticks_on()
    assert len(metronome.ticks) - before < 15


def test_a_process_without_ticks_asks_slack_and_has_no_tick_that_is_late(world: World):
    scheduler = Scheduler(world.bot, None)
    assert [job.name for job in scheduler._jobs] == ["ask Slack"]
    assert scheduler.tick_age() == timedelta()
