"""Every button that was on a screen when version 0.1.0 stopped, pressed once in today's bot by somebody who sees it."""

from collections.abc import Iterator
from typing import Any

import pytest

from playground.model import Container
from tests.upgrade.old_slack import old_slack
from tests.upgrade.old_world import Button, Lines, OldWorld, buttons_on
from tests.upgrade.presses import CHOSEN, IN_FORMS, IN_MESSAGES, ON_HOMES, REFUSED, VALUE, Press

pytestmark = pytest.mark.one_database


def containers(world: OldWorld, press: Press) -> Iterator[Container]:
    """What the button may be on, the newest first."""
    person = world.workspace.person(press.who)
    if press.where == "message":
        yield from world.messages_of(person)
    elif press.where == "home":
        assert person.home
        yield person.home
    else:
        owner, page = world.reopen(press.where)
        assert owner.name == press.who
        yield page


def find(world: OldWorld, press: Press) -> Button:
    return next(
        button
        for container in containers(world, press)
        for button in buttons_on(container)
        if button.action == press.action and press.about in (button.value or "")
    )


@pytest.mark.parametrize("press", [*IN_MESSAGES, *ON_HOMES, *IN_FORMS, *REFUSED], ids=str)
def test_a_button_of_before_does_what_it_did(old_world: OldWorld, press: Press) -> None:
    person = old_world.workspace.person(press.who)
    button = find(old_world, press)
    before = old_world.seen_by(person)

    person.presses(button.container, (button.placed.block_id, button.action), value=button.value)
    if not happened(press, before, old_world.seen_by(person)):
        old_world.passes(minutes=5)

    assert happened(press, before, old_world.seen_by(person)), changed(press, before, old_world.seen_by(person))
    assert old_world.refused_calls() == []
    assert old_world.workspace.complaints == []


@pytest.mark.parametrize("choice", CHOSEN, ids=str)
def test_a_menu_of_before_does_what_it_did(old_world: OldWorld, choice: Press) -> None:
    person, container = old_world.workspace.person(choice.who), next(containers(old_world, choice))

    person.chooses(container, choice.action, choice.about)
    old_world.settles()

    assert choice.reads in person.visible_text(person.home if choice.where == "home" else person.modal)
    assert old_world.refused_calls() == []
    assert old_world.workspace.complaints == []


def happened(press: Press, before: Lines, after: Lines) -> bool:
    return any(press.reads in line for line in changed(press, before, after))


def changed(press: Press, before: Lines, after: Lines) -> list[str]:
    """What came to be read, or can be read no more."""
    return sorted(line for _, line in (before - after if press.gone else after - before))


def test_no_button_was_forgotten() -> None:
    slack = old_slack()
    places = {
        "message": [message.get("blocks", []) for message in slack["messages"]],
        "home": [home["blocks"] for home in slack["homes"]],
        "form": [view["blocks"] for form in slack["open_forms"] for view in form["views"]],
    }
    tables = {"message": IN_MESSAGES, "home": ON_HOMES, "form": IN_FORMS}

    for place, blocks in places.items():
        assert {press.action for press in tables[place]} == set(actions(blocks, "button")), place
    menus = {menu for kind in ("static_select", "datepicker") for menu in actions(list(places.values()), kind)}
    assert {choice.action for choice in CHOSEN} == menus - {VALUE}


def actions(part: Any, kind: str) -> Iterator[str]:
    """The action of every element of this kind in a part of a message or view."""
    if isinstance(part, dict) and part.get("type") == kind and "action_id" in part:
        yield part["action_id"]
    for inside in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from actions(inside, kind)
