"""The circle's questions: the page behind "Questions", its forms, the library, and the questions to come."""

from dataclasses import replace
from functools import partial

from bot.bot import Bot
from bot.core import names
from bot.core.parts import Json
from bot.core.text import small_number
from bot.questions.surfaces import PLAN, LibraryPlace, QuestionForm, TurnForm, WordingForm, circle_number
from handlers.interaction import Interaction
from handlers.router import Router

# What can be typed after `/reflect`: the form to propose a question, and the page.
PROPOSE = {"vraag", "question", "propose", "voorstel", "proposition"}
PAGE = {"vragen", "questions"}


def register(router: Router) -> None:
    """Connect the surfaces of the circle's questions."""
    _register_proposing(router)
    _register_library(router)
    _register_turns(router)
    router.on_form(names.QUESTION_FORM, partial(propose_question, router.bot))
    router.on_form(names.WORDING_FORM, partial(suggest_wording, router.bot))
    router.on_form(names.TURN_FORM, partial(take_turn, router.bot))


def _register_proposing(router: Router) -> None:
    page, proposing, wording = router.bot.questions.page, router.bot.questions.proposing, router.bot.questions.wording
    router.on_open(names.QUESTIONS_PRESSED, lambda it: page.open_questions_page(it.user, it.about))
    router.on_open(names.QUESTIONS_AGAIN, lambda it: page.turn_questions_page(it.user, _circle(it)))
    for action in (names.PROPOSALS_ON, names.PROPOSALS_BACK):
        router.on_open(action, lambda it: page.turn_questions_page(it.user, _circle(it), small_number(it.value)))
    router.on_open(names.PROPOSE_QUESTION, lambda it: proposing.open_question_form(it.user, _circle(it)))
    router.on_open(names.CHANGE_QUESTION, lambda it: proposing.open_change_question_form(it.user, it.value))
    router.on_action(names.SUPPORT, lambda it: proposing.support_question(it.user, it.value, it.now))
    router.on_action(names.UNSUPPORT, lambda it: proposing.take_back_support(it.user, it.value))
    router.on_action(
        names.SUPPORT_NEEDED, lambda it: proposing.set_support_needed(it.user, _circle(it), str(it.value), it.now)
    )
    router.on_action(names.WITHDRAW_QUESTION, lambda it: proposing.withdraw_question(it.user, it.value))
    router.on_open(names.SUGGEST_WORDING, lambda it: wording.open_wording_form(it.user, it.value))
    router.on_action(names.ACCEPT_WORDING, partial(_decide_wording, router.bot, accepts=True))
    router.on_action(names.KEEP_WORDING, partial(_decide_wording, router.bot, accepts=False))


def _register_library(router: Router) -> None:
    library = router.bot.questions.library
    router.on_open(names.LIBRARY, lambda it: library.open_themes_page(it.user, LibraryPlace(_circle(it))))
    router.on_open(names.LIBRARY_AGAIN, lambda it: library.open_themes_page(it.user, replace(_place(it), theme="")))
    router.on_open(names.PLAN_TURN, lambda it: library.open_themes_page(it.user, _place_to_plan(it)))
    router.on_open(names.OPEN_THEME, lambda it: library.open_theme_page(it.user, replace(_place(it), theme=it.value)))
    for action in (names.THEME_ON, names.THEME_BACK):
        router.on_open(action, lambda it: library.open_theme_page(it.user, _place(it), small_number(it.value)))
    router.on_action(names.RETIRE_QUESTION, lambda it: library.retire_prompt(it.user, _circle(it), it.value))
    router.on_action(names.RESTORE_QUESTION, lambda it: library.restore_prompt(it.user, _circle(it), it.value))


def _register_turns(router: Router) -> None:
    turns, seasons = router.bot.questions.turns, router.bot.looking_back
    router.on_open(names.SEASON, lambda it: turns.open_season_page(it.user, _circle(it)))
    router.on_open(names.TAKE_TURN, lambda it: turns.open_library_for_turn(it.user, _circle(it)))
    router.on_open(names.TAKE_QUESTION, lambda it: turns.open_volunteer_form(it.user, _circle(it), it.value))
    router.on_open(names.CHANGE_TURN, lambda it: turns.open_change_turn_form(it.user, _circle(it)))
    router.on_action(names.PLAN_THEME, lambda it: turns.plan_turn(it.user, *_planned(it), theme=it.value))
    router.on_action(names.PLAN_QUESTION, lambda it: turns.plan_turn(it.user, *_planned(it), prompt=it.value))
    router.on_action(names.PLAN_NOTHING, lambda it: turns.plan_turn(it.user, _circle(it), small_number(it.value)))
    router.on_action(names.GIVE_BACK, lambda it: turns.give_turn_back(it.user, _circle(it)))
    router.on_action(names.INVITE_LOOKING_BACK, lambda it: seasons.invite_to_look_back(it.user, _circle(it), it.now))


def open_named(bot: Bot, interaction: Interaction) -> Json | None:
    """What the word after `/reflect` names, if it is one of ours."""
    word, user, channel = interaction.text.lower(), interaction.user, interaction.channel
    if word in PROPOSE:
        return bot.questions.proposing.open_question_form_here(user, channel)
    return bot.questions.page.open_questions_page(user, channel) if word in PAGE else None


def propose_question(bot: Bot, interaction: Interaction) -> Json:
    """The form of a question was sent."""
    form = QuestionForm.from_sent(interaction.pointers, interaction.fields)
    return bot.questions.proposing.propose_question(interaction.user, form, interaction.now)


def suggest_wording(bot: Bot, interaction: Interaction) -> Json:
    """The form with other words for a question was sent."""
    form = WordingForm.from_sent(interaction.pointers, interaction.fields)
    return bot.questions.wording.suggest_wording(interaction.user, form)


def take_turn(bot: Bot, interaction: Interaction) -> Json:
    """The form of a member who chose a question was sent."""
    form = TurnForm.from_sent(interaction.pointers, interaction.fields)
    return bot.questions.turns.take_turn(interaction.user, form)


def _decide_wording(bot: Bot, interaction: Interaction, *, accepts: bool) -> Json | None:
    """The author decides: on the page, the page comes back; in the private message, that message is updated."""
    page = bot.questions.wording.decide_wording(interaction.user, interaction.value, accepts=accepts)
    return page if interaction.view else None


def _circle(interaction: Interaction) -> int:
    """Our id of the circle that the open page is about; 0, which no circle has, for none."""
    return circle_number(interaction.pointers)


def _place(interaction: Interaction) -> LibraryPlace:
    return LibraryPlace.from_metadata(interaction.pointers)


def _place_to_plan(interaction: Interaction) -> LibraryPlace:
    """The library, to plan the question with the number that the button carries."""
    return LibraryPlace(_circle(interaction), PLAN, small_number(interaction.value))


def _planned(interaction: Interaction) -> tuple[int, int]:
    """The circle, and the number of the question for which the library was opened."""
    place = _place(interaction)
    return place.circle_id, place.number
