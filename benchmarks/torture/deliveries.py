"""What Slack sends the bot, on its way: late, out of order, twice, never; interactions at once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.torture.copies import Copy
from playground.model import Envelope
from playground.workspace import PracticeWorkspace

# For an event that comes: how often it comes again later, and how often a message never comes.
_COMES_AGAIN, _NEVER_COMES = 0.1, 0.04


@dataclass
class Deliveries:
    """Takes what the workspace sends, and hands it to one of the copies that `listening` returns."""

    workspace: PracticeWorkspace
    chance: Random
    listening: Callable[[], list[Copy]]
    is_rough: bool = True
    on_its_way: list[Envelope] = field(default_factory=list)
    _numbers: int = 0

    def take(self, envelope: Envelope) -> None:
        """Slack sends this."""
        if envelope.type != "events_api":
            self._hand_over(envelope)
        elif self.is_rough and _is_message(envelope) and self.chance.random() < _NEVER_COMES:
            self.workspace.fails(envelope.envelope_id, "connection_failed", retry=False)
        else:
            self.on_its_way.append(envelope)

    def bring_one(self) -> None:
        """One event arrives, any of those on their way."""
        envelope = self.on_its_way.pop(self.chance.randrange(len(self.on_its_way)))
        self._hand_over(envelope)
        if self.is_rough and self.chance.random() < _COMES_AGAIN:
            self._numbers += 1
            again = {**envelope.payload, "event_id": f"EvAgain{self._numbers}"}
            self.on_its_way.append(replace(envelope, payload=again))

    def bring_all(self) -> None:
        """All events arrive, and those that they cause."""
        while self.on_its_way:
            self.bring_one()

    def _hand_over(self, envelope: Envelope) -> None:
        copies = self.listening()
        if not copies or not self.chance.choice(copies).receives(envelope):
            self.workspace.fails(envelope.envelope_id, "connection_failed")


def _is_message(envelope: Envelope) -> bool:
    return bool(envelope.payload.get("event", {}).get("type") == "message")
