"""What happens when time knocks: plain functions of the bot and the moment, each returning how much was due.

They find what is due in the database, so a tick that is late, doubled or missed changes nothing but the moment.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from bot.bot import Bot

_log = logging.getLogger(__name__)
Due = TypeVar("Due", int, str)
Tick = Callable[[Bot, datetime], int]


def look_up_people(bot: Bot, now: datetime) -> int:
    """Look up the people of channels we do not know well, and some of whom we have not heard for long."""
    return bot.people.look_up_due_channels(now) + bot.people.look_up_unseen(now)


def look_where_we_are(bot: Bot, now: datetime) -> int:
    """Look in which channels we are, now and then."""
    return bot.people.reconcile_channels(now)


def catch_up(bot: Bot, now: datetime) -> int:
    """Read some of the threads in which Slack may not have told us everything."""
    return bot.catching_up.read_due(now)


def post_rounds(bot: Bot, now: datetime) -> int:
    """Post the prompt of each circle where it is due."""
    return _each(bot.rounds.due_circles(now), lambda circle: bot.rounds.post_due_round(circle, now))


def offer_looking_back(bot: Bot, now: datetime) -> int:
    """Invite circles whose season is over to look back on it."""
    looking_back = bot.looking_back
    return _each(looking_back.circles_to_invite(now), lambda circle: looking_back.offer_looking_back(circle, now))


def post_nameless(bot: Bot, now: datetime) -> int:
    """Post what waits to be shared without a name, where its round is over."""
    return _each(bot.nameless_answers.due_rounds(now), lambda round_: bot.nameless_answers.post_batch(round_, now))


def hold_proposals(bot: Bot, now: datetime) -> int:
    """Let hold what nobody objected to in time; after the questions that are due, which come as they were."""
    return _each(bot.proposals.due_proposals(now), lambda proposal: bot.proposals.decide_proposal(proposal, now))


def ask_silent_circles(bot: Bot, now: datetime) -> int:
    """Ask circles whose last rounds were silent how to go on."""
    return _each(bot.inactive_circles.due_circles(now), lambda circle: bot.inactive_circles.check_circle(circle, now))


def advance_cases(bot: Bot, now: datetime) -> int:
    """Open and close the steps whose time has come."""
    return _each(bot.cases.due_cases(now), lambda case: _advance(bot, case, now))


def _advance(bot: Bot, case: str, now: datetime) -> bool:
    """What was said in the case's channel before this moment is taken in first."""
    bot.catching_up.read_before_step(case, now)
    return bot.cases.advance_case(case, now)


def forget_cases(bot: Bot, now: datetime) -> int:
    """Wipe the words of cases that were kept long enough."""
    return _each(bot.cases.forgetting.cases_to_wipe(now), lambda case: bot.cases.forgetting.wipe_due_words(case, now))


def ask_about_journals(bot: Bot, now: datetime) -> int:
    """Ask who wrote something, once a year, whether it may stay."""
    return _each(
        bot.journal_retention.members_to_ask(now), lambda member: bot.journal_retention.ask_member(member, now)
    )


def invite(bot: Bot, now: datetime) -> int:
    """Invite who asked for it to the question of their circle, at their own hour."""
    return _each(bot.invitations.members_to_invite(now), lambda member: bot.invitations.invite_member(member, now))


TICKS: tuple[Tick, ...] = (
    look_where_we_are,
    look_up_people,
    catch_up,
    post_rounds,
    hold_proposals,
    offer_looking_back,
    post_nameless,
    ask_silent_circles,
    advance_cases,
    forget_cases,
    ask_about_journals,
    invite,
)


def run_due(bot: Bot, now: datetime) -> int:
    """Everything that is due now. One kind that fails does not stop the others, and is tried again at the next beat."""
    done = 0
    for tick in TICKS:
        try:
            done += tick(bot, now)
        except Exception:  # noqa: BLE001
            _log.exception("%s failed, will be tried again", tick.__name__)
        bot.metrics.ticks.labels(tick.__name__).inc()
    bot.metrics.last_tick.set(bot.elapsed().timestamp())
    return done


def _each(due: Iterable[Due], act: Callable[[Due], bool]) -> int:
    """Do what is due, each by itself: one that fails holds up no other, whatever is wrong with it."""
    done = 0
    for one in due:
        try:
            done += act(one)
        except Exception:  # noqa: BLE001
            _log.exception("%s is due and failed, will be tried again", one)
    return done
