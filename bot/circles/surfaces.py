"""How buttons, pages and forms point at a circle: by our own id of it."""

from dataclasses import dataclass
from typing import Final

from bot.core.errors import Refusal
from bot.core.parts import Json

# The largest number that a database takes for an id.
_MOST_ID: Final = 2**31


def read_circle_id(pointers: Json) -> int:
    """Our id of the circle that a page or form is about. `Refusal` for anything else."""
    circle = pointers.get("circle")
    if type(circle) is not int or not 0 < circle < _MOST_ID:
        raise Refusal("common.gone")
    return circle


@dataclass(frozen=True)
class CirclePointer:
    """A button about a circle, in a message."""

    circle: int

    def to_value(self) -> str:
        """The value of the button."""
        return str(self.circle)

    @classmethod
    def from_value(cls, value: str) -> "CirclePointer":
        """What `to_value` wrote; `Refusal` for anything else."""
        is_number = value.isascii() and value.isdigit() and len(value) < len(str(_MOST_ID))
        return cls(read_circle_id({"circle": int(value) if is_number else 0}))
