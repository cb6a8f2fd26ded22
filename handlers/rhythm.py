"""The page and the form of a circle's rhythm, and objecting to a proposal."""

import secrets

from bot.core import names
from bot.core.parts import Json
from bot.questions.surfaces import small_number as number_of
from bot.rhythm.views.change_rhythm import MOST_FIELDS, RhythmWishes, calendar_field
from bot.rhythm.views.set_up import CircleWishes
from handlers.questions import circle_of
from handlers.router import Interaction, Router


def register(router: Router) -> None:
    """Connect the surfaces of when questions come."""
    rhythms, changes, silences = router.bot.rhythm_page, router.bot.rhythm_proposals, router.bot.inactive_circles
    proposals, objections = router.bot.proposals, router.bot.objections

    def proposed(interaction: Interaction) -> Json:
        return changes.propose_rhythm(
            interaction.user, circle_of(interaction), _wished(interaction), form_of(interaction), interaction.now
        )

    def more_room(interaction: Interaction) -> Json:
        return changes.add_calendar_field(
            interaction.user, circle_of(interaction), _wished(interaction), form_of(interaction)
        )

    def objected(interaction: Interaction) -> None:
        words = str(interaction.fields.get("words") or "")
        objections.object(interaction.user, str(interaction.pointers.get("proposal")), words, interaction.now)

    router.on_open(
        names.RHYTHM_PRESSED,
        lambda interaction: rhythms.open_rhythm_page(
            interaction.user, interaction.about or interaction.channel, interaction.now
        ),
    )
    router.on_action(
        names.SKIP_SLOT,
        lambda interaction: rhythms.skip_slot(
            interaction.user, circle_of(interaction), interaction.value, interaction.now
        ),
    )
    router.on_action(
        names.UNSKIP_SLOT,
        lambda interaction: rhythms.unskip_slot(
            interaction.user, circle_of(interaction), interaction.value, interaction.now
        ),
    )
    router.on_action(
        names.POST_NOW,
        lambda interaction: rhythms.post_now(
            interaction.user, circle_of(interaction), interaction.value, interaction.now
        ),
    )
    router.on_action(
        names.PAUSE_UNTIL,
        lambda interaction: rhythms.pause_questions(
            interaction.user, circle_of(interaction), str(interaction.value), interaction.now
        ),
    )
    router.on_action(
        names.RESUME,
        lambda interaction: rhythms.resume_questions(interaction.user, circle_of(interaction), interaction.now),
    )
    router.on_open(
        names.CHANGE_RHYTHM, lambda interaction: changes.open_rhythm_form(interaction.user, circle_of(interaction))
    )
    router.on_open(names.MORE_CALENDAR, more_room)
    router.on_form(names.RHYTHM_FORM, proposed)
    router.on_action(
        names.GO_ON, lambda interaction: silences.keep_rhythm(interaction.user, number_of(interaction.value))
    )
    router.on_action(
        names.REST,
        lambda interaction: silences.propose_rest(interaction.user, number_of(interaction.value), interaction.now),
    )
    router.on_open(
        names.OTHER_RHYTHM, lambda interaction: changes.open_rhythm_form(interaction.user, number_of(interaction.value))
    )
    router.on_action(
        names.TAKE_BACK_PROPOSAL,
        lambda interaction: proposals.take_back_proposal(interaction.user, interaction.value, interaction.now),
    )
    router.on_open(
        names.OBJECT,
        lambda interaction: objections.open_objection_form(interaction.user, interaction.value, interaction.now),
    )
    router.on_action(
        names.TAKE_BACK_OBJECTION,
        lambda interaction: objections.take_back_objection(interaction.user, interaction.value, interaction.now),
    )
    router.on_form(names.OBJECTION, objected)


def _wished(interaction: Interaction) -> RhythmWishes:
    """What the form says; a field that is not there, or holds something else, becomes one that cannot be."""
    days, weeks = interaction.fields.get("weekdays"), interaction.fields.get("weeks")
    fields = [calendar_field(number) for number in range(1, MOST_FIELDS + 1)]
    return RhythmWishes(
        weekdays=tuple(sorted({int(day) for day in days if day in WEEKDAYS})) if isinstance(days, list) else (),
        weeks=int(weeks) if weeks in {"1", "2"} else -1,
        clock=str(interaction.fields.get("clock") or ""),
        zone=str(interaction.fields.get("timezone") or ""),
        moves=interaction.fields.get("moves") != "no",
        closed=str(interaction.fields.get("closed") or ""),
        calendar=tuple(str(interaction.fields[field] or "") for field in fields if field in interaction.fields),
    )


_ONE_ANSWER = ("language", "timezone", "weekday", "weeks", "clock", "contact")
_LONGEST_ID = 64
WEEKDAYS = {str(day) for day in range(7)}


def register_set_up(router: Router) -> None:
    """Connect the surfaces of a circle's own settings."""
    bot = router.bot

    def sent(interaction: Interaction) -> Json | None:
        channel, form = str(interaction.pointers.get("channel")), form_of(interaction)
        return bot.circle_set_up.set_up_circle(interaction.user, channel, _wishes(interaction), form, interaction.now)

    def language_chosen(interaction: Interaction) -> None:
        bot.languages.choose_language(interaction.user, str(interaction.value))
        bot.home.show_home(interaction.user, interaction.now)

    router.on_command(
        ["/klankbord"],
        "help.klankbord",
        lambda interaction: bot.circle_set_up.open_circle_page(interaction.user, interaction.channel),
    )
    router.on_open(
        names.SET_UP,
        lambda interaction: bot.circle_set_up.open_set_up_form(
            interaction.user, interaction.about or interaction.channel
        ),
    )
    router.on_form(names.SET_UP_FORM, sent)
    router.on_action(names.CHOOSE_LANGUAGE, language_chosen)


def _wishes(interaction: Interaction) -> CircleWishes:
    """What the form says; a field that is not there, or holds something else, becomes one that cannot be."""
    given = {name: str(interaction.fields.get(name) or "") for name in _ONE_ANSWER}
    moderators = interaction.fields.get("moderators")
    return CircleWishes(
        language=given["language"],
        timezone=given["timezone"],
        weekday=int(given["weekday"]) if given["weekday"] in WEEKDAYS else -1,
        weeks=int(given["weeks"]) if given["weeks"] in {"1", "2"} else -1,
        clock=given["clock"],
        moderators=[str(one) for one in moderators] if isinstance(moderators, list) else [],
        contact=given["contact"],
    )


def form_of(interaction: Interaction) -> str:
    """The id of a form that is sent; one that was made up has none, and gets its own."""
    form = interaction.pointers.get("form")
    return form if isinstance(form, str) and 0 < len(form) <= _LONGEST_ID else secrets.token_hex(8)
