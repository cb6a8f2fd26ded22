"""What somebody typed in Slack, as people read it there: Slack gives ids and addresses in angle brackets instead.

A link stands between two marks that nobody can type until it is shown: `with_links` makes it one of Slack's, and
`without_links` leaves what one reads.
"""

import re
from collections.abc import Mapping

from bot.words.escaping import Mrkdwn

_OPENS, _CLOSES = "\ue000", "\ue001"
_FORM = re.compile(r"<([^<>\n]+)>")
_LINK = re.compile(f"{_OPENS}([^{_OPENS}{_CLOSES}]*){_CLOSES}")
_MARKS = re.compile(f"[{_OPENS}{_CLOSES}]")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S")
_PERSON = re.compile(r"<@([A-Z0-9]+)")
# Opens a channel for everybody who may see it.
_CHANNEL_ADDRESS = "https://slack.com/app_redirect?channel="


def people_in(text: str) -> set[str]:
    """Slack's ids of the people whom a text mentions."""
    return set(_PERSON.findall(text))


def as_read(text: str, names: Mapping[str, str], somebody: str) -> str:
    """The text with names of people (by Slack's id; `somebody` for others), and with marked links."""

    def read(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target.startswith("@"):
            return f"@{names.get(target[1:]) or label or somebody}"
        if target.startswith("!"):
            return label or f"@{target[1:]}"
        is_link = target.startswith("#") or _ADDRESS.match(target)
        return f"{_OPENS}{found[1]}{_CLOSES}" if is_link else found[0]

    return _FORM.sub(read, _MARKS.sub("", text))


def with_links(shown: Mrkdwn) -> Mrkdwn:
    """For Slack: the marked links of an escaped text are links."""
    return Mrkdwn(_MARKS.sub("", _LINK.sub(r"<\1>", shown).replace("|>", ">")))


def without_links(text: str) -> str:
    """For a file, a field or a search: what one reads of each link, and the address where that says something else."""
    return _MARKS.sub("", _LINK.sub(lambda found: _plain(*found[1].partition("|")[::2]), text))


def _plain(target: str, label: str) -> str:
    if target.startswith("#"):
        return f"#{label}" if label else f"{_CHANNEL_ADDRESS}{target[1:]}"
    address = target.removeprefix("mailto:")
    return address if label in ("", address) or address.endswith(f"//{label}") else f"{label} ({address})"
