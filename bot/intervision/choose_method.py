"""Choosing a method: the methods there are, and each as a page to read."""

from collections.abc import Mapping

from bot.circles.api import circle_at, first_circle_of, known_member
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Service
from bot.intervision.views.method import MethodEntry, method_page, methods_page
from bot.library.pages import protocol_page, protocol_summary
from bot.library.protocol import Protocol
from bot.words import Speaker


class MethodPages(Service):
    """What helps somebody to choose a method."""

    def open_methods_page(self, user: str, channel: str) -> Json:
        """Every method, in a few words each."""
        speaker, known = self._voice(user, channel), self._services.library.protocols
        return methods_page(speaker, [describe_method(speaker, one, known) for one in known.values()])

    def open_method_page(self, user: str, channel: str, key: str) -> Json:
        """One method, whole. Refuses what is no method."""
        found = self._services.library.protocols.get(key)
        if found is None:
            raise Refusal("choosing.no_such_method", methods=", ".join(self._services.library.protocols))
        speaker = self._voice(user, channel)
        return method_page(speaker, protocol_page(found, speaker.language, self._services.library.protocols))

    def _voice(self, user: str, channel: str) -> Speaker:
        with self._services.database.reading() as session:
            member = known_member(session, user)
            here = circle_at(session, channel) or first_circle_of(session, member)
            return self._services.speaker_for(here, member)


def describe_method(speaker: Speaker, protocol: Protocol, known: Mapping[str, Protocol]) -> MethodEntry:
    """A method in a few words; `known` gives the name of what it is a variant of."""
    name, why = protocol.name.in_(speaker.language), protocol.choose_when.in_(speaker.language)
    return MethodEntry(protocol.key, name, why, protocol_summary(protocol, speaker.language, known))
