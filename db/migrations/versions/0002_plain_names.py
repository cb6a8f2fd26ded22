"""plain names

Tables and columns are called what everybody calls them. Nothing that people wrote changes: sealed words are bound to
constants in the code, never to the name of a table.
"""

from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Names = Mapping[str, str]
Part = sa.Constraint | sa.Index

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
# By the new name of their table.
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
JOB_STATES = {"parked": "failed"}


def upgrade() -> None:
    _rename_tables(TABLES)
    for table, columns in COLUMNS.items():
        _rename_columns(table, columns)
    _change_job_states("outbox_job", JOB_STATES)
    for table in sorted({*TABLES.values(), *COLUMNS}):
        _rename_parts(table)


def downgrade() -> None:
    old_tables = _swapped(TABLES)
    _rename_tables(old_tables)
    for table, columns in COLUMNS.items():
        _rename_columns(old_tables.get(table, table), _swapped(columns))
    _change_job_states("errand", _swapped(JOB_STATES))
    for table in sorted({*TABLES, *(old_tables.get(table, table) for table in COLUMNS)}):
        _rename_parts(table)


def _swapped(names: Names) -> Names:
    return {new: old for old, new in names.items()}


def _rename_tables(names: Names) -> None:
    for old, new in names.items():
        op.rename_table(old, new)


def _rename_columns(table: str, names: Names) -> None:
    for old, new in names.items():
        op.alter_column(table, old, new_column_name=new)


def _change_job_states(table: str, states: Names) -> None:
    jobs = sa.table(table, sa.column("state"))
    for old, new in states.items():
        op.execute(sa.update(jobs).where(jobs.c.state == old).values(state=new))


def _rename_parts(name: str) -> None:
    """The constraints and indexes of a table get the names that the convention of `db.models.base` gives them."""
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
    parts = [(part, new) for part, new in _parts(table) if part.name != new]
    if op.get_bind().dialect.name == "postgresql":
        _rename_on_postgresql(table, parts)
    elif parts:
        _copy_on_sqlite(table, parts)


def _copy_on_sqlite(table: sa.Table, parts: Iterable[tuple[Part, str]]) -> None:
    """SQLite renames no constraint: Alembic makes the table again under the new names, and copies the rows."""
    for part, new in parts:
        part.name = new
    with op.batch_alter_table(table.name, copy_from=table, recreate="always"):
        pass


def _rename_on_postgresql(table: sa.Table, parts: Iterable[tuple[Part, str]]) -> None:
    for part, new in parts:
        if isinstance(part, sa.Index):
            op.execute(f'ALTER INDEX "{part.name}" RENAME TO "{new}"')
        else:
            op.execute(f'ALTER TABLE "{table.name}" RENAME CONSTRAINT "{part.name}" TO "{new}"')
    if "id" in table.columns:
        sequence = op.get_bind().scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, "id")))
        if sequence and not sequence.endswith(f".{table.name}_id_seq"):
            op.execute(f'ALTER SEQUENCE {sequence} RENAME TO "{table.name}_id_seq"')


def _parts(table: sa.Table) -> Iterator[tuple[Part, str]]:
    """Each constraint and index of a table, with its name by the convention."""
    yield table.primary_key, f"pk_{table.name}"
    for part in (*table.constraints, *table.indexes):
        if isinstance(part, sa.UniqueConstraint | sa.ForeignKeyConstraint | sa.Index):
            prefix = {sa.UniqueConstraint: "uq", sa.ForeignKeyConstraint: "fk", sa.Index: "ix"}[type(part)]
            yield part, "_".join([prefix, table.name, *part.columns.keys()])
