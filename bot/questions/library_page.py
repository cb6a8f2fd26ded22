"""The library of a circle: what it may be asked by theme, when it was asked that, and what it retired."""

from collections import Counter

from bot.circles.api import led_circle
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.core.services import Service
from bot.questions.page import QuestionsContext, load_questions
from bot.questions.selection import Candidate, candidate_text, candidates_of
from bot.questions.surfaces import READ, LibraryPlace
from bot.questions.views import library_page as views
from bot.questions.views.library_page import LibraryQuestion, LibraryTheme
from db.models import RetiredPrompt
from db.queries import questions as queries


class LibraryPages(Service):
    """Opens the pages of the library, and retires and restores prompts for moderators."""

    def open_themes_page(self, user: str, place: LibraryPlace) -> Json:
        """All themes, with how many questions each has."""
        with self._services.database.reading() as session:
            return themes_page_for(load_questions(self._services, session, user, place.circle_id), place)

    def open_theme_page(self, user: str, place: LibraryPlace, first: int = 0) -> Json:
        """The questions of one theme, from number `first` on."""
        with self._services.database.reading() as session:
            return theme_page_for(load_questions(self._services, session, user, place.circle_id), place, first)

    def retire_prompt(self, user: str, circle_id: int, prompt: str) -> Json:
        """This circle is not asked this any more; raises `Refusal` for the last prompt there is."""
        return self._change_prompt(user, circle_id, prompt, retires=True)

    def restore_prompt(self, user: str, circle_id: int, prompt: str) -> Json:
        """This circle may be asked this again."""
        return self._change_prompt(user, circle_id, prompt, retires=False)

    def _change_prompt(self, user: str, circle_id: int, prompt: str, *, retires: bool) -> Json:
        with self._services.database.writing() as session:
            circle, member = led_circle(session, circle_id, user)
            candidates = {one.id: one for one in candidates_of(session, self._services, circle)}
            if prompt not in candidates:
                raise Refusal("common.gone")
            retired, row = queries.retired_prompts(session, circle), session.get(RetiredPrompt, (circle.id, prompt))
            if retires and candidates.keys() <= retired | {prompt}:
                raise Refusal("questions.last_one")
            if retires and row is None:
                session.add(RetiredPrompt(circle_id=circle.id, prompt=prompt))
            elif row is not None and not retires:
                session.delete(row)
            session.flush()
            place = LibraryPlace(circle.id, theme=candidates[prompt].theme)
            return theme_page_for(QuestionsContext(self._services, session, circle, member), place)


def themes_page_for(context: QuestionsContext, place: LibraryPlace) -> Json:
    """All themes, with how many questions each has that are not retired."""
    retired = queries.retired_prompts(context.session, context.circle)
    candidates = candidates_of(context.session, context.services, context.circle)
    counts = Counter(one.theme for one in candidates if one.id not in retired)
    themes, language = context.services.library.themes, context.speaker.language
    counted = [(key, name.in_(language), counts[key]) for key, name in themes.items()]
    if len(counted) > views.MOST_THEMES:
        counted.sort(key=lambda one: -one[2])
    return views.library_themes_page(context.speaker, counted, place)


def theme_page_for(context: QuestionsContext, place: LibraryPlace, first: int = 0) -> Json:
    """The questions of one theme, from number `first` on; raises `Refusal` for a theme there is not."""
    name = context.services.library.themes.get(place.theme)
    if name is None:
        raise Refusal("common.gone")
    questions = _questions_of_theme(context, place)
    theme = LibraryTheme(name.in_(context.speaker.language), questions, first, context.moderates)
    return views.library_theme_page(context.speaker, theme, place)


def _questions_of_theme(context: QuestionsContext, place: LibraryPlace) -> list[LibraryQuestion]:
    """The questions to show: retired ones only to somebody who reads, not to somebody who chooses."""
    retired = queries.retired_prompts(context.session, context.circle)
    candidates = candidates_of(context.session, context.services, context.circle)
    asked = queries.last_asked(context.session, context.circle)
    days = {prompt: context.speaker.full_day(at, context.circle.timezone) for prompt, at in asked.items()}
    return [
        _library_question(context, one, days.get(one.id, ""), is_retired=one.id in retired)
        for one in candidates
        if one.theme == place.theme and (place.purpose == READ or one.id not in retired)
    ]


def _library_question(context: QuestionsContext, one: Candidate, asked: str, *, is_retired: bool) -> LibraryQuestion:
    speaker, framework = context.speaker, context.services.library.frameworks.get(one.framework)
    return LibraryQuestion(
        id=one.id,
        text=candidate_text(context.services, one, speaker),
        framework=framework.in_(speaker.language) if framework else one.framework.replace("_", " "),
        asked=asked,
        is_retired=is_retired,
    )
