"""`outbox list|retry|drop`: the outbox jobs that are not done yet, and those that failed."""

from typing import Annotated

import typer

from app.serving import offline_bot
from cli.errors import plain_errors

JobNumber = Annotated[
    int | None, typer.Argument(min=1, max=2**63 - 1, help="The number of a job; if not given, all failed jobs.")
]

outbox = typer.Typer(no_args_is_help=True, help="The outbox jobs that are not done in Slack yet.")


@outbox.command("list")
@plain_errors
def list_outbox() -> None:
    """List the jobs that are not done yet: number, operation, state, attempts, and Slack's last error."""
    with offline_bot() as bot:
        for number, operation, state, attempts, error in bot.delivery_failures.unfinished_jobs():
            typer.echo(f"{number}\t{operation}\t{state}\t{attempts}\t{error or ''}")


@outbox.command("retry")
@plain_errors
def retry_outbox(number: JobNumber = None) -> None:
    """Try failed jobs again: all of them, or one."""
    with offline_bot() as bot:
        typer.echo(f"{bot.delivery_failures.retry_failed(number)} will be tried again.")


@outbox.command("drop")
@plain_errors
def drop_outbox(number: JobNumber = None) -> None:
    """Drop failed jobs, and the jobs that need them: all of them, or one."""
    with offline_bot() as bot:
        dropped, behind = bot.delivery_failures.drop_failed(number)
        typer.echo(f"{dropped} will not be sent{f', and {behind} that could only follow' if behind else ''}.")
