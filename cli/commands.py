"""Every command by its name; each group of commands has its own file in this folder."""

from typing import Annotated

import typer

from bot import VERSION
from cli.check import check, manifest
from cli.database import migrate
from cli.digest import digest
from cli.outbox import outbox
from cli.prompts import prompts
from cli.protocols import protocols
from cli.run import demo, run, schedules
from cli.tick import tick

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Klankbord, a sounding board in Slack.",
)
for command in (run, demo, schedules, migrate, check, manifest, digest, tick):
    cli.command()(command)
cli.add_typer(protocols, name="protocols")
cli.add_typer(prompts, name="prompts")
cli.add_typer(outbox, name="outbox")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"Klankbord {VERSION}")
        raise typer.Exit


@cli.callback()
def klankbord(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Klankbord, a sounding board in Slack."""
