"""Every method we ship can be played from its first step to its last."""

from pathlib import Path

import pytest
import yaml

from bot.rules.events import Contributed
from bot.rules.progress import done, unanswered, writers
from bot.rules.protocol import Protocol
from tests.rules.table import Table, started

FILES = sorted((Path(__file__).parents[2] / "bot" / "protocols").glob("*.yaml"))


def everybody_does_what_is_asked(table: Table) -> None:
    """Those who are not done write once more, in the first kind the step has."""
    for step in table.case.open_steps:
        for person in sorted(writers(table.case, step)):
            if step.key in table.open and not done(table.case, person, step):
                about = unanswered(table.case, person, step)
                id = f"{step.key}-{person}-{len(table.effects)}"
                table.happens(Contributed(id, person, step.key, step.kinds[0], about[0].id if about else None))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_method_is_played_to_its_end_with_everybody_writing(file: Path):
    table = started(Protocol.model_validate(yaml.safe_load(file.read_text(encoding="utf-8"))))
    while table.open:
        before = table.case
        everybody_does_what_is_asked(table)
        if table.case == before:
            table.waits()
    assert table.case.state == "closed"
    assert {each.id for each in table.case.contributions} == set(table.posted)
