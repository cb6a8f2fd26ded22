"""A text over several fields and back, and what there is nothing to read in."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.parts import is_blank, join_fields, split_into_fields


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b", "\u200f\u200e", "\u00a0", "\u2028"])
def test_there_is_nothing_to_read(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "🙂", "👩‍👩‍👧", ".", "\u200fש"])
def test_there_is_something_to_read(text: str) -> None:
    assert not is_blank(text)


def test_fields_left_blank_say_nothing() -> None:
    assert join_fields(["een", "  ", "twee", ""]) == "een\n\ntwee"


@example(["a\n", "a" * 30])
@given(st.lists(st.text(alphabet="ab \n", max_size=30), min_size=1, max_size=6))
def test_whatever_was_written_comes_back_to_be_changed(written: list[str]) -> None:
    text = join_fields(written)
    fields = split_into_fields(text, longest=30)
    assert all(len(field) <= 30 for field in fields)
    assert "\n\n".join(fields) == text
