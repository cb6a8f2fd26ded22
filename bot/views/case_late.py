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
    blocks = [
        parts.section(say.mrkdwn("late.kept")),
        *told(text),
        parts.actions(
            parts.button(say.plain("late.share"), names.LATE_SHARED, late_id),
            parts.button(say.plain("late.wipe"), names.LATE_WIPED, late_id),
        ),
        parts.context(say.mrkdwn("late.how")),
    ]
    return parts.modal("late", say.plain("late.title"), blocks, pointers={}, close=say.plain("common.close"))


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
