"""The library of a circle: its themes, and the questions of one; to read, or to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.parts import Json
from bot.questions.views.page import back_button, questions_window
from bot.words import Mrkdwn, Speaker

READ, TAKE, PLAN = "read", "take", "plan"
# A page holds a hundred blocks; a question takes three at most.
MOST_BOOKS = 25


@dataclass(frozen=True)
class LibraryPurpose:
    """What somebody is in the library for: to read, to take a turn, or to plan the question with this number."""

    what: str = READ
    number: int = 0

    @property
    def reads(self) -> bool:
        """Whether nothing is chosen here."""
        return self.what == READ

    def pointers(self) -> Json:
        """What the pages remember of it."""
        return {"purpose": self.what, "number": self.number}


@dataclass(frozen=True)
class LibraryQuestion:
    """One question of the library: `asked` is the day it was asked last, empty if it never was."""

    id: str
    text: str
    framework: str
    asked: str
    is_retired: bool


@dataclass(frozen=True)
class LibraryTheme:
    """The questions of one theme; `first` is the number of the first on the page."""

    key: str
    theme: str
    books: Sequence[LibraryQuestion]
    first: int
    moderates: bool


def library_themes_page(speaker: Speaker, counted: Sequence[tuple[str, str, int]], where: Json) -> Json:
    """Every theme (key, name, how many questions), each with the button that opens it."""
    purpose = where["purpose"]
    blocks = [parts.actions(back_button(speaker)), parts.section(speaker.mrkdwn(f"questions.library_{purpose}"))]
    for key, name, count in counted:
        opens = parts.button(speaker.plain("questions.look"), names.OPEN_THEME, key)
        blocks.append(parts.section(speaker.mrkdwn("questions.theme_with", theme=name, n=count), opens))
    return questions_window(speaker, blocks, where)


def library_theme_page(speaker: Speaker, shelf: LibraryTheme, where: Json) -> Json:
    """The questions of one theme, with what can be done with each."""
    blocks = [
        parts.actions(parts.button(speaker.plain("questions.all_themes"), names.LIBRARY_AGAIN)),
        parts.section(speaker.mrkdwn("questions.of_theme", theme=shelf.theme)),
    ]
    if where["purpose"] == PLAN:
        only = parts.button(speaker.plain("questions.only_theme"), names.PLAN_THEME, shelf.key)
        blocks.append(parts.section(speaker.mrkdwn("questions.only_theme_means"), only))
    if not shelf.books:
        blocks.append(parts.section(speaker.mrkdwn("questions.empty_theme")))
    for book in shelf.books[shelf.first : shelf.first + MOST_BOOKS]:
        blocks += _book(speaker, shelf, book, where["purpose"])
    return questions_window(speaker, [*blocks, *_leaf(speaker, shelf)], {**where, "theme": shelf.key})


def _book(speaker: Speaker, shelf: LibraryTheme, book: LibraryQuestion, purpose: str) -> list[Json]:
    first, *others = parts.split(book.text, parts.SECTION - 100)
    text = Mrkdwn(f"~{first}~") if book.is_retired and "~" not in first else first
    told = [speaker.mrkdwn("questions.framework", framework=book.framework)] if book.framework else []
    told.append(
        speaker.mrkdwn("questions.asked_on", day=book.asked) if book.asked else speaker.mrkdwn("questions.never_asked")
    )
    if book.is_retired:
        told.append(speaker.mrkdwn("questions.is_retired"))
    button = _button(speaker, shelf, book, purpose)
    return [parts.section(text, button), *map(parts.section, others), parts.context(*told)]


def _button(speaker: Speaker, shelf: LibraryTheme, book: LibraryQuestion, purpose: str) -> Json | None:
    if purpose == TAKE:
        return parts.button(speaker.plain("questions.choose"), names.TAKE_QUESTION, book.id)
    if purpose == PLAN:
        return parts.button(speaker.plain("questions.choose"), names.PLAN_QUESTION, book.id)
    if not shelf.moderates:
        return None
    if book.is_retired:
        return parts.button(speaker.plain("questions.restore"), names.RESTORE_QUESTION, book.id)
    return parts.button(speaker.plain("questions.retire"), names.RETIRE_QUESTION, book.id)


def _leaf(speaker: Speaker, shelf: LibraryTheme) -> list[Json]:
    buttons = []
    if shelf.first:
        before = str(max(shelf.first - MOST_BOOKS, 0))
        buttons.append(parts.button(speaker.plain("questions.earlier"), names.THEME_BACK, before))
    if shelf.first + MOST_BOOKS < len(shelf.books):
        after = str(shelf.first + MOST_BOOKS)
        buttons.append(parts.button(speaker.plain("questions.more_questions"), names.THEME_ON, after))
    return [parts.actions(*buttons)] if buttons else []
