"""The whole way over real sockets: set-up, question, answer, a case by five steps to its closing, digest."""

from collections.abc import Iterator

import pytest

from tests.app.live_world import LiveWorld
from tests.app.waiting import until
from tests.intervision.test_example import plays_to_its_closing
from tests.reflection.actors import FIELD, FOR_THE_CIRCLE, FOR_WHOM

pytestmark = pytest.mark.sockets


@pytest.fixture(params=["socket", "http"])
def world(request, sqlite_url: str) -> Iterator[LiveWorld]:
    whole = LiveWorld(sqlite_url, over_http=request.param == "http")
    yield whole
    whole.stops()


def test_question_answer_case_and_digest(world: LiveWorld):
    plays_to_its_closing(world, "vijf_stappen", "nl")
    world.passes(days=7)
    until(lambda: "answer_pressed" in str(world.anna.messages(world.circle)[-1].blocks), "the weekly question")
    world.bram.presses(world.anna.messages(world.circle)[-1], "answer_pressed")
    world.bram.fills(world.bram.modal, {FIELD: "Stilte helpt.", FOR_WHOM: FOR_THE_CIRCLE})
    assert world.bram.submits().errors is None
    world.settles()
    assert world.elif_.sees("Stilte helpt.")
    world.elif_.commands(world.circle, "/overzicht")
    assert world.elif_.modal is not None
    page = world.elif_.visible_text(world.elif_.modal)
    assert "Vijfstappenmethode" in page and "Stilte helpt." not in page


def test_two_people_talk_in_their_own_conversation(world: LiveWorld):
    plays_to_its_closing(world, "grow_duo", "nl")
    assert {channel.kind for channel in world.bram.channels()} == {"channel", "mpim"}
