"""A circle's settings and its rhythm: `/klankbord`, the pages and forms, and what a silent circle answers."""

from functools import partial

from bot.bot import Bot
from bot.circles.types import CirclePointer, read_circle_id
from bot.core import names
from bot.core.parts import Json
from bot.rhythm.surfaces import CircleForm, RhythmForm
from handlers.interaction import Interaction
from handlers.router import Router


def register_set_up(router: Router) -> None:
    """Connect the surfaces of a circle's own settings."""
    setting_up = router.bot.circle_set_up
    router.on_command(
        ["/klankbord"], "help.klankbord", lambda it: setting_up.open_circle_page(it.user, it.channel, it.now)
    )
    router.on_open(names.SET_UP, lambda it: setting_up.open_set_up_form(it.user, it.about or it.channel, it.now))
    router.on_form(names.SET_UP_FORM, partial(_set_up_circle, router.bot))
    router.on_action(names.CHOOSE_LANGUAGE, partial(_choose_language, router.bot))


def register(router: Router) -> None:
    """Connect the surfaces of when questions come."""
    page = router.bot.rhythm_page
    router.on_open(names.RHYTHM_PRESSED, lambda it: page.open_rhythm_page(it.user, it.about or it.channel, it.now))
    router.on_action(names.SKIP_SLOT, lambda it: page.skip_slot(it.user, _circle(it), it.value, it.now))
    router.on_action(names.UNSKIP_SLOT, lambda it: page.unskip_slot(it.user, _circle(it), it.value, it.now))
    router.on_action(names.POST_NOW, lambda it: page.post_now(it.user, _circle(it), it.value, it.now))
    router.on_action(names.PAUSE_UNTIL, lambda it: page.pause_questions(it.user, _circle(it), str(it.value), it.now))
    router.on_action(names.RESUME, lambda it: page.resume_questions(it.user, _circle(it), it.now))
    _register_proposals(router)
    router.on_open(names.LOOK_AFTER, lambda it: router.bot.new_moderator.open_form(it.user, _pressed_circle(it)))
    router.on_form(names.LOOK_AFTER_FORM, partial(_look_after, router.bot))


def _register_proposals(router: Router) -> None:
    proposals, inactive = router.bot.rhythm_proposals, router.bot.inactive_circles
    router.on_open(names.CHANGE_RHYTHM, lambda it: proposals.open_rhythm_form(it.user, _circle(it), it.now))
    router.on_open(names.MORE_CALENDAR, lambda it: proposals.add_calendar_field(it.user, _form(it), it.fields, it.now))
    router.on_form(names.RHYTHM_FORM, lambda it: proposals.propose_rhythm(it.user, _form(it), it.fields, it.now))
    router.on_open(names.OTHER_RHYTHM, lambda it: proposals.open_rhythm_form(it.user, _pressed_circle(it), it.now))
    router.on_action(names.GO_ON, lambda it: inactive.keep_rhythm(it.user, _pressed_circle(it), it.now))
    router.on_action(names.REST, lambda it: inactive.propose_rest(it.user, _pressed_circle(it), it.now))


def _set_up_circle(bot: Bot, interaction: Interaction) -> Json | None:
    form = CircleForm.from_metadata(interaction.pointers)
    return bot.circle_set_up.set_up_circle(interaction.user, form, interaction.fields, interaction.now)


def _choose_language(bot: Bot, interaction: Interaction) -> None:
    bot.languages.choose_language(interaction.user, str(interaction.value))
    bot.home.show_home(interaction.user, interaction.now)


def _look_after(bot: Bot, interaction: Interaction) -> None:
    bot.new_moderator.take_on(interaction.user, _circle(interaction), interaction.now)


def _form(interaction: Interaction) -> RhythmForm:
    return RhythmForm.from_metadata(interaction.pointers)


def _circle(interaction: Interaction) -> int:
    """Our id of the circle that the open page is about."""
    return read_circle_id(interaction.pointers)


def _pressed_circle(interaction: Interaction) -> int:
    """Our id of the circle whose card has the button."""
    return CirclePointer.from_value(interaction.value).circle
