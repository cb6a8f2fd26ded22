"""One mistake in a protocol, and the type of a rule that finds mistakes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.library.protocol import Protocol


@dataclass(frozen=True)
class ProtocolFinding:
    """One mistake: its place, the rule that it breaks, and the remedy."""

    step: str | None
    field: str
    rule: str
    remedy: str

    @property
    def key(self) -> str:
        """The first key in its field."""
        return self.field.replace(",", " ").split()[0]

    def __str__(self) -> str:
        """The finding as one line."""
        where = f'step "{self.step}", {self.field}' if self.step else self.field
        return f"{where}: {self.rule}; {self.remedy}"


Rule = Callable[[Protocol], Iterator[ProtocolFinding]]
