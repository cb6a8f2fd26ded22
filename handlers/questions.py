"""The circle's questions: the window behind "Questions", its forms, and the word to an author about wording."""

from collections.abc import Callable

from bot.core import names
from bot.core.errors import Refusal
from bot.core.parts import Json
from bot.questions.proposing import QuestionDraft
from bot.questions.views import forms as question_form
from bot.questions.views import volunteering as question_turns
from bot.questions.views.library_page import PLAN, READ, TAKE, LibraryPurpose
from bot.questions.views.page import SAYS, TEXT, field_id
from handlers.router import Interaction, Router

# What can be typed behind `/reflect`: the form to propose a question, and the page.
PROPOSE = {"vraag", "question", "propose", "voorstel", "proposition"}
PAGE = {"vragen", "questions"}
# The largest number that a database takes for an id.
_MOST = 2**31


def register(router: Router) -> None:
    """Connect the surfaces of the circle's questions."""
    questions = router.bot.questions
    page, proposing, wording = questions.page, questions.proposing, questions.wording

    def decide(interaction: Interaction, *, accepts: bool) -> Json | None:
        """From the page, the page comes back; in the private word, the word itself says what became of it."""
        shown = wording.decide_wording(interaction.user, interaction.value, accepts=accepts)
        return shown if interaction.view else None

    router.on_open(
        names.QUESTIONS_PRESSED, lambda interaction: page.open_questions_page(interaction.user, interaction.about)
    )
    router.on_open(
        names.QUESTIONS_AGAIN, lambda interaction: page.turn_questions_page(interaction.user, circle_of(interaction))
    )
    for leaf in (names.PROPOSALS_ON, names.PROPOSALS_BACK):
        router.on_open(
            leaf,
            lambda interaction: page.turn_questions_page(
                interaction.user, circle_of(interaction), number_of(interaction.value)
            ),
        )
    router.on_open(
        names.PROPOSE_QUESTION,
        lambda interaction: proposing.open_question_form(interaction.user, circle_of(interaction)),
    )
    router.on_open(
        names.CHANGE_QUESTION,
        lambda interaction: proposing.open_change_question_form(interaction.user, interaction.value),
    )
    router.on_open(
        names.SUGGEST_WORDING, lambda interaction: wording.open_wording_form(interaction.user, interaction.value)
    )
    router.on_action(names.SUPPORT, lambda interaction: proposing.support_question(interaction.user, interaction.value))
    router.on_action(
        names.UNSUPPORT, lambda interaction: proposing.take_back_support(interaction.user, interaction.value)
    )
    router.on_action(
        names.SUPPORT_NEEDED,
        lambda interaction: proposing.set_support_needed(
            interaction.user, circle_of(interaction), str(interaction.value)
        ),
    )
    router.on_action(
        names.WITHDRAW_QUESTION, lambda interaction: proposing.withdraw_question(interaction.user, interaction.value)
    )
    router.on_action(names.ACCEPT_WORDING, lambda interaction: decide(interaction, accepts=True))
    router.on_action(names.KEEP_WORDING, lambda interaction: decide(interaction, accepts=False))
    router.on_form(names.QUESTIONS, lambda interaction: _sent(router, interaction))
    _library(router)
    _turns(router)


def _library(router: Router) -> None:
    library = router.bot.questions.library

    def leaf(interaction: Interaction) -> Json:
        theme = str(interaction.pointers.get("theme"))
        return library.open_theme_page(
            interaction.user, circle_of(interaction), theme, _purpose(interaction), number_of(interaction.value)
        )

    router.on_open(
        names.LIBRARY,
        lambda interaction: library.open_themes_page(interaction.user, circle_of(interaction), LibraryPurpose()),
    )
    router.on_open(
        names.LIBRARY_AGAIN,
        lambda interaction: library.open_themes_page(interaction.user, circle_of(interaction), _purpose(interaction)),
    )
    router.on_open(
        names.OPEN_THEME,
        lambda interaction: library.open_theme_page(
            interaction.user, circle_of(interaction), interaction.value, _purpose(interaction)
        ),
    )
    router.on_open(names.THEME_ON, leaf)
    router.on_open(names.THEME_BACK, leaf)
    router.on_action(
        names.RETIRE_QUESTION,
        lambda interaction: library.retire_prompt(interaction.user, circle_of(interaction), interaction.value),
    )
    router.on_action(
        names.RESTORE_QUESTION,
        lambda interaction: library.restore_prompt(interaction.user, circle_of(interaction), interaction.value),
    )


