"""Clocks to turn by hand, and an app that keeps what reaches it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from playground.model import Envelope, Json
from playground.workspace import PracticeWorkspace


@dataclass
class Watch:
    """Two clocks to turn by hand."""

    calendar_now: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    elapsed_now: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def calendar(self) -> datetime:
        return self.calendar_now

    def elapsed(self) -> datetime:
        return self.elapsed_now

    def passes(self, **time: float) -> None:
        self.calendar_now += timedelta(**time)
        self.elapsed_now += timedelta(**time)


@dataclass
class Listener:
    """An app that keeps what reaches it, and answers as the test says: `answer` at once, or not at all when silent."""

    workspace: PracticeWorkspace
    envelopes: list[Envelope] = field(default_factory=list)
    is_silent: bool = False
    answer: Json | str | None = None

    def __call__(self, envelope: Envelope) -> None:
        self.envelopes.append(envelope)
        if not self.is_silent:
            answer = self.answer if envelope.type != "events_api" else None
            self.workspace.acknowledge(envelope.envelope_id, answer)

    @property
    def events(self) -> list[Json]:
        return [envelope.payload["event"] for envelope in self.envelopes if envelope.type == "events_api"]

    def heard(self, kind: str) -> list[Json]:
        """The events of that type, or message events of that subtype."""
        return [event for event in self.events if kind in (event["type"], event.get("subtype"))]

    @property
    def last(self) -> Json:
        return self.envelopes[-1].payload
