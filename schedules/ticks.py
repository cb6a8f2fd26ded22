"""What is done at its time: plain functions of the bot and the moment, each returning how much was due.

They find what is due in the database, so a tick that is late, missing or run twice changes nothing but the moment.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, TypeVar

from bot.bot import Bot
from bot.slack.errors import SlackError

_log = logging.getLogger(__name__)
DueItem = TypeVar("DueItem", int, str)
Tick = Callable[[Bot, datetime], int]


def reconcile_channels(bot: Bot, now: datetime) -> int:
    """Ask Slack, now and then, in which channels the bot is."""
    return bot.people.reconcile_channels(now)


def look_up_people(bot: Bot, now: datetime) -> int:
    """Ask Slack about the people of channels that we do not know well, and about some we have not seen for long."""
    return bot.people.look_up_due_channels(now) + bot.people.look_up_unseen(now)


def catch_up(bot: Bot, now: datetime) -> int:
    """Read some of the threads in which we may have missed events of Slack."""
    return bot.catching_up.read_due(now)


def plan_again(bot: Bot, now: datetime) -> int:
    """Plan anew where a clock that was far ahead planned, so that nothing waits until then."""
    if bot.clock_watch.take_correction():
        bot.catching_up.plan_all(now)
    return _each(bot.far_plans.circles_planned_too_far(now), lambda circle: bot.far_plans.plan_again(circle, now))


def post_due_rounds(bot: Bot, now: datetime) -> int:
    """Post the weekly question of each circle where it is due."""
    return _each(bot.rounds.due_circles(now), lambda circle: bot.rounds.post_due_round(circle, now))


def decide_proposals(bot: Bot, now: datetime) -> int:
    """Accept the proposals to which nobody objected in time. After the weekly questions: those were planned before."""
    return _each(bot.proposals.due_proposals(now), lambda proposal: bot.proposals.decide_proposal(proposal, now))


def offer_looking_back(bot: Bot, now: datetime) -> int:
    """Invite circles whose season is over to look back on it."""
    looking_back = bot.looking_back
    return _each(looking_back.circles_to_invite(now), lambda circle: looking_back.offer_looking_back(circle, now))


def post_nameless_answers(bot: Bot, now: datetime) -> int:
    """Post the answers without a name of rounds that are over."""
    return _each(bot.nameless_answers.due_rounds(now), lambda round_: bot.nameless_answers.post_batch(round_, now))


def check_inactive_circles(bot: Bot, now: datetime) -> int:
    """Ask circles in which the last rounds were silent how to go on."""
    return _each(bot.inactive_circles.due_circles(now), lambda circle: bot.inactive_circles.check_circle(circle, now))


def seek_moderators(bot: Bot, now: datetime) -> int:
    """Ask circles that nobody looks after who does."""
    return _each(bot.new_moderator.circles_to_ask(), lambda circle: bot.new_moderator.ask_circle(circle, now))


def advance_cases(bot: Bot, now: datetime) -> int:
    """Open and close the steps whose time has come."""
    return _each(bot.cases.due_cases(now), lambda case: _advance_case(bot, case, now))


def _advance_case(bot: Bot, case: str, now: datetime) -> bool:
    """Remarks that people wrote in the case's channel before this moment are read first."""
    bot.catching_up.read_before_step(case, now)
    return bot.cases.advance_case(case, now)


def go_on_with_cases(bot: Bot, now: datetime) -> int:
    """Go on with cases that waited for their channel, where it is there by now."""
    return _each(bot.cases.waiting.waiting_cases(), lambda case: bot.cases.waiting.go_on_if_possible(case, now))


def look_what_closes(bot: Bot, now: datetime) -> int:
    """In the morning before a step closes: whoever wants to be told is told today."""
    reminders = bot.cases.reminders
    return _each(reminders.cases_to_remind(now), lambda case: reminders.look_up_people(case, now))


def tell_members(bot: Bot, now: datetime) -> int:
    """Tell members all there is to tell of their cases, in one message a day. After all cases: they are in it."""
    reminders = bot.cases.reminders
    return _each(reminders.members_to_tell(now), lambda member: reminders.tell_member(member, now))


def wipe_old_cases(bot: Bot, now: datetime) -> int:
    """Wipe the words of cases whose retention is over."""
    return _each(bot.cases.forgetting.cases_to_wipe(now), lambda case: bot.cases.forgetting.wipe_due_words(case, now))


def ask_about_journals(bot: Bot, now: datetime) -> int:
    """Ask everybody who has a journal, once a year, whether it may stay."""
    retention = bot.journal_retention
    return _each(retention.members_to_ask(now), lambda member: retention.ask_member(member, now))


def send_invitations(bot: Bot, now: datetime) -> int:
    """Remind members of the weekly question of their circle, if they asked for that, at their own hour."""
    return _each(bot.invitations.members_to_invite(now), lambda member: bot.invitations.invite_member(member, now))


# These ask Slack what is so. They go on while our clock is wrong.
_ASKING: tuple[Tick, ...] = (reconcile_channels, look_up_people, catch_up)
# These are done because the calendar says so, and only while our clock is right.
_BY_CALENDAR: tuple[Tick, ...] = (
    plan_again,
    post_due_rounds,
    decide_proposals,
    offer_looking_back,
    post_nameless_answers,
    check_inactive_circles,
    seek_moderators,
    go_on_with_cases,
    advance_cases,
    look_what_closes,
    tell_members,
    wipe_old_cases,
    ask_about_journals,
    send_invitations,
)
TICKS: Final = _ASKING + _BY_CALENDAR


def run_due(bot: Bot, now: datetime) -> int:
    """Do everything that is due; returns how much. A function that fails stops no other, and runs at the next tick."""
    done = 0
    for tick in TICKS if bot.clock_watch.is_usable() else _ASKING:
        try:
            done += tick(bot, now)
        except SlackError as error:
            bot.metrics.failed_ticks.labels(tick.__name__).inc()
            _log.warning("tick %s will try again at the next tick: %s", tick.__name__, error)
        except Exception:  # noqa: BLE001
            bot.metrics.failed_ticks.labels(tick.__name__).inc()
            _log.exception("tick %s failed, will try again at the next tick", tick.__name__)
        bot.metrics.ticks.labels(tick.__name__).inc()
    bot.metrics.last_tick.set(bot.elapsed().timestamp())
    return done


def _each(due: Iterable[DueItem], act: Callable[[DueItem], bool]) -> int:
    """Call `act` with the id of each due item; one that fails stops no other."""
    done = 0
    for item in due:
        try:
            done += act(item)
        except Exception:  # noqa: BLE001
            _log.exception("%s is due and failed, will try again at the next tick", item)
    return done
