"""The first day of a circle, with the bot as a process of its own, over a socket and over HTTP."""

import pytest

from tests.app.conftest import Start
from tests.app.running import KEY, BotProcess, ServedWorkspace
from tests.app.waiting import until

pytestmark = pytest.mark.sockets
SECRET = "lievelingsgeheim"


def over_a_socket(village: ServedWorkspace, start: Start) -> BotProcess:
    return start("run", **village.slack)


def over_http(village: ServedWorkspace, start: Start) -> BotProcess:
    running = start("run", **village.slack_over_http)
    village.workspace.request_url = f"http://127.0.0.1:{running.port}/slack/events"
    return running


@pytest.mark.parametrize("way", [over_a_socket, over_http])
def test_a_circle_is_set_up_helped_and_answered_and_the_log_holds_no_word_of_it(
    village: ServedWorkspace, start: Start, way
):
    running = way(village, start)
    until(running.is_ready, "ready")
    until(village.is_connected, "somebody listens")
    village.sets_up()
    village.bram.commands(village.circle, "/klankbord", "hulp")
    assert "/klankbord" in village.bram.visible_text(village.circle)
    village.bram.says(village.circle, f"Mijn {SECRET} deel ik hier")
    village.bram.commands(village.circle, "/reflectie", SECRET)
    village.bram.commands(village.circle, "/intervisie", SECRET)
    until(lambda: not village.workspace.delivery.waiting, "all is acknowledged")
    assert running.page("/metrics")[0] == 200
    assert running.stops() == 0
    assert "is listening" in running.log and "stopped" in running.log
    assert SECRET not in running.log and "Vertrouwenspersoon" not in running.log
    assert "Traceback" not in running.log


def test_without_a_port_there_is_no_web_server_and_all_works(village: ServedWorkspace, start: Start):
    running = start("run", **village.slack, PORT="")
    until(village.is_connected, "somebody listens")
    village.sets_up()
    assert not running.is_alive()
    assert running.stops() == 0


def test_health_can_be_asked_of_a_clock_in_a_process_of_its_own(
    village: ServedWorkspace, start: Start, postgres_url: str
):
    shared = {"DATABASE_URL": postgres_url, "KLANKBORD_KEY": KEY}
    listening = start("run", "--no-schedules", **village.slack, **shared)
    clock = start("schedules", **village.slack, **shared)
    until(listening.is_ready, "one listens")
    until(village.is_connected, "somebody listens")
    until(lambda: "stopped" not in clock.log and "listening" in clock.log, "the other has the clock")
    village.sets_up()
    assert (listening.stops(), clock.stops()) == (0, 0)
