"""What buttons and forms about a circle carry is read again as it was written; what is forged is refused."""

from typing import Any

import pytest

from bot.circles.types import CirclePointer, read_circle_id
from bot.core.errors import Refusal
from bot.core.setting_fields import read_fields
from bot.digest.surfaces import DigestPage
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.surfaces import (
    MOST_CALENDARS,
    RHYTHM_FIELDS,
    CircleForm,
    RhythmForm,
    RhythmSettings,
    calendar_field_id,
    read_calendar_fields,
)

USUAL = RhythmSettings.of(Rhythm(), "Europe/Brussels")


def test_forms_and_pages_read_what_they_wrote() -> None:
    assert CirclePointer.from_value(CirclePointer(7).to_value()) == CirclePointer(7)
    for made in (CircleForm("C01"), RhythmForm(7), DigestPage(7, "2026-11")):
        assert type(made).from_metadata(made.to_metadata()) == made


@pytest.mark.parametrize("circle", [None, "7", True, 0, -1, 2**31, 7.0])
def test_a_circle_that_cannot_be_is_gone(circle: Any) -> None:
    with pytest.raises(Refusal, match=r"common\.gone"):
        read_circle_id({"circle": circle})


@pytest.mark.parametrize("value", ["", "-", "-1", "x", "²", "9" * 400, "0"])
def test_a_button_of_no_circle_is_gone(value: str) -> None:
    with pytest.raises(Refusal, match=r"common\.gone"):
        CirclePointer.from_value(value)


def test_a_form_without_an_id_of_its_own_gets_one() -> None:
    made = [RhythmForm.from_metadata({"circle": 7, "form": form}) for form in (None, 5, "", "x" * 65)]
    assert len({form.form for form in made}) == 4


def test_a_form_without_a_field_keeps_the_value_and_one_that_nobody_can_choose_is_never_valid() -> None:
    assert read_fields(USUAL, RHYTHM_FIELDS, {}) == USUAL
    sent = {"weekdays": ["4", "0", "9"], "weeks": "3", "clock": "later", "timezone": None, "moves": "no"}
    settings = read_fields(USUAL, RHYTHM_FIELDS, sent)
    assert settings.weekdays == (0, 4) and not settings.moves
    wrong = {one.name for one in RHYTHM_FIELDS if not one.is_valid(getattr(settings, one.name))}
    assert wrong == {"weeks", "clock", "timezone"}


def test_a_calendar_is_pasted_over_a_few_fields_at_most() -> None:
    pasted = {calendar_field_id(number): f"text {number}" for number in range(1, 3)}
    assert read_calendar_fields(USUAL, pasted).calendar == ("text 1", "text 2")
    larger = USUAL
    for _ in range(10):
        larger = larger.with_more_room()
    assert len(larger.calendar) == MOST_CALENDARS
