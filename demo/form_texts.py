"""Puts the lines of an example into the fields of a form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.text import Language
from bot.library.example import Example, ExampleLine
from playground.model import Json, View


@dataclass(frozen=True)
class FormTexts:
    """The texts of lines in one language; `example` is None where a method has none."""

    example: Example | None
    language: Language

    def text_of(self, line: ExampleLine) -> str:
        """The text of a line, or its rating."""
        if line.rating:
            return line.rating.value
        assert line.text is not None, "a line that does not pass has a text"
        return line.text.in_(self.language)

    def contribution_fields(self, form: View, lines: Sequence[ExampleLine]) -> Iterator[tuple[str, str]]:
        """Block ids with values: a place for each line, its kind if the form asks for it, and its fields."""
        for number, line in enumerate(lines, start=1):
            blocks = fields_at(form, f"new-{number}")
            yield from ((block, str(line.kind)) for block in blocks if block.startswith("kind:"))
            fields = [block for block in blocks if not block.startswith("kind:")]
            yield from self._line_fields(fields, line)

    def _line_fields(self, blocks: Sequence[str], line: ExampleLine) -> Iterator[tuple[str, str]]:
        if not line.fields:
            yield blocks[0], self.text_of(line)
        for key, answer in line.fields.items():
            block = next(block for block in blocks if block.split(":")[2] == key)
            yield block, str(answer) if isinstance(answer, int) else answer.in_(self.language)

    def answer_fields(self, form: View, lines: Sequence[ExampleLine]) -> Iterator[tuple[str, str]]:
        """Block ids with answers: each in the empty field under what it is about; left out if there is none."""
        earlier = self.example.lines if self.example else ()
        questions = {line.id: self.text_of(line) for line in earlier if line.id and line.text}
        for line in lines:
            # A line that fits almost any question is about none in particular.
            if field := _field_under(form.blocks, questions[line.about]) if line.about else _first_field(form.blocks):
                yield field, self.text_of(line)


def fields_at(form: View, place: str) -> list[str]:
    """The block ids of the fields of one place in a form, such as "new-1"."""
    return [block["block_id"] for block in form.blocks if block.get("block_id", "").split(":")[1:2] == [place]]


def is_empty(field: Json) -> bool:
    """True if the field has no value yet."""
    return not {"initial_value", "initial_option"} & set(field["element"])


def _field_under(blocks: list[Json], question: str) -> str | None:
    """The first field after a question, if it is empty."""
    read = False
    for block in blocks:
        read = read or (block["type"] == "section" and question in block["text"]["text"])
        if read and block["type"] == "input":
            return str(block["block_id"]) if is_empty(block) else None
    return None


def _first_field(blocks: list[Json]) -> str | None:
    """The first empty field."""
    return next((str(block["block_id"]) for block in blocks if block["type"] == "input" and is_empty(block)), None)
