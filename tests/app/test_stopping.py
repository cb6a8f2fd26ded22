"""Asked to stop while a form is being handled: what a person was told is kept, is kept."""

import sqlite3
from threading import Thread

import pytest
from sqlalchemy.engine import make_url

from playground.model import SubmitResult
from tests.app.conftest import Start
from tests.app.running import KEY, ServedWorkspace
from tests.app.waiting import until

pytestmark = pytest.mark.sockets


@pytest.mark.parametrize("way", ["socket", "http"])
def test_a_form_that_is_being_handled_is_kept_and_answered(
    village: ServedWorkspace, start: Start, sqlite_url: str, way: str
):
    slack = village.slack if way == "socket" else village.slack_over_http
    settings = {**slack, "DATABASE_URL": sqlite_url, "KLANKBORD_KEY": KEY}
    running = start("hasty", **settings)
    until(running.is_ready, "ready")
    if way == "http":
        village.workspace.request_url = f"http://127.0.0.1:{running.port}/slack/events"
    until(village.is_connected, "Slack finds it")
    form = village.opens_set_up()

    busy = sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    answers: list[SubmitResult] = []
    hand = Thread(target=lambda: answers.append(village.anna.submits(form)))
    hand.start()
    until(lambda: village.workspace.deliveries[-1].kind == "view_submission", "Slack passes it on")
    running.asked_to_stop()
    busy.execute("ROLLBACK")
    busy.close()
    hand.join()
    assert running.exit_status() == 0
    # It may have been asked to stop before it had read the form: then Anna is told so, and sends it again.
    if answers[0].errors is not None:
        assert "We had some trouble connecting" in str(answers[0].errors)
        return
    start("hasty", **settings)
    until(lambda: village.sees("/intervisie"), "what the circle can do now")
