"""Choosing a method: the methods there are, and each as a page to read."""

from collections.abc import Mapping
from typing import Final

from bot.circles.api import circle_at, first_circle_of, known_member
from bot.core.errors import Refusal
from bot.core.notices import notice
from bot.core.parts import Json
from bot.core.services import Service
from bot.intervision.form_surfaces import FORM_TOKEN, new_form_token
from bot.intervision.surfaces import SheetButton
from bot.intervision.views.method import MethodEntry, method_page, methods_page
from bot.library.pages import protocol_name, protocol_page, protocol_summary
from bot.library.protocol import Protocol
from bot.library.sheet import sheet, sheet_of
from bot.words import Speaker
from db.queries import intervision as cases

# How many methods are told about before somebody asks for all.
_SHELF: Final = 6


class MethodPages(Service):
    """What helps somebody to choose a method."""

    def open_methods_page(self, user: str, channel: str, *, whole: bool = False) -> Json:
        """A few methods, a line each: first those that the circle used last; the `whole` list behind a button."""
        known = self._services.library.protocols
        with self._services.database.reading() as session:
            member = known_member(session, user)
            circle = circle_at(session, channel) or first_circle_of(session, member)
            used = cases.methods_used_in(session, circle) if circle else []
            speaker = self._services.speaker_for(circle, member)
        few = list(dict.fromkeys(key for key in (*used, *self._good_starts()) if key in known))[:_SHELF]
        shown = [*known] if whole else few
        entries = [self._in_a_line(speaker, known[key], known) for key in shown]
        return methods_page(speaker, entries, of=0 if len(shown) == len(known) else len(known))

    def open_method_page(self, user: str, channel: str, key: str) -> Json:
        """One method, whole. Refuses what is no method."""
        found = self._services.library.protocols.get(key)
        if found is None:
            raise Refusal("choosing.no_such_method", methods=", ".join(self._services.library.protocols))
        speaker, known = self._voice(user, channel), self._services.library.protocols
        return method_page(speaker, protocol_page(found, speaker.language, known), SheetButton(key, new_form_token()))

    def send_sheet(self, user: str, channel: str, button: SheetButton) -> Json:
        """Send this person the method as a page to print, in private; once for each time that it was opened."""
        known = self._services.library.protocols
        if button.method not in known or not FORM_TOKEN.fullmatch(button.token):
            raise Refusal("common.outdated")
        speaker, outbox = self._voice(user, channel), self._services.outbox
        title, pieces = sheet_of(known[button.method], speaker.language, known)
        name, note = f"{button.method}-{button.token[:4]}.html", speaker.plain("choosing.sheet_note", name=title)
        with self._services.database.writing() as session:
            text, place = sheet(title, pieces, speaker.language), outbox.open_dm(session, user)
            outbox.upload_file(session, f"sheet:{button.token}", name, text, note, place)
        return notice(speaker, speaker.mrkdwn("choosing.sheet_sent"))

    def _good_starts(self) -> list[str]:
        """For each wish, the method that gives it first."""
        return [wish.methods[0] for wish in self._services.library.wishes]

    def _in_a_line(self, speaker: Speaker, protocol: Protocol, known: Mapping[str, Protocol]) -> MethodEntry:
        """A method for a list: what it gives, how many people it takes, and how long."""
        wish = next((one for one in self._services.library.wishes if protocol.key in one.methods), None)
        gives = wish.wish.in_(speaker.language) if wish else ""
        people, days = protocol.group, f"{protocol.working_days:g}"
        key = "choosing.size" if people.min < people.max else "choosing.exact_size"
        size = speaker.plain(key, least=str(people.min), most=str(people.max), days=days)
        name = protocol_name(protocol, speaker.language, known)
        return MethodEntry(protocol.key, name, gives, size)

    def _voice(self, user: str, channel: str) -> Speaker:
        with self._services.database.reading() as session:
            member = known_member(session, user)
            here = circle_at(session, channel) or first_circle_of(session, member)
            return self._services.speaker_for(here, member)


def describe_method(speaker: Speaker, protocol: Protocol, known: Mapping[str, Protocol]) -> MethodEntry:
    """A method in a few words; `known` gives the name of what it is a variant of."""
    name, why = protocol.name.in_(speaker.language), protocol.choose_when.in_(speaker.language)
    return MethodEntry(protocol.key, name, why, protocol_summary(protocol, speaker.language, known))
