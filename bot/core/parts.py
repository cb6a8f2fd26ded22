"""The small parts of views: each takes values and returns Block Kit JSON; and texts over several fields of a form."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from bot.words import Speaker
from bot.words.escaping import Mrkdwn, escape

Json = dict[str, Any]

# Slack's limits in characters.
SECTION = FIELD = 3000


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": str(text), "emoji": True}


def mrkdwn(text: Mrkdwn) -> Json:
    """A mrkdwn text object; Slack makes no links in it but those that are written as links."""
    return {"type": "mrkdwn", "text": str(text), "verbatim": True}


def header(text: str) -> Json:
    """A header line."""
    return {"type": "header", "text": plain(text)}


def section(text: Mrkdwn, accessory: Json | None = None) -> Json:
    """A paragraph, with an element beside it if given."""
    block: Json = {"type": "section", "text": mrkdwn(text)}
    return {**block, "accessory": accessory} if accessory else block


def context(*texts: Mrkdwn) -> Json:
    """A small grey line."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Json:
    """A horizontal line."""
    return {"type": "divider"}


def actions(*elements: Json, block_id: str | None = None) -> Json:
    """A row of buttons."""
    block: Json = {"type": "actions", "elements": list(elements)}
    return {**block, "block_id": block_id} if block_id else block


def button(label: str, action: str, value: str = "", *, style: str | None = None, confirm: Json | None = None) -> Json:
    """A button. `value` holds ids, never content, and is checked again when somebody presses."""
    element: Json = {"type": "button", "text": plain(label), "action_id": action, "value": value or "-"}
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def confirm(speaker: Speaker, title: str, means: str, yes: str, **arguments: str) -> Json:
    """A question before something is lost or cannot be undone; all are keys, the `arguments` those of `means`."""
    asked = {"title": plain(speaker.plain(title)), "text": plain(speaker.plain(means, **arguments))}
    return {**asked, "confirm": plain(speaker.plain(yes)), "deny": plain(speaker.plain("common.cancel"))}


def option(label: str, value: str) -> Json:
    """One choice."""
    return {"text": plain(label), "value": value}


def input_block(
    block_id: str, label: str, element: Json, *, hint: str = "", optional: bool = False, dispatches: str = ""
) -> Json:
    """A labelled field. Its action id is "value", or `dispatches`: then Slack sends each choice at once."""
    block: Json = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {**element, "action_id": dispatches or "value"},
    }
    if dispatches:
        block["dispatch_action"] = True
    if hint:
        block["hint"] = plain(hint)
    return {**block, "optional": True} if optional else block


def text_field(*, multiline: bool = False, initial: str = "", placeholder: str = "", longest: int = FIELD) -> Json:
    """A field for text of at most `longest` characters (Slack's limit is 3,000)."""
    element: Json = {"type": "plain_text_input", "multiline": multiline, "max_length": longest}
    if initial:
        element["initial_value"] = initial
    if placeholder:
        element["placeholder"] = plain(placeholder)
    return element


def select(options: Sequence[Json], initial: str | None = None) -> Json:
    """One choice from a list that unfolds."""
    return _choice("static_select", options, initial)


def radios(options: Sequence[Json], initial: str | None = None) -> Json:
    """One choice from a few that are all visible."""
    return _choice("radio_buttons", options, initial)


def checkboxes(options: Sequence[Json], initial: Sequence[str] = ()) -> Json:
    """Any of a few choices that are all visible."""
    element: Json = {"type": "checkboxes", "options": list(options)}
    chosen = [item for item in options if item["value"] in initial]
    return {**element, "initial_options": chosen} if chosen else element


def people(initial: Sequence[str] = ()) -> Json:
    """A choice of several people; `initial` are Slack's user ids."""
    element: Json = {"type": "multi_users_select"}
    return {**element, "initial_users": list(initial)} if initial else element


def person(initial: str | None = None) -> Json:
    """A choice of one person; `initial` is Slack's user id."""
    element: Json = {"type": "users_select"}
    return {**element, "initial_user": initial} if initial else element


def _choice(kind: str, options: Sequence[Json], initial: str | None) -> Json:
    chosen = [{"initial_option": item} for item in options if item["value"] == initial]
    return {"type": kind, "options": list(options), **(chosen[0] if chosen else {})}


def message(text: str, blocks: Iterable[Json]) -> Json:
    """A message: `text` is shown in notifications, `blocks` in the channel."""
    return {"text": str(text), "blocks": list(blocks)}


def modal(
    speaker: Speaker,
    callback: str,
    title: str,
    blocks: Iterable[Json],
    pointers: Json | None = None,
    *,
    submit: str = "",
    close: str = "",
) -> Json:
    """A form, or a page if it has no `submit`. `title`, `submit` and `close` are keys of texts.

    `pointers` (ids only) come back with what the person sends, and are checked again.
    """
    view: Json = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(speaker.plain(title)),
        "close": plain(speaker.plain(close or ("common.cancel" if submit else "common.close"))),
        "private_metadata": json.dumps(pointers or {}, separators=(",", ":"), sort_keys=True),
        "blocks": list(blocks),
    }
    return {**view, "submit": plain(speaker.plain(submit))} if submit else view


