"""The weekly question: `/reflect`, its card's button, the window to answer in, and the private word about replies."""

import re

from bot.usecases.answers import Draft
from bot.usecases.refusals import Refusal
from bot.views import language, names
from bot.views.parts import Json
from bot.views.reflection import MOST_FIELDS, field_id
from handlers.door import Door, Knock
from handlers.questions import behind_reflect

COMMANDS = ("/reflect", "/reflectie", "/reflexion")


def register(door: Door) -> None:
    """Connect the surfaces of the weekly question."""
    bot = door.bot
    answers, replies = bot.answers, bot.replies

    about_questions = behind_reflect(door)

    def front(knock: Knock) -> Json:
        return about_questions(knock) or answers.open_latest(knock.user, knock.channel)

    door.command(COMMANDS, "reflection.help", front)
    door.opens(names.ANSWER, lambda knock: answers.open(knock.user, _number(knock.value)))
    door.opens(names.MORE_ROOM, lambda knock: answers.more_room(knock.user, _draft(knock)))
    door.opens(names.CHANGE_REFLECTION, lambda knock: answers.change(knock.user, knock.value))
    door.form(names.REFLECTION, lambda knock: answers.write(knock.user, _draft(knock), knock.now))
    door.acts(names.KEEP_REFLECTION, lambda knock: answers.keep(knock.user, knock.value))
    door.acts(names.SHARE_REFLECTION, lambda knock: answers.share(knock.user, knock.value))
    door.acts(names.WITHDRAW_REFLECTION, lambda knock: answers.withdraw(knock.user, knock.value))
    door.acts(names.LEAVE_ME_OUT, lambda knock: replies.leave_out(knock.user, _number(knock.value)))
    door.acts(names.LET_ME_IN, lambda knock: replies.let_in(knock.user, _number(knock.value), knock.now))


def _draft(knock: Knock) -> Draft:
    fields = (field_id(number) for number in range(1, MOST_FIELDS + 1))
    return Draft(
        round_id=_number(knock.pointers.get("round")),
        reflection=knock.pointers.get("reflection"),
        form=str(knock.pointers.get("form")),
        texts=[knock.fields[field] for field in fields if field in knock.fields],
        language=knock.fields.get(language.FIELD),
    )


def _number(pointer: object) -> int:
    """One of our numbers, from what a client sent back."""
    if not re.fullmatch(r"[0-9]{1,9}", str(pointer)):
        raise Refusal("common.gone")
    return int(str(pointer))
