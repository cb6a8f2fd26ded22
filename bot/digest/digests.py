"""The digest: one page about a circle and a period, the same for everybody in it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import CircleContext, all_circles, circle_at, circle_by_id, circle_here, is_moderator, led_circle
from bot.core import periods
from bot.core.errors import CommandMistake, Refusal
from bot.core.parts import Json
from bot.core.periods import DigestPeriod
from bot.core.providers import AskedText, MethodName
from bot.core.services import Services
from bot.digest import rules
from bot.digest.rules import AskedPrompt, Digest, SharedCount
from bot.digest.surfaces import DigestPage
from bot.digest.views import page as views
from bot.digest.views import report as reports
from bot.outbox.queue import Destination
from bot.words import LANGUAGES
from db.models import Circle
from db.queries import digest as queries
from db.queries.digest import AskedRow

_ONLY_MODERATORS = "digest.only_moderators"


class Digests:
    """Makes digests. Counts what was shared and what was closed, by the thresholds of `bot.digest.rules`."""

    def __init__(self, services: Services, asked_text: AskedText, method_name: MethodName) -> None:
        self._services, self._asked_text, self._method_name = services, asked_text, method_name

    def open_digest_page(self, user: str, channel: str, period_key: str, now: datetime) -> Json:
        """The page behind `/digest` for a member of the circle; without a period, the season of its latest prompt."""
        with self._services.database.reading() as session:
            context = CircleContext(session, *circle_here(session, user, channel), now)
            return self._page(context, self._load_digest(context, period_key))

    def choose_period(self, user: str, circle_id: int, period_key: str, now: datetime) -> Json:
        """The page of another period."""
        with self._services.database.reading() as session:
            context = CircleContext(session, *circle_by_id(session, circle_id, user), now)
            return self._page(context, self._load_digest(context, period_key))

    def share_digest(self, user: str, page: DigestPage, now: datetime) -> Json:
        """A moderator puts the digest in the circle's channel, once a day; the page then says it is there.

        Counting may take long, and nobody can write meanwhile where a database has one writer: so it counts first.
        """
        with self._services.database.reading() as session:
            found = led_circle(session, page.circle, user, why=_ONLY_MODERATORS)
            digest = self._load_digest(CircleContext(session, *found, now), page.period)
        with self._services.database.writing() as session:
            context = CircleContext(session, *led_circle(session, page.circle, user, why=_ONLY_MODERATORS), now)
            body = views.digest_message(self._services.speaker_for(context.circle), digest)
            at = Destination(channel=context.circle.channel.slack)
            self._services.outbox.post_once(session, _post_key(digest), body, at)
            return self._page(context, digest)

    def write_report(self, circle_ref: str, period_key: str, form: str, language: str | None, now: datetime) -> str:
        """The digest as markdown, html, csv or json. `circle_ref` is Slack's id of its channel, or our number.

        Raises `CommandMistake` for a circle, period, form or language that is not there.
        """
        if form not in reports.FORMS:
            raise CommandMistake(f'"{form}" is no format; choose one of: {", ".join(reports.FORMS)}')
        if language is not None and language not in LANGUAGES:
            raise CommandMistake(f'"{language}" is no language of ours; choose one of: {", ".join(LANGUAGES)}')
        with self._services.database.reading() as session:
            circle = _find_circle(session, circle_ref)
            digest = self._count_digest(session, circle, _parse_period_of_command(period_key, circle, now), now)
            return reports.write_report(self._services.speakers[language or circle.language], digest, form)

    def _page(self, context: CircleContext, digest: Digest) -> Json:
        session, circle = context.session, context.circle
        since = periods.local_day(circle.set_up_at or context.now, circle.timezone)
        choices = periods.recent(digest.made_on, since)
        return views.digest_page(
            self._services.speaker_for(circle, context.member),
            digest,
            choices if digest.period in choices else [digest.period, *choices],
            place=circle.channel.slack,
            may_share=is_moderator(session, circle, context.member),
            is_shared=self._services.outbox.find_target(session, _post_key(digest)) is not None,
        )

    def _load_digest(self, context: CircleContext, period_key: str) -> Digest:
        """The digest of this period; without one, of the season of the latest prompt."""
        session, circle, now = context.session, context.circle, context.now
        if period_key:
            return self._count_digest(session, circle, _parse_period(period_key, circle, now), now)
        latest = queries.latest_round_at(session, circle.id)
        season = periods.season_of(periods.local_day(latest or now, circle.timezone))
        return self._count_digest(session, circle, season, now)

    def _count_digest(self, session: Session, circle: Circle, period: DigestPeriod, now: datetime) -> Digest:
        between, zone = period.between(circle.timezone), circle.timezone
        rows = queries.asked_rounds(session, circle.id, between)
        counts = (SharedCount(periods.local_day(row.posted_at, zone), row.shared, row.people) for row in rows)
        shared = {row.round: count for row, count in zip(rows, counts, strict=True)}
        closed = queries.closed_cases(session, circle.id, between).items()
        ended = {case: periods.local_day(moment, zone) for case, moment in closed}
        methods = queries.methods_started(session, circle.id, between)
        return Digest(
            circle=circle.id,
            period=period,
            made_on=periods.local_day(now, zone),
            asked=tuple(self._asked_prompt(session, row, shared[row.round]) for row in rows),
            methods=tuple(self._method_name(session, circle.id, key) for key in methods),
            shared=rules.count_shared(shared, period, lambda group: queries.count_sharers(session, group)),
            cases=rules.count_cases(ended, period, lambda group: queries.count_participants(session, group)),
        )

    def _asked_prompt(self, session: Session, row: AskedRow, shared: SharedCount) -> AskedPrompt:
        question = self._asked_text(session, row.round, row.prompt)
        theme = self._services.library.themes.get(row.theme)
        return AskedPrompt(shared.asked_on, question, theme, rules.count_to_show(shared))


def _parse_period(key: str, circle: Circle, now: datetime) -> DigestPeriod:
    """The period that somebody names; refuses what is none, and what is still to come."""
    try:
        period = periods.parse(key)
    except ValueError as error:
        raise Refusal("digest.no_period") from error
    if period.first > periods.local_day(now, circle.timezone):
        raise Refusal("digest.not_begun")
    return period


def _post_key(digest: Digest) -> str:
    return f"digest:{digest.circle}:{digest.period.key}:{digest.made_on}"


def _find_circle(session: Session, ref: str) -> Circle:
    """The circle with our number, or in the channel with Slack's id. `CommandMistake` if there is none."""
    ours = session.get(Circle, int(ref)) if ref.isascii() and ref.isdigit() and len(ref) < 10 else None
    circle = ours or circle_at(session, ref)
    if circle is None or circle.set_up_at is None:
        known = all_circles(session)
        names = ", ".join(f"{one.id} ({one.channel.slack})" for one in known) or "there are none yet"
        raise CommandMistake(f'there is no circle "{ref}"; the circles are: {names}')
    return circle


def _parse_period_of_command(key: str, circle: Circle, now: datetime) -> DigestPeriod:
    """The same for the command line, whose mistakes are said in plain lines."""
    try:
        period = periods.parse(key)
    except ValueError as error:
        raise CommandMistake(str(error)) from error
    if period.first > periods.local_day(now, circle.timezone):
        raise CommandMistake(f"{period.key} has not begun yet; choose a period that has")
    return period
