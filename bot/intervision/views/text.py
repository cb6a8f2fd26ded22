"""What a person wrote, as others read it: a text, or the fields of a set, each under its label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.core import parts
from bot.core.parts import Json, quoted
from bot.library.protocol import FormField
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape

# A label that ends so needs no colon.
_ENDS = ("?", "!", ".", "…", ":")


@dataclass(frozen=True)
class Labelled:
    """A set: what was written in each field that was not left open, after its label."""

    fields: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """Where nothing stands out: a line a field."""
        return "\n".join(f"{label} {text}" for label, text in self.fields)


Said = str | Labelled


def labelled(speaker: Speaker, fields: Sequence[FormField], answers: Mapping[str, str]) -> Labelled:
    """A set as people read it: "Wat ga je doen?", and after it the words; a number on a scale as "7 op 10"."""
    given = (one for one in fields if one.key in answers)
    return Labelled(tuple((_label(speaker, one), _answer(speaker, one, answers[one.key])) for one in given))


def text_blocks(said: Said) -> list[Json]:
    """All of it, as paragraphs."""
    return [parts.section(piece) for piece in text_pieces(said) if piece]


def quote_lines(said: Said) -> list[Json]:
    """All of it, as paragraphs with a quoting mark before each line."""
    return [parts.section(piece) for piece in quoted(partial(text_pieces, said))]


def text_pieces(said: Said, limit: int = parts.SECTION) -> list[Mrkdwn]:
    """All of it, in pieces of at most `limit` characters: nothing is cut or lost."""
    if isinstance(said, str):
        return parts.split(said, limit)
    return [piece for label, text in said.fields for piece in _after(label, text, limit)]


def _after(label: str, text: str, limit: int) -> list[Mrkdwn]:
    strong = f"*{escape(label, Mrkdwn)}* "
    first, *others = parts.split(text, max(limit - len(strong), limit // 2))
    together = Mrkdwn(strong + first)
    return [together, *others] if len(together) <= limit else [*parts.split(label, limit), first, *others]


def _label(speaker: Speaker, asked: FormField) -> str:
    label = asked.label.in_(speaker.language)
    return label if label.endswith(_ENDS) else speaker.plain("fields.label", label=label)


def _answer(speaker: Speaker, asked: FormField, answer: str) -> str:
    return speaker.plain("fields.on_scale", number=answer, highest=asked.scale) if asked.scale is not None else answer
