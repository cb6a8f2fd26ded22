"""The library of a circle: its themes, and the questions of one; to read, or to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.questions.surfaces import PLAN, TAKE, LibraryPlace
from bot.questions.views.page import back_button
from bot.words import Mrkdwn, Speaker

# A page holds a hundred blocks; a question takes three at most.
MOST_QUESTIONS = 25
# How many themes a page lists; those with most questions come first where there are more.
MOST_THEMES = 90


@dataclass(frozen=True)
class LibraryQuestion:
    """One question of the library: `asked` is the day on which it was last asked, empty if it never was."""

    id: str
    text: str
    framework: str
    asked: str
    is_retired: bool


@dataclass(frozen=True)
class LibraryTheme:
    """The questions of one theme; `first` is the number of the first one on the page."""

    name: str
    questions: Sequence[LibraryQuestion]
    first: int
    moderates: bool


def library_themes_page(speaker: Speaker, counted: Sequence[tuple[str, str, int]], place: LibraryPlace) -> Json:
    """Every theme (key, name, how many questions), each with the button that opens it."""
    intro = speaker.mrkdwn(f"questions.library_{place.purpose}")
    blocks = [parts.actions(back_button(speaker)), parts.section(intro)]
    for key, name, count in counted[:MOST_THEMES]:
        opens = parts.button(speaker.plain("questions.look"), names.OPEN_THEME, key)
        blocks.append(parts.section(speaker.mrkdwn("questions.theme_with", theme=name, n=count), opens))
    if len(counted) > MOST_THEMES:
        blocks.append(parts.context(speaker.mrkdwn("questions.more_themes", n=len(counted) - MOST_THEMES)))
    return parts.modal(speaker, names.LIBRARY_PAGE, "questions.title", blocks, place.to_metadata())


def library_theme_page(speaker: Speaker, theme: LibraryTheme, place: LibraryPlace) -> Json:
    """The questions of one theme, with what can be done with each."""
    blocks = [
        parts.actions(parts.button(speaker.plain("questions.all_themes"), names.LIBRARY_AGAIN)),
        parts.section(speaker.mrkdwn("questions.of_theme", theme=theme.name)),
    ]
    if place.purpose == PLAN:
        only = parts.button(speaker.plain("questions.only_theme"), names.PLAN_THEME, place.theme)
        blocks.append(parts.section(speaker.mrkdwn("questions.only_theme_means"), only))
    if not theme.questions:
        blocks.append(parts.section(speaker.mrkdwn("questions.empty_theme")))
    for question in theme.questions[theme.first : theme.first + MOST_QUESTIONS]:
        blocks += _question(speaker, question, _choice(speaker, theme, question, place.purpose))
    blocks += _more_questions(speaker, theme)
    return parts.modal(speaker, names.LIBRARY_PAGE, "questions.title", blocks, place.to_metadata())


def _question(speaker: Speaker, question: LibraryQuestion, button: Json | None) -> list[Json]:
    first, *others = parts.split(question.text, parts.SECTION - 100)
    text = Mrkdwn(f"~{first}~") if question.is_retired and "~" not in first else first
    notes = [speaker.mrkdwn("questions.framework", framework=question.framework)] if question.framework else []
    asked = speaker.mrkdwn("questions.asked_on", day=question.asked) if question.asked else None
    notes.append(asked or speaker.mrkdwn("questions.never_asked"))
    if question.is_retired:
        notes.append(speaker.mrkdwn("questions.is_retired"))
    return [parts.section(text, button), *map(parts.section, others), parts.context(*notes)]


def _choice(speaker: Speaker, theme: LibraryTheme, question: LibraryQuestion, purpose: str) -> Json | None:
    if purpose == TAKE:
        return parts.button(speaker.plain("questions.choose"), names.TAKE_QUESTION, question.id)
    if purpose == PLAN:
        return parts.button(speaker.plain("questions.choose"), names.PLAN_QUESTION, question.id)
    if not theme.moderates:
        return None
    if question.is_retired:
        return parts.button(speaker.plain("questions.restore"), names.RESTORE_QUESTION, question.id)
    return parts.button(speaker.plain("questions.retire"), names.RETIRE_QUESTION, question.id)


def _more_questions(speaker: Speaker, theme: LibraryTheme) -> list[Json]:
    buttons = []
    if theme.first:
        before = str(max(theme.first - MOST_QUESTIONS, 0))
        buttons.append(parts.button(speaker.plain("questions.earlier"), names.THEME_BACK, before))
    if theme.first + MOST_QUESTIONS < len(theme.questions):
        after = str(theme.first + MOST_QUESTIONS)
        buttons.append(parts.button(speaker.plain("questions.more_questions"), names.THEME_ON, after))
    return [parts.actions(*buttons)] if buttons else []
