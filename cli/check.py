"""`check` and `manifest`: what you need before the bot can run."""

import json
from typing import Annotated, Literal

import typer

from bot.core.text import Language
from bot.settings import check as checks
from bot.slack.manifest import manifest as app_manifest
from cli.errors import plain_errors


@plain_errors
def check() -> None:
    """Check settings, data files, database, key and Slack, and say what to do if something is wrong."""
    findings = checks.check_everything()
    for finding in findings:
        typer.echo(f"{'ok ' if finding.fine else 'NO '} {finding.text}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(1)


@plain_errors
def manifest(
    language: Language = "nl",
    mode: Annotated[Literal["socket", "http"], typer.Option(help="How Slack reaches the bot.")] = "socket",
    url: Annotated[str | None, typer.Option(help="The address where Slack calls the bot, in HTTP mode.")] = None,
) -> None:
    """Print the app manifest to paste at api.slack.com/apps."""
    try:
        content = app_manifest(language, mode, url)
    except ValueError as mistake:
        raise typer.BadParameter(str(mistake)) from None
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
