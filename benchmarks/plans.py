"""The query plans of one act, as SQLite and PostgreSQL explain them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event

_LOOKED_UP = ("SELECT", "UPDATE", "DELETE")
# A bitmap heap scan reads what its bitmap index scan found, and that one has the condition.
_READING_NODES = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}


@dataclass(frozen=True)
class Plan:
    """The lines of the query plans of one act that say what is read, and how."""

    name: str
    lines: tuple[str, ...]

    @property
    def scans(self) -> tuple[str, ...]:
        """The lines of whole tables or indexes that are read."""
        return tuple(line for line in self.lines if line.startswith("SCAN") and "CONSTANT" not in line)

    def __str__(self) -> str:
        found = "; ".join(self.scans) or "no table is read whole"
        return "\n".join([f"{self.name}: {found}", *(f"    {line}" for line in self.lines)])


def plan_of(engine: Engine, name: str, act: Callable[[], None]) -> Plan:
    """Run `act`, and explain each of its statements right before it is executed."""
    lines: dict[str, None] = {}
    explained = _by_postgresql if engine.dialect.name == "postgresql" else _by_sqlite

    def explain(connection: Connection, _c: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        if not many and statement.startswith(_LOOKED_UP):
            raw = connection.connection.cursor()
            by_cursor = context.execution_options.get("stream_results", False)
            lines.update(dict.fromkeys(explained(raw, statement, values, by_cursor)))

    event.listen(engine, "before_cursor_execute", explain)
    act()
    event.remove(engine, "before_cursor_execute", explain)
    return Plan(name, tuple(lines))


def _by_sqlite(raw: Any, statement: str, values: Any, _by_cursor: bool) -> list[str]:
    raw.execute(f"EXPLAIN QUERY PLAN {statement}", values)
    return [row[3] for row in raw.fetchall()]


def _by_postgresql(raw: Any, statement: str, values: Any, by_cursor: bool) -> list[str]:
    # A statement that is read by a cursor is planned to return its first rows soon.
    explained = f"DECLARE rows CURSOR FOR {statement}" if by_cursor else statement
    raw.execute(f"EXPLAIN (FORMAT JSON) {explained}", values)
    return [_read(node) for node in _nodes(raw.fetchone()[0][0]["Plan"]) if node["Node Type"] in _READING_NODES]


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _read(node: dict[str, Any]) -> str:
    """In SQLite's words: SEARCH with a condition of an index, else SCAN of the whole table or index."""
    read = " using ".join(node[key] for key in ("Relation Name", "Index Name") if key in node)
    return f"SEARCH {read} {node['Index Cond']}" if "Index Cond" in node else f"SCAN {read}"
