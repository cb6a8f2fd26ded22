"""Payloads that wait for the app's acknowledgement: sinks in turn, and Slack's schedule of resends."""

from __future__ import annotations

import json
import threading
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from playground.interaction import PendingInteraction
from playground.model import Clock, Envelope, EnvelopeType, Json, Sink

ANSWER_WITHIN = timedelta(seconds=3)
# After the first delivery: almost at once, after one minute, after five (docs.slack.dev/apis/events-api).
RETRY_DELAYS = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(eq=False)
class PendingDelivery:
    """One payload that was sent and not acknowledged yet; `due` is when it counts as failed or goes out again."""

    type: EnvelopeType
    payload: Json
    due: datetime
    interaction: PendingInteraction | None = None
    accepts_response: bool = False
    attempt: int = 0
    failure: str = ""
    envelope_ids: list[str] = field(default_factory=list)


class DeliveryQueue:
    """The sinks that listen for the app, and the payloads that wait for an answer."""

    def __init__(self, elapsed: Clock) -> None:
        self._elapsed = elapsed
        self.sinks: list[Sink] = []
        self.is_connected = threading.Event()
        self.was_ever_connected = False
        self._turn = 0
        self.waiting: list[PendingDelivery] = []
        self._by_envelope: dict[str, PendingDelivery] = {}

    def connect(self, sink: Sink) -> None:
        self.sinks.append(sink)
        self.is_connected.set()
        self.was_ever_connected = True

    def disconnect(self, sink: Sink) -> None:
        if sink in self.sinks:
            self.sinks.remove(sink)
        if not self.sinks:
            self.is_connected.clear()

    def add_pending(
        self, kind: EnvelopeType, payload: Json, interaction: PendingInteraction | None, accepts: bool
    ) -> PendingDelivery:
        """Take a payload in; a copy is kept, so that later changes of the state do not change what was said."""
        copy = json.loads(json.dumps(payload))
        pending = PendingDelivery(kind, copy, self._elapsed() + ANSWER_WITHIN, interaction, accepts)
        self.waiting.append(pending)
        return pending

    def next_sink(self) -> Sink | None:
        if not self.sinks:
            return None
        self._turn += 1
        return self.sinks[self._turn % len(self.sinks)]

    def new_envelope(self, pending: PendingDelivery) -> Envelope:
        """A fresh envelope around a pending payload; an answer to any of its envelopes counts."""
        envelope_id = str(uuid.uuid4())
        pending.envelope_ids.append(envelope_id)
        self._by_envelope[envelope_id] = pending
        return Envelope(
            envelope_id,
            pending.type,
            json.loads(json.dumps(pending.payload)),
            pending.accepts_response,
            pending.attempt,
            pending.failure,
        )

    def settle_envelope(self, envelope_id: str, failure: str | None, *, retry: bool) -> PendingInteraction | None:
        """Note an answer. An interaction is handed back to be concluded; a failed event becomes due again."""
        pending = self._by_envelope.get(envelope_id)
        if pending is None or pending not in self.waiting:
            return None
        if failure is not None and pending.interaction is None and retry:
            pending.failure = failure
            pending.due = self._elapsed()
            return None
        self.forget_pending(pending)
        return pending.interaction

    def forget_pending(self, pending: PendingDelivery) -> None:
        self.waiting.remove(pending)
        for envelope_id in pending.envelope_ids:
            self._by_envelope.pop(envelope_id, None)

    def due_now(self) -> list[PendingDelivery]:
        now = self._elapsed()
        return [pending for pending in self.waiting if pending.due <= now]

    def schedule_retry(self, pending: PendingDelivery) -> bool:
        """Count a next attempt; False when Slack gives up."""
        if pending.attempt == len(RETRY_DELAYS):
            return False
        pending.attempt += 1
        pending.failure = pending.failure or "timeout"
        following = RETRY_DELAYS[pending.attempt] if pending.attempt < len(RETRY_DELAYS) else timedelta(0)
        pending.due = self._elapsed() + max(following, ANSWER_WITHIN)
        return True
