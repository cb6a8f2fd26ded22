"""Setting up a circle, and changing how it works."""

import secrets
from dataclasses import replace
from datetime import datetime, time

from sqlalchemy.orm import Session

from bot.circles.api import circle_at, circle_here, in_circle, is_moderator, moderators_of, set_moderators
from bot.consent.api import Proposals, first_proposal
from bot.consent.types import objection_deadline
from bot.core.calendar import is_clock, is_zone
from bot.core.errors import NotKnownYet, Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.people.api import find_member, is_in
from bot.rhythm.planning import RoundPlanning
from bot.rhythm.proposal_types import needs_consent, wanted_rhythm
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.views import change_rhythm as rhythm_form
from bot.rhythm.views import set_up as views
from bot.rhythm.views.set_up import CircleWishes
from bot.words import LANGUAGES
from db.models import Circle, Member


class CircleSetUp:
    """Circles: the channels where Klankbord works."""

    def __init__(self, services: Services, planning: RoundPlanning, proposals: Proposals) -> None:
        self._services = services
        self._planning = planning
        self._proposals = proposals

    def open_circle_page(self, user: str, channel: str) -> Json:
        """The page behind `/klankbord`: the set-up form for who may set up, else how the circle works."""
        with self._services.database.reading() as session:
            circle = circle_at(session, channel)
            if circle is None:
                circle, member = circle_here(session, user, channel)
            else:
                member = in_circle(session, circle, user)
            if self._may_change(session, circle, member):
                return self._form(session, circle, member)
            moderators = [one.slack for one in moderators_of(session, circle)]
            how = _wishes_of(circle, moderators)
            rhythm, speaker = Rhythm.from_column(circle.rhythm), self._services.speaker_for(circle, member)
            return views.circle_settings_page(speaker, how, rhythm, member.language, circle.channel.slack)

    def open_set_up_form(self, user: str, channel: str) -> Json:
        """The set-up form, for who may set this circle up: anybody in it the first time, then its moderators."""
        with self._services.database.reading() as session:
            circle, member = self._to_change(session, user, channel)
            return self._form(session, circle, member)

    def set_up_circle(self, user: str, channel: str, wishes: CircleWishes, form: str, now: datetime) -> Json | None:
        """The circle works like this from now on. Returns {"errors": …} for what cannot be.

        The first time its rhythm is proposed with it; a later change of rhythm is a proposal of its own. So is one of
        its time zone, which moves the question: then the page that says what was proposed is returned.
        """
        with self._services.database.writing() as session:
            circle, member = self._to_change(session, user, channel, locked=True)
            speaker, is_new = self._services.speaker_for(circle, member), circle.set_up_at is None
            if wrong := {**_wrong(wishes), **(_wrong_rhythm(wishes) if is_new else {})}:
                return {"errors": {field: speaker.plain(key) for field, key in wrong.items()}}
            moderators = [self._moderator(session, circle, one) for one in wishes.moderators]
            circle.language, circle.contact = wishes.language, wishes.contact.strip()
            set_moderators(session, circle, moderators)
            if is_new:
                circle.set_up_at, circle.timezone = now, wishes.timezone
                self._begin(session, circle, member, wishes, form, now)
                return None
            proposed = self._move(session, circle, member, wishes.timezone, form, now)
            self._greet_again(session, circle)
            return proposed

    def _begin(
        self, session: Session, circle: Circle, member: Member, wishes: CircleWishes, form: str, now: datetime
    ) -> None:
        """Cases and all else work at once; questions come once nobody objected to the rhythm."""
        calendar = self._services.calendar(circle)
        circle.settled_until = objection_deadline(calendar, now)
        rhythm = Rhythm((wishes.weekday,), time.fromisoformat(wishes.clock), wishes.weeks)
        circle.rhythm = rhythm.starting(calendar, circle.settled_until).to_column()
        self._planning.plan_next(session, circle)
        self._proposals.propose(session, circle, member, "first", circle.rhythm, form, now, card=f"hello:{circle.id}")

    def _move(
        self, session: Session, circle: Circle, member: Member, zone: str, form: str, now: datetime
    ) -> Json | None:
        """Another zone: at once while nobody agreed to a rhythm yet, else as a proposal; the page that says so."""
        body = wanted_rhythm(session, circle)
        if zone in {circle.timezone, body["zone"]}:
            return None
        if not needs_consent(session, circle):
            circle.timezone = zone
            self._planning.replan(session, circle)
            return None
        proposal = self._proposals.propose(session, circle, member, "rhythm", {**body, "zone": zone}, form, now)
        speaker = self._services.speaker_for(circle, member)
        until = speaker.moment(proposal.ends_at, circle.timezone)
        return rhythm_form.rhythm_proposed_page(speaker, Rhythm.from_column(body), until, zone)

    def _greet_again(self, session: Session, circle: Circle) -> None:
        """What says how the circle works is in its language, and names its moderators."""
        if first := first_proposal(session, circle):
            self._proposals.show_proposal(session, circle, first)

    def _to_change(self, session: Session, user: str, channel: str, *, locked: bool = False) -> tuple[Circle, Member]:
        circle = circle_at(session, channel, locked=locked)
        if circle is None:
            raise Refusal("common.no_circle")
        member = in_circle(session, circle, user)
        if not self._may_change(session, circle, member):
            raise Refusal("circle.only_moderators")
        return circle, member

    def _may_change(self, session: Session, circle: Circle, member: Member) -> bool:
        """Also where nobody is left to: its last moderator became a guest."""
        if circle.set_up_at is None or is_moderator(session, circle, member):
            return True
        return not member.is_guest and not moderators_of(session, circle)

    def _moderator(self, session: Session, circle: Circle, user: str) -> Member:
        member = find_member(session, user)
        if member is None:
            raise NotKnownYet(user)
        if not is_in(session, circle.channel, member) or member.is_bot:
            raise Refusal("circle.moderator_not_here")
        if member.is_guest:
            raise Refusal("circle.moderator_is_guest")
        return member

    def _form(self, session: Session, circle: Circle, member: Member) -> Json:
        moderators = [one.slack for one in moderators_of(session, circle)] or [member.slack]
        pointers = {"channel": circle.channel.slack, "form": secrets.token_hex(8)}
        rhythm = Rhythm.from_column(circle.rhythm) if circle.set_up_at else None
        speaker = self._services.speaker_for(circle, member)
        wishes = replace(_wishes_of(circle, moderators), is_agreed=needs_consent(session, circle))
        return views.set_up_form(speaker, wishes, rhythm, member.language, pointers)


def _wishes_of(circle: Circle, moderators: list[str]) -> CircleWishes:
    rhythm = Rhythm.from_column(circle.rhythm)
    return CircleWishes(
        language=circle.language,
        timezone=circle.timezone,
        weekday=rhythm.weekdays[0],
        clock=f"{rhythm.clock:%H:%M}",
        weeks=rhythm.weeks,
        moderators=moderators,
        contact=circle.contact or "",
    )


def _wrong(wishes: CircleWishes) -> dict[str, str]:
    """Which fields cannot be, with the key of the text that says why."""
    checks = {
        "language": wishes.language in LANGUAGES,
        "timezone": is_zone(wishes.timezone),
        "moderators": bool(wishes.moderators),
        "contact": bool(wishes.contact.strip()),
    }
    return {field: f"circle.wrong_{field}" for field, fine in checks.items() if not fine}


def _wrong_rhythm(wishes: CircleWishes) -> dict[str, str]:
    """The same for what is asked the first time only."""
    checks = {
        "weekday": wishes.weekday in range(7),
        "clock": is_clock(wishes.clock),
        "weeks": wishes.weeks in (1, 2),
    }
    return {field: f"circle.wrong_{field}" for field, fine in checks.items() if not fine}
