"""What came after its step had closed: shown to its writer, and in the thread if the writer wants that."""

from bot.views import names, parts
from bot.views.case_said import told
from bot.views.parts import Json
from bot.words import Speaker
from bot.words.escaping import mention

# Blocks of one message that can hold words, beside its first line; Slack takes fifty.
_PIECES = 40


def offer(say: Speaker, late_id: str, text: str) -> Json:
    """The page that says the step has closed, shows the words, and offers what can be done with them."""
    blocks = [parts.section(say.mrkdwn("late.kept")), *told(text), *_choice(say, late_id)]
    return parts.modal("late", say.plain("late.title"), blocks, pointers={}, close=say.plain("common.close"))


def left_over(say: Speaker, late_id: str, text: str) -> Json:
    """The private message after a case to who set advice aside that got no place in it."""
    blocks = [parts.section(say.mrkdwn("late.left_over")), *told(text), *_choice(say, late_id)]
    return parts.message(say.plain("late.left_over_notice"), blocks)


def done(say: Speaker, key: str) -> Json:
    """What became of it."""
    blocks = [parts.section(say.mrkdwn(key))]
    return parts.modal("late", say.plain("late.title"), blocks, pointers={}, close=say.plain("common.close"))


def shared(say: Speaker, author: str, text: str) -> list[Json]:
    """The messages in the step's thread."""
    pieces = told(text)
    groups = [pieces[start : start + _PIECES] for start in range(0, len(pieces), _PIECES)]
    first = parts.section(say.mrkdwn("late.by", who=mention(author)))
    return [parts.message(say.plain("late.notice"), [first, *group]) for group in groups]


def _choice(say: Speaker, late_id: str) -> list[Json]:
    buttons = (
        parts.button(say.plain("late.share"), names.LATE_SHARED, late_id),
        parts.button(say.plain("late.wipe"), names.LATE_WIPED, late_id),
    )
    return [parts.actions(*buttons), parts.context(say.mrkdwn("late.how"))]
