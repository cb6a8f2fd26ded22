"""For developers: `python -m db.draft_revision "what changed"` drafts the revision after a change of the models."""

import re
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import Any

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import renderers
from alembic.operations import ops
from sqlalchemy import Boolean, Column, MetaData, String, text

from db.migrate import VERSIONS, alembic_config, changing_tables, migrate, revisions
from db.session import Database

_PROJECT = Path(__file__).parents[1]
NO_VALUE = (
    "Rows that are there need a value for {column}, and the models name none: "
    "give it a server_default, or add it nullable and fill it first."
)
NO_EMPTY = "Rows that are there may have no value for {column}: fill them first, with op.execute()."


def draft_revision(message: str, versions: Path = VERSIONS, metadata: MetaData | None = None) -> Path | None:
    """Write a revision file into `versions` that brings the newest tables to those of `metadata`, the models' if None.

    What comes back is the file; None, and no file, where there is no difference. No database is needed: the difference
    is found on a scratch one.
    """
    with TemporaryDirectory() as scratch:
        database = Database(f"sqlite:///{scratch}/scratch.db")
        migrate(database, versions=versions)
        with changing_tables(database) as connection:
            config = alembic_config(connection, versions, metadata)
            config.cmd_opts = Namespace(quiet=True)
            drafted = command.revision(
                config,
                message=message,
                autogenerate=True,
                rev_id=f"{len(revisions(versions)) + 1:04}",
                process_revision_directives=_prepare,
            )
        database.close()
    if not drafted:
        return None
    file = Path(drafted.path)  # type: ignore[union-attr]
    for step in (["check", "--fix-only"], ["format"]):
        _ruff(*step, "--quiet", "--config", str(_PROJECT / "pyproject.toml"), str(file))
    return file


def _prepare(_context: Any, _revision: Any, drafts: list[ops.MigrationScript]) -> None:
    """Leave out a draft that changes nothing; otherwise see to the rows that are in the tables already."""
    upgrade = drafts[0].upgrade_ops
    assert upgrade is not None
    if upgrade.is_empty():
        drafts.clear()
    for change in upgrade.ops:
        if isinstance(change, ops.ModifyTableOps):
            change.ops = [step for one in change.ops for step in _with_rows(one)]


def _with_rows(change: ops.MigrateOperation) -> Iterator[ops.MigrateOperation]:
    """The change as a table with rows can have it, after a remark where we cannot know how."""
    if isinstance(change, ops.AddColumnOp) and not change.column.nullable and change.column.server_default is None:
        default = _default_in_sql(change.column)
        if default is None:
            yield _Remark(NO_VALUE.format(column=change.column.name))
        else:
            column = Column(change.column.name, change.column.type, nullable=False, server_default=text(default))
            change = ops.AddColumnOp(change.table_name, column, schema=change.schema)
    if isinstance(change, ops.AlterColumnOp) and change.modify_nullable is False:
        yield _Remark(NO_EMPTY.format(column=change.column_name))
    yield change


def _default_in_sql(column: Column[Any]) -> str | None:
    """The value that the models give to new rows, as SQL, if it is a plain one."""
    if column.default is None or not column.default.is_scalar:
        return None
    value = column.default.arg  # type: ignore[attr-defined]
    if isinstance(column.type, Boolean):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(column.type, String):
        return "'" + str(value).replace("'", "''") + "'"
    return None


class _Remark(ops.MigrateOperation):
    """A line for the developer, in the place where it matters."""

    def __init__(self, line: str) -> None:
        self.line = line

    def reverse(self) -> "_Remark":
        return self

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("remark", self.line)


@renderers.dispatch_for(_Remark)
def _render_remark(_context: AutogenContext, remark: _Remark) -> list[str]:
    return wrap(remark.line, 100, initial_indent="# ", subsequent_indent="# ")


def _ruff(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "ruff", *arguments], check=True)  # noqa: S603 - our own formatter


def main(words: list[str]) -> None:
    """Draft the revision that `words` describe, and print where it is."""
    # The message becomes a docstring and the name of a file.
    message = re.sub(r"[^\w ,.:;()'-]", "", " ".join(words)).strip()
    file = draft_revision(message or "changes")
    sys.stdout.write(f"{file or 'The tables are as the models say: there is nothing to draft.'}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
