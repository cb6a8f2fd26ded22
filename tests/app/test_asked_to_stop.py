"""Asked to stop while others hang: Slack, the database, a wait that Slack asked for. It ends all the same, and soon."""

from collections.abc import Iterator
from time import monotonic

import pytest

from tests.app.conftest import Start
from tests.app.odd_slack import Line, OddAnswer, OddSlack, later, refusal, silent_server
from tests.app.running import KEY, BotProcess, ServedWorkspace
from tests.app.waiting import until

pytestmark = pytest.mark.sockets
# Docker kills after ten seconds; some are for a machine that is busy with other tests.
SOON = 15
OPEN = "apps.connections.open"


@pytest.fixture
def slack(village: ServedWorkspace) -> Iterator[OddSlack]:
    """A Slack that answers oddly where it is told to."""
    odd = OddSlack(village.slack["SLACK_API_URL"])
    yield odd
    odd.stops()


def ends_soon(running: BotProcess) -> None:
    asked = monotonic()
    running.asked_to_stop()
    assert running.exit_status(30) == 0, running.log
    assert monotonic() - asked < SOON
    assert "Traceback" not in running.log


def test_while_it_waits_as_slack_asked(village: ServedWorkspace, slack: OddSlack, start: Start):
    slack.answers_always(OPEN, later(30))
    running = start("run", **village.slack | {"SLACK_API_URL": slack.api_url})
    until(lambda: "rate limited for 30 s" in running.log, "it waits")
    ends_soon(running)
    assert slack.calls[OPEN] == 1


def test_while_it_waits_as_slack_asked_later(village: ServedWorkspace, slack: OddSlack, start: Start):
    running = start("run", **village.slack | {"SLACK_API_URL": slack.api_url})
    until(running.is_ready, "ready")
    slack.answers_always(OPEN, later(30))
    village.workspace.asks_reconnect("refresh_requested")
    until(lambda: "no connection to Slack (rate_limited)" in running.log, "it waits")
    ends_soon(running)
    assert slack.calls[OPEN] == 2


def test_while_slack_never_answers(village: ServedWorkspace, start: Start):
    with silent_server() as port:
        running = start("run", **village.slack | {"SLACK_API_URL": f"http://127.0.0.1:{port}/api/"})
        until(lambda: "auth.test: timed_out" in running.log, "it waits")
        ends_soon(running)


def test_while_a_connection_does_not_open(village: ServedWorkspace, slack: OddSlack, start: Start):
    with silent_server() as port:
        slack.answers_always(OPEN, OddAnswer(f'{{"ok": true, "url": "ws://127.0.0.1:{port}/link"}}'))
        running = start("run", **village.slack | {"SLACK_API_URL": slack.api_url})
        until(lambda: "Klankbord is listening" in running.log, "it tries to connect")
        ends_soon(running)


def test_while_the_database_never_answers(village: ServedWorkspace, start: Start):
    with silent_server() as port:
        url = f"postgresql://nobody@127.0.0.1:{port}/klankbord?connect_timeout=600"
        running = start("run", **village.slack, DATABASE_URL=url, KLANKBORD_KEY=KEY)
        until(running.handles_signals, "it starts")
        ends_soon(running)


def test_while_the_database_hangs(village: ServedWorkspace, start: Start, postgres_line: Line, postgres_over_tcp: str):
    running = start("run", **village.slack, DATABASE_URL=postgres_over_tcp, KLANKBORD_KEY=KEY)
    until(running.is_ready, "ready")
    postgres_line.freezes()
    ends_soon(running)


def test_it_starts_when_slack_has_answered_oddly_and_ends_when_slack_refuses(
    village: ServedWorkspace, slack: OddSlack, start: Start
):
    odd = OddAnswer("<html>a page of somebody between us</html>")
    slack.answers_next("auth.test", odd, later(1))
    slack.answers_next(OPEN, odd, OddAnswer("", 503))
    settings = village.slack | {"SLACK_API_URL": slack.api_url}
    running = start("hasty", **settings)
    until(running.is_ready, "ready")
    assert (slack.calls["auth.test"], slack.calls[OPEN]) == (3, 3)
    assert "a page" not in running.log
    assert running.stops() == 0
    slack.answers_always(OPEN, refusal("invalid_auth"))
    refused = start("run", **settings)
    assert refused.exit_status() == 1
    assert refused.log.splitlines()[-1].startswith("klankbord: SLACK_APP_TOKEN is refused (invalid_auth): copy it")
