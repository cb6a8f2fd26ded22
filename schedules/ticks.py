"""What happens when time knocks: plain functions of the bot and the moment, each returning how much was due.

They find what is due in the database, so a tick that is late, doubled or missed changes nothing but the moment.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.bot import Bot
from bot.slack import SlackTrouble

_log = logging.getLogger(__name__)
Tick = Callable[[Bot, datetime], int]


def look_up_people(bot: Bot, now: datetime) -> int:
    """Look up the people of channels we do not know well."""
    return bot.people.look_up_due(now)


def look_where_we_are(bot: Bot, now: datetime) -> int:
    """Look in which channels we are, now and then."""
    return bot.people.reconcile(now)


def catch_up(bot: Bot, now: datetime) -> int:
    """Read some of the threads in which Slack may not have told us everything."""
    return bot.catching_up.due(now)


def post_rounds(bot: Bot, now: datetime) -> int:
    """Post the prompt of each circle where it is due."""
    return sum(bot.rounds.post(circle, now) for circle in bot.rounds.due(now))


def advance_cases(bot: Bot, now: datetime) -> int:
    """Open and close the steps whose time has come."""
    done = 0
    for case in bot.cases.due(now):
        bot.catching_up.before_step(case, now)
        done += bot.cases.advance(case, now)
    return done


def forget_cases(bot: Bot, now: datetime) -> int:
    """Wipe the words of cases that were kept long enough."""
    return sum(bot.cases.forgetting.forget(case, now) for case in bot.cases.forgetting.due(now))


TICKS: tuple[Tick, ...] = (look_where_we_are, look_up_people, catch_up, post_rounds, advance_cases, forget_cases)


def beat(bot: Bot, now: datetime) -> int:
    """Everything that is due now. One kind that fails does not stop the others, and is tried again at the next beat."""
    done = 0
    for tick in TICKS:
        try:
            done += tick(bot, now)
        except (SQLAlchemyError, SlackTrouble):
            _log.exception("%s failed, will be tried again", tick.__name__)
        bot.metrics.ticks.labels(tick.__name__).inc()
    bot.metrics.last_tick.set(bot.elapsed().timestamp())
    return done
