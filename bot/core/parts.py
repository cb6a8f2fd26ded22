"""The small parts that views are made of: values in, Block Kit JSON out; and what people wrote in several fields."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from bot.words.escaping import Mrkdwn, escape

Json = dict[str, Any]

# Slack's limits, with room left where escaping can make a text longer.
SECTION = 3000
FIELD = 3000


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": str(text), "emoji": True}


def mrkdwn(text: Mrkdwn) -> Json:
    """A mrkdwn text object; nothing inside is linked but what stands there as a link."""
    return {"type": "mrkdwn", "text": str(text), "verbatim": True}


def header(text: str) -> Json:
    """A header line."""
    return {"type": "header", "text": plain(text)}


def section(text: Mrkdwn, accessory: Json | None = None) -> Json:
    """A paragraph, with one element beside it if given."""
    block: Json = {"type": "section", "text": mrkdwn(text)}
    return {**block, "accessory": accessory} if accessory else block


def context(*texts: Mrkdwn) -> Json:
    """A small grey line."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Json:
    """A line across."""
    return {"type": "divider"}


def actions(*elements: Json, block_id: str | None = None) -> Json:
    """A row of buttons."""
    block: Json = {"type": "actions", "elements": list(elements)}
    return {**block, "block_id": block_id} if block_id else block


def button(label: str, action: str, value: str = "", *, style: str | None = None, confirm: Json | None = None) -> Json:
    """A button. `value` is a pointer (an id), never content; it is checked again when pressed."""
    element: Json = {"type": "button", "text": plain(label), "action_id": action, "value": value or "-"}
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def confirm(title: str, text: str, yes: str, no: str) -> Json:
    """The question before something is lost."""
    return {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)}


def option(label: str, value: str) -> Json:
    """One choice."""
    return {"text": plain(label), "value": value}


def input_block(
    block_id: str, label: str, element: Json, *, hint: str = "", optional: bool = False, dispatches: str = ""
) -> Json:
    """A labelled field of a form. Its element's action id is "value", or `dispatches` if a choice is told at once."""
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
    """A field to write in; Slack's longest is 3,000 characters."""
    element: Json = {"type": "plain_text_input", "multiline": multiline, "max_length": longest}
    if initial:
        element["initial_value"] = initial
    if placeholder:
        element["placeholder"] = plain(placeholder)
    return element


def select(options: Sequence[Json], initial: str | None = None) -> Json:
    """One choice out of a list that unfolds."""
    return _choice("static_select", options, initial)


def radios(options: Sequence[Json], initial: str | None = None) -> Json:
    """One choice out of a few that all show."""
    return _choice("radio_buttons", options, initial)


def checkboxes(options: Sequence[Json], initial: Sequence[str] = ()) -> Json:
    """Any of a few choices, all of which show."""
    element: Json = {"type": "checkboxes", "options": list(options)}
    chosen = [item for item in options if item["value"] in initial]
    return {**element, "initial_options": chosen} if chosen else element


def people(initial: Sequence[str] = ()) -> Json:
    """Several people."""
    element: Json = {"type": "multi_users_select"}
    return {**element, "initial_users": list(initial)} if initial else element


def person(initial: str | None = None) -> Json:
    """One person."""
    element: Json = {"type": "users_select"}
    return {**element, "initial_user": initial} if initial else element


def _choice(kind: str, options: Sequence[Json], initial: str | None) -> Json:
    element: Json = {"type": kind, "options": list(options)}
    chosen = next((item for item in options if item["value"] == initial), None)
    return {**element, "initial_option": chosen} if chosen else element


def message(text: str, blocks: Iterable[Json]) -> Json:
    """A message: what notifications show, and what the channel shows."""
    return {"text": str(text), "blocks": list(blocks)}


def modal(callback: str, title: str, blocks: Iterable[Json], *, pointers: Json, close: str, submit: str = "") -> Json:
    """A form or a page. `pointers` (ids only) come back with it and are checked again then."""
    view: Json = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title),
        "close": plain(close),
        "private_metadata": json.dumps(pointers, separators=(",", ":"), sort_keys=True),
        "blocks": list(blocks),
    }
    return {**view, "submit": plain(submit)} if submit else view


def home(blocks: Iterable[Json]) -> Json:
    """The app's Home of one person."""
    return {"type": "home", "blocks": list(blocks)}


