"""What fits where Slack takes only so much."""

from collections.abc import Sequence
from itertools import accumulate, takewhile

from bot.words.escaping import Mrkdwn


def latest_that_fit(lines: Sequence[Mrkdwn], room: int) -> Sequence[Mrkdwn]:
    """The last of these lines, in their order, of at most `room` characters together."""
    sizes = accumulate(len(line) for line in reversed(lines))
    fitting = sum(1 for _ in takewhile(lambda size: size <= room, sizes))
    return lines[len(lines) - fitting :]
