"""Bringing a case: the form, with what to think of before one writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core import names, parts
from bot.core.common_fields import language_field
from bot.core.parts import Json
from bot.intervision.intake_surfaces import STORY_FIELDS, TITLE_LENGTH, intake_field_id, method_field
from bot.intervision.rules.fields import numbers_on_scale
from bot.intervision.views.method import MethodEntry, method_blocks
from bot.words import Speaker

# Room for small grey text.
_GREY = 1800


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
class IntakeMethod:
    """The method that is chosen: how to write the story for it, and what it asks besides.

    `filled` are the fields of the story that were filled in before it was chosen: those stay. `at_once` is how many
    cases of a series run together, 0 where it is none.
    """

    key: str
    story: str = ""
    fields: Sequence[IntakeField] = ()
    filled: Mapping[str, str] = field(default_factory=dict)
    at_once: int = 0

    @property
    def withholds(self) -> bool:
        """Whether part of the story is asked elsewhere in the form, and shown later."""
        return any(one.withheld_until for one in self.fields)


def intake_form(
    speaker: Speaker,
    themes: Sequence[IntakeChoice],
    choosing: MethodChoices,
    *,
    method: IntakeMethod,
    contact: str,
    open_cases: int,
    chosen_language: str | None,
    pointers: Json,
) -> Json:
    """The form in which somebody brings a case. `open_cases` is in how many cases they are now.

    It is drawn again when another wish or method is chosen; what is typed stays, since fields keep their names.
    """

    blocks = [
        *_mine(speaker, open_cases),
        parts.section(speaker.mrkdwn("case.intake_intro")),
        parts.section(speaker.mrkdwn("case.intake_checklist")),
        *_short(speaker),
        *_choosing(speaker, choosing, method.key),
        *_everybody_brings_one(speaker, method),
        *_story(speaker, method),
        *[_field(speaker, one) for one in method.fields],
        _plain_field(speaker, "theme", _select(themes, None)),
        *_ending(speaker, contact, chosen_language),
    ]
    return parts.modal(speaker, names.CASE_FORM, "case.intake_form", blocks, pointers, submit="case.intake_submit")


def series_intake_form(
    speaker: Speaker, method: IntakeMethod, *, contact: str, chosen_language: str | None, pointers: Json
) -> Json:
    """The form for whoever joins a series with a question of their own."""
    blocks = [
        parts.section(speaker.mrkdwn("series.intake_intro")),
        parts.section(speaker.mrkdwn("case.intake_checklist")),
        *_short(speaker),
        *_story(speaker, method),
        *[_field(speaker, one) for one in method.fields],
        *_ending(speaker, contact, chosen_language),
    ]
    return parts.modal(speaker, names.CASE_FORM, "series.join_title", blocks, pointers, submit="case.join")


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
        parts.section(speaker.mrkdwn("case.intake_checklist")),
        *_short(speaker, title, question),
        *_story(speaker, method),
        *[_field(speaker, one) for one in method.fields],
        *([_plain_field(speaker, "theme", _select(themes, theme))] if themes else []),
        parts.section(speaker.mrkdwn("case.intake_readers")),
    ]
    return parts.modal(speaker, names.CHANGE_CASE_FORM, "changing.title", blocks, pointers, submit="changing.submit")


def _short(speaker: Speaker, title: str = "", question: str = "") -> Iterator[Json]:
    yield _plain_field(speaker, "title", parts.text_field(longest=TITLE_LENGTH, initial=title))
    yield _plain_field(speaker, "question", parts.text_field(multiline=True, initial=question))


def _plain_field(speaker: Speaker, name: str, element: Json) -> Json:
    hint = speaker.plain(f"case.intake_{name}_hint")
    return parts.input_block(name, speaker.plain(f"case.intake_{name}"), element, hint=hint)


def _everybody_brings_one(speaker: Speaker, method: IntakeMethod) -> Iterator[Json]:
    if method.at_once:
        yield parts.section(speaker.mrkdwn("series.intake_note", n=method.at_once))


def _ending(speaker: Speaker, contact: str, chosen_language: str | None) -> list[Json]:
    return [
        parts.section(speaker.mrkdwn("case.intake_readers")),
        parts.section(speaker.mrkdwn("case.danger", contact=contact)),
        *language_field(speaker, chosen_language),
    ]


def _choosing(speaker: Speaker, how: MethodChoices, chosen: str) -> Iterator[Json]:
    """What the owner wants, the methods that give it, and the choice among all."""
    yield _dispatching(speaker, "wish", "wish", names.WISH_CHOSEN, how.wishes, how.wish)
    for one in how.advised:
        yield from method_blocks(speaker, one)
    yield _dispatching(speaker, method_field(how.wish), "method", names.METHOD_CHOSEN, how.methods, chosen)


def _dispatching(
    speaker: Speaker, block: str, name: str, action: str, choices: Sequence[IntakeChoice], chosen: str
) -> Json:
    """A choice after which the form is drawn again."""
    label, hint = speaker.plain(f"case.intake_{name}"), speaker.plain(f"case.intake_{name}_hint")
    element, optional = _select(choices, chosen), name == "wish"
    return parts.input_block(block, label, element, hint=hint, optional=optional, dispatches=action)


def _mine(speaker: Speaker, open_cases: int) -> list[Json]:
    if not open_cases:
        return []
    return [
        parts.actions(parts.button(speaker.plain("case.mine_button", n=open_cases), names.MY_CASES)),
        parts.divider(),
    ]


def _story(speaker: Speaker, method: IntakeMethod) -> Iterator[Json]:
    """Where a method withholds part of the story, there is one field for the rest, and any that was filled in."""
    if method.story:
        yield parts.section(speaker.mrkdwn("case.intake_story"))
        yield from (parts.context(piece) for piece in parts.split(method.story, _GREY))
    for name in STORY_FIELDS:
        if name == STORY_FIELDS[0] or name in method.filled or not method.withholds:
            hint = "" if method.withholds else speaker.plain("case.intake_story_hint")
            yield _story_field(speaker, name, method.filled.get(name, ""), hint)


def _story_field(speaker: Speaker, name: str, text: str, hint: str) -> Json:
    first = name == STORY_FIELDS[0]
    label, element = speaker.plain(f"case.intake_{name}"), parts.text_field(multiline=True, initial=text)
    return parts.input_block(name, label, element, hint=hint if first else "", optional=not first)


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
