"""The circle's questions: the window behind "Questions", its forms, and the word to an author about wording."""

from collections.abc import Callable

from bot.core import names
from bot.core.blocks import Json
from bot.core.errors import Refusal
from bot.questions.proposing import QuestionDraft
from bot.questions.views import forms as question_form
from bot.questions.views import volunteering as question_turns
from bot.questions.views.library_page import PLAN, READ, TAKE, LibraryPurpose
from bot.questions.views.page import SAYS, TEXT, field_id
from handlers.router import Router, Interaction

# What can be typed behind `/reflect`: the form to propose a question, and the page.
PROPOSE = {"vraag", "question", "propose", "voorstel", "proposition"}
PAGE = {"vragen", "questions"}
# The largest number that a database takes for an id.
_MOST = 2**31


def register(door: Router) -> None:
    """Connect the surfaces of the circle's questions."""
    questions = door.bot.questions
    page, proposing, wording = questions.page, questions.proposing, questions.wording

    def decide(knock: Interaction, *, accepts: bool) -> Json | None:
        """From the page, the page comes back; in the private word, the word itself says what became of it."""
        shown = wording.decide_wording(knock.user, knock.value, accepts=accepts)
        return shown if knock.view else None

    door.on_open(names.QUESTIONS_PRESSED, lambda knock: page.open_questions_page(knock.user, knock.about))
    door.on_open(names.QUESTIONS_AGAIN, lambda knock: page.turn_questions_page(knock.user, circle_of(knock)))
    for leaf in (names.PROPOSALS_ON, names.PROPOSALS_BACK):
        door.on_open(leaf, lambda knock: page.turn_questions_page(knock.user, circle_of(knock), number_of(knock.value)))
    door.on_open(names.PROPOSE_QUESTION, lambda knock: proposing.open_question_form(knock.user, circle_of(knock)))
    door.on_open(names.CHANGE_QUESTION, lambda knock: proposing.open_change_question_form(knock.user, knock.value))
    door.on_open(names.SUGGEST_WORDING, lambda knock: wording.open_wording_form(knock.user, knock.value))
    door.on_action(names.SUPPORT, lambda knock: proposing.support_question(knock.user, knock.value))
    door.on_action(names.UNSUPPORT, lambda knock: proposing.take_back_support(knock.user, knock.value))
    door.on_action(names.SUPPORT_NEEDED, lambda knock: proposing.set_support_needed(knock.user, circle_of(knock), str(knock.value)))
    door.on_action(names.WITHDRAW_QUESTION, lambda knock: proposing.withdraw_question(knock.user, knock.value))
    door.on_action(names.ACCEPT_WORDING, lambda knock: decide(knock, accepts=True))
    door.on_action(names.KEEP_WORDING, lambda knock: decide(knock, accepts=False))
    door.on_form(names.QUESTIONS, lambda knock: _sent(door, knock))
    _library(door)
    _turns(door)


def _library(door: Router) -> None:
    library = door.bot.questions.library

    def leaf(knock: Interaction) -> Json:
        theme = str(knock.pointers.get("theme"))
        return library.open_theme_page(knock.user, circle_of(knock), theme, _purpose(knock), number_of(knock.value))

    door.on_open(names.LIBRARY, lambda knock: library.open_themes_page(knock.user, circle_of(knock), LibraryPurpose()))
    door.on_open(names.LIBRARY_AGAIN, lambda knock: library.open_themes_page(knock.user, circle_of(knock), _purpose(knock)))
    door.on_open(
        names.OPEN_THEME, lambda knock: library.open_theme_page(knock.user, circle_of(knock), knock.value, _purpose(knock))
    )
    door.on_open(names.THEME_ON, leaf)
    door.on_open(names.THEME_BACK, leaf)
    door.on_action(names.RETIRE_QUESTION, lambda knock: library.retire_prompt(knock.user, circle_of(knock), knock.value))
    door.on_action(names.RESTORE_QUESTION, lambda knock: library.restore_prompt(knock.user, circle_of(knock), knock.value))


