"""What the page may ask about faults: what there is, starting one, and stopping."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from page_world import PageWorld, served
from playground.faults import Fault, FaultRule
from playground.faults.offered import GROUPS
from playground.snapshot import snapshot


@pytest.fixture
def world() -> PageWorld:
    return PageWorld()


@pytest.fixture
def address(world: PageWorld) -> Iterator[str]:
    with served(world.workspace) as address:
        yield address


def asks(address: str, what: str, body: Any = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{address}/page/faults{what}?as=anna", data)
    with urllib.request.urlopen(request, timeout=10) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def test_every_fault_is_offered_but_those_that_another_one_covers(address: str) -> None:
    offered = asks(address, "")
    named = [kind["name"] for group in offered["groups"] for kind in group["kinds"]]
    covered = {"REFUSED", "RECONNECT", "UNARCHIVED", "BOT_ASKED_BACK", "UNSHARED", "REACTIVATED"}
    assert len(named) == len(set(named)) and set(named) == {fault.name for fault in Fault} - covered


@pytest.mark.parametrize("kind", [kind for kinds in GROUPS.values() for kind in kinds])
def test_each_can_be_started_and_stopped(world: PageWorld, address: str, kind: Fault) -> None:
    body = {"kind": kind.name, "doing": "post", "once": True, "channel": world.channel.id, "person": world.bram.id}
    told = asks(address, "/start", body)
    assert [one["kind"] for one in told["on"] or told["happened"]] == [kind.name]
    assert asks(address, "/stop", {})["on"] == []


def test_what_is_asked_is_what_is_followed(world: PageWorld, address: str) -> None:
    asks(address, "/start", {"kind": "SLOW", "doing": "form", "once": False, "seconds": 30})
    asks(address, "/start", {"kind": "MISSING_SCOPE", "doing": "read", "once": False})
    asks(address, "/start", {"kind": "LATE", "channel": world.channel.id, "once": True, "seconds": 5})
    assert world.workspace.faults.rules == [
        FaultRule(Fault.SLOW, ("views.open", "views.push", "views.update"), seconds=30),
        FaultRule(Fault.MISSING_SCOPE, ("conversations.history", "conversations.replies"), value="channels:history"),
        FaultRule(Fault.LATE, (), (world.channel.id,), times=1, seconds=5),
    ]
    left = asks(address, "/stop", {"kind": "MISSING_SCOPE", "number": 1})["on"]
    assert [one["kind"] for one in left] == ["SLOW", "LATE"]
    assert left[1]["places"] == ["lunch-club"] and left[0]["doing"] == "form"


def test_what_struck_is_told_without_the_names_of_hidden_places(world: PageWorld, address: str) -> None:
    secret = world.bram.creates_channel("secret", private=True)
    world.workspace.faults.adds(FaultRule(Fault.ARCHIVED, channels=(secret.id,)))
    for person, place in ((world.bram, "secret"), (world.anna, "")):
        (struck,) = snapshot(world.workspace, person)["faults"]["happened"]
        assert (struck["kind"], struck["place"], struck["ago"]) == ("ARCHIVED", place, 0)


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("/start", {}),
        ("/start", []),
        ("/start", {"kind": "NONSENSE"}),
        ("/start", {"kind": "REFUSED"}),
        ("/start", {"kind": "SLOW", "seconds": "long"}),
        ("/start", {"kind": "SLOW", "seconds": 1e9}),
        ("/start", {"kind": "SLOW", "doing": "dancing"}),
    ],
)
def test_nonsense_is_refused(world: PageWorld, address: str, what: str, body: Any) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400"):
        asks(address, what, body)
    assert world.workspace.faults.rules == []
