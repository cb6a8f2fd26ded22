"""The facts about people and channels that we take from Slack."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Identity:
    """The bot itself, in its workspace (`team`)."""

    team: str
    bot_user: str
    bot_id: str


@dataclass(frozen=True)
class Copy:
    """A message of ours as it stands in Slack, with the number of `replies` under it."""

    ts: str
    replies: int


@dataclass(frozen=True)
class PersonFacts:
    """What Slack says of a person; never a name."""

    slack: str
    timezone: str | None
    is_guest: bool
    is_external: bool
    is_bot: bool
    is_deactivated: bool


@dataclass(frozen=True)
class ChannelFacts:
    """What Slack says of a channel; `creator` is whoever made it."""

    slack: str
    kind: str
    is_external: bool
    creator: str | None


def person_facts(found: Json) -> PersonFacts:
    """The facts that we keep of a user, from Slack's description in an answer or in an event."""
    return PersonFacts(
        slack=found["id"],
        timezone=found.get("tz"),
        is_guest=bool(found.get("is_restricted") or found.get("is_ultra_restricted")),
        is_external=bool(found.get("is_stranger")),
        is_bot=bool(found.get("is_bot")) or found["id"] == "USLACKBOT",
        is_deactivated=bool(found.get("deleted")),
    )


def channel_facts(found: Json) -> ChannelFacts:
    """The facts that we keep of a channel, from Slack's description."""
    return ChannelFacts(found["id"], kind_of(found), bool(found.get("is_ext_shared")), found.get("creator"))


def kind_of(found: Json) -> str:
    """The kind of a channel, from Slack's description: direct, group, private or public."""
    if found.get("is_im"):
        return "direct"
    if found.get("is_mpim"):
        return "group"
    return "private" if found.get("is_private") else "public"
