"""What it costs to acknowledge a contribution, against a bare Bolt app that commits one row."""

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from typing import Any

from slack_bolt import App, BoltRequest

from benchmarks.bare import bare_app
from benchmarks.databases import Kind
from benchmarks.ratio import Ratio, compare
from benchmarks.stand import Stand
from handlers.bolt_app import make_app

TARGET = 1.25


class Afterwards(Executor):
    """Leaves undone what Slack does not wait for: after the answer, whoever wrote finds their Home renewed."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Nothing is run."""
        return Future()


def acknowledging(kind: Kind, *, rounds: int = 20, times: int = 5) -> Ratio:
    """A sent form goes through Bolt, is committed and acknowledged."""
    stand = Stand(kind.fresh(), (rounds + 1) * times + 1)
    forms = stand.forms((rounds + 1) * times)
    app, bare = make_app(stand.world.bot, Afterwards()), bare_app(kind.bare())
    ours, theirs = iter(forms), iter(_again(forms))
    ratio = compare(
        f"Acknowledging a contribution ({kind.name})",
        TARGET,
        lambda: _acknowledged(app, next(ours)),
        lambda: _acknowledged(bare, next(theirs)),
        rounds=rounds,
        times=times,
    )
    stand.stops()
    return ratio


def _again(forms: list[BoltRequest]) -> Iterator[BoltRequest]:
    """The same forms as fresh requests: Bolt keeps what it found in one."""
    return iter([BoltRequest(mode="socket_mode", body=form.body) for form in forms])


def _acknowledged(app: App, form: BoltRequest) -> None:
    answer = app.dispatch(form)
    if answer.status != 200 or "errors" in str(answer.body):
        raise ValueError(f"not acknowledged: {answer.status} {answer.body}")
