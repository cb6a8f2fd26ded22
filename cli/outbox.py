"""`outbox list|retry|drop`: what is not sent to Slack yet, and what Slack refused."""

from typing import Annotated

import typer

from app.serving import offline_bot
from cli.errors import plain_errors

outbox = typer.Typer(no_args_is_help=True, help="What is not sent to Slack yet.")


@outbox.command("list")
@plain_errors
def list_outbox() -> None:
    """What is not sent yet: number, operation, state, attempts, and Slack's last word."""
    with offline_bot() as bot:
        for number, operation, state, attempts, error in bot.delivery_failures.unfinished_jobs():
            typer.echo(f"{number}\t{operation}\t{state}\t{attempts}\t{error or ''}")


@outbox.command("retry")
@plain_errors
def retry_outbox(number: Annotated[int | None, typer.Argument(help="All of it if not given.")] = None) -> None:
    """Let what Slack refused try again: all of it, or one number."""
    with offline_bot() as bot:
        typer.echo(f"{bot.delivery_failures.retry_failed(number)} will be tried again.")


@outbox.command("drop")
@plain_errors
def drop_outbox(number: Annotated[int | None, typer.Argument(help="All of it if not given.")] = None) -> None:
    """Give up what Slack refused: all of it, or one number."""
    with offline_bot() as bot:
        dropped, behind = bot.delivery_failures.drop_failed(number)
        typer.echo(f"{dropped} will not be sent{f', and {behind} that could only follow' if behind else ''}.")
