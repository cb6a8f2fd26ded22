"""The weekly question: `/reflect`, its card's button, the window to answer in, and the private word about replies."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.usecases.answers import Draft
from bot.usecases.refusals import Refusal
from bot.views import language, names
from bot.views.parts import Json
from bot.views.reflection import COLLEAGUE, MOST_FIELDS, field_id
from handlers.door import Door, Knock
from handlers.questions import behind_reflect

COMMANDS = ("/reflect", "/reflectie", "/reflexion")


def register(door: Door) -> None:
    """Connect the surfaces of the weekly question."""
    bot = door.bot
    answers, settling, replies = bot.answers, bot.settling, bot.replies

    about_questions = behind_reflect(door)

    def front(knock: Knock) -> Json:
        return about_questions(knock) or answers.open_latest(knock.user, knock.channel, knock.now)

    def sent(knock: Knock) -> Json:
        if to_send := knock.pointers.get("send"):
            return settling.send(knock.user, str(to_send), str(knock.fields.get(COLLEAGUE)), knock.now)
        return answers.write(knock.user, _draft(knock), knock.now)

    door.command(COMMANDS, "reflection.help", front)
    door.opens(names.ANSWER, lambda knock: answers.open(knock.user, _number(knock.value), knock.now))
    door.opens(names.MORE_ROOM, lambda knock: answers.more_room(knock.user, _draft(knock), knock.now))
    door.opens(names.CHANGE_REFLECTION, lambda knock: answers.change(knock.user, knock.value, knock.now))
    door.opens(names.SEND_REFLECTION, lambda knock: settling.whom(knock.user, knock.value, knock.now))
    door.form(names.REFLECTION, sent)
    door.acts(names.DRAFT_REFLECTION, lambda knock: answers.put_aside(knock.user, _draft(knock), knock.now))
    for action, settled in {
        names.KEEP_REFLECTION: settling.keep,
        names.SHARE_REFLECTION: settling.share,
        names.NAMELESS_REFLECTION: settling.without_name,
        names.WITHDRAW_REFLECTION: settling.withdraw,
    }.items():
        door.acts(action, partial(_settled, settled))
    door.acts(names.LEAVE_ME_OUT, lambda knock: replies.leave_out(knock.user, _number(knock.value)))
    door.acts(names.LET_ME_IN, lambda knock: replies.let_in(knock.user, _number(knock.value), knock.now))


def _settled(settle: Callable[[str, str, datetime], Json], knock: Knock) -> Json:
    return settle(knock.user, knock.value, knock.now)


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
