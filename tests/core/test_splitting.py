"""Nothing is cut silently: whatever a person writes is shown whole, in pieces Slack takes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.parts import split
from bot.words.escaping import unescape

WRITTEN = st.text(alphabet=st.sampled_from("ab <>&\n🙂\u202eé"), max_size=300)


@given(WRITTEN, st.integers(min_value=5, max_value=60))
def test_the_pieces_are_the_text_and_fit(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert unescape("".join(pieces)) == text
    assert all(len(piece) <= limit for piece in pieces)


def test_twelve_thousand_characters_break_at_words() -> None:
    text = "woorden en nog meer woorden " * 430
    pieces = split(text)
    assert len(text) > 12_000 and "".join(pieces) == text
    assert all(piece.endswith(" ") for piece in pieces)


def test_one_endless_word_is_still_shown_whole() -> None:
    assert "".join(split("x" * 7000)) == "x" * 7000
