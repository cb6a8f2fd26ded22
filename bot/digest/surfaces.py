"""What the page of a digest knows."""

from dataclasses import dataclass

from bot.circles.types import read_circle_id
from bot.core.parts import Json


@dataclass(frozen=True)
class DigestPage:
    """The page of a digest: our id of its circle, and the key of its period."""

    circle: int
    period: str

    def to_metadata(self) -> Json:
        """What comes back with the page."""
        return {"circle": self.circle, "period": self.period}

    @classmethod
    def from_metadata(cls, pointers: Json) -> "DigestPage":
        """What `to_metadata` wrote; `Refusal` where it names no circle."""
        return cls(read_circle_id(pointers), str(pointers.get("period", "")))
