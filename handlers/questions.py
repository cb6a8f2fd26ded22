"""The circle's questions: the page behind "Questions", its forms, the library, and the questions to come."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.bot import Bot
from bot.core import names
from bot.core.parts import Json
from bot.questions.surfaces import PLAN, LibraryPlace, QuestionForm, TurnForm, WordingForm, circle_number, small_number
from handlers.router import Interaction, Router

# What can be typed after `/reflect`: the form to propose a question, and the page.
PROPOSE = {"vraag", "question", "propose", "voorstel", "proposition"}
PAGE = {"vragen", "questions"}


def register(router: Router) -> None:
    """Connect the surfaces of the circle's questions."""
    for action, show in _OPENS.items():
        router.on_open(action, partial(show, router.bot))
    for action, act in _ACTIONS.items():
        router.on_action(action, partial(act, router.bot))
    router.on_form(names.QUESTION_FORM, partial(propose_question, router.bot))
    router.on_form(names.WORDING_FORM, partial(suggest_wording, router.bot))
    router.on_form(names.TURN_FORM, partial(take_turn, router.bot))


def open_named(bot: Bot, interaction: Interaction) -> Json | None:
    """What the word after `/reflect` names, if it is one of ours."""
    word, user, channel = interaction.text.lower(), interaction.user, interaction.channel
    if word in PROPOSE:
        return bot.questions.proposing.open_question_form_here(user, channel)
    return bot.questions.page.open_questions_page(user, channel) if word in PAGE else None


def turn_page(bot: Bot, interaction: Interaction) -> Json:
    """The page, with other proposals."""
    first = small_number(interaction.value)
    return bot.questions.page.turn_questions_page(interaction.user, circle_of(interaction), first)


def propose_question(bot: Bot, interaction: Interaction) -> Json:
    """The form of a question was sent."""
    form = QuestionForm.from_sent(interaction.pointers, interaction.fields)
    return bot.questions.proposing.propose_question(interaction.user, form, interaction.now)


def suggest_wording(bot: Bot, interaction: Interaction) -> Json:
    """The form with other words for a question was sent."""
    form = WordingForm.from_sent(interaction.pointers, interaction.fields)
    return bot.questions.wording.suggest_wording(interaction.user, form)


def decide_wording(bot: Bot, interaction: Interaction, *, accepts: bool) -> Json | None:
    """The author decides: on the page, the page comes back; in the private message, that message is updated."""
    page = bot.questions.wording.decide_wording(interaction.user, interaction.value, accepts=accepts)
    return page if interaction.view else None


def open_themes(bot: Bot, interaction: Interaction) -> Json:
    """The library, to read."""
    return bot.questions.library.open_themes_page(interaction.user, LibraryPlace(circle_of(interaction)))


def open_themes_again(bot: Bot, interaction: Interaction) -> Json:
    """All themes, for the same purpose as before."""
    return bot.questions.library.open_themes_page(interaction.user, replace(_place(interaction), theme=""))


def open_themes_to_plan(bot: Bot, interaction: Interaction) -> Json:
    """The library, to plan the question with this number."""
    place = LibraryPlace(circle_of(interaction), PLAN, small_number(interaction.value))
    return bot.questions.library.open_themes_page(interaction.user, place)


def open_theme(bot: Bot, interaction: Interaction) -> Json:
    """The questions of one theme."""
    place = replace(_place(interaction), theme=interaction.value)
    return bot.questions.library.open_theme_page(interaction.user, place)


def turn_theme_page(bot: Bot, interaction: Interaction) -> Json:
    """Other questions of the same theme."""
    first = small_number(interaction.value)
    return bot.questions.library.open_theme_page(interaction.user, _place(interaction), first)


def plan_theme(bot: Bot, interaction: Interaction) -> Json:
    """Plan this theme for the question for which the library was opened."""
    place = _place(interaction)
    return bot.questions.turns.plan_turn(interaction.user, place.circle_id, place.number, theme=interaction.value)


