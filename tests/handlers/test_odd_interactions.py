"""Presses and forms as nobody's Slack would send them: a plain word, nothing changed, and no request fails."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import BoltRequest, BoltResponse

from bot.core import names
from handlers.failures import answer_or_acknowledge
from playground.model import Json, View
from tests.forged_payloads import button, interaction
from tests.intervision.actors import Table, shown
from tests.reflection.actors import card, opens
from tests.world import World

pytestmark = pytest.mark.one_database

NAMES = {key: name for key, name in vars(names).items() if key.isupper() and isinstance(name, str)}
FORMS = sorted(name for key, name in NAMES.items() if key.endswith(("_FORM", "_PAGE", "_WINDOW", "OBJECTION")))
BUTTONS = sorted(set(NAMES.values()) - set(FORMS))
HUGE, DIGITS, HALF = 2**63, "9" * 5000, "half \ud83d"
KNOWN = ["circle", "round", "reflection", "case", "step", "new", "room", "leafed", "series", "journal", "of", "insight"]
KNOWN += [
    "export",
    "proposal",
    "channel",
    "ts",
    "purpose",
    "number",
    "theme",
    "id",
    "question",
    "prompt",
    "send",
    "period",
]
FIELDS = [
    "text_1",
    "text_2",
    "pace",
    "steps",
    "cards",
    "what",
    "sentence",
    "title",
    "question",
    "method",
    "wish",
    "colleague",
]
FIELDS += [
    "clock",
    "timezone",
    "words",
    "search",
    "theme",
    "period",
    "language",
    "contact",
    "moderators",
    "closed",
    "aside",
]
FIELDS += [
    "text:new-1:0",
    "field:new-1:x:0",
    "kind:new-1",
    "rate:about-1",
    *(f"{n}:{'0' * 16}" for n in ("text", "says")),
]
ODD: tuple[Any, ...] = (HUGE, -HUGE, 17, True, 1.5, None, DIGITS, HALF, [], [HUGE], {}, {"a": HUGE}, {"page": HUGE})
ELEMENTS: tuple[Any, ...] = (
    {"value": 17},
    {"value": ["x"]},
    {"value": HALF},
    {"value": "a\0b"},
    {"selected_options": "x"},
    {"selected_options": [{"value": 17}, None, "x"]},
    {"selected_option": "x"},
    {"selected_option": {"value": {"a": 1}}},
    {"selected_users": [17, None]},
    {"selected_date": "2026-13-45"},
    {"selected_time": 17},
    {"type": "plain_text_input"},
    "x",
    None,
)
VALUES: tuple[Any, ...] = ("", "-", DIGITS, HALF, "²", "٣", "-1", str(HUGE), "a:b:c", ":", "\0", "{}", "[" * 2000)


def metadata() -> Iterator[str]:
    """What a form may claim to know."""
    for odd in ODD:
        yield json.dumps({**dict.fromkeys(KNOWN, odd), "form": "0" * 16, "id": "0" * 16})
        yield json.dumps(dict.fromkeys([*KNOWN, "form"], odd))
    yield from ("[" * 5000 + "]" * 5000, '{"a":' * 5000 + "1" + "}" * 5000, "", "null", "17", '"x"', "[]", "{", "NaN")
    yield '{"circle": ' + "9" * 5000 + "}"


def views(name: str) -> Iterator[Json]:
    filled = {field: {"value": {"value": "Ik zweeg."}} for field in FIELDS}
    whole = {"id": "V1", "type": "modal", "callback_id": name, "blocks": [], "state": {"values": filled}}
    for known in metadata():
        yield whole | {"private_metadata": known}
    for element in ELEMENTS:
        odd = {field: {"value": element} for field in FIELDS}
        yield whole | {"private_metadata": json.dumps({"form": "0" * 16, "circle": 1}), "state": {"values": odd}}
    yield whole | {"state": None, "blocks": [{"type": "input"}, "x", {"type": "input", "block_id": 17}]}
    yield whole | {"state": {"values": ["x"]}, "private_metadata": 17, "blocks": None}
    yield whole | {"state": {"values": {"text_1": ["x"]}}, "callback_id": name}


def sends(world: World, payload: Json) -> int:
    def answer() -> BoltResponse:
        return world.app.dispatch(BoltRequest(mode="socket_mode", body=payload))

    return int(answer_or_acknowledge(answer, lambda: BoltResponse(status=200)).status)


@pytest.fixture
def table(world: World) -> Table:
    """A circle with a case, so that there is something to hit."""
    world.sets_up()
    table = Table(world)
    table.begins()
    return table


@pytest.mark.parametrize("part", range(4))
def test_no_form_makes_a_request_fail(table: Table, part: int, caplog: pytest.LogCaptureFixture) -> None:
    world = table.world
    for name in FORMS[part::4]:
        for view in views(name):
            form = interaction(world, world.bram, type="view_submission", view=view)
            assert sends(world, form) == 200, (name, view)
    assert "a request failed" not in caplog.text


@pytest.mark.parametrize("part", range(4))
def test_no_press_makes_a_request_fail(table: Table, part: int, caplog: pytest.LogCaptureFixture) -> None:
    world = table.world
    for name in BUTTONS[part::4]:
        for value in VALUES:
            press = interaction(world, world.bram, **button(name, value))
            assert sends(world, press) == 200, (name, value[:20])
        for view in list(views("x"))[::4]:
            assert sends(world, interaction(world, world.bram, **button(name, "1"), view=view)) == 200, name
    assert "a request failed" not in caplog.text


@pytest.mark.parametrize("typed", [HALF, DIGITS, "methode \ud83d", "methode " + DIGITS, "\0", "dagboek\0"])
@pytest.mark.parametrize("command", ["/reflectie", "/intervisie", "/overzicht", "/klankbord"])
def test_no_command_makes_a_request_fail(
    table: Table, command: str, typed: str, caplog: pytest.LogCaptureFixture
) -> None:
    world = table.world
    asked = {
        "command": command,
        "text": typed,
        "user_id": world.bram.id,
        "team_id": world.workspace.team_id,
        "channel_id": world.circle.id,
        "trigger_id": world.workspace.triggers.new_trigger_id(world.bram.id),
    }
    assert sends(world, asked) == 200
    assert "a request failed" not in caplog.text


@pytest.mark.parametrize("part", ["user", "channel", "message", "container", "response_url"])
def test_nor_does_anything_odd_around_a_press(table: Table, part: str, caplog: pytest.LogCaptureFixture) -> None:
    world = table.world
    odds: tuple[Any, ...] = (None, "", "x", HALF, {}, {"id": None}, {"id": HALF}, {"ts": 17}, {"thread_ts": []})
    for odd in odds:
        press = interaction(world, world.bram, **button(names.ANSWER, "1")) | {part: odd}
        assert sends(world, press) in (200, 404), odd
    assert "a request failed" not in caplog.text


def contribution(table: Table) -> View:
    return table.opens(table.world.bram)


def answer_to_the_question(table: Table) -> View:
    table.world.passes(days=8)
    return opens(table.world.bram, card(table.world))


def start(table: Table) -> View:
    table.brings(table.world.bram)
    table.joins(table.world.anna, table.world.celine)
    bram = table.world.bram
    bram.presses(table.opens_case_page(bram, table.owners_page(bram)), names.CHOOSE_FIRST)
    return shown(table.world.bram)


def intake(table: Table) -> View:
    return table.opens_form(table.world.bram)


UNFOLDING = (names.MORE_ROOM_FOR, names.ONE_MORE, names.READ_ON, names.MORE_ROOM, names.METHOD_CHOSEN)


@pytest.mark.parametrize("opened", [contribution, answer_to_the_question, start, intake])
def test_no_real_form_with_one_odd_thing_in_it_does(
    table: Table, opened: Callable[[Table], View], caplog: pytest.LogCaptureFixture
) -> None:
    """Sent as it is, or with a button pressed in it; last of all it is sent as it should be."""
    world, form = table.world, opened(table)
    for view in with_one_odd_thing(form):
        for action in UNFOLDING:
            for value in ("1", DIGITS, "²", HALF):
                assert sends(world, interaction(world, world.bram, **button(action, value), view=view)) == 200
        assert sends(world, interaction(world, world.bram, type="view_submission", view=view)) == 200
    assert "a request failed" not in caplog.text


def with_one_odd_thing(form: View) -> Iterator[Json]:
    whole = {**form.payload, "id": form.id, "hash": form.hash, "state": {"values": dict(form.values)}}
    pointers = json.loads(form.payload["private_metadata"])
    for name in pointers:
        for odd in ODD:
            yield whole | {"private_metadata": json.dumps({**pointers, name: odd})}
    for odd in ({"new-1": HUGE}, {"new-1": "x"}, {"new-1": -1}, {str(n): 2 for n in range(1000)}):
        yield whole | {"private_metadata": json.dumps({**pointers, "room": odd})}
    for odd in ODD:
        yield whole | {"private_metadata": json.dumps({**pointers, "new": odd, "leafed": odd})}
    for block in form.values:
        for element in ELEMENTS:
            yield whole | {"state": {"values": {**form.values, block: {"value": element}}}}
