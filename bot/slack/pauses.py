"""How long to wait before Slack is called again, when a call in a row with others did not help."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Pauses:
    """`after` is in seconds: after the first call in a row, the second, and so on; the last holds for all later ones.

    Each pause is longer by up to half, by chance, so that many processes do not come back at the same moment. What
    lasted `lasting` seconds did help, and the next row begins.
    """

    after: tuple[float, ...] = (1.0, 3.0, 10.0, 15.0, 20.0)
    lasting: float = 30.0

    def after_calls(self, in_a_row: int) -> float:
        """How many seconds to wait after so many calls in a row; none after none."""
        if in_a_row == 0:
            return 0.0
        return self.after[min(in_a_row, len(self.after)) - 1] * random.uniform(1.0, 1.5)  # noqa: S311


PAUSES = Pauses()
