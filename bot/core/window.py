"""How long a step is open: `P1.5D` is in working days, `PT90M` in plain time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_DAYS: Final = re.compile(r"P(?P<days>\d{1,3})(?P<half>\.[05])?D")
_PLAIN: Final = re.compile(r"PT(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,5})M)?(?:(?P<seconds>\d{1,6})S)?")
_REMEDY: Final = 'write working days as "P2D" or "P0.5D", plain time as "PT48H", "PT5M" or "PT30S"'


@dataclass(frozen=True, order=True)
class Window:
    """A length of time: half working days, or else plain time (never both)."""

    half_days: int = 0
    plain: timedelta | None = None

    @classmethod
    def parse(cls, text: str) -> Window:
        """The window of `P…D` or `PT…H…M…S`. Raises `ValueError`, which says how to write one."""
        if days := _DAYS.fullmatch(text):
            return cls(half_days=2 * int(days["days"]) + (days["half"] == ".5"))
        plain = _PLAIN.fullmatch(text)
        if plain is None or text == "PT":
            raise ValueError(f'"{text}" is no length of time; {_REMEDY}')
        return cls(plain=timedelta(**{unit: int(count or 0) for unit, count in plain.groupdict().items()}))

    @property
    def working_days(self) -> float:
        """The number of working days; 0 for plain time."""
        return self.half_days / 2

    def __str__(self) -> str:
        """The text of it in a file; `parse` gives the same window back."""
        return f"P{self.working_days:g}D" if self.plain is None else _as_text(self.plain)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read and write a window as its text."""
        as_text = core_schema.to_string_ser_schema()
        return core_schema.no_info_plain_validator_function(_validated, serialization=as_text)


def _validated(value: Any) -> Window:
    return value if isinstance(value, Window) else Window.parse(str(value))


def _as_text(plain: timedelta) -> str:
    minutes, seconds = divmod(int(plain.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if count]
    return "PT" + ("".join(parts) or "0M")
