"""What people say in an example, put into the fields of the forms they get."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.rules.example import Example, Line
from bot.rules.texts import Language, Text
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
        """Each in a place of its own, with its kind where the form asks for it."""
        blocks = [block["block_id"] for block in form.blocks]
        for number, line in enumerate(lines, start=1):
            if line.fields:
                yield from self._set(blocks, f"new-{number}", line)
            else:
                # One text, or the first field where the form asks several.
                yield _first_of(blocks, f"new-{number}"), self.text(line)
            if (kind := f"kind:new-{number}") in blocks:
                yield kind, str(line.kind)

    def _set(self, blocks: Sequence[str], place: str, line: Line) -> Iterator[tuple[str, str]]:
        """What goes in each field of a form that asks several."""
        for key, answer in line.fields.items():
            names = (f"field:{place}:{key}:0", f"scale:{place}:{key}")
            text = answer.in_(self.spoken) if isinstance(answer, Text) else str(answer)
            yield from ((name, text) for name in names if name in blocks)

    def answers(self, form: View, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
        """Each answer, in the field under what it is about; one whose question was never asked is not given."""
        asked = {line.id: self.text(line) for line in self.example.lines if line.id and line.text}
        for line in lines:
            if field := _field_under(form.blocks, asked[line.about or ""]):
                yield field, self.text(line)


def _first_of(blocks: Sequence[str], place: str) -> str:
    return next((name for name in blocks if name.startswith(f"field:{place}:")), f"text:{place}:0")


def _field_under(blocks: list[Json], question: str) -> str | None:
    read = False
    for block in blocks:
        read = read or (block["type"] == "section" and question in block["text"]["text"])
        if read and block["type"] == "input":
            return str(block["block_id"])
    return None
