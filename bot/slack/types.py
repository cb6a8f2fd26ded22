"""The facts about people and channels that we take from Slack."""

from dataclasses import dataclass, field
from typing import Any

from bot.core.calendar import is_zone

Json = dict[str, Any]


@dataclass(frozen=True)
class Identity:
    """The bot itself, in its workspace (`team`); `enterprise` is the organisation of an Enterprise Grid, else empty."""

    team: str
    bot_user: str
    bot_id: str
    enterprise: str = ""


@dataclass(frozen=True)
class Copy:
    """A message of ours as it stands in Slack, with the number of `replies` under it."""

    ts: str
    replies: int


@dataclass(frozen=True)
class PersonFacts:
    """What Slack says of a person. `timezone` is empty where Slack names one that our data lacks.

    `name` is the one that they show in Slack; it is printed nowhere.
    """

    slack: str
    timezone: str | None
    is_guest: bool
    is_stranger: bool
    is_bot: bool
    is_deactivated: bool
    team: str = ""
    enterprise: str = ""
    name: str = field(default="", repr=False)

    def is_outside(self, ours: Identity | None) -> bool:
        """Whether they belong to another organisation than ours.

        In an Enterprise Grid, somebody's home may be another workspace of our own organisation.
        """
        if ours and ours.enterprise and self.enterprise == ours.enterprise:
            return False
        return self.is_stranger or bool(ours and self.team and self.team != ours.team)


@dataclass(frozen=True)
class ChannelFacts:
    """What Slack says of a channel; `creator` is whoever made it, `is_member` whether the bot is in it."""

    slack: str
    kind: str
    is_external: bool
    creator: str | None
    is_archived: bool = False
    is_member: bool = True


def identity_of(found: Json) -> Identity:
    """Who we are, from Slack's answer to `auth.test`."""
    return Identity(found["team_id"], found["user_id"], found.get("bot_id", ""), found.get("enterprise_id") or "")


def person_facts(found: Json) -> PersonFacts:
    """The facts that we keep of a user, from Slack's description in an answer or in an event."""
    of_grid = found.get("enterprise_user")
    return PersonFacts(
        slack=found["id"],
        timezone=_zone(found.get("tz")),
        is_guest=bool(found.get("is_restricted") or found.get("is_ultra_restricted")),
        is_stranger=bool(found.get("is_stranger")),
        is_bot=bool(found.get("is_bot")) or found["id"] == "USLACKBOT",
        is_deactivated=bool(found.get("deleted")),
        team=_text(found.get("team_id")),
        enterprise=_text(of_grid.get("enterprise_id")) if isinstance(of_grid, dict) else "",
        name=_shown_name(found),
    )


def _shown_name(found: Json) -> str:
    """The name that people see beside what somebody writes, in one line."""
    profile = found.get("profile")
    own = profile if isinstance(profile, dict) else {}
    names = (own.get("display_name"), own.get("real_name"), found.get("real_name"), found.get("name"))
    return next((one for name in names if (one := " ".join(_text(name).split()))), "")


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""


def _zone(named: object) -> str | None:
    if not isinstance(named, str) or not named:
        return None
    return named if is_zone(named) else ""


def channel_facts(found: Json) -> ChannelFacts:
    """The facts that we keep of a channel, from Slack's description."""
    return ChannelFacts(
        slack=found["id"],
        kind=kind_of(found),
        is_external=bool(found.get("is_ext_shared")),
        creator=found.get("creator"),
        is_archived=bool(found.get("is_archived")),
        is_member=found.get("is_member") is not False,
    )


def kind_of(found: Json) -> str:
    """The kind of a channel, from Slack's description: direct, group, private or public."""
    if found.get("is_im"):
        return "direct"
    if found.get("is_mpim"):
        return "group"
    return "private" if found.get("is_private") else "public"
