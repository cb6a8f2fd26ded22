"""Messages with missing or odd fields: read as far as they say something, and never an error."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.listening.parsing import parse_message, parse_new_message
from playground.model import Message
from tests.listening.clients import reads_through
from tests.reflection.actors import held_up, kept
from tests.world import World

NOW = datetime(2026, 12, 1, tzinfo=UTC)
GOOD = {"user": "U1", "ts": "1790000000.000100", "text": "Dag &amp; welkom"}

odd = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()) | st.just({"ts": 1})
fields = st.sampled_from(
    ["user", "ts", "text", "subtype", "thread_ts", "files", "edited", "bot_id", "blocks"],
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(fields, odd))
def test_no_message_is_an_error(changed: dict[str, Any]):
    message = GOOD | changed
    for event in (parse_new_message("C1", message), parse_message("C1", message, NOW)):
        if event is not None:
            assert event.said_at.tzinfo and event.user.isascii()
            event.text.encode()


@pytest.mark.parametrize("missing", ["user", "ts"])
def test_without_a_writer_or_a_moment_nobody_said_it(missing: str):
    assert parse_new_message("C1", {name: value for name, value in GOOD.items() if name != missing}) is None
    assert parse_new_message("C1", GOOD | {missing: None}) is None


def test_a_message_without_text_is_a_message():
    event = parse_new_message("C1", GOOD | {"text": None, "files": [{"id": "F1"}]})
    assert event is not None and (event.text, event.files) == ("", 1)


def test_what_only_its_blocks_say_is_not_lost():
    line = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": "In "}, {"type": "text", "text": "stukjes"}],
    }
    listed = {"type": "rich_text_list", "elements": [line, line]}
    blocks = [{"type": "rich_text", "elements": [line, listed, None, {"elements": 7}]}, "odd"]
    event = parse_new_message("C1", GOOD | {"text": None, "blocks": blocks})
    assert event is not None and event.text == "In stukjes\nIn stukjes\nIn stukjes"


def test_half_an_emoji_is_mended():
    event = parse_new_message("C1", GOOD | {"text": "Half \ud83d"})
    assert event is not None and event.text == "Half \ufffd"


@pytest.mark.parametrize("edited", [None, [], {}, {"ts": None}, {"ts": "gisteren"}, {"ts": 17}])
def test_an_edit_without_a_moment_is_no_edit(edited: object):
    event = parse_message("C1", GOOD | {"edited": edited}, NOW)
    assert event is not None and event.kind == "new"


def test_odd_messages_on_a_page_hold_up_no_other(world: World, question: Message):
    odd_ones: list[Any] = [None, 7, "tekst", {}, {"ts": None, "user": "U1"}, {"ts": "x", "text": None}]
    reads_through(world, adds=odd_ones)
    with held_up(world):
        world.bram.says(world.circle, "Gewoon dit", thread=question)
    world.passes(hours=7)
    assert kept(world) == [("shared", "Gewoon dit")]
