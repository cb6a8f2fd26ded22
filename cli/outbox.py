"""`outbox list|retry|drop`: the outbox jobs that are not done yet."""

from typing import Annotated

import typer

from app.serving import offline_bot
from bot.core.errors import CommandMistake
from bot.outbox.unfinished import UnfinishedJob
from cli.errors import plain_errors

JobNumber = Annotated[
    int | None,
    typer.Argument(min=1, max=2**63 - 1, help="The number of a job that is not done; if not given, all failed jobs."),
]
_COLUMNS = "number\tjob\tstate\tsince (UTC)\twhere\twhy\tnext try\twaits for\tbehind it"

outbox = typer.Typer(no_args_is_help=True, help="The outbox jobs that are not done in Slack yet.")


@outbox.command("list")
@plain_errors
def list_outbox() -> None:
    """List the jobs that are not done: what, since when, where, why, when next, and what waits for what."""
    with offline_bot() as bot:
        jobs = bot.unfinished_jobs.list_jobs()
    if jobs:
        typer.echo(_COLUMNS)
    for job in jobs:
        typer.echo(_line(job))


@outbox.command("retry")
@plain_errors
def retry_outbox(number: JobNumber = None) -> None:
    """Try jobs again at once: all that failed, or any one that is not done."""
    with offline_bot() as bot:
        retried = bot.unfinished_jobs.retry_jobs(number)
    _require_found(number, retried)
    typer.echo(f"{_count(retried)} will be tried again at once.")


@outbox.command("drop")
@plain_errors
def drop_outbox(number: JobNumber = None) -> None:
    """Give jobs up, with the jobs that need them: all that failed, or any one that is not done."""
    with offline_bot() as bot:
        dropped, behind = bot.unfinished_jobs.drop_jobs(number)
    _require_found(number, dropped)
    typer.echo(f"{_count(dropped)} will not be done{f', nor {behind} that could only follow' if behind else ''}.")


def _require_found(number: int | None, found: int) -> None:
    if number is not None and not found:
        raise CommandMistake(
            f"There is no job {number} that waits or failed: `outbox list` shows the jobs that are not done, "
            "and one that is being sent right now can be retried or dropped in a minute"
        )


def _count(jobs: int) -> str:
    return f"{jobs} job" if jobs == 1 else f"{jobs} jobs"


def _line(job: UnfinishedJob) -> str:
    next_try = f"{job.next_at:%Y-%m-%d %H:%M:%S}" if job.next_at else ""
    why = " ".join(filter(None, (job.error, job.method and f"({job.method})", job.scope and f"needs {job.scope}")))
    cells = (
        job.number,
        job.operation,
        job.state,
        f"{job.since:%Y-%m-%d %H:%M}",
        job.where,
        why,
        next_try,
        job.waits_for or "",
        job.behind or "",
    )
    return "\t".join(map(str, cells))