def home(blocks: Iterable[Json]) -> Json:
    """The Home of one person."""
    return {"type": "home", "blocks": list(blocks)}


def packed(texts: Iterable[Mrkdwn]) -> list[Mrkdwn]:
    """Texts joined with blank lines, as many to a paragraph as fit in a section of Slack.

    A text that does not fit by itself stays whole: see `split`.
    """
    paragraphs: list[Mrkdwn] = []
    for text in texts:
        if paragraphs and len(paragraphs[-1]) + len(text) + 2 <= SECTION:
            paragraphs[-1] = Mrkdwn(f"{paragraphs[-1]}\n\n{text}")
        else:
            paragraphs.append(text)
    return paragraphs


def split(text: str, limit: int = SECTION) -> list[Mrkdwn]:
    """What a person wrote, escaped for mrkdwn, in pieces of at most `limit` characters; nothing is lost.

    A piece ends at the last line end or space that fits, and inside a word only if there is none; never inside an
    escaped character. Joined and unescaped, the pieces are the text.
    """
    pieces: list[Mrkdwn] = []
    rest = text
    while rest:
        size = _size_that_fits(rest, limit)
        pieces.append(Mrkdwn(escape(rest[:size], Mrkdwn)))
        rest = rest[size:]
    return pieces or [Mrkdwn("")]


def _size_that_fits(text: str, limit: int) -> int:
    """How many characters of `text` fit in `limit` once they are escaped, up to a good place to break."""
    room, size = limit, 0
    for character in text:
        room -= len(escape(character, Mrkdwn))
        if room < 0:
            break
        size += 1
    if size == len(text):
        return size
    broken = max(text.rfind("\n", 0, size), text.rfind(" ", 0, size)) + 1
    return broken if broken > size // 2 else size


# Sizes that leave room for the quoting marks in a section; with the second, even if every character is a line end.
_QUOTED_SIZES = (2700, 990)


def quoted(cut: Callable[[int], list[Mrkdwn]]) -> list[Mrkdwn]:
    """The pieces that `cut(size)` returns, with a quoting mark before each line, so that each fits in a section."""
    for size in _QUOTED_SIZES:
        pieces = [Mrkdwn("> " + piece.replace("\n", "\n> ")) for piece in cut(size)]
        if all(len(piece) <= SECTION for piece in pieces):
            break
    return pieces


# Slack refuses a message with more than 50 blocks or more than some 13,000 characters (measured).
_TEXT_PER_MESSAGE, _BLOCKS_PER_MESSAGE = 9000, 45


def messages(text: str, blocks: Iterable[Json]) -> list[Json]:
    """These blocks in as many messages as needed; each shows the same neutral `text` in notifications."""
    return [message(text, chunk) for chunk in _chunks(blocks)]


def _chunks(blocks: Iterable[Json]) -> Iterator[list[Json]]:
    chunk: list[Json] = []
    size = 0
    for block in blocks:
        length = sum(len(text["text"]) for text in texts_of(block))
        if chunk and (size + length > _TEXT_PER_MESSAGE or len(chunk) >= _BLOCKS_PER_MESSAGE):
            yield chunk
            chunk, size = [], 0
        chunk.append(block)
        size += length
    if chunk:
        yield chunk


def texts_of(block: Json) -> list[Json]:
    """The texts of a block that count for the size of its message: its own, and those of its elements."""
    own = [block["text"]] if "text" in block else []
    return own + [element for element in block.get("elements", ()) if isinstance(element.get("text"), str)]


# The most fields of a form for one text: 18,000 characters.
MOST_FIELDS = 6
_BETWEEN = "\n\n"
# One empty line between two lines with text. More empty lines are spacing inside one field.
_END_OF_PARAGRAPH = re.compile(r"(?<!\n)\n\n(?!\n)")
_INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}


def is_blank(text: str) -> bool:
    """True if nothing is visible: only spaces, line ends and marks of direction."""
    return all(unicodedata.category(character) in _INVISIBLE for character in text)


def join_fields(fields: Iterable[str]) -> str:
    """One text from the fields of a form, without the blank ones and without empty lines around each."""
    return _BETWEEN.join(field.strip("\n") for field in fields if not is_blank(field))


def split_into_fields(text: str, longest: int = FIELD) -> list[str]:
    """Divide the text over fields of at most `longest` characters.

    `join_fields` gives the text back, unless a paragraph is longer than a field: that one continues in the next field.
    """
    fields: list[str] = []
    for paragraph in _END_OF_PARAGRAPH.split(text):
        first, *others = _cut_paragraph(paragraph, longest)
        longer = fields[-1] + _BETWEEN + first if fields else first
        if fields and len(longer) <= longest:
            fields[-1] = longer
        else:
            fields.append(first)
        fields += others
    return fields


def _cut_paragraph(paragraph: str, longest: int) -> list[str]:
    """A paragraph in pieces that fit a field, cut at the last line end or space."""
    pieces = []
    while len(paragraph) > longest:
        at = max(paragraph.rfind("\n", 1, longest), paragraph.rfind(" ", 1, longest))
        cut = at if at > 0 else longest
        pieces.append(paragraph[:cut])
        paragraph = paragraph[cut:].lstrip()
    return [*pieces, paragraph]
