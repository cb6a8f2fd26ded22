"""An insight: the form to make one in, its page, and the post of one that is shared."""

from bot.core import names, parts
from bot.core.parts import Json, quoted
from bot.journal.rules import LONGEST_INSIGHT
from bot.journal.surfaces import SENTENCE, InsightForm
from bot.journal.views.page import JournalEntry
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import channel_link, mention
from bot.words.typed import with_links

# What can become of an insight in each state: the buttons, and the keys of the words on them.
_VISIBILITY: dict[str, dict[str, str]] = {
    "undecided": {names.KEEP_INSIGHT: "keep", names.SHARE_INSIGHT: "share"},
    "kept": {names.SHARE_INSIGHT: "share"},
    "shared": {names.KEEP_INSIGHT: "unshare"},
}


def insight_form(speaker: Speaker, origin: JournalEntry | None, form: InsightForm, state: str = "undecided") -> Json:
    """One field for one sentence, below what it is made of (`origin`); an insight that is changed has a `state`."""
    element = parts.text_field(multiline=True, initial=form.text, longest=LONGEST_INSIGHT)
    blocks = [
        *(_origin(speaker, origin) if origin else ()),
        parts.input_block(SENTENCE, speaker.plain("insight.field"), element, hint=speaker.plain("insight.hint")),
        parts.context(speaker.mrkdwn("insight.example")),
        parts.context(speaker.mrkdwn(f"insight.form_{state}")),
    ]
    known = form.to_metadata()
    return parts.modal(speaker, names.INSIGHT_FORM, "insight.name", blocks, known, submit="reflection.submit")


def insight_page(speaker: Speaker, insight: JournalEntry, channel: str) -> Json:
    """One insight, with what can be done with it; `channel` is where it can be shared, by Slack's id."""
    state = insight.state.removeprefix("insight_")
    blocks = [
        parts.section(speaker.mrkdwn(f"insight.now_{state}", channel=channel_link(channel))),
        *(parts.section(piece) for piece in quoted(lambda room: parts.split(insight.text, room))),
        parts.context(speaker.mrkdwn(f"insight.choices_{state}", channel=channel_link(channel))),
        parts.actions(*_choices(speaker, insight.id, state)),
    ]
    return _page(speaker, blocks)


def insight_wiped_page(speaker: Speaker) -> Json:
    """The page after an insight is gone."""
    return _page(speaker, [parts.section(speaker.mrkdwn("insight.wiped"))])


def insight_post(speaker: Speaker, user: str, text: str) -> Json:
    """What the circle reads: its writer (Slack's id), and the sentence."""
    blocks = [
        parts.section(speaker.mrkdwn("insight.shares", person=mention(user))),
        *(parts.section(piece) for piece in quoted(lambda room: parts.split(text, room))),
    ]
    return parts.message(speaker.plain("insight.headline"), blocks)


def _origin(speaker: Speaker, origin: JournalEntry) -> list[Json]:
    asked = Mrkdwn(parts.split(origin.question)[0])
    return [
        parts.context(asked),
        *(parts.section(with_links(piece)) for piece in parts.split(origin.text)),
        parts.divider(),
    ]


def _choices(speaker: Speaker, id: str, state: str) -> list[Json]:
    """The two choices are side by side, and none is preset."""
    choices = [parts.button(speaker.plain(f"insight.{key}"), action, id) for action, key in _VISIBILITY[state].items()]
    if state == "undecided":
        return choices
    confirm = parts.confirm(speaker, "insight.wipe_sure", "insight.wipe_means", "insight.wipe")
    return [
        *choices,
        parts.button(speaker.plain("reflection.change"), names.CHANGE_INSIGHT, id),
        parts.button(speaker.plain("insight.wipe"), names.WIPE_INSIGHT, id, confirm=confirm),
    ]


def _page(speaker: Speaker, blocks: list[Json]) -> Json:
    return parts.modal(speaker, names.INSIGHT_PAGE, "insight.name", blocks)
