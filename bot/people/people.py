"""Facts about people and channels: from events, looked up where we know nothing, and reconciled by a tick."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.core.services import Services
from bot.listening.api import case_in
from bot.people.absence import REASON_OF_ERROR, SHARED
from bot.people.listeners import MembershipListener
from bot.people.names import keep_name
from bot.people.places import Places, reason_of_facts
from bot.people.reconciliation import ChannelReconciliation
from bot.slack.client import SlackClient
from bot.slack.errors import SlackError, SlackRefused
from bot.slack.types import ChannelFacts, Identity, PersonFacts
from db.insert import insert_unless_there
from db.models import Channel, Member, Workspace
from db.queries import people
from db.queries.people import dismiss_moderator

# Events bring the facts; this is for those that did not come.
PERSON_EVERY = timedelta(days=1)
# How much is looked up in one tick: Slack allows some fifty calls of one method a minute.
MOST_LOOK_UPS = 10


# Greets a channel that invited the bot and that has no circle yet, in this transaction.
Greet = Callable[[Session, Channel], None]


class PeopleDirectory:
    """What we know of the people in Slack: who they are, and in which of our channels they are."""

    def __init__(
        self,
        services: Services,
        slack: SlackClient,
        membership_listener: MembershipListener,
        places: Places,
        greet: Greet,
    ) -> None:
        self._services, self._slack, self._membership_listener = services, slack, membership_listener
        self._places, self._greet = places, greet
        self._reconciliation = ChannelReconciliation(
            services, slack, self.on_bot_joined, self._look_up_channel, places.change_id
        )
        # Who we are in Slack, as it was last said; None until it is read. Each request asks.
        self.identity: Identity | None = None

    def own_identity(self) -> Identity | None:
        """Who we are in Slack, as Slack last said; None before the first time."""
        if self.identity is None:
            with self._services.database.reading() as session:
                workspace = session.scalar(select(Workspace))
                if workspace:
                    ours = workspace.team, workspace.bot_user, workspace.bot_id, workspace.enterprise or ""
                    self.identity = Identity(*ours)
        return self.identity

    def fetch_identity(self, now: datetime) -> Identity:
        """Ask Slack who we are, and keep it. Raises `SlackError` if Slack cannot say."""
        return self.keep_identity(self._slack.identity(), now)

    def keep_identity(self, found: Identity, now: datetime) -> Identity:
        """Keep who we are, as Slack says."""
        enterprise = found.enterprise or None
        facts = {"team": found.team, "bot_user": found.bot_user, "bot_id": found.bot_id, "enterprise": enterprise}
        with self._services.database.writing() as session:
            # Other copies that start with us keep it too.
            if session.scalar(select(Workspace.id)) is None:
                insert_unless_there(session, Workspace, **facts, seen_at=now)
            session.execute(update(Workspace).values(**facts, seen_at=now, reconcile_at=now))
        self.identity = found
        return found

    def on_bot_joined(self, channel: str, now: datetime) -> None:
        """The bot was brought into a channel: its people are looked up, and then a new channel is greeted.

        A channel that was lost is back once that look-up says so: it may be shared with others meanwhile.
        """
        with self._services.database.writing() as session:
            self._channel(session, channel).look_up_at = now

    def on_channel_changed(self, channel: str, now: datetime) -> None:
        """Something about a channel that we know changed: it is looked up."""
        with self._services.database.writing() as session:
            if known := people.find_channel(session, channel):
                known.look_up_at = now

    def reconcile_channels(self, now: datetime) -> int:
        """Ask Slack in which channels we are, if it is time to. Returns 1 if it answered, else 0."""
        return self._reconciliation.reconcile_channels(now)

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

    def _look_up_channel(self, channel: str, now: datetime) -> bool:
        """Look up the people of a channel. Returns whether we know them now; if not, it is done again."""
        self._mark_look_up(channel, now)
        try:
            facts = self._slack.channel_facts(channel)
            lost = reason_of_facts(facts)
            users = list(self._slack.members_of(channel)) if lost in (None, SHARED) else []
        except SlackRefused as refusal:
            facts, lost = None, REASON_OF_ERROR.get(refusal.error)
        except SlackError:
            return False
        if lost:
            self._places.lose_channel(channel, lost, now)
        if facts is None or lost not in (None, SHARED):
            return False
        if lost:
            # Who is in a shared channel is known too: they are not all of our own organisation.
            self._mark_look_up(channel, now)
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
        is_new = known is None or known.kind == "unknown"
        if is_new and not _is_ours(session, facts) and people.is_making_a_channel(session):
            # Slack may have made it for us, and we do not know its id yet.
            return False
        row = known or self._channel(session, facts.slack)
        row.kind, row.is_external, row.look_up_at = facts.kind, facts.is_external, None
        if facts.is_external:
            self._places.note_lost(session, row, SHARED, now)
        else:
            self._places.note_back(session, row, now)
        people.set_members_in(session, row, [found for user in users if (found := people.find_member(session, user))])
        if facts.kind in {"public", "private"} and not (facts.is_external or _is_ours(session, facts)):
            self._greet(session, row)
        return True

    def _keep(self, session: Session, facts: PersonFacts, now: datetime) -> Member:
        member = people.find_member(session, facts.slack) or people.add_member(
            session, facts.slack, facts.timezone or self._services.timezone, now
        )
        member.timezone = member.timezone if facts.timezone is None else facts.timezone
        member.is_guest, member.is_external = facts.is_guest, facts.is_outside(self.own_identity())
        member.is_bot, member.is_deactivated, member.seen_at = facts.is_bot, facts.is_deactivated, now
        session.flush()
        keep_name(self._services, member, facts.name)
        if member.is_guest:
            dismiss_moderator(session, member)
        return member

    def _channel(self, session: Session, channel: str) -> Channel:
        return people.find_channel(session, channel) or people.add_channel(session, channel)


def _is_ours(session: Session, facts: ChannelFacts) -> bool:
    """Whether we made this channel: our own outbox knows, whatever Slack says of its creator."""
    is_creator = facts.creator == session.scalar(select(Workspace.bot_user))
    return is_creator or case_in(session, facts.slack) is not None
