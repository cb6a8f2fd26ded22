"""Half an emoji, which can be neither stored nor sent, becomes a sign that stands for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import mend_text


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("Half \ud83d emoji", "Half \ufffd emoji"),
        ("\ude00", "\ufffd"),
        ("Op het einde \ud83d", "Op het einde \ufffd"),
        ("\ud83d\ud83d\ude00", "\ufffd😀"),
        ("\ufeffBegin, en 😀", "\ufeffBegin, en 😀"),
        ("", ""),
    ],
)
def test_only_half_an_emoji_is_replaced(typed: str, mended: str):
    assert mend_text(typed) == mended


@given(st.text())
def test_what_can_be_sent_stays_as_it_is(text: str):
    assert mend_text(text) == text


@given(st.text(st.characters(categories=["L", "Cs"])))
def test_whatever_was_typed_can_be_sent(text: str):
    mend_text(text).encode()
