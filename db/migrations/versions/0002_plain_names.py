"""plain names

Tables and columns are called what everybody calls them. Nothing that people wrote changes: sealed words are bound to
constants in the code, never to the name of a table.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = {
    "intervision": "intervision_case",
    "set_aside": "saved_advice",
    "late_words": "late_contribution",
    "post": "outbox_target",
    "errand": "outbox_job",
    "presence": "channel_member",
    "left_out": "opt_out",
    "support": "question_support",
    "retired": "retired_prompt",
    "turn": "question_turn",
    "slot_otherwise": "slot_exception",
    "silence": "inactivity_question",
}
COLUMNS = {
    "circle": {"look_at": "inactivity_check_at"},
    "contribution": {"form": "form_token"},
    "insight": {"form": "form_token"},
    "intervision_case": {"form": "form_token"},
    "late_contribution": {"form": "form_token"},
    "outbox_job": {"post_id": "target_id", "lane": "queue_key"},
    "outbox_target": {"inside": "channel_target_id", "under": "thread_target_id", "gone_at": "deleted_at"},
    "own_question": {"form": "form_token"},
    "proposal": {"form": "form_token"},
    "reflection": {"form": "form_token"},
    "round": {"has_echo": "has_replies"},
    "workspace": {"places_at": "reconcile_at"},
}
FAILED = {"parked": "failed"}


def upgrade() -> None:
    _rename(TABLES, COLUMNS)
    _change_states(FAILED)


def downgrade() -> None:
    _change_states({new: old for old, new in FAILED.items()})
    back = {TABLES_BACK.get(table, table): _swapped(columns) for table, columns in COLUMNS.items()}
    _rename(TABLES_BACK, back)


def _swapped(names: Mapping[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


TABLES_BACK = _swapped(TABLES)


def _change_states(states: Mapping[str, str]) -> None:
    for old, new in states.items():
        op.execute(sa.text("UPDATE outbox_job SET state = :new WHERE state = :old").bindparams(new=new, old=old))


def _rename(tables: Mapping[str, str], columns: Mapping[str, Mapping[str, str]]) -> None:
    for old, new in tables.items():
        op.rename_table(old, new)
    for table, names in columns.items():
        for old, new in names.items():
            # Not in batch mode: a table that others point at is not copied for a name.
            op.execute(sa.text(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}"))
    connection = op.get_bind()
    touched = sorted({*tables.values(), *columns})
    if connection.dialect.name == "sqlite":
        _rename_parts_on_sqlite(connection, touched)
    else:
        _rename_parts_on_postgresql(connection, touched)


def _constraints(inspector: Any, table: str) -> Iterator[tuple[str, str]]:
    """Each named constraint of a table: its name, and the name that the convention of `db.models.base` gives it."""
    primary = inspector.get_pk_constraint(table)
    if primary["name"]:
        yield primary["name"], f"pk_{table}"
    for kind, found in (
        ("uq", ((one["name"], one["column_names"]) for one in inspector.get_unique_constraints(table))),
        ("fk", ((one["name"], one["constrained_columns"]) for one in inspector.get_foreign_keys(table))),
    ):
        for name, columns in found:
            if name:
                yield name, f"{kind}_{table}_{'_'.join(columns)}"


def _indexes(inspector: Any, table: str) -> Iterator[tuple[str, str, list[str]]]:
    for one in inspector.get_indexes(table):
        # What a unique constraint is kept by goes with the constraint.
        if not one["unique"]:
            yield one["name"], f"ix_{table}_{'_'.join(one['column_names'])}", one["column_names"]


def _rename_parts_on_postgresql(connection: sa.Connection, tables: list[str]) -> None:
    inspector = sa.inspect(connection)
    for table in tables:
        for old, new in _constraints(inspector, table):
            if old != new:
                op.execute(sa.text(f'ALTER TABLE "{table}" RENAME CONSTRAINT "{old}" TO "{new}"'))
        for old, new, _ in _indexes(inspector, table):
            if old != new:
                op.execute(sa.text(f'ALTER INDEX "{old}" RENAME TO "{new}"'))
        sequence = connection.scalar(
            sa.text("SELECT pg_get_serial_sequence(:name, column_name) FROM information_schema.columns "
                    "WHERE table_name = :name AND column_default LIKE 'nextval%'").bindparams(name=table)
        )  # fmt: skip
        if sequence and not sequence.endswith(f".{table}_id_seq"):
            op.execute(sa.text(f'ALTER SEQUENCE {sequence} RENAME TO "{table}_id_seq"'))


def _rename_parts_on_sqlite(connection: sa.Connection, tables: list[str]) -> None:
    """SQLite renames no constraint: the text that made the table is changed, as its own documentation describes."""
    inspector = sa.inspect(connection)
    texts = {}
    for table in tables:
        for old, new, columns in _indexes(inspector, table):
            if old != new:
                op.drop_index(old, table)
                op.create_index(new, table, columns)
        text = connection.scalar(
            sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name").bindparams(name=table)
        )
        assert text is not None
        for old, new in _constraints(inspector, table):
            text = text.replace(f"CONSTRAINT {old} ", f"CONSTRAINT {new} ")
        texts[table] = text
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    for table, text in texts.items():
        connection.execute(
            sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name").bindparams(
                sql=text, name=table
            )
        )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
