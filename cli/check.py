"""`check` and `manifest`: what is needed before the bot can run."""

import json
from typing import Annotated, Literal

import typer

from bot.core.text import Language
from bot.settings import check as checks
from bot.slack.manifest import manifest as app_manifest
from cli.errors import plain_errors


@plain_errors
def check() -> None:
    """See whether everything is in place, and say what to do where it is not."""
    findings = checks.check_everything()
    for finding in findings:
        typer.echo(f"{'ok ' if finding.fine else 'NO '} {finding.text}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(1)


@plain_errors
def manifest(
    language: Language = "nl",
    mode: Annotated[Literal["socket", "http"], typer.Option(help="How Slack reaches the bot.")] = "socket",
    url: Annotated[str | None, typer.Option(help="Where Slack reaches the bot, in HTTP mode.")] = None,
) -> None:
    """Print the app manifest to paste at api.slack.com/apps."""
    try:
        found = app_manifest(language, mode, url)
    except ValueError as mistake:
        raise typer.BadParameter(str(mistake)) from None
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
