"""`protocols list|show|sheet|check|pages`: lists methods, shows or prints one, checks files, writes all as pages."""

from pathlib import Path

import typer

from bot.core.errors import CommandMistake
from bot.core.text import LANGUAGES
from bot.library.markdown import page_as_markdown, protocol_pages
from bot.library.pages import protocol_name, protocol_page
from bot.library.protocol import Protocol
from bot.library.reading import check_protocol, load_library
from bot.library.sheet import sheet, sheet_of
from bot.settings.settings import load_settings
from cli.errors import plain_errors

protocols = typer.Typer(no_args_is_help=True, help="Methods of intervision: ours, and those in PROTOCOLS_DIR.")


@protocols.command("list")
@plain_errors
def list_protocols() -> None:
    """List every method."""
    language = load_settings().language
    known = _known()
    for key, protocol in known.items():
        typer.echo(f"{key}: {protocol_name(protocol, language, known)}")


@protocols.command("show")
@plain_errors
def show_protocol(key: str) -> None:
    """Show one method as a page."""
    known = _known()
    typer.echo(page_as_markdown(protocol_page(_find(key, known), load_settings().language, known)))


@protocols.command("sheet")
@plain_errors
def write_sheet(key: str, file: Path) -> None:
    """Write one method to a file as a page that prints on A4."""
    known, language = _known(), load_settings().language
    title, pieces = sheet_of(_find(key, known), language, known)
    try:
        file.write_text(sheet(title, pieces, language), encoding="utf-8")
    except OSError as problem:
        raise CommandMistake(f"{file} cannot be written ({problem.strerror}): choose another file") from None
    typer.echo(f"{file}: {title}")


@protocols.command("check")
@plain_errors
def check_protocols(files: list[Path]) -> None:
    """Check whether protocol files can be used."""
    for file in files:
        typer.echo(f"{file}: {check_protocol(file).key} can be used")


@protocols.command("pages")
@plain_errors
def write_pages(folder: Path) -> None:
    """Write every method as a page in each language, and a list of them, to a folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CommandMistake(f"{folder} cannot be made ({problem.strerror}): choose another folder") from None
    for name, text in protocol_pages(_known().values()):
        (folder / name).write_text(text, encoding="utf-8")
    typer.echo(f"{folder}: {len(_known())} methods in {len(LANGUAGES)} languages")


def _find(key: str, known: dict[str, Protocol]) -> Protocol:
    if key not in known:
        raise CommandMistake(f'There is no method "{key}": choose one of {", ".join(known)}')
    return known[key]


def _known() -> dict[str, Protocol]:
    settings = load_settings()
    return dict(load_library(settings.protocols_dir, settings.prompts_dir).protocols)