def plan_question(bot: Bot, interaction: Interaction) -> Json:
    """Plan this question for the number for which the library was opened."""
    place = _place(interaction)
    return bot.questions.turns.plan_turn(interaction.user, place.circle_id, place.number, prompt=interaction.value)


def plan_nothing(bot: Bot, interaction: Interaction) -> Json:
    """Plan nothing for this number after all."""
    return bot.questions.turns.plan_turn(interaction.user, circle_of(interaction), small_number(interaction.value))


def take_turn(bot: Bot, interaction: Interaction) -> Json:
    """The form of a member who chose a question was sent."""
    form = TurnForm.from_sent(interaction.pointers, interaction.fields)
    return bot.questions.turns.take_turn(interaction.user, form)


def circle_of(interaction: Interaction) -> int:
    """Our id of the circle that the open page is about; 0, which no circle has, for none."""
    return circle_number(interaction.pointers)


def _place(interaction: Interaction) -> LibraryPlace:
    return LibraryPlace.from_metadata(interaction.pointers)


_OPENS: dict[str, Callable[[Bot, Interaction], Json]] = {
    names.QUESTIONS_PRESSED: lambda bot, it: bot.questions.page.open_questions_page(it.user, it.about),
    names.QUESTIONS_AGAIN: lambda bot, it: bot.questions.page.turn_questions_page(it.user, circle_of(it)),
    names.PROPOSALS_ON: turn_page,
    names.PROPOSALS_BACK: turn_page,
    names.PROPOSE_QUESTION: lambda bot, it: bot.questions.proposing.open_question_form(it.user, circle_of(it)),
    names.CHANGE_QUESTION: lambda bot, it: bot.questions.proposing.open_change_question_form(it.user, it.value),
    names.SUGGEST_WORDING: lambda bot, it: bot.questions.wording.open_wording_form(it.user, it.value),
    names.LIBRARY: open_themes,
    names.LIBRARY_AGAIN: open_themes_again,
    names.OPEN_THEME: open_theme,
    names.THEME_ON: turn_theme_page,
    names.THEME_BACK: turn_theme_page,
    names.SEASON: lambda bot, it: bot.questions.turns.open_season_page(it.user, circle_of(it)),
    names.PLAN_TURN: open_themes_to_plan,
    names.TAKE_TURN: lambda bot, it: bot.questions.turns.open_library_for_turn(it.user, circle_of(it)),
    names.TAKE_QUESTION: lambda bot, it: bot.questions.turns.open_volunteer_form(it.user, circle_of(it), it.value),
    names.CHANGE_TURN: lambda bot, it: bot.questions.turns.open_change_turn_form(it.user, circle_of(it)),
}
_ACTIONS: dict[str, Callable[[Bot, Interaction], Json | None]] = {
    names.SUPPORT: lambda bot, it: bot.questions.proposing.support_question(it.user, it.value),
    names.UNSUPPORT: lambda bot, it: bot.questions.proposing.take_back_support(it.user, it.value),
    names.SUPPORT_NEEDED: lambda bot, it: bot.questions.proposing.set_support_needed(
        it.user, circle_of(it), str(it.value)
    ),
    names.WITHDRAW_QUESTION: lambda bot, it: bot.questions.proposing.withdraw_question(it.user, it.value),
    names.ACCEPT_WORDING: partial(decide_wording, accepts=True),
    names.KEEP_WORDING: partial(decide_wording, accepts=False),
    names.RETIRE_QUESTION: lambda bot, it: bot.questions.library.retire_prompt(it.user, circle_of(it), it.value),
    names.RESTORE_QUESTION: lambda bot, it: bot.questions.library.restore_prompt(it.user, circle_of(it), it.value),
    names.PLAN_THEME: plan_theme,
    names.PLAN_QUESTION: plan_question,
    names.PLAN_NOTHING: plan_nothing,
    names.GIVE_BACK: lambda bot, it: bot.questions.turns.give_turn_back(it.user, circle_of(it)),
    names.INVITE_LOOKING_BACK: lambda bot, it: bot.looking_back.invite_to_look_back(it.user, circle_of(it), it.now),
}
