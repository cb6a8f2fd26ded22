"""An insight: the form to make one in, its page, and what the circle reads of one that is shared.

Form and page are states of the window of the weekly question, as the pages of a journal are.
"""

from bot.core import names, parts
from bot.core.parts import Json, quoted
from bot.journal.rules import LONGEST_INSIGHT
from bot.journal.views.page import JournalEntry
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, mention

SENTENCE = "sentence"
# What can become of one in each state: the buttons, and the words on them.
_SETTLING: dict[str, dict[str, str]] = {
    "undecided": {names.KEEP_INSIGHT: "keep", names.SHARE_INSIGHT: "share"},
    "kept": {names.SHARE_INSIGHT: "share"},
    "shared": {names.KEEP_INSIGHT: "unshare"},
}


def insight_form(
    speaker: Speaker, origin: JournalEntry | None, pointers: Json, text: str = "", state: str = "undecided"
) -> Json:
    """One field for one sentence, under what it is made of (`origin`); to change one, with its `text` and `state`."""
    element = parts.text_field(multiline=True, initial=text, longest=LONGEST_INSIGHT)
    blocks = [
        *(_origin(speaker, origin) if origin else ()),
        parts.input_block(SENTENCE, speaker.plain("insight.field"), element, hint=speaker.plain("insight.hint")),
        parts.context(speaker.mrkdwn("insight.example")),
        parts.context(speaker.mrkdwn(f"insight.form_{state}")),
    ]
    return _window(speaker, blocks, pointers, close="common.cancel", submit=speaker.plain("reflection.submit"))


def insight_page(speaker: Speaker, insight: JournalEntry, channel: str) -> Json:
    """One insight, with what can be done with it; `channel` is where it can be shared, by Slack's id."""
    state = insight.state.removeprefix("insight_")
    blocks = [
        parts.section(speaker.mrkdwn(f"insight.now_{state}", channel=channel_link(channel))),
        *(parts.section(piece) for piece in quoted(lambda room: parts.split(insight.text, room))),
        parts.context(speaker.mrkdwn(f"insight.choices_{state}", channel=channel_link(channel))),
        parts.actions(*_choices(speaker, insight.id, state)),
        parts.context(speaker.mrkdwn("reflection.who_could_see")),
    ]
    return _window(speaker, blocks, {})


def insight_wiped_page(speaker: Speaker) -> Json:
    """The page after an insight is gone."""
    return _window(speaker, [parts.section(speaker.mrkdwn("insight.wiped"))], {})


def insight_post(speaker: Speaker, user: str, text: str) -> Json:
    """What the circle reads: who, and the sentence."""
    blocks = [
        parts.section(speaker.mrkdwn("insight.shares", person=mention(user))),
        *(parts.section(piece) for piece in quoted(lambda room: parts.split(text, room))),
    ]
    return parts.message(speaker.plain("insight.headline"), blocks)


def _origin(speaker: Speaker, origin: JournalEntry) -> list[Json]:
    asked = Mrkdwn(parts.split(origin.question)[0])
    return [parts.context(asked), *(parts.section(piece) for piece in parts.split(origin.text)), parts.divider()]


def _choices(speaker: Speaker, id: str, state: str) -> list[Json]:
    """The two ways to settle it stand side by side, none preset."""
    settling = [parts.button(speaker.plain(f"insight.{key}"), action, id) for action, key in _SETTLING[state].items()]
    if state == "undecided":
        return settling
    sure = parts.confirm(
        speaker.plain("insight.wipe_sure"),
        speaker.plain("insight.wipe_means"),
        speaker.plain("insight.wipe"),
        speaker.plain("common.cancel"),
    )
    return [
        *settling,
        parts.button(speaker.plain("reflection.change"), names.CHANGE_INSIGHT, id),
        parts.button(speaker.plain("insight.wipe"), names.WIPE_INSIGHT, id, confirm=sure),
    ]


def _window(
    speaker: Speaker, blocks: list[Json], pointers: Json, close: str = "common.close", submit: str = ""
) -> Json:
    title = speaker.plain("insight.name")
    return parts.modal(names.REFLECTION, title, blocks, pointers=pointers, close=speaker.plain(close), submit=submit)
