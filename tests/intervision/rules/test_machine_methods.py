"""Every method we ship can be played from its first step to its last."""

import pytest

from bot.intervision.rules.events import Contributed
from bot.intervision.rules.progress import done, unanswered, writers
from bot.library.enums import Kind, Reveal
from bot.library.protocol import Protocol
from bot.library.reading import load_library
from tests.intervision.rules.actors import Table, started

METHODS = load_library().protocols.values()


def everybody_does_what_is_asked(table: Table) -> None:
    """Those who are not done write once more, in the first kind the step has."""
    for step in table.case.open_steps:
        for person in sorted(writers(table.case, step)):
            if step.key in table.open and not done(table.case, person, step):
                about = unanswered(table.case, person, step)
                id = f"{step.key}-{person}-{len(table.effects)}"
                target, rating = (about[0].id if about else None), ("warm" if step.kinds[0] == Kind.RATING else None)
                table.happens(Contributed(id, person, step.key, step.kinds[0], target, rating))


def the_owner_comes_back(table: Table) -> None:
    """What was written while the owner was away appears once the owner is ready for it."""
    for step in table.case.protocol.steps:
        if table.anna.may("ready", step.key) is None:
            table.anna.is_ready(step.key)


@pytest.mark.parametrize("protocol", METHODS, ids=lambda protocol: protocol.key)
def test_a_method_is_played_to_its_end_with_everybody_writing(protocol: Protocol):
    table = started(protocol)
    while table.open:
        before = table.case
        everybody_does_what_is_asked(table)
        the_owner_comes_back(table)
        if table.case == before:
            table.waits()
    assert table.case.state == "closed"
    shown = {each.key for each in protocol.steps if each.reveal not in (Reveal.PRIVATE, Reveal.OWNER_ONLY)}
    assert {each.id for each in table.case.contributions if each.step in shown} == set(table.posted)
