"""What fills the form of a new case with the example of its method, for whoever only wants to see how it goes."""

from collections.abc import Mapping

from bot.core import names
from bot.core.text import Language
from bot.library.example import ExampleIntake
from bot.library.protocol import Protocol
from demo.case import METHOD, THEME
from playground.forms import placed
from playground.model import View

# A field of the form whose name begins so holds the method, a field that the method asks besides, or the story.
_METHOD, _ASKED = "method", "field:"
_PLAIN = ("title", "question", "theme")


def values_of_example(form: View, protocols: Mapping[str, Protocol], language: Language) -> dict[str, str]:
    """The value of each field of the form, by its block id; nothing for a form that brings no case.

    The example is that of the method which is chosen in the form, else that of the method which the demo played.
    """
    if names.window_of(str(form.payload.get("callback_id"))) != names.CASE_FORM:
        return {}
    chosen = protocols.get(_chosen_method(form), protocols[METHOD])
    example = chosen.example or protocols[METHOD].example
    assert example is not None, "our own method has an example"
    return dict(_values(form, example.intake, language))


def _values(form: View, intake: ExampleIntake, language: Language) -> list[tuple[str, str]]:
    asked = {f"{_ASKED}{key}": text.in_(language) for key, text in intake.fields.items()}
    known = {"title": intake.title.in_(language), "question": intake.question.in_(language), "theme": THEME, **asked}
    fields = [at.block_id for at in placed(form.blocks) if at.block["type"] == "input"]
    story = next((at.block_id for at in placed(form.blocks) if _tells_story(at.block_id, at.kind)), "")
    known[story] = intake.situation.in_(language)
    return [(field, known[field]) for field in fields if field in known]


def _tells_story(field: str, kind: str) -> bool:
    """Whether this is a field of the story: a text that is none of the others. The first takes all of it."""
    return kind == "plain_text_input" and field not in _PLAIN and not field.startswith((_METHOD, _ASKED))


def _chosen_method(form: View) -> str:
    """The key of the method that is chosen in the form; empty where none is."""
    for block, values in form.values.items():
        for value in values.values():
            if block.split(":")[0] == _METHOD and value.get("selected_option"):
                return str(value["selected_option"]["value"])
    return ""
