"""Facts about people and channels: from events, looked up where we know nothing, and reconciled by a tick."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.listening.api import case_in
from bot.slack.client import SlackClient
from bot.slack.errors import SlackError, SlackRefused
from bot.slack.types import ChannelFacts, Identity, PersonFacts
from db.models import Channel, Member, Workspace
from db.queries import people
from db.queries.people import dismiss_moderator

# Events bring the facts; this is for those that did not come.
CHANNELS_EVERY, PERSON_EVERY, AFTER_ERROR = timedelta(hours=6), timedelta(days=1), timedelta(minutes=1)
# How much is looked up in one tick: Slack allows some fifty calls of one method a minute.
MOST_LOOK_UPS = 10


# Greets a channel that invited the bot and that has no circle yet, in this transaction.
Greet = Callable[[Session, Channel], None]


class MembershipListener(Protocol):
    """Hears of people who are no longer where they were. Hearing the same twice does no harm."""

    def on_left_channel(self, channel: str, user: str, now: datetime) -> None:
        """Somebody is no longer in this channel."""

    def on_deactivated(self, user: str, now: datetime) -> None:
        """Somebody's account is closed."""

    def on_became_guest(self, user: str, now: datetime) -> None:
        """Somebody is a guest of the workspace."""


class PeopleDirectory:
    """What we know of the people in Slack: who they are, and in which of our channels they are."""

    def __init__(
        self, services: Services, slack: SlackClient, membership_listener: MembershipListener, greet: Greet
    ) -> None:
        self._services, self._slack, self._membership_listener = services, slack, membership_listener
        self._greet = greet
        # Who we are in Slack, as it was last said; None until it is read. Each request asks.
        self.identity: Identity | None = None

    def own_identity(self) -> Identity | None:
        """Who we are in Slack, as Slack last said; None before the first time."""
        if self.identity is None:
            with self._services.database.reading() as session:
                workspace = session.scalar(select(Workspace))
                if workspace:
                    self.identity = Identity(workspace.team, workspace.bot_user, workspace.bot_id)
        return self.identity

    def fetch_identity(self, now: datetime) -> Identity:
        """Ask Slack who we are, and keep it. Raises `SlackError` if Slack cannot say."""
        return self.keep_identity(self._slack.identity(), now)

    def keep_identity(self, found: Identity, now: datetime) -> Identity:
        """Keep who we are, as Slack says."""
        # Another copy that starts with us may have kept it in this very moment.
        with suppress(IntegrityError), self._services.database.writing() as session:
            row = session.scalar(select(Workspace)) or Workspace(team=found.team)
            row.team, row.bot_user, row.bot_id, row.seen_at = found.team, found.bot_user, found.bot_id, now
            row.reconcile_at = now
            session.add(row)
        self.identity = found
        return found

    def on_bot_joined(self, channel: str, now: datetime) -> None:
        """The bot was brought into a channel: its people are looked up, and then a new channel is greeted."""
        with self._services.database.writing() as session:
            row = self._channel(session, channel)
            if row.left_at:
                # Slack sent no event of those who came and went meanwhile.
                people.set_members_in(session, row, ())
            row.look_up_at, row.left_at = now, None

    def on_bot_left(self, channel: str, now: datetime) -> None:
        """The bot is no longer in a channel, or the channel is closed: nothing is posted there."""
        with self._services.database.writing() as session:
            if found := people.find_channel(session, channel):
                found.left_at = now

    def reconcile_channels(self, now: datetime) -> int:
        """Ask Slack in which channels we are, if it is time to. Returns 1 if it was, else 0. Raises `SlackError`.

        The people of each channel are looked up anew too, a few at a time: somebody may have left without an event.
        """
        if not self._is_time_to_reconcile(now):
            return 0
        self._reconcile_again_at(now + AFTER_ERROR)
        known, found = self._known_channels(), set(self._slack.channels_we_are_in())
        for channel in sorted(found - known):
            self.on_bot_joined(channel, now)
        for channel in sorted(known - found):
            self.on_bot_left(channel, now)
        with self._services.database.writing(wakes=False) as session:
            people.look_up_all_channels(session, now)
        self._reconcile_again_at(now + CHANNELS_EVERY)
        return 1

    def look_up_unseen(self, now: datetime) -> int:
        """Ask Slack about a few of the people we asked about a day ago or more. Returns how many it told us about."""
        with self._services.database.reading() as session:
            due = people.users_seen_before(session, now - PERSON_EVERY, MOST_LOOK_UPS)
        for done, user in enumerate(due):
            try:
                self._refresh_person(user, now)
            except SlackError:
                return done
        return len(due)

    def on_member_joined(self, channel: str, user: str, now: datetime) -> None:
        """Somebody came into a channel where the bot is."""
        with self._services.database.writing() as session:
            known, member = people.find_channel(session, channel, locked=True), people.find_member(session, user)
            if known is None and case_in(session, channel):
                # Slack sends no event when we make a channel ourselves; its people come now.
                known = self._channel(session, channel)
                known.look_up_at = now
            if known is None:
                return
            if member is None or known.look_up_at:
                known.look_up_at = now
            if member:
                people.enter_channel(session, known, member)

    def on_member_left(self, channel: str, user: str, now: datetime) -> None:
        """Somebody left a channel where the bot is."""
        with self._services.database.writing() as session:
            known, member = people.find_channel(session, channel, locked=True), people.find_member(session, user)
            if known and known.look_up_at:
                known.look_up_at = now
            if known and member:
                people.leave_channel(session, known, member)

    def on_user_changed(self, facts: PersonFacts, now: datetime) -> None:
        """Facts about a person changed in Slack; nothing is kept of people we do not know."""
        with self._services.database.writing() as session:
            if people.find_member(session, facts.slack):
                self._keep(session, facts, now)

    def tell_listeners(self, facts: PersonFacts, now: datetime) -> None:
        """The listener hears that an account was closed, or became that of a guest."""
        if facts.is_deactivated:
            self._membership_listener.on_deactivated(facts.slack, now)
        elif facts.is_guest:
            self._membership_listener.on_became_guest(facts.slack, now)

    def look_up_person(self, user: str, channel: str | None, now: datetime) -> None:
        """Ask Slack about a person we do not know, and about their channel. If Slack refuses, nothing changes."""
        try:
            facts = self._slack.person_facts(user)
        except SlackError:
            return
        with self._services.database.writing() as session:
            self._keep(session, facts, now)
        if channel:
            self._look_up_channel(channel, now)

    def look_up_due_channels(self, now: datetime) -> int:
        """Look up the people of a few channels where that is due. Returns how many channels we know now."""
        with self._services.database.reading() as session:
            due = people.channels_to_look_up(session, now, MOST_LOOK_UPS)
        return sum(self._look_up_channel(channel, now) for channel in due)

    def knows_person(self, user: str) -> bool:
        """Whether we have facts about this person."""
        with self._services.database.reading() as session:
            return people.find_member(session, user) is not None

    def _is_time_to_reconcile(self, now: datetime) -> bool:
        with self._services.database.reading() as session:
            # A clock that was far ahead may have planned it for then.
            is_time = or_(Workspace.reconcile_at <= now, Workspace.reconcile_at > now + CHANNELS_EVERY)
            return session.scalar(select(Workspace.id).where(is_time)) is not None

    def _reconcile_again_at(self, moment: datetime) -> None:
        with self._services.database.writing(wakes=False) as session:
            session.execute(update(Workspace).values(reconcile_at=moment))

    def _known_channels(self) -> set[str]:
        """The channels we think we are in."""
        with self._services.database.reading() as session:
            here = select(Channel.slack).where(Channel.left_at.is_(None), Channel.kind.not_in(("direct", "group")))
            return set(session.scalars(here))

    def _look_up_channel(self, channel: str, now: datetime) -> bool:
        """Look up the people of a channel. Returns whether we know them now; if not, it is done again."""
        self._mark_look_up(channel, now)
        try:
            facts, users = self._slack.channel_facts(channel), list(self._slack.members_of(channel))
        except SlackRefused:
            self.on_bot_left(channel, now)
            return False
        except SlackError:
            return False
        if not self._look_up_strangers(users, now):
            return False
        for user in self._no_longer_there(channel, users, now):
            self._membership_listener.on_left_channel(channel, user, now)
        with self._services.database.writing() as session:
            return self._keep_channel(session, facts, users, now)

    def _mark_look_up(self, channel: str, now: datetime) -> None:
        """Note that a look-up begins now. An event meanwhile changes the mark, and then nothing old is kept."""
        with self._services.database.writing() as session:
            if known := people.find_channel(session, channel):
                known.look_up_at = now

    def _look_up_strangers(self, users: list[str], now: datetime) -> bool:
        """Ask about each stranger, and keep it at once. False if Slack asked us half-way to come back later."""
        with self._services.database.reading() as session:
            strangers = [user for user in users if people.find_member(session, user) is None]
        for user in strangers:
            try:
                facts = self._slack.person_facts(user)
            except SlackRefused:
                continue
            except SlackError:
                return False
            with self._services.database.writing() as session:
                self._keep(session, facts, now)
        return True

    def _no_longer_there(self, channel: str, users: list[str], now: datetime) -> list[str]:
        """People we thought in this channel who are not among these users; nobody if an event came meanwhile."""
        with self._services.database.reading() as session:
            known = people.find_channel(session, channel)
            if known is None or known.look_up_at != now:
                return []
            return [member.slack for member in people.members_in(session, known) if member.slack not in users]

    def _refresh_person(self, user: str, now: datetime) -> None:
        """Keep what Slack says of somebody we know; if Slack does not know them any more, we ask again another day."""
        try:
            facts = self._slack.person_facts(user)
        except SlackRefused:
            with self._services.database.writing(wakes=False) as session:
                people.note_seen(session, user, now)
            return
        with self._services.database.writing(wakes=False) as session:
            self._keep(session, facts, now)
        self.tell_listeners(facts, now)

    def _keep_channel(self, session: Session, facts: ChannelFacts, users: list[str], now: datetime) -> bool:
        """Keep the people of a channel; False if an event came meanwhile."""
        known = people.find_channel(session, facts.slack, locked=True)
        if known and known.look_up_at != now:
            return False
        row = known or self._channel(session, facts.slack)
        row.kind, row.is_external, row.look_up_at, row.left_at = facts.kind, facts.is_external, None, None
        people.set_members_in(session, row, [found for user in users if (found := people.find_member(session, user))])
        ours = facts.creator == session.scalar(select(Workspace.bot_user))
        if facts.kind in {"public", "private"} and not ours:
            self._greet(session, row)
        return True

    def _keep(self, session: Session, facts: PersonFacts, now: datetime) -> Member:
        member = people.find_member(session, facts.slack) or Member(slack=facts.slack)
        member.timezone = facts.timezone or member.timezone or self._services.timezone
        member.is_guest, member.is_external = facts.is_guest, facts.is_external
        member.is_bot, member.is_deactivated, member.seen_at = facts.is_bot, facts.is_deactivated, now
        session.add(member)
        session.flush()
        if member.is_guest:
            dismiss_moderator(session, member)
        return member

    def _channel(self, session: Session, channel: str) -> Channel:
        found = people.find_channel(session, channel)
        if found is None:
            found = Channel(slack=channel, kind="unknown")
            session.add(found)
            session.flush()
        return found
