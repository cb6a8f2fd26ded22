"""The cost of acknowledging a contribution, against a bare Bolt app that commits one row."""

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from typing import Any

from slack_bolt import App, BoltRequest

from benchmarks.bare import bare_app
from benchmarks.case_bench import CaseBench
from benchmarks.databases import DatabaseKind
from benchmarks.ratio import Ratio, compare_ways
from handlers.bolt_app import make_app

TARGET = 1.25


class DiscardingExecutor(Executor):
    """Does not run what Slack does not wait for: the new Home of the writer."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Nothing is run."""
        return Future()


def measure_acknowledging(kind: DatabaseKind, *, rounds: int = 20, times: int = 5) -> Ratio:
    """Send a form through Bolt until it is committed and acknowledged."""
    bench = CaseBench(kind.new_database(), (rounds + 1) * times + 1)
    forms = bench.sent_forms((rounds + 1) * times)
    app, bare = make_app(bench.world.bot, DiscardingExecutor()), bare_app(kind.bare_commit())
    ours, theirs = iter(forms), iter(_repeated(forms))
    ratio = compare_ways(
        f"Acknowledging a contribution ({kind.name})",
        TARGET,
        lambda: _acknowledge(app, next(ours)),
        lambda: _acknowledge(bare, next(theirs)),
        rounds=rounds,
        times=times,
    )
    bench.close()
    return ratio


def _repeated(forms: list[BoltRequest]) -> Iterator[BoltRequest]:
    """The same forms as new requests, since Bolt stores results in a request."""
    return iter([BoltRequest(mode="socket_mode", body=form.body) for form in forms])


def _acknowledge(app: App, form: BoltRequest) -> None:
    answer = app.dispatch(form)
    if answer.status != 200 or "errors" in str(answer.body):
        raise ValueError(f"not acknowledged: {answer.status} {answer.body}")
