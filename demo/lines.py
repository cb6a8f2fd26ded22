"""What people say in an example, put into the fields of the forms they get."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.rules.example import Example, Line
from bot.rules.texts import Language
from playground.model import Json, View


@dataclass(frozen=True)
class Lines:
    """The lines of an example, in one language."""

    example: Example
    spoken: Language

    def text(self, line: Line) -> str:
        """What is said, or chosen."""
        if line.rating:
            return line.rating.value
        assert line.text is not None, "a line that does not pass says something"
        return line.text.in_(self.spoken)

    def contributions(self, form: View, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
        """Each in a place of its own, with its kind where the form asks for it, and its fields where there are some."""
        for number, line in enumerate(lines, start=1):
            blocks = fields_at(form, f"new-{number}")
            yield from ((block, str(line.kind)) for block in blocks if block.startswith("kind:"))
            written = [block for block in blocks if not block.startswith("kind:")]
            yield from self._written(written, line)

    def _written(self, blocks: Sequence[str], line: Line) -> Iterator[tuple[str, str]]:
        if not line.fields:
            yield blocks[0], self.text(line)
        for key, answer in line.fields.items():
            block = next(block for block in blocks if block.split(":")[2] == key)
            yield block, str(answer) if isinstance(answer, int) else answer.in_(self.spoken)

    def answers(self, form: View, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
        """Each answer, in the field under what it is about; one whose question was never asked is not given."""
        asked = {line.id: self.text(line) for line in self.example.lines if line.id and line.text}
        for line in lines:
            if field := _field_under(form.blocks, asked[line.about or ""]):
                yield field, self.text(line)


def fields_at(form: View, place: str) -> list[str]:
    """The block ids of the fields of one place in a form, such as new-1; none if it has no such place."""
    return [block["block_id"] for block in form.blocks if block.get("block_id", "").split(":")[1:2] == [place]]


def _field_under(blocks: list[Json], question: str) -> str | None:
    read = False
    for block in blocks:
        read = read or (block["type"] == "section" and question in block["text"]["text"])
        if read and block["type"] == "input":
            return str(block["block_id"])
    return None
