"""`digest`: the digest of a circle for a period, on the screen or in a file."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from app.serving import offline_bot
from bot.core.text import Language
from cli.errors import plain_errors, write_file


@plain_errors
def digest(
    circle: Annotated[str, typer.Option(help="The circle's number or Slack channel id.")],
    period: Annotated[str, typer.Option(help="Such as 2026-11, 2026-autumn or 2026-2027.")],
    format: Literal["markdown", "html", "csv", "json"] = "markdown",
    language: Annotated[Language | None, typer.Option(help="If not given, the circle's language.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of the screen.")] = None,
) -> None:
    """Print the digest of a circle for a period, or write it to a file."""
    with offline_bot() as bot:
        report = bot.digests.write_report(circle, period, format, language, bot.calendar())
    if out:
        write_file(out, report)
        typer.echo(f"Written to {out}.")
    else:
        typer.echo(report)
