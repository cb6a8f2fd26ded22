"""Greeting a channel that may become a circle, setting the circle up, and changing how it works."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.circles.api import (
    CircleContext,
    active_moderators_of,
    circle_at,
    circle_here,
    in_circle,
    is_moderator,
    set_moderators,
)
from bot.consent.api import ProposalContext, ProposalDraft, Proposals, first_proposal
from bot.consent.types import objection_deadline
from bot.core.errors import NotKnownYet, Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.core.setting_fields import read_fields, wrong_fields
from bot.outbox.failures import NOTICE
from bot.outbox.queue import Destination
from bot.people.api import find_member, is_in
from bot.rhythm.planning import RoundPlanning
from bot.rhythm.proposal_types import needs_consent, wanted_rhythm
from bot.rhythm.rules.rhythm import Rhythm
from bot.rhythm.surfaces import CIRCLE_FIELDS, FIRST_RHYTHM_FIELDS, CircleForm, CircleSettings
from bot.rhythm.views import set_up as views
from bot.rhythm.views.change_rhythm import rhythm_proposed_page
from db.models import Channel, Circle, Member


def greet_channel(services: Services, session: Session, channel: Channel) -> None:
    """Say who we are, and offer to set up the circle that this channel can be; nothing where it is one already."""
    if circle_at(session, channel.slack):
        return
    circle = Circle(channel_id=channel.id, language=services.language, timezone=services.timezone)
    session.add(circle)
    session.flush()
    body = views.greeting_post(services.speakers[services.language])
    at = Destination(channel=channel.slack)
    services.outbox.post_once(session, _greeting_key(circle), body, at, subject=NOTICE)


def take_back_greeting(services: Services, session: Session, channel: Channel) -> None:
    """Take back what was said to a channel that turned out to be no new one."""
    circle = circle_at(session, channel.slack)
    if circle and (greeting := services.outbox.find_target(session, _greeting_key(circle))):
        services.outbox.delete_message(session, greeting)
        # A later circle may get the number of this one, which is forgotten; it is greeted under a key of its own.
        greeting.key = f"{greeting.key}:{greeting.id}"


class CircleSetUp:
    """Setting up circles, and their settings."""

    def __init__(self, services: Services, planning: RoundPlanning, proposals: Proposals) -> None:
        self._services, self._planning, self._proposals = services, planning, proposals

    def open_circle_page(self, user: str, channel: str, now: datetime) -> Json:
        """The page behind `/klankbord`: the set-up form for those who may set up, else how the circle works."""
        with self._services.database.reading() as session:
            circle = circle_at(session, channel)
            found = (circle, in_circle(session, circle, user)) if circle else circle_here(session, user, channel)
            context = CircleContext(session, *found, now)
            if _may_change(context):
                return self._set_up_form(context)
            settings, rhythm = _settings_of(context), Rhythm.from_column(context.circle.rhythm)
            speaker = self._services.speaker_for(context.circle, context.member)
            own_language, slack_channel = context.member.language, context.circle.channel.slack
            return views.circle_settings_page(speaker, settings, rhythm, own_language, slack_channel)

    def open_set_up_form(self, user: str, channel: str, now: datetime) -> Json:
        """The set-up form: for anybody in the channel the first time, then for the circle's moderators."""
        with self._services.database.reading() as session:
            return self._set_up_form(_load(session, user, channel, now))

    def set_up_circle(self, user: str, form: CircleForm, sent: Mapping[str, Any], now: datetime) -> Json | None:
        """The circle works as the form says from now on; `sent` are the values of its fields, by block id.

        Returns {"errors": …} for values that are not valid. The first time its rhythm is proposed with it; a later
        change of rhythm is a proposal of its own. So is one of its time zone, which moves the question: then the page
        that says what was proposed is returned.
        """
        with self._services.database.writing() as session:
            context = _load(session, user, form.channel, now, locked=True)
            circle, is_new = context.circle, context.circle.set_up_at is None
            fields = [*CIRCLE_FIELDS, *(FIRST_RHYTHM_FIELDS if is_new else ())]
            settings = read_fields(_form_settings(context), fields, sent)
            if wrong := wrong_fields(self._services.speaker_for(circle, context.member), fields, settings):
                return {"errors": wrong}
            set_moderators(session, circle, [_moderator(context, one) for one in settings.moderators])
            circle.language, circle.contact = settings.language, settings.contact.strip()
            if is_new:
                self._begin(context, settings, form)
                return None
            proposed = self._change_time_zone(context, settings.timezone, form)
            self._refresh_greeting(context)
            return proposed

    def _begin(self, context: CircleContext, settings: CircleSettings, form: CircleForm) -> None:
        """Cases and everything else work at once; questions come when nobody objected to the rhythm in time."""
        circle = context.circle
        circle.set_up_at, circle.timezone = context.now, settings.timezone
        calendar = self._services.calendar(circle)
        circle.settled_until = objection_deadline(calendar, context.now)
        circle.rhythm = settings.rhythm().starting(calendar, circle.settled_until).to_column()
        self._planning.plan_next(context.session, circle)
        draft = ProposalDraft("first", circle.rhythm, form.form, card=_greeting_key(circle))
        self._proposals.propose(context, draft)

    def _change_time_zone(self, context: CircleContext, zone: str, form: CircleForm) -> Json | None:
        """Another zone: at once while nobody agreed to a rhythm yet, else as a proposal; the page that says so."""
        session, circle = context.session, context.circle
        body = wanted_rhythm(session, circle)
        if zone in {circle.timezone, body["zone"]}:
            return None
        if not needs_consent(session, circle):
            circle.timezone = zone
            self._planning.replan(session, circle)
            return None
        proposal = self._proposals.propose(context, ProposalDraft("rhythm", {**body, "zone": zone}, form.form))
        speaker = self._services.speaker_for(circle, context.member)
        until = speaker.moment(proposal.ends_at, circle.timezone)
        return rhythm_proposed_page(speaker, Rhythm.from_column(body), until, zone)

    def _refresh_greeting(self, context: CircleContext) -> None:
        """The greeting says how the circle works: in its language, with its moderators."""
        if first := first_proposal(context.session, context.circle):
            self._proposals.show_proposal(ProposalContext(context.session, context.circle, first))

    def _set_up_form(self, context: CircleContext) -> Json:
        circle = context.circle
        rhythm = Rhythm.from_column(circle.rhythm) if circle.set_up_at else None
        speaker, form = self._services.speaker_for(circle, context.member), CircleForm(circle.channel.slack)
        return views.set_up_form(speaker, _form_settings(context), rhythm, context.member.language, form)


