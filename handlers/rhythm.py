"""A circle's settings and its rhythm: `/klankbord`, the pages and forms, and what a silent circle answers."""

from collections.abc import Callable
from functools import partial

from bot.bot import Bot
from bot.circles.types import CirclePointer, read_circle_id
from bot.core import names
from bot.core.parts import Json
from bot.rhythm.surfaces import CircleForm, RhythmForm
from handlers.router import Interaction, Router


def register_set_up(router: Router) -> None:
    """Connect the surfaces of a circle's own settings."""
    router.on_command(["/klankbord"], "help.klankbord", partial(_open_circle_page, router.bot))
    router.on_open(names.SET_UP, partial(_open_set_up_form, router.bot))
    router.on_form(names.SET_UP_FORM, partial(_set_up_circle, router.bot))
    router.on_action(names.CHOOSE_LANGUAGE, partial(_choose_language, router.bot))


def register(router: Router) -> None:
    """Connect the surfaces of when questions come."""
    for action, show in _OPENS.items():
        router.on_open(action, partial(show, router.bot))
    for action, act in _ACTIONS.items():
        router.on_action(action, partial(act, router.bot))
    router.on_form(names.RHYTHM_FORM, partial(_propose_rhythm, router.bot))


def _open_circle_page(bot: Bot, asked: Interaction) -> Json:
    return bot.circle_set_up.open_circle_page(asked.user, asked.channel, asked.now)


def _open_set_up_form(bot: Bot, asked: Interaction) -> Json:
    return bot.circle_set_up.open_set_up_form(asked.user, asked.about or asked.channel, asked.now)


def _set_up_circle(bot: Bot, asked: Interaction) -> Json | None:
    form = CircleForm.from_metadata(asked.pointers)
    return bot.circle_set_up.set_up_circle(asked.user, form, asked.fields, asked.now)


def _choose_language(bot: Bot, asked: Interaction) -> None:
    bot.languages.choose_language(asked.user, str(asked.value))
    bot.home.show_home(asked.user, asked.now)


def _open_rhythm_page(bot: Bot, asked: Interaction) -> Json:
    return bot.rhythm_page.open_rhythm_page(asked.user, asked.about or asked.channel, asked.now)


def _skip_slot(bot: Bot, asked: Interaction) -> Json:
    return bot.rhythm_page.skip_slot(asked.user, read_circle_id(asked.pointers), asked.value, asked.now)


def _unskip_slot(bot: Bot, asked: Interaction) -> Json:
    return bot.rhythm_page.unskip_slot(asked.user, read_circle_id(asked.pointers), asked.value, asked.now)


def _post_now(bot: Bot, asked: Interaction) -> Json:
    return bot.rhythm_page.post_now(asked.user, read_circle_id(asked.pointers), asked.value, asked.now)


def _pause_questions(bot: Bot, asked: Interaction) -> Json:
    return bot.rhythm_page.pause_questions(asked.user, read_circle_id(asked.pointers), asked.value, asked.now)


def _resume_questions(bot: Bot, asked: Interaction) -> Json:
    return bot.rhythm_page.resume_questions(asked.user, read_circle_id(asked.pointers), asked.now)


def _open_rhythm_form(bot: Bot, asked: Interaction) -> Json:
    return bot.rhythm_proposals.open_rhythm_form(asked.user, read_circle_id(asked.pointers), asked.now)


def _add_calendar_field(bot: Bot, asked: Interaction) -> Json:
    form = RhythmForm.from_metadata(asked.pointers)
    return bot.rhythm_proposals.add_calendar_field(asked.user, form, asked.fields, asked.now)


def _propose_rhythm(bot: Bot, asked: Interaction) -> Json:
    form = RhythmForm.from_metadata(asked.pointers)
    return bot.rhythm_proposals.propose_rhythm(asked.user, form, asked.fields, asked.now)


def _keep_rhythm(bot: Bot, asked: Interaction) -> None:
    bot.inactive_circles.keep_rhythm(asked.user, CirclePointer.from_value(asked.value).circle, asked.now)


def _propose_rest(bot: Bot, asked: Interaction) -> None:
    bot.inactive_circles.propose_rest(asked.user, CirclePointer.from_value(asked.value).circle, asked.now)


def _open_other_rhythm_form(bot: Bot, asked: Interaction) -> Json:
    circle = CirclePointer.from_value(asked.value).circle
    return bot.rhythm_proposals.open_rhythm_form(asked.user, circle, asked.now)


_OPENS: dict[str, Callable[[Bot, Interaction], Json]] = {
    names.RHYTHM_PRESSED: _open_rhythm_page,
    names.CHANGE_RHYTHM: _open_rhythm_form,
    names.MORE_CALENDAR: _add_calendar_field,
    names.OTHER_RHYTHM: _open_other_rhythm_form,
}
_ACTIONS: dict[str, Callable[[Bot, Interaction], Json | None]] = {
    names.SKIP_SLOT: _skip_slot,
    names.UNSKIP_SLOT: _unskip_slot,
    names.POST_NOW: _post_now,
    names.PAUSE_UNTIL: _pause_questions,
    names.RESUME: _resume_questions,
    names.GO_ON: _keep_rhythm,
    names.REST: _propose_rest,
}
