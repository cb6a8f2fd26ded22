"""Bringing a case: two short forms, the method and then the words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core import names, parts
from bot.core.common_fields import language_field
from bot.core.parts import Json
from bot.core.text import first_sentence
from bot.intervision.intake_surfaces import STORY_FIELDS, TITLE_LENGTH, intake_field_id, method_field
from bot.intervision.rules.fields import numbers_on_scale
from bot.intervision.views.method import MethodEntry
from bot.words import Mrkdwn, Speaker
from bot.words.escaping import escape

# In characters.
_LONGEST_WITH_EXAMPLE = 245
# So many methods are told about at most; the others come first in the list.
_MOST_ADVISED = 2


@dataclass(frozen=True)
class IntakeChoice:
    """A theme, a wish or a method to choose."""

    key: str
    name: str


@dataclass(frozen=True)
class MethodChoices:
    """What the owner may want from colleagues, which `wish` was chosen (empty at first), and every method there is.

    `advised` are the methods that give it, the best first; before a wish was chosen, the method that is chosen.
    """

    wishes: Sequence[IntakeChoice]
    wish: str
    advised: Sequence[MethodEntry]
    methods: Sequence[IntakeChoice]


@dataclass(frozen=True)
class IntakeField:
    """What a method asks besides: a text, or a number up to `scale`. `withheld_until` names the step that shows it.

    `answer` is what was answered before.
    """

    key: str
    label: str
    scale: int | None = None
    required: bool = True
    withheld_until: str = ""
    answer: str = ""


@dataclass(frozen=True)
class StoryBox:
    """A box for the story, or a part of it: `field` is its name in the form, `text` what was written before."""

    field: str
    label: str
    hint: str = ""
    required: bool = True
    text: str = ""


@dataclass(frozen=True)
class IntakeMethod:
    """The method that is chosen: what it asks to do in the first `sentence`, its boxes, and what it asks besides.

    `good` is the good example of its first step. `at_once` is how many cases of a series run together, 0 where
    it is none.
    """

    key: str
    boxes: Sequence[StoryBox]
    fields: Sequence[IntakeField] = ()
    at_once: int = 0
    name: str = ""
    sentence: str = ""
    good: str = ""


@dataclass(frozen=True)
class Written:
    """What was written in the short fields before; `is_draft`: it was kept, and not sent."""

    title: str = ""
    question: str = ""
    is_draft: bool = False


def method_form(
    speaker: Speaker,
    themes: Sequence[IntakeChoice],
    choosing: MethodChoices,
    *,
    method: IntakeMethod,
    theme: str,
    open_cases: int,
    chosen_language: str | None,
    pointers: Json,
) -> Json:
    """The first of two forms to bring a case: what the owner wants, and with which method. Nothing is written here.

    `open_cases` is in how many cases they are now. It is drawn again when another wish or method is chosen.
    """
    blocks = [
        parts.section(speaker.mrkdwn("case.intake_intro")),
        *_choosing(speaker, choosing, method.key),
        *_everybody_brings_one(speaker, method),
        _theme(speaker, themes, theme),
        *language_field(speaker, chosen_language),
        *_mine(speaker, open_cases),
    ]
    form = parts.modal(speaker, names.CASE_METHOD_FORM, "case.intake_form", blocks, pointers, submit="case.intake_next")
    return {**form, "notify_on_close": True}


def story_form(
    speaker: Speaker,
    method: IntakeMethod,
    written: Written,
    *,
    in_series: bool = False,
    contact: str,
    chosen_language: str | None = None,
    pointers: Json,
) -> Json:
    """The second: the title, the question and the story, for this method. In a series it is the only one."""
    intro = "series.intake_intro" if in_series else "case.story_intro"
    blocks = [
        parts.section(speaker.mrkdwn(intro, method=method.name, sentence=method.sentence)),
        *([parts.context(speaker.mrkdwn("case.form_is_draft"))] if written.is_draft else []),
        *_short(speaker, written.title, written.question, with_hints=len(method.fields) < 2),
        *map(_story_box, method.boxes),
        *_example(speaker, method),
        *[_field(speaker, one) for one in method.fields],
        parts.context(speaker.mrkdwn("case.intake_care"), speaker.mrkdwn("case.danger_short", contact=contact)),
        *(language_field(speaker, chosen_language) if in_series else []),
        parts.actions(*_story_buttons(speaker, method, may_change=not in_series)),
    ]
    title_key, submit = ("series.join_title", "case.join") if in_series else ("case.intake_form", "case.intake_submit")
    form = parts.modal(speaker, names.CASE_FORM, title_key, blocks, pointers, submit=submit)
    return {**form, "notify_on_close": True}


def what_not_to_write_page(speaker: Speaker, contact: str) -> Json:
    """What to leave out of a case, who can read it, and where to go if somebody is in danger."""
    blocks = [
        parts.section(speaker.mrkdwn("case.intake_checklist")),
        parts.section(speaker.mrkdwn("case.intake_readers")),
        parts.section(speaker.mrkdwn("case.danger", contact=contact)),
    ]
    return parts.modal(speaker, names.WHAT_NOT_TO_WRITE_PAGE, "case.what_not_title", blocks)


def _story_buttons(speaker: Speaker, method: IntakeMethod, *, may_change: bool) -> Iterator[Json]:
    if len(method.boxes) < len(STORY_FIELDS):
        yield parts.button(speaker.plain("case.form_more_room"), names.MORE_STORY_ROOM)
    yield parts.button(speaker.plain("case.form_draft"), names.CASE_DRAFT)
    yield parts.button(speaker.plain("case.form_whole"), names.READ_METHOD, method.key)
    yield parts.button(speaker.plain("case.what_not"), names.WHAT_NOT_TO_WRITE)
    if may_change:
        yield parts.button(speaker.plain("case.other_method"), names.OTHER_METHOD)


def change_intake_form(
    speaker: Speaker,
    method: IntakeMethod,
    *,
    title: str,
    question: str,
    themes: Sequence[IntakeChoice],
    theme: str,
    pointers: Json,
) -> Json:
    """The form in which the owner changes what it says, until the case begins; the method stays.

    Without `themes` there is none to choose: in a series it is that of whoever began it.
    """
    blocks = [
        parts.section(speaker.mrkdwn("changing.intro")),
        *_short(speaker, title, question),
        *map(_story_box, method.boxes),
        *[_field(speaker, one) for one in method.fields],
        *([_theme(speaker, themes, theme)] if themes else []),
        parts.context(speaker.mrkdwn("case.intake_care")),
    ]
    return parts.modal(speaker, names.CHANGE_CASE_FORM, "changing.title", blocks, pointers, submit="changing.submit")


def _short(speaker: Speaker, title: str = "", question: str = "", *, with_hints: bool = True) -> Iterator[Json]:
    fields = {
        "title": parts.text_field(longest=TITLE_LENGTH, initial=title),
        "question": parts.text_field(multiline=True, initial=question),
    }
    for name, element in fields.items():
        hint = speaker.plain(f"case.intake_{name}_hint") if with_hints else ""
        yield parts.input_block(name, speaker.plain(f"case.intake_{name}"), element, hint=hint)


def _theme(speaker: Speaker, themes: Sequence[IntakeChoice], theme: str) -> Json:
    return parts.input_block("theme", speaker.plain("case.intake_theme"), _select(themes, theme or None))


def _everybody_brings_one(speaker: Speaker, method: IntakeMethod) -> Iterator[Json]:
    if method.at_once:
        yield parts.section(speaker.mrkdwn("series.intake_note", n=method.at_once))


def _choosing(speaker: Speaker, how: MethodChoices, chosen: str) -> Iterator[Json]:
    """What the owner wants, the methods that give it, and the choice among all."""
    yield _dispatching(speaker, "wish", "wish", names.WISH_CHOSEN, how.wishes, how.wish)
    for one in how.advised[:_MOST_ADVISED]:
        read = parts.button(speaker.plain("choosing.read"), names.READ_METHOD, one.key)
        # Of several: for how many people each is, which comes first.
        about = one.at_a_glance.split(",")[0] if len(how.advised) > 1 else first_sentence(one.choose_when)
        yield parts.section(speaker.mrkdwn("choosing.method", name=one.name, why=about), read)
    if len(how.advised) == 1:
        yield parts.context(Mrkdwn(escape(how.advised[0].at_a_glance, Mrkdwn)))
    yield _dispatching(speaker, method_field(how.wish), "method", names.METHOD_CHOSEN, how.methods, chosen)


def _dispatching(
    speaker: Speaker, block: str, name: str, action: str, choices: Sequence[IntakeChoice], chosen: str
) -> Json:
    """A choice after which the form is drawn again."""
    label, element, optional = speaker.plain(f"case.intake_{name}"), _select(choices, chosen), name == "wish"
    return parts.input_block(block, label, element, optional=optional, dispatches=action)


def _mine(speaker: Speaker, open_cases: int) -> list[Json]:
    if not open_cases:
        return []
    return [parts.actions(parts.button(speaker.plain("case.mine_button", n=open_cases), names.MY_CASES))]


def _story_box(box: StoryBox) -> Json:
    element = parts.text_field(multiline=True, initial=box.text)
    return parts.input_block(box.field, box.label, element, hint=box.hint, optional=not box.required)


def _example(speaker: Speaker, method: IntakeMethod) -> Iterator[Json]:
    """A good beginning, where it and the sentence above are read at a glance; a poor one is behind the button too."""
    fits = len(method.sentence) + len(method.good) <= _LONGEST_WITH_EXAMPLE
    if method.good and fits and len(method.boxes) == 1 and not method.fields:
        yield parts.context(speaker.mrkdwn("case.card_good", text=method.good))


def _field(speaker: Speaker, asked: IntakeField) -> Json:
    until = asked.withheld_until
    hint = speaker.plain("case.intake_withheld", step=until) if until else ""
    element = parts.text_field(multiline=True, initial=asked.answer)
    if asked.scale is not None:
        numbers = [parts.option(number, number) for number in numbers_on_scale(asked.scale)]
        element = parts.select(numbers, asked.answer or None)
    return parts.input_block(intake_field_id(asked.key), asked.label, element, hint=hint, optional=not asked.required)


def _select(choices: Sequence[IntakeChoice], initial: str | None) -> Json:
    return parts.select([parts.option(one.name[:75], one.key) for one in choices], initial)
