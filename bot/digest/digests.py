"""The digest: one page about a circle and a period, the same for everybody in it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import all_circles, circle_at, circle_by_id, circle_here, is_moderator, led_circle
from bot.core import periods
from bot.core.errors import CommandMistake, Refusal
from bot.core.parts import Json
from bot.core.periods import DigestPeriod
from bot.core.providers import AskedText, MethodName
from bot.core.services import Services
from bot.digest import rules
from bot.digest.rules import AskedPrompt, Digest, SharedCount
from bot.digest.views import page as views
from bot.digest.views import report as reports
from bot.outbox.queue import Destination
from bot.words import LANGUAGES
from db.models import Circle, Member
from db.queries import digest as queries
from db.queries.digest import AskedRow


class Digests:
    """Draws digests. Counts what was shared and what was closed, by the thresholds of `bot.digest.rules`."""

    def __init__(self, services: Services, asked_text: AskedText, method_name: MethodName) -> None:
        self._services = services
        self._asked_text = asked_text
        self._method_name = method_name

    def open_digest_page(self, user: str, channel: str, period_key: str, now: datetime) -> Json:
        """The page behind `/digest` for somebody in the circle; without a period, the season of its latest prompt."""
        with self._services.database.reading() as session:
            circle, member = circle_here(session, user, channel)
            digest = self._digest(session, circle, self._period(session, circle, period_key, now), now)
            return self._page(session, circle, member, digest, now)

    def choose_period(self, user: str, circle_id: int, period_key: str, now: datetime) -> Json:
        """The page of another period."""
        with self._services.database.reading() as session:
            circle, member = circle_by_id(session, circle_id, user)
            digest = self._digest(session, circle, self._period(session, circle, period_key, now), now)
            return self._page(session, circle, member, digest, now)

    def share_digest(self, user: str, circle_id: int, period_key: str, now: datetime) -> Json:
        """A moderator puts the digest in the circle's channel, once a day; the page then says it is there.

        Counting may take long, and nobody can write meanwhile where a database has one writer: so it counts first.
        """
        with self._services.database.reading() as session:
            circle, _ = led_circle(session, circle_id, user, why="digest.only_moderators")
            digest = self._digest(session, circle, self._period(session, circle, period_key, now), now)
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user, why="digest.only_moderators")
            body, at = (
                views.digest_message(self._services.speaker_for(circle), digest),
                Destination(channel=circle.channel.slack),
            )
            self._services.outbox.post_once(session, _shared_as(digest), body, at)
            return self._page(session, circle, member, digest, now)

    def write_report(self, circle_ref: str, period_key: str, form: str, language: str | None, now: datetime) -> str:
        """The digest as markdown, html, csv or json. `circle_ref` is Slack's id of its channel, or our number.

        Raises `CommandMistake` for a circle, period, form or language that is not there.
        """
        if form not in reports.FORMS:
            raise CommandMistake(f'"{form}" is no format; choose one of: {", ".join(reports.FORMS)}')
        if language is not None and language not in LANGUAGES:
            raise CommandMistake(f'"{language}" is no language of ours; choose one of: {", ".join(LANGUAGES)}')
        with self._services.database.reading() as session:
            circle = _circle(session, circle_ref)
            digest = self._digest(session, circle, _asked_period(period_key, circle, now), now)
            return reports.write_report(self._services.speakers[language or circle.language], digest, form)

    def _page(self, session: Session, circle: Circle, member: Member, digest: Digest, now: datetime) -> Json:
        since = periods.local_day(circle.set_up_at or now, circle.timezone)
        choices = periods.recent(digest.made_on, since)
        return views.digest_page(
            self._services.speaker_for(circle, member),
            digest,
            choices if digest.period in choices else [digest.period, *choices],
            place=circle.channel.slack,
            may_share=is_moderator(session, circle, member),
            is_shared=self._services.outbox.find_target(session, _shared_as(digest)) is not None,
        )

    def _period(self, session: Session, circle: Circle, key: str, now: datetime) -> DigestPeriod:
        if key:
            return _begun(key, circle, now)
        latest = queries.latest_round_at(session, circle.id)
        return periods.season_of(periods.local_day(latest or now, circle.timezone))

    def _digest(self, session: Session, circle: Circle, period: DigestPeriod, now: datetime) -> Digest:
        between = period.between(circle.timezone)
        rows = queries.asked_rounds(session, circle.id, between)
        shared = {row.round: _shared(row, circle) for row in rows}
        ended = queries.closed_cases(session, circle.id, between)
        return Digest(
            circle=circle.id,
            period=period,
            made_on=periods.local_day(now, circle.timezone),
            asked=tuple(self._asked(session, row, shared[row.round]) for row in rows),
            methods=tuple(
                self._method_name(session, circle.id, key)
                for key in queries.methods_started(session, circle.id, between)
            ),
            shared=rules.count_shared(shared, period, lambda group: queries.count_sharers(session, group)),
            cases=rules.count_cases(
                {case: periods.local_day(moment, circle.timezone) for case, moment in ended.items()},
                period,
                lambda group: queries.count_participants(session, group),
            ),
        )

    def _asked(self, session: Session, row: AskedRow, shared: SharedCount) -> AskedPrompt:
        question = self._asked_text(session, row.round, row.prompt)
        return AskedPrompt(
            shared.asked_on, question, self._services.library.themes.get(row.theme), rules.count_to_show(shared)
        )


def _shared(row: AskedRow, circle: Circle) -> SharedCount:
    return SharedCount(periods.local_day(row.posted_at, circle.timezone), row.shared, row.people)


def _begun(key: str, circle: Circle, now: datetime) -> DigestPeriod:
    """The period that somebody names; refuses what is none, and what is still to come."""
    try:
        period = periods.parse(key)
    except ValueError as error:
        raise Refusal("digest.no_period") from error
    if period.first > periods.local_day(now, circle.timezone):
        raise Refusal("digest.not_begun")
    return period


def _shared_as(digest: Digest) -> str:
    return f"digest:{digest.circle}:{digest.period.key}:{digest.made_on}"


def _circle(session: Session, ref: str) -> Circle:
    ours = session.get(Circle, int(ref)) if ref.isascii() and ref.isdigit() and len(ref) < 10 else None
    circle = ours or circle_at(session, ref)
    if circle is None or circle.set_up_at is None:
        known = all_circles(session)
        names = ", ".join(f"{one.id} ({one.channel.slack})" for one in known) or "there are none yet"
        raise CommandMistake(f'there is no circle "{ref}"; the circles are: {names}')
    return circle


def _asked_period(key: str, circle: Circle, now: datetime) -> DigestPeriod:
    try:
        period = periods.parse(key)
    except ValueError as error:
        raise CommandMistake(str(error)) from error
    if period.first > periods.local_day(now, circle.timezone):
        raise CommandMistake(f"{period.key} has not begun yet; choose a period that has")
    return period
