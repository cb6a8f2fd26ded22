"""What a journal shows, and finds."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.journal import rules as journal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("search", "found"),
    [("stilte", True), ("STILTE helpt", True), ("helpt stilte", True), ("celine", True), ("geduld", False), ("", True)],
)
def test_a_search_finds_every_word_whatever_its_capitals_and_accents(search: str, found: bool) -> None:
    assert journal.matches_search("Céline zei: stilte helpt.", search) is found


def test_an_excerpt_is_one_line_of_whole_words() -> None:
    assert journal.excerpt("kort\n\nen goed") == "kort en goed"
    long = journal.excerpt("woord " * 100)
    assert len(long) <= 202 and long.endswith("woord …")
    assert journal.excerpt("x" * 500) == "x" * 200 + " …"


@pytest.mark.parametrize(("days", "is_then"), [(354, False), (356, True), (365, True), (374, True), (376, False)])
def test_a_year_ago_is_ten_days_about_it(days: int, is_then: bool) -> None:
    begins, ends = journal.a_year_ago(NOW)
    assert (begins <= NOW - timedelta(days=days) < ends) is is_then


def test_the_nearest_to_a_year_ago() -> None:
    assert journal.nearest_to_a_year_ago([NOW - timedelta(days=days) for days in (356, 364, 371)], NOW) == 1


def test_one_can_choose_the_last_months_and_every_year_since_the_first_entry() -> None:
    keys = [period.key for period in journal.periods_to_choose(date(2026, 11, 23), date(2024, 5, 1))]
    assert keys[:2] == ["2026-11", "2026-10"]
    assert keys[6:] == ["2026-2027", "2025-2026", "2024-2025", "2023-2024"]
    assert journal.periods_to_choose(date(2026, 11, 23), date(2026, 11, 2))[0].key == "2026-11"
    assert [p.key for p in journal.periods_to_choose(date(2026, 7, 1), date(2026, 6, 30))] == [
        "2026-07",
        "2026-06",
        "2025-2026",
    ]
