"""`prompts list|check`: lists the questions to reflect on, and checks files of your own."""

from pathlib import Path

import typer

from bot.library.reading import check_prompts, load_library
from bot.settings.settings import load_settings
from cli.errors import plain_errors

prompts = typer.Typer(no_args_is_help=True, help="Questions to reflect on: ours, and those in PROMPTS_DIR.")


@prompts.command("list")
@plain_errors
def list_prompts() -> None:
    """List every question, with its theme."""
    settings = load_settings()
    library = load_library(settings.protocols_dir, settings.prompts_dir)
    for prompt in library.prompts:
        theme = library.themes[prompt.theme].in_(settings.language)
        typer.echo(f"{prompt.id} ({theme}): {prompt.text.in_(settings.language)}")


@prompts.command("check")
@plain_errors
def check(files: list[Path]) -> None:
    """Check whether files with questions, or with names of themes and frameworks, can be used."""
    for file, count in check_prompts(files).items():
        typer.echo(f"{file}: {count} can be used")
