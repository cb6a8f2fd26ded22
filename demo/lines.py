"""What people say in an example, put into the fields of the forms they get."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.text import Language
from bot.library.example import Example, ExampleLine
from playground.model import Json, View


@dataclass(frozen=True)
class Lines:
    """Lines of an example, or of one's own where there is none, in one language."""

    example: Example | None
    spoken: Language

    def text(self, line: ExampleLine) -> str:
        """What is said, or chosen."""
        if line.rating:
            return line.rating.value
        assert line.text is not None, "a line that does not pass says something"
        return line.text.in_(self.spoken)

    def contributions(self, form: View, lines: Sequence[ExampleLine]) -> Iterator[tuple[str, str]]:
        """Each in a place of its own, with its kind where the form asks for it, and its fields where there are some."""
        for number, line in enumerate(lines, start=1):
            blocks = fields_at(form, f"new-{number}")
            yield from ((block, str(line.kind)) for block in blocks if block.startswith("kind:"))
            written = [block for block in blocks if not block.startswith("kind:")]
            yield from self._written(written, line)

    def _written(self, blocks: Sequence[str], line: ExampleLine) -> Iterator[tuple[str, str]]:
        if not line.fields:
            yield blocks[0], self.text(line)
        for key, answer in line.fields.items():
            block = next(block for block in blocks if block.split(":")[2] == key)
            yield block, str(answer) if isinstance(answer, int) else answer.in_(self.spoken)

    def answers(self, form: View, lines: Sequence[ExampleLine]) -> Iterator[tuple[str, str]]:
        """Each answer, in the field under what it is about; one that was given, or never asked for, is not given."""
        said = self.example.lines if self.example else ()
        asked = {line.id: self.text(line) for line in said if line.id and line.text}
        for line in lines:
            # What fits almost any question is about none in particular.
            if field := _field_under(form.blocks, asked[line.about]) if line.about else _first_field(form.blocks):
                yield field, self.text(line)


def fields_at(form: View, place: str) -> list[str]:
    """The block ids of the fields of one place in a form, such as new-1; none if it has no such place."""
    return [block["block_id"] for block in form.blocks if block.get("block_id", "").split(":")[1:2] == [place]]


def is_empty(field: Json) -> bool:
    """Whether nothing was written or chosen there before."""
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
    """The first one that is empty."""
    return next((str(block["block_id"]) for block in blocks if block["type"] == "input" and is_empty(block)), None)