def _load(session: Session, user: str, channel: str, now: datetime, *, locked: bool = False) -> CircleContext:
    """The circle of this channel, for a member who may change how it works; refuses everybody else."""
    circle = circle_at(session, channel, locked=locked)
    if circle is None:
        raise Refusal("common.no_circle")
    context = CircleContext(session, circle, in_circle(session, circle, user), now)
    if not _may_change(context):
        raise Refusal("circle.only_moderators")
    return context


def _may_change(context: CircleContext) -> bool:
    """Moderators may; anybody may the first time; and colleagues where nobody looks after the circle any more."""
    session, circle, member = context.session, context.circle, context.member
    if circle.set_up_at is None or is_moderator(session, circle, member):
        return True
    return not member.is_guest and not active_moderators_of(session, circle)


def _settings_of(context: CircleContext) -> CircleSettings:
    """How the circle works now."""
    circle, rhythm = context.circle, Rhythm.from_column(context.circle.rhythm)
    return CircleSettings(
        language=circle.language,
        weekday=rhythm.weekdays[0],
        weeks=rhythm.weeks,
        clock=f"{rhythm.clock:%H:%M}",
        timezone=circle.timezone,
        moderators=[one.slack for one in active_moderators_of(context.session, circle)],
        contact=circle.contact or "",
    )


def _form_settings(context: CircleContext) -> CircleSettings:
    """What is filled in when the form opens: without any moderator, the member who opens it."""
    settings, is_agreed = _settings_of(context), needs_consent(context.session, context.circle)
    return replace(settings, moderators=settings.moderators or [context.member.slack], is_agreed=is_agreed)


def _moderator(context: CircleContext, user: str) -> Member:
    """The member with this Slack id, who can be a moderator of the circle; refuses anybody who cannot."""
    member = find_member(context.session, user)
    if member is None:
        raise NotKnownYet(user)
    if not is_in(context.session, context.circle.channel, member) or member.is_bot:
        raise Refusal("circle.moderator_not_here")
    if member.is_guest:
        raise Refusal("circle.moderator_is_guest")
    return member


def _greeting_key(circle: Circle) -> str:
    return f"hello:{circle.id}"
