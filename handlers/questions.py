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
        shown = wording.decide(knock.user, knock.value, accepts=accepts)
        return shown if knock.view else None

    door.opens(names.QUESTIONS_PRESSED, lambda knock: page.here(knock.user, knock.about))
    door.opens(names.QUESTIONS_AGAIN, lambda knock: page.show(knock.user, circle_of(knock)))
    for leaf in (names.PROPOSALS_ON, names.PROPOSALS_BACK):
        door.opens(leaf, lambda knock: page.show(knock.user, circle_of(knock), number_of(knock.value)))
    door.opens(names.PROPOSE_QUESTION, lambda knock: proposing.form(knock.user, circle_of(knock)))
    door.opens(names.CHANGE_QUESTION, lambda knock: proposing.change_form(knock.user, knock.value))
    door.opens(names.SUGGEST_WORDING, lambda knock: wording.wording_form(knock.user, knock.value))
    door.acts(names.SUPPORT, lambda knock: proposing.support(knock.user, knock.value))
    door.acts(names.UNSUPPORT, lambda knock: proposing.no_longer(knock.user, knock.value))
    door.acts(names.SUPPORT_NEEDED, lambda knock: proposing.needed(knock.user, circle_of(knock), str(knock.value)))
    door.acts(names.WITHDRAW_QUESTION, lambda knock: proposing.withdraw(knock.user, knock.value))
    door.acts(names.ACCEPT_WORDING, lambda knock: decide(knock, accepts=True))
    door.acts(names.KEEP_WORDING, lambda knock: decide(knock, accepts=False))
    door.form(names.QUESTIONS, lambda knock: _sent(door, knock))
    _library(door)
    _turns(door)


def _library(door: Router) -> None:
    library = door.bot.questions.library

    def leaf(knock: Interaction) -> Json:
        theme = str(knock.pointers.get("theme"))
        return library.theme(knock.user, circle_of(knock), theme, _purpose(knock), number_of(knock.value))

    door.opens(names.LIBRARY, lambda knock: library.themes(knock.user, circle_of(knock), LibraryPurpose()))
    door.opens(names.LIBRARY_AGAIN, lambda knock: library.themes(knock.user, circle_of(knock), _purpose(knock)))
    door.opens(
        names.OPEN_THEME, lambda knock: library.theme(knock.user, circle_of(knock), knock.value, _purpose(knock))
    )
    door.opens(names.THEME_ON, leaf)
    door.opens(names.THEME_BACK, leaf)
    door.acts(names.RETIRE_QUESTION, lambda knock: library.retire(knock.user, circle_of(knock), knock.value))
    door.acts(names.RESTORE_QUESTION, lambda knock: library.restore(knock.user, circle_of(knock), knock.value))


def _turns(door: Router) -> None:
    turns, library = door.bot.questions.turns, door.bot.questions.library

    def planned(knock: Interaction, number: int, **what: str) -> Json:
        return turns.plan(knock.user, circle_of(knock), number, **what)

    def to_plan(knock: Interaction) -> Json:
        return library.themes(knock.user, circle_of(knock), LibraryPurpose(PLAN, number_of(knock.value)))

    door.opens(names.SEASON, lambda knock: turns.season(knock.user, circle_of(knock)))
    door.opens(names.PLAN_TURN, to_plan)
    door.acts(names.PLAN_THEME, lambda knock: planned(knock, _purpose(knock).number, theme=knock.value))
    door.acts(names.PLAN_QUESTION, lambda knock: planned(knock, _purpose(knock).number, prompt=knock.value))
    door.acts(names.PLAN_NOTHING, lambda knock: planned(knock, number_of(knock.value)))
    door.opens(names.TAKE_TURN, lambda knock: turns.look(knock.user, circle_of(knock)))
    door.opens(names.TAKE_QUESTION, lambda knock: turns.take_form(knock.user, circle_of(knock), knock.value))
    door.opens(names.CHANGE_TURN, lambda knock: turns.change_form(knock.user, circle_of(knock)))
    looking_back = door.bot.looking_back
    door.acts(names.INVITE_LOOKING_BACK, lambda knock: looking_back.invite(knock.user, circle_of(knock), knock.now))
    door.acts(names.LOOK_BACK, lambda knock: looking_back.begin(knock.user, knock.value, knock.now))
    door.acts(names.GIVE_BACK, lambda knock: turns.give_back(knock.user, circle_of(knock)))


def behind_reflect(door: Router) -> Callable[[Interaction], Json | None]:
    """What `/reflect` opens for a word of ours behind it; None for any other."""
    questions = door.bot.questions

    def shown(knock: Interaction) -> Json | None:
        word = knock.text.lower()
        if word in PROPOSE:
            return questions.proposing.form_here(knock.user, knock.channel)
        return questions.page.here(knock.user, knock.channel) if word in PAGE else None

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
        return questions.proposing.propose(knock.user, circle_of(knock), _proposed(knock, text), knock.now)
    if sent == question_form.WORDING:
        return questions.wording.suggest(knock.user, str(knock.pointers.get("question")), text)
    if sent == question_turns.TAKING:
        is_named = question_turns.NAMED in _ticked(knock)
        prompt = str(knock.pointers.get("prompt"))
        return questions.turns.take(knock.user, circle_of(knock), prompt, text, is_named=is_named)
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