def _turns(door: Router) -> None:
    turns, library = door.bot.questions.turns, door.bot.questions.library

    def planned(knock: Interaction, number: int, **what: str) -> Json:
        return turns.plan_turn(knock.user, circle_of(knock), number, **what)

    def to_plan(knock: Interaction) -> Json:
        return library.open_themes_page(knock.user, circle_of(knock), LibraryPurpose(PLAN, number_of(knock.value)))

    door.on_open(names.SEASON, lambda knock: turns.open_season_page(knock.user, circle_of(knock)))
    door.on_open(names.PLAN_TURN, to_plan)
    door.on_action(names.PLAN_THEME, lambda knock: planned(knock, _purpose(knock).number, theme=knock.value))
    door.on_action(names.PLAN_QUESTION, lambda knock: planned(knock, _purpose(knock).number, prompt=knock.value))
    door.on_action(names.PLAN_NOTHING, lambda knock: planned(knock, number_of(knock.value)))
    door.on_open(names.TAKE_TURN, lambda knock: turns.open_library_for_turn(knock.user, circle_of(knock)))
    door.on_open(names.TAKE_QUESTION, lambda knock: turns.open_volunteer_form(knock.user, circle_of(knock), knock.value))
    door.on_open(names.CHANGE_TURN, lambda knock: turns.open_change_turn_form(knock.user, circle_of(knock)))
    looking_back = door.bot.looking_back
    door.on_action(names.INVITE_LOOKING_BACK, lambda knock: looking_back.invite_to_look_back(knock.user, circle_of(knock), knock.now))
    door.on_action(names.LOOK_BACK, lambda knock: looking_back.begin_looking_back(knock.user, knock.value, knock.now))
    door.on_action(names.GIVE_BACK, lambda knock: turns.give_turn_back(knock.user, circle_of(knock)))


def behind_reflect(door: Router) -> Callable[[Interaction], Json | None]:
    """What `/reflect` opens for a word of ours behind it; None for any other."""
    questions = door.bot.questions

    def shown(knock: Interaction) -> Json | None:
        word = knock.text.lower()
        if word in PROPOSE:
            return questions.proposing.open_question_form_here(knock.user, knock.channel)
        return questions.page.open_questions_page(knock.user, knock.channel) if word in PAGE else None

    return shown


def circle_of(knock: Interaction) -> int:
    """The circle a page is about, as the page says; 0 is nobody's."""
    pointer = knock.pointers.get("circle")
    return pointer if type(pointer) is int and 0 < pointer < _MOST else 0


def number_of(pointer: str) -> int:
    """A number that a button points at; 0 for anything else."""
    return int(pointer) if pointer.isascii() and pointer.isdigit() and len(pointer) < 6 else 0


def _sent(door: Router, knock: Interaction) -> Json:
    """Which of the window's forms was sent, its pointers say."""
    questions, text = door.bot.questions, str(_filled(knock, TEXT) or "")
    sent = knock.pointers.get("form")
    if sent == question_form.PROPOSING:
        return questions.proposing.propose_question(knock.user, circle_of(knock), _proposed(knock, text), knock.now)
    if sent == question_form.WORDING:
        return questions.wording.suggest_wording(knock.user, str(knock.pointers.get("question")), text)
    if sent == question_turns.TAKING:
        is_named = question_turns.NAMED in _ticked(knock)
        prompt = str(knock.pointers.get("prompt"))
        return questions.turns.take_turn(knock.user, circle_of(knock), prompt, text, is_named=is_named)
    raise Refusal("common.outdated")


def _proposed(knock: Interaction, text: str) -> QuestionDraft:
    return QuestionDraft(
        form=str(knock.pointers.get("id")),
        question=str(knock.pointers.get("question") or ""),
        text=text.strip(),
        theme=str(_filled(knock, question_form.THEME) or ""),
        says=_ticked(knock),
    )


def _filled(knock: Interaction, name: str) -> object:
    """What stands in the field with this name."""
    return knock.fields.get(field_id(name, {"id": "", **knock.pointers}))


def _ticked(knock: Interaction) -> list[str]:
    """What is ticked in a form of the window; each calls that field by the same name."""
    ticked = _filled(knock, SAYS)
    return [str(one) for one in ticked] if isinstance(ticked, list) else []


def _purpose(knock: Interaction) -> LibraryPurpose:
    what = knock.pointers.get("purpose")
    return LibraryPurpose(what if what in (TAKE, PLAN) else READ, number_of(str(knock.pointers.get("number"))))
