"""The fields of one contribution in a form: one text with room for more, or a set of labelled texts and scales.

A field is called `text:PLACE:NUMBER`, and one of a set `field:PLACE:KEY:NUMBER` or `scale:PLACE:KEY`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core import parts
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
    `good` is an example of what is asked, shown below the first field as long as nothing was written before.
    """

    place: str
    fields: int = 1
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    again: bool = False
    good: str = ""


def one_text(speaker: Speaker, room: FieldRoom, word: str) -> Iterator[Json]:
    """One text."""
    hint = speaker.plain("case.form_empty_withdraws") if room.again else _example(speaker, room)
    yield from _text(speaker, f"text:{room.place}", word, room.text, room.fields, hint)


def labelled_fields(speaker: Speaker, room: FieldRoom, asked: tuple[FormField, ...]) -> Iterator[Json]:
    """Every field under its label; what may stay empty says so."""
    hint = speaker.plain("fields.empty_withdraws") if room.again else _example(speaker, room)
    for one in asked:
        label, answer = one.label.in_(speaker.language), room.answers.get(one.key, "")
        why = " ".join(part for part in (hint, "" if one.required else speaker.plain("fields.may_stay_empty")) if part)
        if one.scale is not None:
            yield _scale(f"scale:{room.place}:{one.key}", label, one.scale, answer, why)
        else:
            yield from _text(speaker, f"field:{room.place}:{one.key}", label, answer, room.fields, why)
        hint = ""


def has_more_room(fields: int, text: str, answers: Mapping[str, str], asked: tuple[FormField, ...]) -> bool:
    """Whether a place may have another field for what is longer than one; a set without a text has none."""
    longest = max(len(split_into_fields(written)) for written in (text, *answers.values()))
    return max(fields, longest) < MOST_FIELDS and (not asked or any(one.scale is None for one in asked))


def _example(speaker: Speaker, room: FieldRoom) -> str:
    return speaker.plain("case.card_good", text=room.good) if room.good else ""


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
