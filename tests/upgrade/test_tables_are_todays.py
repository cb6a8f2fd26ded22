"""After the upgrade the database is as the models of today would make it, names of constraints and indexes included."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, make_url, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from db.migrate import BrokenReferences, SchemaState, migrate, schema_state
from db.models import Base
from tests.databases import PostgresServer
from tests.upgrade.old_database import FIRST, downgrade, opened, put_old_database, reflected, rows_at, upgrade


def description(engine: Engine) -> dict[str, Any]:
    """Every table: its columns, and its constraints and indexes by name."""
    inspector = inspect(engine)
    return {
        table: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], bool(column.get("autoincrement")))
                for column in inspector.get_columns(table)
            },
            "primary key": inspector.get_pk_constraint(table),
            "unique": by_name(inspector.get_unique_constraints(table)),
            "foreign keys": by_name(inspector.get_foreign_keys(table)),
            "indexes": by_name(inspector.get_indexes(table)),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def by_name(parts: Any) -> list[Any]:
    return sorted(parts, key=lambda part: part["name"])


def made_by_the_models(url: str) -> dict[str, Any]:
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    found = description(engine)
    engine.dispose()
    return found


def described(url: str) -> dict[str, Any]:
    with opened(url) as database:
        return description(database.engine)


def test_alembic_finds_no_difference(upgraded_url: str) -> None:
    with opened(upgraded_url) as database, database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})

        assert compare_metadata(context, Base.metadata) == []


def test_a_file_is_as_the_models_make_it(upgraded_sqlite_url: str, tmp_path: Path) -> None:
    assert described(upgraded_sqlite_url) == made_by_the_models(f"sqlite:///{tmp_path / 'models.db'}")


@pytest.mark.postgres
def test_a_server_is_as_the_models_make_it(upgraded_postgres_url: str, postgres_server: PostgresServer) -> None:
    models = made_by_the_models(postgres_server.create("models"))
    postgres_server.drop("models")

    assert described(upgraded_postgres_url) == models


def test_going_back_gives_the_tables_of_before(old_url: str) -> None:
    before = described(old_url)

    upgrade(old_url)
    downgrade(old_url, FIRST)

    assert described(old_url) == before


def test_the_file_is_sound(upgraded_sqlite_url: str) -> None:
    with opened(upgraded_sqlite_url) as database, database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").all() == [("ok",)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_foreign_keys_are_kept_again_after_the_upgrade(old_sqlite_url: str) -> None:
    with opened(old_sqlite_url) as database:
        migrate(database)
        with database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.postgres
def test_what_the_server_numbers_goes_on_after_the_last(upgraded_postgres_url: str) -> None:
    with opened(upgraded_postgres_url) as database, database.engine.begin() as connection:
        numbered = dict(numbers(connection))

        assert {"circle", "outbox_job", "member"} <= set(numbered)
        for table, (sequence, highest) in numbered.items():
            assert sequence == f"public.{table}_id_seq"
            assert connection.scalar(text("SELECT nextval(:name)"), {"name": sequence}) == highest + 1


def numbers(connection: Connection) -> Any:
    """Each table that the server numbers: its sequence, and its highest number."""
    for table in reflected(connection).tables.values():
        if "id" in table.columns:
            sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
            if sequence:
                yield table.name, (sequence, max(connection.scalars(select(table.c.id))))


@pytest.mark.postgres
def test_tables_of_others_on_the_search_path_are_left_alone(postgres_server: PostgresServer) -> None:
    url = postgres_server.create("two_schemas")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA klankbord"))
        for name in ("errand", "post"):
            connection.execute(
                text(f"CREATE TABLE {name} (id SERIAL, lane TEXT, CONSTRAINT pk_{name} PRIMARY KEY (id))")
            )
    before = description(engine)
    ours = make_url(url).update_query_dict({"options": "-csearch_path=klankbord,public"})
    ours_as_text = ours.render_as_string(hide_password=False)

    put_old_database(ours_as_text)
    upgrade(ours_as_text)

    with engine.connect() as connection:
        sequences = set(connection.scalars(text("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")))
    assert description(engine) == before
    assert sequences == {"errand_id_seq", "post_id_seq"}
    assert set(described(ours_as_text)) - {"errand", "post"} == set(Base.metadata.tables)
    engine.dispose()
    postgres_server.drop("two_schemas")


def test_an_upgrade_that_cannot_be_finished_changes_nothing(old_url: str) -> None:
    with opened(old_url) as database, database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE slot_exception (word TEXT)"))
    before, rows = described(old_url), rows_at(old_url)

    with pytest.raises((OperationalError, ProgrammingError)):
        upgrade(old_url)

    assert described(old_url) == before
    assert rows_at(old_url) == rows
    with opened(old_url) as database:
        assert schema_state(database) is SchemaState.OLDER


def test_rows_that_point_nowhere_are_said_and_nothing_is_changed(old_sqlite_url: str) -> None:
    with opened(old_sqlite_url) as database:
        with database.engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys=OFF")
            driver.execute("DELETE FROM channel WHERE id = 1")
        before = rows_at(old_sqlite_url)

        with pytest.raises(BrokenReferences, match="rows of channel_member, circle point at rows"):
            migrate(database)

    assert rows_at(old_sqlite_url) == before
