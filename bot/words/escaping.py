"""Escaping the arguments of a text: for Slack's mrkdwn, for plain text, for HTML."""

import html
from collections.abc import Iterable
from typing import Any


class Mrkdwn(str):
    """Text that is safe in mrkdwn: written by us, or escaped."""

    __slots__ = ()


class Plain(str):
    """Text for where Slack interprets nothing."""

    __slots__ = ()


class Html(str):
    """Text that is safe in HTML: written by us, or escaped."""

    __slots__ = ()


def escape(value: Any, form: type[str]) -> str:
    """`value` as literal text in `form` (Mrkdwn, Plain or Html).

    A value of that form is returned unchanged. In mrkdwn exactly `&`, `<` and `>` are escaped (Slack's rule): otherwise
    quoted text could notify a whole school or fake a link.
    """
    text = str(value)
    if isinstance(value, form) or form is Plain:
        return text
    if form is Html:
        return html.escape(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The text that a person typed, from the escaped text that Slack delivers."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mention(slack_user: str) -> Mrkdwn:
    """A mention of this person; Slack shows their name."""
    return Mrkdwn(f"<@{slack_user}>")


def channel_link(slack_channel: str) -> Mrkdwn:
    """A link to this channel; Slack shows its name to those who may see it."""
    return Mrkdwn(f"<#{slack_channel}>")


def conversation_link(slack_channel: str, label: Mrkdwn) -> Mrkdwn:
    """A link, with these words on it, to a conversation that has no name of its own to show."""
    return Mrkdwn(f"<https://slack.com/app_redirect?channel={slack_channel}|{label}>")


def mention_all(users: Iterable[str]) -> Mrkdwn:
    """Mentions of these people, with commas."""
    return Mrkdwn(", ".join(mention(user) for user in users))
