"""The page and the form of a circle's rhythm, and objecting to a proposal."""

import secrets

from bot.core import names
from bot.core.blocks import Json
from bot.rhythm.views.change_rhythm import MOST_FIELDS, RhythmWishes, calendar_field
from bot.rhythm.views.set_up import CircleWishes
from handlers.questions import circle_of, number_of
from handlers.router import Router, Interaction


def register(door: Router) -> None:
    """Connect the surfaces of when questions come."""
    rhythms, changes, silences = door.bot.rhythm_page, door.bot.rhythm_proposals, door.bot.inactive_circles
    proposals, objections = door.bot.proposals, door.bot.objections

    def proposed(knock: Interaction) -> Json:
        return changes.propose_rhythm(knock.user, circle_of(knock), _wished(knock), form_of(knock), knock.now)

    def more_room(knock: Interaction) -> Json:
        return changes.add_calendar_field(knock.user, circle_of(knock), _wished(knock), form_of(knock))

    def objected(knock: Interaction) -> None:
        words = str(knock.fields.get("words") or "")
        objections.object(knock.user, str(knock.pointers.get("proposal")), words, knock.now)

    door.on_open(names.RHYTHM_PRESSED, lambda knock: rhythms.open_rhythm_page(knock.user, knock.about or knock.channel, knock.now))
    door.on_action(names.SKIP_SLOT, lambda knock: rhythms.skip_slot(knock.user, circle_of(knock), knock.value, knock.now))
    door.on_action(names.UNSKIP_SLOT, lambda knock: rhythms.unskip_slot(knock.user, circle_of(knock), knock.value, knock.now))
    door.on_action(names.POST_NOW, lambda knock: rhythms.post_now(knock.user, circle_of(knock), knock.value, knock.now))
    door.on_action(names.PAUSE_UNTIL, lambda knock: rhythms.pause_questions(knock.user, circle_of(knock), str(knock.value), knock.now))
    door.on_action(names.RESUME, lambda knock: rhythms.resume_questions(knock.user, circle_of(knock), knock.now))
    door.on_open(names.CHANGE_RHYTHM, lambda knock: changes.open_rhythm_form(knock.user, circle_of(knock)))
    door.on_open(names.MORE_CALENDAR, more_room)
    door.on_form(names.RHYTHM_FORM, proposed)
    door.on_action(names.GO_ON, lambda knock: silences.keep_rhythm(knock.user, number_of(knock.value)))
    door.on_action(names.REST, lambda knock: silences.propose_rest(knock.user, number_of(knock.value), knock.now))
    door.on_open(names.OTHER_RHYTHM, lambda knock: changes.open_rhythm_form(knock.user, number_of(knock.value)))
    door.on_action(names.TAKE_BACK_PROPOSAL, lambda knock: proposals.take_back_proposal(knock.user, knock.value, knock.now))
    door.on_open(names.OBJECT, lambda knock: objections.open_objection_form(knock.user, knock.value, knock.now))
    door.on_action(names.TAKE_BACK_OBJECTION, lambda knock: objections.take_back_objection(knock.user, knock.value, knock.now))
    door.on_form(names.OBJECTION, objected)


def _wished(knock: Interaction) -> RhythmWishes:
    """What the form says; a field that is not there, or holds something else, becomes one that cannot be."""
    days, weeks = knock.fields.get("weekdays"), knock.fields.get("weeks")
    fields = [calendar_field(number) for number in range(1, MOST_FIELDS + 1)]
    return RhythmWishes(
        weekdays=tuple(sorted({int(day) for day in days if day in WEEKDAYS})) if isinstance(days, list) else (),
        weeks=int(weeks) if weeks in {"1", "2"} else -1,
        clock=str(knock.fields.get("clock") or ""),
        zone=str(knock.fields.get("timezone") or ""),
        moves=knock.fields.get("moves") != "no",
        closed=str(knock.fields.get("closed") or ""),
        calendar=tuple(str(knock.fields[field] or "") for field in fields if field in knock.fields),
    )


_ONE_ANSWER = ("language", "timezone", "weekday", "weeks", "clock", "contact")
_LONGEST_ID = 64
WEEKDAYS = {str(day) for day in range(7)}


def register_set_up(door: Router) -> None:
    """Connect the surfaces of a circle's own settings."""
    bot = door.bot

    def sent(knock: Interaction) -> Json | None:
        channel, form = str(knock.pointers.get("channel")), form_of(knock)
        return bot.circle_set_up.set_up_circle(knock.user, channel, _wishes(knock), form, knock.now)

    def language_chosen(knock: Interaction) -> None:
        bot.languages.choose_language(knock.user, str(knock.value))
        bot.home.show_home(knock.user, knock.now)

    door.on_command(["/klankbord"], "help.klankbord", lambda knock: bot.circle_set_up.open_circle_page(knock.user, knock.channel))
    door.on_open(names.SET_UP, lambda knock: bot.circle_set_up.open_set_up_form(knock.user, knock.about or knock.channel))
    door.on_form(names.SET_UP_FORM, sent)
    door.on_action(names.CHOOSE_LANGUAGE, language_chosen)


def _wishes(knock: Interaction) -> CircleWishes:
    """What the form says; a field that is not there, or holds something else, becomes one that cannot be."""
    given = {name: str(knock.fields.get(name) or "") for name in _ONE_ANSWER}
    moderators = knock.fields.get("moderators")
    return CircleWishes(
        language=given["language"],
        timezone=given["timezone"],
        weekday=int(given["weekday"]) if given["weekday"] in WEEKDAYS else -1,
        weeks=int(given["weeks"]) if given["weeks"] in {"1", "2"} else -1,
        clock=given["clock"],
        moderators=[str(one) for one in moderators] if isinstance(moderators, list) else [],
        contact=given["contact"],
    )


def form_of(knock: Interaction) -> str:
    """The id of a form that is sent; one that was made up has none, and gets its own."""
    form = knock.pointers.get("form")
    return form if isinstance(form, str) and 0 < len(form) <= _LONGEST_ID else secrets.token_hex(8)
