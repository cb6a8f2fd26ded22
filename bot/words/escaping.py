"""Escaping what goes into a text: for Slack's mrkdwn, for its plain text, for HTML."""

import html
from collections.abc import Iterable
from typing import Any


class Mrkdwn(str):
    """Text that is safe to stand in mrkdwn as it is: made by us, or escaped."""

    __slots__ = ()


class Plain(str):
    """Text for a place where Slack interprets nothing."""

    __slots__ = ()


class Html(str):
    """Text that is safe to stand in HTML as it is."""

    __slots__ = ()


def escape(value: Any, form: type[str]) -> str:
    """`value` as text that says itself and nothing more in `form` (Mrkdwn, Plain or Html).

    A value that is already of that form passes unchanged. Slack's rule for mrkdwn is exactly `&`, `<` and `>`:
    without it, quoted text could ping a whole school or fake a link.
    """
    text = str(value)
    if isinstance(value, form) or form is Plain:
        return text
    if form is Html:
        return html.escape(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What a person typed, from the escaped text that Slack delivers."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mention(slack_user: str) -> Mrkdwn:
    """A mention of this person; Slack shows their name."""
    return Mrkdwn(f"<@{slack_user}>")


def channel_link(slack_channel: str) -> Mrkdwn:
    """A link to this channel; Slack shows its name to those who may see it."""
    return Mrkdwn(f"<#{slack_channel}>")


def mention_all(users: Iterable[str]) -> Mrkdwn:
    """These people, as mentions."""
    return Mrkdwn(", ".join(mention(user) for user in users))
