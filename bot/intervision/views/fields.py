"""The fields of one contribution in a form: one text with room for more, or a set of labelled texts and scales.

A field is called `text:PLACE:NUMBER`, and one of a set `field:PLACE:KEY:NUMBER` or `scale:PLACE:KEY`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core import names, parts
from bot.core.parts import Json, split_into_fields
from bot.intervision.rules.fields import numbers_on_scale
from bot.library.protocol import FormField
from bot.words import Speaker

# Four fields of Slack's longest: twelve thousand characters.
MOST_FIELDS = 4


@dataclass(frozen=True)
class FieldRoom:
    """Where one contribution is written: `place` says which, `fields` how many fields each text has room for.

    `text` was written there before, or `answers` by the key of the field; `again` says that emptying it withdraws it.
    """

    place: str
    fields: int = 1
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


def one_text(speaker: Speaker, room: FieldRoom, word: str) -> Iterator[Json]:
    """One text, and the button for more room."""
    hint = speaker.plain("case.form_empty_withdraws") if room.again else ""
    yield from _text(speaker, f"text:{room.place}", word, room.text, room.fields, hint)
    yield from _more_room(speaker, room, len(split_into_fields(room.text)))


def labelled_fields(speaker: Speaker, room: FieldRoom, asked: tuple[FormField, ...]) -> Iterator[Json]:
    """Every field under its label; what may stay empty says so."""
    hint = speaker.plain("fields.empty_withdraws") if room.again else ""
    for one in asked:
        label, answer = one.label.in_(speaker.language), room.answers.get(one.key, "")
        why = " ".join(part for part in (hint, "" if one.required else speaker.plain("fields.may_stay_empty")) if part)
        if one.scale is not None:
            yield _scale(f"scale:{room.place}:{one.key}", label, one.scale, answer, why)
        else:
            yield from _text(speaker, f"field:{room.place}:{one.key}", label, answer, room.fields, why)
        hint = ""
    if any(one.scale is None for one in asked):
        longest = max(len(split_into_fields(answer)) for answer in ("", *room.answers.values()))
        yield from _more_room(speaker, room, longest)


def _text(speaker: Speaker, name: str, word: str, text: str, fields: int, hint: str) -> Iterator[Json]:
    earlier = split_into_fields(text)
    for number in range(max(min(fields, MOST_FIELDS), len(earlier))):
        label = word[0].upper() + word[1:]
        if number:
            label, hint = speaker.plain("case.form_goes_on", label=label), ""
        element = parts.text_field(multiline=True, initial=earlier[number] if number < len(earlier) else "")
        yield parts.input_block(f"{name}:{number}", label, element, hint=hint, optional=True)


def _scale(name: str, label: str, highest: int, chosen: str, hint: str) -> Json:
    options = [parts.option(number, number) for number in numbers_on_scale(highest)]
    return parts.input_block(name, label, parts.select(options, chosen or None), hint=hint, optional=True)


def _more_room(speaker: Speaker, room: FieldRoom, earlier: int) -> Iterator[Json]:
    if max(room.fields, earlier) < MOST_FIELDS:
        yield parts.actions(parts.button(speaker.plain("case.form_more_room"), names.MORE_ROOM_FOR, room.place))
