"""The names that people show in Slack, for where a mention would notify them: sealed here, and shown literally."""

from collections import Counter
from collections.abc import Iterable

from bot.core.services import Services
from bot.crypto import places
from bot.words import Mrkdwn
from bot.words.escaping import escape, mention
from db.models import Member


def keep_name(services: Services, member: Member, name: str) -> None:
    """Keep the name that Slack says, if it says one and it is new."""
    if name and name != _name(services, member):
        member.name = services.seal(name, places.place(places.MEMBER_NAME, member.id))


def names_of(services: Services, members: Iterable[Member]) -> dict[int, Mrkdwn]:
    """The name of each of these people, by our own id, as literal text; two who have the same are numbered.

    Whose name we do not know yet is mentioned: Slack shows their name there.
    """
    known = {member.id: (member, _name(services, member)) for member in sorted(members, key=lambda one: one.id)}
    alike, seen = Counter(name.casefold() for _, name in known.values()), Counter[str]()
    shown = {}
    for id, (member, name) in known.items():
        seen[name.casefold()] += 1
        number = f" ({seen[name.casefold()]})" if alike[name.casefold()] > 1 else ""
        shown[id] = Mrkdwn(escape(name + number, Mrkdwn)) if name else mention(member.slack)
    return shown


def _name(services: Services, member: Member) -> str:
    return services.open_text(member.name, places.place(places.MEMBER_NAME, member.id))