def _turns(router: Router) -> None:
    turns, library = router.bot.questions.turns, router.bot.questions.library

    def planned(interaction: Interaction, number: int, **what: str) -> Json:
        return turns.plan_turn(interaction.user, circle_of(interaction), number, **what)

    def to_plan(interaction: Interaction) -> Json:
        return library.open_themes_page(
            interaction.user, circle_of(interaction), LibraryPurpose(PLAN, number_of(interaction.value))
        )

    router.on_open(names.SEASON, lambda interaction: turns.open_season_page(interaction.user, circle_of(interaction)))
    router.on_open(names.PLAN_TURN, to_plan)
    router.on_action(
        names.PLAN_THEME,
        lambda interaction: planned(interaction, _purpose(interaction).number, theme=interaction.value),
    )
    router.on_action(
        names.PLAN_QUESTION,
        lambda interaction: planned(interaction, _purpose(interaction).number, prompt=interaction.value),
    )
    router.on_action(names.PLAN_NOTHING, lambda interaction: planned(interaction, number_of(interaction.value)))
    router.on_open(
        names.TAKE_TURN, lambda interaction: turns.open_library_for_turn(interaction.user, circle_of(interaction))
    )
    router.on_open(
        names.TAKE_QUESTION,
        lambda interaction: turns.open_volunteer_form(interaction.user, circle_of(interaction), interaction.value),
    )
    router.on_open(
        names.CHANGE_TURN, lambda interaction: turns.open_change_turn_form(interaction.user, circle_of(interaction))
    )
    looking_back = router.bot.looking_back
    router.on_action(
        names.INVITE_LOOKING_BACK,
        lambda interaction: looking_back.invite_to_look_back(interaction.user, circle_of(interaction), interaction.now),
    )
    router.on_action(
        names.LOOK_BACK,
        lambda interaction: looking_back.begin_looking_back(interaction.user, interaction.value, interaction.now),
    )
    router.on_action(
        names.GIVE_BACK, lambda interaction: turns.give_turn_back(interaction.user, circle_of(interaction))
    )


def behind_reflect(router: Router) -> Callable[[Interaction], Json | None]:
    """What `/reflect` opens for a word of ours behind it; None for any other."""
    questions = router.bot.questions

    def shown(interaction: Interaction) -> Json | None:
        word = interaction.text.lower()
        if word in PROPOSE:
            return questions.proposing.open_question_form_here(interaction.user, interaction.channel)
        return questions.page.open_questions_page(interaction.user, interaction.channel) if word in PAGE else None

    return shown


def circle_of(interaction: Interaction) -> int:
    """The circle a page is about, as the page says; 0 is nobody's."""
    pointer = interaction.pointers.get("circle")
    return pointer if type(pointer) is int and 0 < pointer < _MOST else 0


def number_of(pointer: str) -> int:
    """A number that a button points at; 0 for anything else."""
    return int(pointer) if pointer.isascii() and pointer.isdigit() and len(pointer) < 6 else 0


def _sent(router: Router, interaction: Interaction) -> Json:
    """Which of the window's forms was sent, its pointers say."""
    questions, text = router.bot.questions, str(_filled(interaction, TEXT) or "")
    sent = interaction.pointers.get("form")
    if sent == question_form.PROPOSING:
        return questions.proposing.propose_question(
            interaction.user, circle_of(interaction), _proposed(interaction, text), interaction.now
        )
    if sent == question_form.WORDING:
        return questions.wording.suggest_wording(interaction.user, str(interaction.pointers.get("question")), text)
    if sent == question_turns.TAKING:
        is_named = question_turns.NAMED in _ticked(interaction)
        prompt = str(interaction.pointers.get("prompt"))
        return questions.turns.take_turn(interaction.user, circle_of(interaction), prompt, text, is_named=is_named)
    raise Refusal("common.outdated")


def _proposed(interaction: Interaction, text: str) -> QuestionDraft:
    return QuestionDraft(
        form=str(interaction.pointers.get("id")),
        question=str(interaction.pointers.get("question") or ""),
        text=text.strip(),
        theme=str(_filled(interaction, question_form.THEME) or ""),
        says=_ticked(interaction),
    )


def _filled(interaction: Interaction, name: str) -> object:
    """What stands in the field with this name."""
    return interaction.fields.get(field_id(name, {"id": "", **interaction.pointers}))


def _ticked(interaction: Interaction) -> list[str]:
    """What is ticked in a form of the window; each calls that field by the same name."""
    ticked = _filled(interaction, SAYS)
    return [str(one) for one in ticked] if isinstance(ticked, list) else []


def _purpose(interaction: Interaction) -> LibraryPurpose:
    what = interaction.pointers.get("purpose")
    return LibraryPurpose(what if what in (TAKE, PLAN) else READ, number_of(str(interaction.pointers.get("number"))))
