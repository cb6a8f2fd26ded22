"""Choosing a method: the methods there are, and each as a page to read."""

from collections.abc import Mapping

from bot.circles import access
from bot.core.blocks import Json
from bot.core.errors import Refusal
from bot.core.services import Services
from bot.intervision.views import method as case_method
from bot.intervision.views.method import MethodEntry
from bot.library.pages import protocol_summary, protocol_page
from bot.library.protocol import Protocol
from bot.words import Speaker
from db.queries.circles import circle_at, first_circle_of


class MethodPages:
    """What helps somebody to choose a method."""

    def __init__(self, desk: Services) -> None:
        self._desk = desk

    def open_methods_page(self, user: str, channel: str) -> Json:
        """Every method, in a few words each."""
        say, known = self._voice(user, channel), self._desk.library.protocols
        return case_method.methods_page(say, [describe_method(say, one, known) for one in known.values()])

    def open_method_page(self, user: str, channel: str, key: str) -> Json:
        """One method, whole. Refuses what is no method."""
        found = self._desk.library.protocols.get(key)
        if found is None:
            raise Refusal("choosing.no_such_method", methods=", ".join(self._desk.library.protocols))
        say = self._voice(user, channel)
        return case_method.method_page(say, protocol_page(found, say.language, self._desk.library.protocols))

    def _voice(self, user: str, channel: str) -> Speaker:
        with self._desk.database.reading() as session:
            member = access.known_member(session, user)
            here = circle_at(session, channel) or first_circle_of(session, member)
            return self._desk.speaker_for(here, member)


def describe_method(say: Speaker, protocol: Protocol, known: Mapping[str, Protocol]) -> MethodEntry:
    """A method in a few words; `known` gives the name of what it is a variant of."""
    name, why = protocol.name.in_(say.language), protocol.choose_when.in_(say.language)
    return MethodEntry(protocol.key, name, why, protocol_summary(protocol, say.language, known))