def packed(texts: Iterable[Mrkdwn]) -> list[Mrkdwn]:
    """Texts put together, a blank line between, as many to a paragraph as Slack lets one hold.

    A text that is longer than that by itself stays whole: see `split`.
    """
    paragraphs: list[Mrkdwn] = []
    for text in texts:
        if paragraphs and len(paragraphs[-1]) + len(text) + 2 <= SECTION:
            paragraphs[-1] = Mrkdwn(f"{paragraphs[-1]}\n\n{text}")
        else:
            paragraphs.append(text)
    return paragraphs


def split(text: str, limit: int = SECTION) -> list[Mrkdwn]:
    """What a person wrote, escaped for mrkdwn, in pieces of at most `limit` characters; nothing is cut or lost.

    Pieces break at the last line end or space that fits, and inside a word only where there is none; an escaped
    character is never torn. Joined and unescaped, the pieces are the text.
    """
    pieces: list[Mrkdwn] = []
    rest = text
    while rest:
        size = _fitting(rest, limit)
        pieces.append(Mrkdwn(escape(rest[:size], Mrkdwn)))
        rest = rest[size:]
    return pieces or [Mrkdwn("")]


def _fitting(text: str, limit: int) -> int:
    """How many characters of `text` fit in `limit` once escaped, at a good place to break."""
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


# Room for the signs of quoting within a section; the second holds also where every character is a line end.
_ROOMS = (2700, 990)


def quoted(cut: Callable[[int], list[Mrkdwn]]) -> list[Mrkdwn]:
    """What `cut` makes pieces of, of a given size: with a quoting mark before each line, fit for sections."""
    for room in _ROOMS:
        pieces = [_quoted(piece) for piece in cut(room)]
        if all(len(piece) <= SECTION for piece in pieces):
            break
    return pieces


def _quoted(piece: Mrkdwn) -> Mrkdwn:
    lines: Iterator[str] = (f"> {line}" for line in piece.split("\n"))
    return Mrkdwn("\n".join(lines))


# A message with more text than some 13,000 characters is refused by Slack, one with more than 50 blocks too.
_TEXT_A_POST = 9000


_BLOCKS_A_POST = 45


def messages(text: str, blocks: Iterable[Json]) -> list[Json]:
    """These blocks in as many messages as it takes, each announced by the same neutral `text`."""
    return [message(text, chunk) for chunk in _chunks(blocks)]


def _chunks(blocks: Iterable[Json]) -> Iterator[list[Json]]:
    chunk: list[Json] = []
    size = 0
    for block in blocks:
        length = sum(len(text["text"]) for text in _texts(block))
        if chunk and (size + length > _TEXT_A_POST or len(chunk) >= _BLOCKS_A_POST):
            yield chunk
            chunk, size = [], 0
        chunk.append(block)
        size += length
    if chunk:
        yield chunk


def _texts(block: Json) -> list[Json]:
    """The texts of a block that count for its message: its own, and those in its row of elements."""
    own = [block["text"]] if "text" in block else []
    return own + [element for element in block.get("elements", ()) if isinstance(element.get("text"), str)]


# ------------------------------------------------------------------------------------------------ what people write


# How many fields a form has at most for one text: 18,000 characters.
MOST_FIELDS = 6
_BETWEEN = "\n\n"
# One empty line between two lines that say something. Where there are more, somebody left room within a field.
_END_OF_PARAGRAPH = re.compile(r"(?<!\n)\n\n(?!\n)")
_INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: only spaces, line ends, and marks of direction."""
    return all(unicodedata.category(character) in _INVISIBLE for character in text)


def join_fields(fields: Iterable[str]) -> str:
    """One text from the fields of a form, without empty lines around each; those left blank say nothing."""
    return _BETWEEN.join(field.strip("\n") for field in fields if not is_blank(field))


def split_into_fields(text: str, longest: int = FIELD) -> list[str]:
    """The text over fields of at most `longest` characters.

    `join_fields` gives it back, unless a paragraph is longer than a field: that one goes on in the next.
    """
    fields: list[str] = []
    for paragraph in _END_OF_PARAGRAPH.split(text):
        first, *others = _broken(paragraph, longest)
        longer = fields[-1] + _BETWEEN + first if fields else first
        if fields and len(longer) <= longest:
            fields[-1] = longer
        else:
            fields.append(first)
        fields += others
    return fields


def _broken(paragraph: str, longest: int) -> list[str]:
    """A paragraph in pieces that fit a field, broken at the last line end or space there is."""
    pieces = []
    while len(paragraph) > longest:
        at = max(paragraph.rfind("\n", 1, longest), paragraph.rfind(" ", 1, longest))
        cut = at if at > 0 else longest
        pieces.append(paragraph[:cut])
        paragraph = paragraph[cut:].lstrip()
    return [*pieces, paragraph]
