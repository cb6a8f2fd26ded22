"""A developer changes a model, and has the revision drafted: it takes a database with rows."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, Text
from sqlalchemy.exc import DBAPIError

from db.draft_revision import draft_revision, main
from db.migrate import VERSIONS, migrate, revisions
from db.models import Base
from db.session import Instant
from tests.upgrade.old_database import opened, rows_at


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """A copy of the revisions, to draft in, with a name that is hard to write."""
    return Path(shutil.copytree(VERSIONS, tmp_path / "100 %(s)s", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.fixture
def models() -> MetaData:
    """The tables as the models have them, to change."""
    copied = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(copied)
    return copied


def add_column(models: MetaData, table: str, *column: Any, **settings: Any) -> None:
    models.tables[table].append_column(Column(*column, **settings))


def draft(versions: Path, models: MetaData) -> str:
    """The drafted revision's text."""
    file = draft_revision("What changed", versions, models)
    assert file is not None
    return file.read_text()


def upgrade_with(url: str, versions: Path) -> None:
    with opened(url) as database:
        migrate(database, versions=versions)


def test_no_difference_is_no_revision(versions: Path) -> None:
    before = sorted(versions.iterdir())

    assert draft_revision("Nothing", versions) is None
    assert [file for file in sorted(versions.iterdir()) if file.name != "__pycache__"] == before


def test_the_command_writes_nothing_where_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    before = revisions()

    main(["what changed"])

    assert capsys.readouterr().out == "The tables are as the models say: there is nothing to draft.\n"
    assert revisions() == before


def test_new_columns_with_a_value_take_tables_with_rows(upgraded_url: str, versions: Path, models: MetaData) -> None:
    add_column(models, "member", "is_on_leave", Boolean, nullable=False, default=False)
    add_column(models, "circle", "greeting", String(255), nullable=False, default="it's us")
    add_column(models, "circle", "seats", Integer, nullable=False, default=12)
    add_column(models, "circle", "left_at", Instant(), index=True)
    Table("room", models, Column("id", Integer, primary_key=True), Column("name", String(255), nullable=False))

    text = draft(versions, models)
    upgrade_with(upgraded_url, versions)

    assert f'down_revision = "{revisions()[-1]}"' in text and "Rows that are there" not in text
    rows = rows_at(upgraded_url)
    assert {row["is_on_leave"] for row in rows["member"]} == {False}
    assert {(row["greeting"], row["seats"], row["left_at"]) for row in rows["circle"]} == {("it's us", 12, None)}
    with opened(upgraded_url) as database, database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), models) == []


def test_a_table_that_others_point_at_can_be_changed(upgraded_url: str, versions: Path, models: MetaData) -> None:
    models.tables["member"].columns["timezone"].type = Text()
    before = rows_at(upgraded_url)

    draft(versions, models)
    upgrade_with(upgraded_url, versions)

    assert rows_at(upgraded_url) == before


def test_a_new_column_without_a_value_is_said_in_the_draft_and_fails_on_rows(
    upgraded_url: str, versions: Path, models: MetaData
) -> None:
    add_column(models, "member", "birthday", Instant(), nullable=False)

    text = draft(versions, models)

    assert "# Rows that are there need a value for birthday, and the models name none:" in text
    with pytest.raises(DBAPIError):
        upgrade_with(upgraded_url, versions)


def test_a_column_that_becomes_required_is_said_in_the_draft_and_fails_on_rows(
    upgraded_url: str, versions: Path, models: MetaData
) -> None:
    models.tables["circle"].columns["contact"].nullable = False

    text = draft(versions, models)

    assert "# Rows that are there may have no value for contact: fill them first" in text
    with pytest.raises(DBAPIError):
        upgrade_with(upgraded_url, versions)


def test_a_draft_is_formatted_as_the_project_is(versions: Path, models: MetaData) -> None:
    add_column(models, "circle", "seats", Integer, nullable=False)
    add_column(models, "member", "birthday", Instant(), nullable=False)
    draft(versions, models)
    (file,) = versions.glob("*_what_changed.py")

    for check in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *check, "--no-cache", "--config", "pyproject.toml", str(file)]
        assert subprocess.run(ruff, capture_output=True, check=False).returncode == 0
