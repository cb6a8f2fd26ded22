"""`python -m tests.app.impatient_main`: what `main.py run` does, with less patience, so that tests need not wait."""

from datetime import timedelta

from app.serving import serve
from bot.outbox.timeouts import Timeouts
from bot.slack.pauses import Pauses

HASTE = Timeouts(
    call=timedelta(seconds=1),
    between_posts=timedelta(),
    looks=(timedelta(seconds=0.2), timedelta(seconds=0.6)),
    lease=timedelta(seconds=3),
    blocked=timedelta(seconds=1),
    verify=(timedelta(seconds=2), timedelta(seconds=4)),
)

if __name__ == "__main__":
    serve(listens=True, runs_ticks=True, timeouts=HASTE, pauses=Pauses(after=(0.1,)))
