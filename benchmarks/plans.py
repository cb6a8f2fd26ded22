"""How a database looks up what one act asks: its plans, as SQLite and PostgreSQL tell them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event

_LOOKED_UP = ("SELECT", "UPDATE", "DELETE")
# A heap is read where a bitmap of an index says so; what was asked of it stands with the index.
_READS = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}


@dataclass(frozen=True)
class Plan:
    """The lines of the plans of one act that say what is read, and how."""

    name: str
    lines: tuple[str, ...]

    @property
    def scans(self) -> tuple[str, ...]:
        """What is read from one end to the other."""
        return tuple(line for line in self.lines if line.startswith("SCAN") and "CONSTANT" not in line)

    def __str__(self) -> str:
        found = "; ".join(self.scans) or "no table is read whole"
        return "\n".join([f"{self.name}: {found}", *(f"    {line}" for line in self.lines)])


def plan_of(engine: Engine, name: str, act: Callable[[], None]) -> Plan:
    """Do `act`, and ask `engine` how each of its statements is looked up, right before it is."""
    lines: dict[str, None] = {}
    explained = _by_postgresql if engine.dialect.name == "postgresql" else _by_sqlite

    def asked(connection: Connection, _c: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        if not many and statement.startswith(_LOOKED_UP):
            raw = connection.connection.cursor()
            by_cursor = context.execution_options.get("stream_results", False)
            lines.update(dict.fromkeys(explained(raw, statement, values, by_cursor)))

    event.listen(engine, "before_cursor_execute", asked)
    act()
    event.remove(engine, "before_cursor_execute", asked)
    return Plan(name, tuple(lines))


def _by_sqlite(raw: Any, statement: str, values: Any, _by_cursor: bool) -> list[str]:
    raw.execute(f"EXPLAIN QUERY PLAN {statement}", values)
    return [row[3] for row in raw.fetchall()]


def _by_postgresql(raw: Any, statement: str, values: Any, by_cursor: bool) -> list[str]:
    # What is brought some rows at a time is planned to have the first ones soon.
    asked = f"DECLARE rows CURSOR FOR {statement}" if by_cursor else statement
    raw.execute(f"EXPLAIN (FORMAT JSON) {asked}", values)
    return [_read(node) for node in _nodes(raw.fetchone()[0][0]["Plan"]) if node["Node Type"] in _READS]


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _read(node: dict[str, Any]) -> str:
    """In SQLite's words: an index is searched for something, and without that read whole, as a table is."""
    read = " using ".join(node[key] for key in ("Relation Name", "Index Name") if key in node)
    return f"SEARCH {read} {node['Index Cond']}" if "Index Cond" in node else f"SCAN {read}"
