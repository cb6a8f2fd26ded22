"""Lengths of time, as a protocol's author writes them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.window import Window

windows = st.builds(Window, half_days=st.integers(0, 1998)) | st.builds(
    lambda seconds: Window(plain=timedelta(seconds=seconds)), st.integers(0, 999_999)
)


@given(windows)
def test_what_is_written_reads_back_the_same(window: Window) -> None:
    assert Window.parse(str(window)) == window


@pytest.mark.parametrize(("text", "days"), [("P0D", 0), ("P0.5D", 0.5), ("P1D", 1), ("P1.5D", 1.5), ("P10D", 10)])
def test_working_days_come_in_halves(text: str, days: float) -> None:
    assert Window.parse(text).working_days == days


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("PT5M", timedelta(minutes=5)),
        ("PT48H", timedelta(hours=48)),
        ("PT1H30M", timedelta(minutes=90)),
        ("PT20S", timedelta(seconds=20)),
    ],
)
def test_plain_time_counts_hours_minutes_and_seconds(text: str, plain: timedelta) -> None:
    assert Window.parse(text).plain == plain


@pytest.mark.parametrize("text", ["", "2", "2 days", "P2", "PT", "P1.3D", "P1DT2H", "-P1D", "P1W", "p1d"])
def test_anything_else_is_told_how_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match=r'no length of time; write working days as "P2D"'):
        Window.parse(text)
