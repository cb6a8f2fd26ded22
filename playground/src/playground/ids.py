"""Ids and timestamps that look like Slack's."""

from __future__ import annotations

import itertools
import unicodedata

from playground.model import Clock

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class IdGenerator:
    """Gives out ids: readable for people (U0ANNA), counted for the rest, so that a run can be repeated exactly."""

    def __init__(self) -> None:
        self._counters: dict[str, itertools.count[int]] = {}
        self._taken: set[str] = set()

    def new_id(self, prefix: str) -> str:
        """A fresh id: the prefix and nine characters, for instance `C000000001`."""
        return prefix + _base36(self.next_number(prefix)).rjust(9, "0")

    def next_number(self, series: str) -> int:
        return next(self._counters.setdefault(series, itertools.count(1)))

    def readable_id(self, prefix: str, name: str) -> str:
        """An id people can recognise in a log: U0CELINE for Céline."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
        readable = prefix + "".join(c for c in plain if c in _ALPHABET)
        while readable in self._taken:
            readable = f"{readable}{self.next_number(readable)}"
        self._taken.add(readable)
        return readable


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _ALPHABET[rest] + digits
    return digits


class TimestampGenerator:
    """Slack's ts: seconds and microseconds of the calendar clock, unique and rising within the workspace."""

    def __init__(self, calendar: Clock) -> None:
        self._calendar = calendar
        self._last = 0

    def next_ts(self) -> str:
        """A ts later than every ts before it; events in one instant are 100 microseconds apart."""
        now = self._calendar()
        wanted = int(now.timestamp()) * 1_000_000 + now.microsecond
        self._last = max(wanted, self._last + 100)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def seconds(self) -> int:
        return int(self._calendar().timestamp())
