"""The library of a circle: what it may be asked by theme, what it was asked when, and what it does without."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.circles.api import circle_by_id, is_moderator, led_circle
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Services
from bot.questions.candidates import Candidate, candidates, text_of
from bot.questions.views import library_page as views
from bot.questions.views.library_page import LibraryPurpose, LibraryQuestion, LibraryTheme
from bot.words import Speaker
from db.models import Circle, Member, RetiredPrompt
from db.queries import questions


@dataclass(frozen=True)
class LibraryChoice:
    """Who reads in which circle's library, and what for."""

    circle: Circle
    member: Member
    purpose: LibraryPurpose


class LibraryPages:
    """Reading in the library, and what moderators take out of it and put back."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def open_themes_page(self, user: str, circle_id: int, purpose: LibraryPurpose) -> Json:
        """All themes, with how many questions each has."""
        with self._services.database.reading() as session:
            return self.themes_page_for(session, LibraryChoice(*circle_by_id(session, circle_id, user), purpose))

    def open_theme_page(self, user: str, circle_id: int, key: str, purpose: LibraryPurpose, first: int = 0) -> Json:
        """The questions of one theme, from this one on."""
        with self._services.database.reading() as session:
            reading = LibraryChoice(*circle_by_id(session, circle_id, user), purpose)
            return self.theme_page_for(session, reading, key, first)

    def retire_prompt(self, user: str, circle_id: int, prompt: str) -> Json:
        """This circle is not asked this any more. Refuses the last there is."""
        return self._move(user, circle_id, prompt, retires=True)

    def restore_prompt(self, user: str, circle_id: int, prompt: str) -> Json:
        """This circle may be asked this again."""
        return self._move(user, circle_id, prompt, retires=False)

    def themes_page_for(self, session: Session, reading: LibraryChoice) -> Json:
        """All themes, in a transaction that runs."""
        speaker = self._services.speaker_for(reading.circle, reading.member)
        without = questions.retired_prompts(session, reading.circle)
        counts = Counter(
            one.theme for one in candidates(session, self._services, reading.circle) if one.id not in without
        )
        named = {key: name.in_(speaker.language) for key, name in self._services.library.themes.items()}
        return views.library_themes_page(
            speaker, [(key, name, counts[key]) for key, name in named.items()], self._where(reading)
        )

    def theme_page_for(self, session: Session, reading: LibraryChoice, key: str, first: int = 0) -> Json:
        """The questions of one theme, in a transaction that runs."""
        name = self._services.library.themes.get(key)
        if name is None:
            raise Refusal("common.gone")
        speaker = self._services.speaker_for(reading.circle, reading.member)
        books = self._books(session, reading, key, speaker)
        moderates = is_moderator(session, reading.circle, reading.member)
        return views.library_theme_page(
            speaker, LibraryTheme(key, name.in_(speaker.language), books, first, moderates), self._where(reading)
        )

    def _books(self, session: Session, reading: LibraryChoice, key: str, speaker: Speaker) -> list[LibraryQuestion]:
        """What of this theme there is to read; who chooses does not see what is not asked any more."""
        without, asked = (
            questions.retired_prompts(session, reading.circle),
            questions.last_asked(session, reading.circle),
        )
        every = [one for one in candidates(session, self._services, reading.circle) if one.theme == key]
        shown = [one for one in every if reading.purpose.reads or one.id not in without]
        return [self._book(one, reading.circle, speaker, asked, without) for one in shown]

    def _book(
        self, one: Candidate, circle: Circle, speaker: Speaker, asked: dict[str, datetime], without: set[str]
    ) -> LibraryQuestion:
        framework = self._services.library.frameworks.get(one.framework)
        last = asked.get(one.id)
        return LibraryQuestion(
            id=one.id,
            text=text_of(self._services, one, speaker),
            framework=framework.in_(speaker.language) if framework else one.framework.replace("_", " "),
            asked=speaker.full_day(last, circle.timezone) if last else "",
            is_retired=one.id in without,
        )

    def _move(self, user: str, circle_id: int, prompt: str, *, retires: bool) -> Json:
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user)
            every = candidates(session, self._services, circle)
            moved = next((one for one in every if one.id == prompt), None)
            if moved is None:
                raise Refusal("common.gone")
            without, kept = questions.retired_prompts(session, circle), session.get(RetiredPrompt, (circle.id, prompt))
            if retires and {one.id for one in every} <= without | {prompt}:
                raise Refusal("questions.last_one")
            if retires and kept is None:
                session.add(RetiredPrompt(circle_id=circle.id, prompt=prompt))
            elif kept is not None and not retires:
                session.delete(kept)
            session.flush()
            return self.theme_page_for(session, LibraryChoice(circle, member, LibraryPurpose()), moved.theme)

    def _where(self, reading: LibraryChoice) -> Json:
        return {"circle": reading.circle.id, **reading.purpose.pointers()}
