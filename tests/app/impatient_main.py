"""`python -m tests.app.impatient_main`: what `main.py run` does, with less patience, so that tests need not wait."""

from datetime import timedelta

import main
from bot.outbox.worker import Timeouts

HASTE = Timeouts(
    call=timedelta(seconds=1),
    between_posts=timedelta(),
    history_delay=timedelta(seconds=0.2),
    lease=timedelta(seconds=3),
    token_retry=timedelta(seconds=1),
)

if __name__ == "__main__":
    main.serve(listens=True, time_knocks=True, timeouts=HASTE)
