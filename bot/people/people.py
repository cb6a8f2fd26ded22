"""Facts about people and places: fed by events, looked up where we do not know, reconciled by a tick."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.listening.api import case_in
from bot.people.membership import MembershipListener
from bot.slack.client import SlackClient
from bot.slack.errors import SlackError, SlackRefused
from bot.slack.types import ChannelFacts, Identity, PersonFacts
from db.models import Channel, Member, Workspace
from db.queries import people
from db.queries.people import dismiss_moderator

# Events tell us; this is for what they did not.
LOOK_EVERY, SEE_EVERY, AFTER_TROUBLE = timedelta(hours=6), timedelta(days=1), timedelta(minutes=1)
# How much is looked up in one beat: Slack answers some fifty questions of a kind in a minute.
FEW = 10


# Greets a channel that invited the bot and that no circle has yet, in this transaction.
Greet = Callable[[Session, Channel], None]


class PeopleDirectory:
    """Who is who, and who is where."""

    def __init__(
        self, services: Services, slack: SlackClient, membership_listener: MembershipListener, greet: Greet
    ) -> None:
        self._services = services
        self._slack = slack
        self._membership_listener = membership_listener
        self._greet = greet
        self._identity: Identity | None = None

    def own_identity(self) -> Identity | None:
        """Who we are in Slack, as last told; None before the first time. Each request asks, so it is remembered."""
        if self._identity is None:
            with self._services.database.reading() as session:
                kept = session.scalar(select(Workspace))
                self._identity = Identity(kept.team, kept.bot_user, kept.bot_id) if kept else None
        return self._identity

    def fetch_identity(self, now: datetime) -> Identity:
        """Ask Slack who we are, and keep it. Raises `SlackError` if Slack cannot say."""
        return self.keep_identity(self._slack.identity(), now)

    def keep_identity(self, found: Identity, now: datetime) -> Identity:
        """Keep who we are, as Slack says."""
        # Another copy that starts with us may have kept it in this very moment.
        with suppress(IntegrityError), self._services.database.writing() as session:
            kept = session.scalar(select(Workspace)) or Workspace(team=found.team)
            kept.team, kept.bot_user, kept.bot_id, kept.seen_at = found.team, found.bot_user, found.bot_id, now
            kept.reconcile_at = now
            session.add(kept)
        self._identity = found
        return found

    def on_bot_joined(self, channel: str, now: datetime) -> None:
        """The bot was brought into a channel: its people are looked up, and if it is not one of ours, it greets."""
        with self._services.database.writing() as session:
            place = self._channel(session, channel)
            if place.left_at:
                # Who came and went meanwhile was told to nobody.
                people.set_members_in(session, place, ())
            place.look_up_at, place.left_at = now, None

    def on_bot_left(self, channel: str, now: datetime) -> None:
        """The bot is no longer in a channel, or the channel is closed: nothing is posted there."""
        with self._services.database.writing() as session:
            if found := people.find_channel(session, channel):
                found.left_at = now

    def reconcile_channels(self, now: datetime) -> int:
        """Ask Slack in which channels we are, if it is time to; returns whether it was. Raises `SlackError`.

        Who is in each of them is looked up anew too, a few at a time: somebody may have left without our hearing.
        """
        if not self._is_time_to_look(now):
            return 0
        self._look_at_places_at(now + AFTER_TROUBLE)
        known, found = self._places(), set(self._slack.channels_we_are_in())
        for channel in sorted(found - known):
            self.on_bot_joined(channel, now)
        for channel in sorted(known - found):
            self.on_bot_left(channel, now)
        with self._services.database.writing(wakes=False) as session:
            people.look_up_all_channels(session, now)
        self._look_at_places_at(now + LOOK_EVERY)
        return 1

    def look_up_unseen(self, now: datetime) -> int:
        """Ask Slack about a few of the people we have not heard of for a day; returns how many we heard of now."""
        with self._services.database.reading() as session:
            due = people.users_seen_before(session, now - SEE_EVERY, FEW)
        for done, user in enumerate(due):
            try:
                self._saw(user, now)
            except SlackError:
                return done
        return len(due)

    def on_member_joined(self, channel: str, user: str, now: datetime) -> None:
        """Somebody came into a channel where the bot is."""
        with self._services.database.writing() as session:
            place, member = people.find_channel(session, channel, locked=True), people.find_member(session, user)
            if place is None and case_in(session, channel):
                # Slack does not tell that we are in a channel we made ourselves; its people come now.
                place = self._channel(session, channel)
                place.look_up_at = now
            if place is None:
                return
            if member is None or place.look_up_at:
                place.look_up_at = now
            if member:
                people.enter_channel(session, place, member)

    def on_member_left(self, channel: str, user: str, now: datetime) -> None:
        """Somebody left a channel where the bot is."""
        with self._services.database.writing() as session:
            place, member = people.find_channel(session, channel, locked=True), people.find_member(session, user)
            if place and place.look_up_at:
                place.look_up_at = now
            if place and member:
                people.leave_channel(session, place, member)

    def on_user_changed(self, facts: PersonFacts, now: datetime) -> None:
        """Slack says something else of a person than before; strangers to us stay strangers."""
        with self._services.database.writing() as session:
            if people.find_member(session, facts.slack):
                self._keep(session, facts, now)

    def tell_listeners(self, facts: PersonFacts, now: datetime) -> None:
        """Who has to know hears that an account was closed, or became that of a guest."""
        if facts.is_deactivated:
            self._membership_listener.on_deactivated(facts.slack, now)
        elif facts.is_guest:
            self._membership_listener.on_became_guest(facts.slack, now)

    def look_up_person(self, user: str, channel: str | None, now: datetime) -> None:
        """Ask Slack about a person we do not know, and about the channel they stand in. Slack may refuse; then not."""
        try:
            facts = self._slack.person_facts(user)
        except SlackError:
            return
        with self._services.database.writing() as session:
            self._keep(session, facts, now)
        if channel:
            self._look_up_channel(channel, now)

    def look_up_due_channels(self, now: datetime) -> int:
        """Look up a few of the channels whose people have to be; returns how many we know now."""
        with self._services.database.reading() as session:
            due = people.channels_to_look_up(session, now, FEW)
        done = 0
        for channel in due:
            done += self._look_up_channel(channel, now)
        return done

    def knows_person(self, user: str) -> bool:
        """Whether we have facts about this person."""
        with self._services.database.reading() as session:
            return people.find_member(session, user) is not None

    def _is_time_to_look(self, now: datetime) -> bool:
        with self._services.database.reading() as session:
            return session.scalar(select(Workspace.id).where(Workspace.reconcile_at <= now)) is not None

    def _look_at_places_at(self, moment: datetime) -> None:
        with self._services.database.writing(wakes=False) as session:
            session.execute(update(Workspace).values(reconcile_at=moment))

    def _places(self) -> set[str]:
        """The channels we think we are in."""
        with self._services.database.reading() as session:
            here = select(Channel.slack).where(Channel.left_at.is_(None), Channel.kind.not_in(("direct", "group")))
            return set(session.scalars(here))

    def _look_up_channel(self, channel: str, now: datetime) -> bool:
        """Whether we know now who is there; if not, it is looked up again."""
        self._mark(channel, now)
        try:
            facts, users = self._slack.channel_facts(channel), list(self._slack.members_of(channel))
        except SlackRefused:
            self.on_bot_left(channel, now)
            return False
        except SlackError:
            return False
        if not self._get_to_know(users, now):
            return False
        for user in self._missing(channel, users, now):
            self._membership_listener.on_left_channel(channel, user, now)
        with self._services.database.writing() as session:
            return self._keep_channel(session, facts, users, now)

    def _mark(self, channel: str, now: datetime) -> None:
        """This look began now; what comes between takes its mark away, so that nothing old is kept."""
        with self._services.database.writing() as session:
            if place := people.find_channel(session, channel):
                place.look_up_at = now

    def _get_to_know(self, users: list[str], now: datetime) -> bool:
        """Ask about each stranger, and keep it at once: half-way, Slack may ask us to come back later (then False)."""
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

    def _missing(self, channel: str, users: list[str], now: datetime) -> list[str]:
        """Who we thought to be in this channel, and is not among these users; nobody where others came meanwhile."""
        with self._services.database.reading() as session:
            place = people.find_channel(session, channel)
            if place is None or place.look_up_at != now:
                return []
            return [member.slack for member in people.members_in(session, place) if member.slack not in users]

    def _saw(self, user: str, now: datetime) -> None:
        """Keep what Slack says of somebody we know; who it does not know any more is asked about another day."""
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
        place = people.find_channel(session, facts.slack, locked=True)
        if place and place.look_up_at != now:
            return False
        place = place or self._channel(session, facts.slack)
        place.kind, place.is_external, place.look_up_at, place.left_at = facts.kind, facts.is_external, None, None
        people.set_members_in(session, place, [found for user in users if (found := people.find_member(session, user))])
        ours = facts.creator == session.scalar(select(Workspace.bot_user))
        if facts.kind in {"public", "private"} and not ours:
            self._greet(session, place)
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
