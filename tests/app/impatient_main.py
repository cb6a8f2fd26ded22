"""`python -m tests.app.impatient_main`: what `main.py run` does, with less patience, so that tests need not wait."""

from datetime import timedelta

from app.serving import serve
from bot.outbox.worker import Timeouts

HASTE = Timeouts(
    call=timedelta(seconds=1),
    pace=timedelta(),
    lag=timedelta(seconds=0.2),
    lease=timedelta(seconds=3),
    pause=timedelta(seconds=1),
)

if __name__ == "__main__":
    serve(listens=True, time_knocks=True, timeouts=HASTE)
