"""Mistakes of whoever runs the bot, said in one plain line: what it is, and the remedy. Never a stack trace."""

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
    """A command whose known mistakes end it with one line on stderr and exit status 1."""

    @wraps(command)
    def told(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            command(*arguments, **options)
        except PLAIN as mistake:
            _say(str(mistake))
        except SQLAlchemyError as mistake:
            _say(f"The database cannot be used ({describe_error(mistake)}): see DATABASE_URL")

    return told


def write_file(file: Path, text: str) -> None:
    """Put a text in a file; one plain line where that cannot be."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise CannotStart(f"{file} cannot be written ({problem.strerror}): choose another file") from None


def _say(line: str) -> NoReturn:
    typer.echo(f"klankbord: {line}", err=True)
    raise typer.Exit(1)
