"""The one form after a case."""

from bot.core import names, parts
from bot.core.parts import Json
from bot.journal.rules import LONGEST_INSIGHT
from bot.journal.surfaces import SENTENCE, TakeAlongForm
from bot.words import Speaker


def take_along_form(speaker: Speaker, form: TakeAlongForm) -> Json:
    """One field, with what its writer wrote in it before."""
    field = parts.text_field(multiline=True, initial=form.text, longest=LONGEST_INSIGHT)
    asked = parts.input_block(SENTENCE, speaker.plain("taken.question"), field, hint=speaker.plain("taken.hint"))
    known = form.to_metadata()
    return parts.modal(speaker, names.TAKE_ALONG_FORM, "taken.title", [asked], known, submit="reflection.submit")
