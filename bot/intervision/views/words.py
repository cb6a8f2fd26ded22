"""Parts that the views of a case share: messages of a size Slack takes, and the words for roles and kinds."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core import names, parts
from bot.core.parts import Json
from bot.library.enums import Role
from bot.library.protocol import Step
from bot.words import Mrkdwn, Speaker


def text_key(name: str, of_two: bool) -> str:
    """The key of a text that differs where a case lives in the conversation of its two people."""
    return f"two.{name}" if of_two else f"case.{name}"


def role_name(speaker: Speaker, name: str) -> str:
    """The word for a role: "de inbrenger"."""
    return speaker.plain(f"case.role_{name}")


def role_names(speaker: Speaker, names: Iterable[str], of_two: bool = False) -> str:
    """Several roles, as people say them; facilitator and peers first where both write."""
    words = [
        speaker.plain("two.role_peer") if of_two and name == Role.PEER else role_name(speaker, name) for name in names
    ]
    return listed(speaker, words)


def listed(speaker: Speaker, words: Sequence[str]) -> str:
    """Several words or phrases in one: "vragen, advies en waardering"."""
    if len(words) < 2:
        return "".join(words)
    return speaker.plain("case.and", first=", ".join(words[:-1]), last=words[-1])


def role_alone(speaker: Speaker, name: str, of_two: bool) -> str:
    """The word for somebody's own role, without an article: "meedenker"."""
    return speaker.plain("two.home_role_peer" if of_two and name == Role.PEER else f"home.role_{name}")


def written_name(speaker: Speaker, step: Step, kind: str) -> str:
    """What people call what they write in this step; where they choose among kinds, the word for the kind: "advies"."""
    if [kind] == [one.value for one in step.kinds]:
        return step.label_in(speaker.language)
    return kind_name(speaker, kind)


def kind_name(speaker: Speaker, name: str) -> str:
    """The word for a kind of contribution: "advies"."""
    return speaker.plain(f"case.kind_{name}")


def rating_name(speaker: Speaker, name: str) -> str:
    """The words for how warm a question is to the owner: "warm: raakt me"."""
    return speaker.plain(f"case.rating_{name}")


def confirm_dialog(speaker: Speaker, key: str) -> Json:
    """The question before something that cannot be undone: `key` has a title, a text and a yes."""
    return parts.confirm(speaker, *(f"case.{key}_{part}" for part in ("title", "text", "yes")))


def start_buttons(speaker: Speaker, case: str, *, asks: bool) -> list[Json]:
    """To start a case: writing over days, or talking now. `asks` first where nothing beside them says what follows."""
    ask = confirm_dialog(speaker, "start") if asks else None
    return [
        parts.button(speaker.plain("live.start_calm"), names.START_CASE, case, style="primary", confirm=ask),
        parts.button(speaker.plain("live.start_live"), names.START_LIVE, case, confirm=ask),
    ]


def moment_for_readers(speaker: Speaker, at: datetime, zone: str, zones: Collection[str]) -> Mrkdwn:
    """A moment in the circle's zone; for people who live in several, as Slack shows it to each of them."""
    if not clocks_differ(at, {zone, *zones}):
        return speaker.mrkdwn("card.moment", day=speaker.day(at, zone), clock=speaker.clock(at, zone))
    in_zone = speaker.moment_in_zone(at, zone)
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{in_zone}>")


def moment_on_page(speaker: Speaker, at: datetime, zone: str, zones: Collection[str]) -> Mrkdwn:
    """The same where Slack shows no times of its own: it says whose time it is, if people live in several zones."""
    return (speaker.moment_in_zone if clocks_differ(at, {zone, *zones}) else speaker.moment)(at, zone)


def clock_for_readers(speaker: Speaker, at: datetime, zone: str, zones: Collection[str]) -> Mrkdwn:
    """A time of day, as `moment_for_readers` says a moment."""
    clock = speaker.clock(at, zone)
    differ = clocks_differ(at, {zone, *zones})
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{{time}}|{speaker.moment_in_zone(at, zone)}>" if differ else clock)


def clocks_differ(at: datetime, zones: Collection[str]) -> bool:
    """Whether clocks in these time zones show different times at that moment."""
    return len({at.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}) > 1
