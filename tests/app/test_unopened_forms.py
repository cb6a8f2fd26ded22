"""A form that does not open in a process of its own: over real sockets, whoever pressed reads so, and tries again."""

import pytest

from bot.core import names
from bot.slack.client import INTERACTIVE_SECONDS
from playground.faults import Fault
from playground.model import Message
from tests.app.conftest import Start
from tests.app.running import ServedWorkspace
from tests.app.waiting import until

pytestmark = pytest.mark.sockets
# A call for the form and a call for the answer, each until it is given up.
MOST_SECONDS = 5.0


def private(village: ServedWorkspace) -> list[Message]:
    """What only Anna sees in the circle's channel."""
    return [one for one in village.anna.messages(village.circle) if one.ephemeral_for]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.SILENT, "Zie je het formulier niet?"),
        (Fault.BROKEN_BEFORE, "Zie je het formulier niet?"),
        (Fault.LIMITED, "het duurde te lang"),
    ],
)
def test_whoever_pressed_reads_so_and_opens_it_with_one_press(
    village: ServedWorkspace, start: Start, fault: Fault, words: str
):
    running = start("run", **village.slack)
    until(village.is_connected, "somebody listens")
    village.anna.invites(village.circle, village.workspace.bot)
    until(lambda: village.sees("Kring instellen"), "the bot greets")
    village.workspace.faults.strikes_next("views.open", fault)
    village.anna.presses(village.anna.messages(village.circle)[-1], names.SET_UP)
    until(lambda: bool(private(village)), "she is told")
    assert words in village.anna.visible_text(private(village)[-1])
    while village.anna.modal:
        village.anna.closes()
    village.anna.presses(private(village)[-1], "Probeer opnieuw")
    until(lambda: village.anna.modal is not None, "the form opens")
    assert running.stops() == 0
    assert "Traceback" not in running.log


def test_two_calls_in_a_row_are_given_up_in_time():
    assert 2 * INTERACTIVE_SECONDS <= MOST_SECONDS
