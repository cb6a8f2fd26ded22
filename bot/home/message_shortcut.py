"""Making something of a message that somebody typed: their answer, their case, or their contribution to a step.

The message stays where it is. Only its author can do this: Slack says who that is, and our own facts have the last
word, when the form opens and again when it is sent.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from bot.circles.api import circle_at, known_member, require_in_circle
from bot.core.errors import Refusal
from bot.core.home import MessageUse
from bot.core.parts import MOST_FIELDS, Json, is_blank, join_fields, split_into_fields
from bot.core.providers import HomeProvider, MemberContext, MessageDraft, MessagePlace, MessageProvider
from bot.core.services import Services
from bot.home.home import IN_A_HELP
from bot.home.provided_parts import ProvidedParts
from bot.home.reader import load_reader
from bot.home.surfaces import MessageAnswer, MessageForm
from bot.home.todo import load_todo
from bot.home.views import message_shortcut as views
from bot.listening.api import author_of, case_in, parse_new_message, post_at
from bot.people.api import TypedWords
from bot.words.typed import without_links

# How Slack's ids of conversations with the bot alone begin.
_PRIVATE: Final = re.compile(r"D[A-Z0-9]+$")


class MessageShortcut:
    """What can be made of a message: what the providers of the wings offer, in their order."""

    def __init__(
        self, services: Services, providers: Sequence[MessageProvider], home_providers: Sequence[HomeProvider]
    ) -> None:
        self._services, self._providers, self._home_providers = services, providers, home_providers
        self._logged: set[str] = set()

    def open_message_form(self, user: str, channel: str, message: Json, now: datetime) -> Json:
        """The form for a message's own author; for others, and for what the bot said, the page that explains.

        `message` is Slack's own.
        """
        typed = parse_new_message(channel, message)
        with self._services.database.reading() as session:
            reader = load_reader(self._services, session, known_member(session, user), now, channel)
            if typed is None or typed.user != user:
                key = "take_up.not_yours" if typed else self._own_post_key(session, channel, str(message.get("ts")))
                return self._explained(reader, key, channel)
            text = TypedWords(self._services, session, reader.speaker).as_read(typed.text)
            uses, texts = self._uses(reader, channel, typed.ts), split_into_fields(without_links(text))
            if not uses:
                return self._explained(reader, "take_up.not_here", channel)
            if len(texts) > MOST_FIELDS:
                return self._explained(reader, "take_up.too_long", channel)
            return views.message_form(reader.speaker, uses, texts, MessageForm(channel, typed.ts))

    def use_message(self, user: str, form: MessageForm, answer: MessageAnswer, now: datetime) -> Json:
        """Do what the author chose, with the words as they are in the form now. Returns the next page.

        Refuses what was not offered, or is not any more, and a form without words.
        """
        with self._services.database.reading() as session:
            reader = load_reader(self._services, session, known_member(session, user), now, form.channel)
            offered = {use.to_value(): use for use in self._uses(reader, form.channel, form.ts)}
        if answer.use not in offered:
            raise Refusal("common.outdated")
        text, use = join_fields(answer.texts), offered[answer.use]
        if is_blank(text):
            raise Refusal("reflection.blank")
        makers = {kind: maker for provider in self._providers for kind, maker in provider.makers.items()}
        return makers[use.kind](MessageDraft(user, use, form.form, text, now))

    def _uses(self, reader: MemberContext, channel: str, ts: str) -> list[MessageUse]:
        """What this member can make of their message. Refuses a message that, by our own facts, another wrote."""
        if author_of(reader.session, channel, ts) not in (None, reader.member.id):
            raise Refusal("take_up.not_yours")
        place = _place(reader, channel, ts)
        return [use for provider in self._providers for use in provider.offers(reader, place)]

    def _own_post_key(self, session: Session, channel: str, ts: str) -> str:
        """The key of the text that says what a message of ours is."""
        post = post_at(session, channel, ts)
        if post is None:
            return "take_up.not_yours"
        own_posts = [known for provider in self._providers for known in provider.own_posts]
        return next((key for pattern, key in own_posts if pattern.match(post.key)), "take_up.ours")

    def _explained(self, reader: MemberContext, key: str, channel: str) -> Json:
        parts = ProvidedParts(self._home_providers, self._logged)
        items = load_todo(parts, reader, channel)[:IN_A_HELP]
        return views.message_page(reader.speaker, key, items, is_whole=parts.is_whole)


def _place(reader: MemberContext, channel: str, ts: str) -> MessagePlace:
    """Where a message is: in a case, in a circle that is set up and has this member, in private, or elsewhere."""
    circle, case = circle_at(reader.session, channel), case_in(reader.session, channel)
    if case:
        return MessagePlace(channel, ts, case=case)
    if circle is None or circle.set_up_at is None:
        return MessagePlace(channel, ts, is_private=circle is None and _PRIVATE.match(channel) is not None)
    require_in_circle(reader.session, circle, reader.member)
    return MessagePlace(channel, ts, circle)
