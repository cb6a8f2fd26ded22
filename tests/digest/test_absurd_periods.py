"""Periods that nobody lived yet, or that no calendar has: a plain line, with what to type."""

import pytest

from bot.core.periods import parse

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("period", ["9999-12", "9999-winter", "10000-01", "0000-01", "2026-13", "9" * 400, "2026-\x00"])
def test_what_is_no_period_says_what_one_looks_like(world, period):
    world.sets_up()
    world.anna.commands(world.circle, "/digest", period)
    assert "2026-11" in world.anna.visible_text(world.anna.modal)


@pytest.mark.parametrize("period", ["9999-11", "2030-01", "2027-2028", "9998-9999", "2027-lente"])
def test_what_is_still_to_come_says_so(world, period):
    world.sets_up()
    world.anna.commands(world.circle, "/digest", period)
    assert "moet nog beginnen" in world.anna.visible_text(world.anna.modal)


@pytest.mark.parametrize("period", ["9999-12", "9999-winter"])
def test_the_remedy_is_the_same_after_the_last_day_of_all_calendars(period):
    with pytest.raises(ValueError, match="is no period; write a month"):
        parse(period)
