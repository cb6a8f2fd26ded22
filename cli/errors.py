"""Prints the mistakes of an operator in one plain line: what is wrong, and the remedy. Never a stack trace."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import NoReturn, ParamSpec

import typer
from sqlalchemy.exc import SQLAlchemyError

from app.process import CannotStart
from bot.core.errors import CommandMistake
from bot.crypto.vault import BadKey, CannotOpen
from bot.library.reading import BadFile
from bot.settings.lock import AlreadyRunning
from bot.settings.schema import BadDatabase
from bot.settings.settings import BadSetting
from db.session import describe_error
from handlers.http import PortTaken

P = ParamSpec("P")
PLAIN = (BadSetting, BadFile, BadDatabase, AlreadyRunning, BadKey, CannotOpen, PortTaken, CannotStart, CommandMistake)


def plain_errors(command: Callable[P, None]) -> Callable[P, None]:
    """Make a command end with one line on stderr and exit status 1 if one of the `PLAIN` mistakes is raised."""

    @wraps(command)
    def guarded(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            command(*arguments, **options)
        except PLAIN as mistake:
            _say(str(mistake))
        except SQLAlchemyError as mistake:
            _say(f"The database cannot be used ({describe_error(mistake)}): see DATABASE_URL")

    return guarded


def write_file(file: Path, text: str) -> None:
    """Write a text to a file. Raises `CannotStart` with one plain line if that fails."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise CannotStart(f"{file} cannot be written ({problem.strerror}): choose another file") from None


def _say(line: str) -> NoReturn:
    typer.echo(f"klankbord: {line}", err=True)
    raise typer.Exit(1)
