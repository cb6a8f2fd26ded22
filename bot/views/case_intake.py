"""Bringing a case: the form, with what to think of before one writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views import language, names, parts
from bot.views.parts import Json
from bot.words import Speaker

TITLE_LENGTH = 120
STORY = ("story_happened", "story_did", "story_tried")


@dataclass(frozen=True)
class Choice:
    """A theme or a method to choose; `hint` says when to choose it."""

    key: str
    name: str
    hint: str = ""


def form(
    say: Speaker, themes: Sequence[Choice], methods: Sequence[Choice], *,
    contact: str, living: int, chosen_language: str | None, pointers: Json,
) -> Json:  # fmt: skip
    """The form in which somebody brings a case. `living` is in how many cases they are now."""

    def field(name: str, element: Json) -> Json:
        hint = say.plain(f"case.intake_{name}_hint") if name != "method" else ""
        return parts.input_block(name, say.plain(f"case.intake_{name}"), element, hint=hint)

    blocks = [
        *_mine(say, living),
        parts.section(say.mrkdwn("case.intake_intro")),
        parts.section(say.mrkdwn("case.intake_checklist")),
        field("title", parts.text_field(longest=TITLE_LENGTH)),
        field("question", parts.text_field(multiline=True)),
        *[_story(say, name) for name in STORY],
        field("theme", _select(themes, None)),
        field("method", _select(methods, methods[0].key)),
        *[parts.context(say.mrkdwn("case.intake_choose_when", name=one.name, hint=one.hint)) for one in methods[:20]],
        parts.section(say.mrkdwn("case.intake_readers")),
        parts.section(say.mrkdwn("case.danger", contact=contact)),
        *language.asked(say, chosen_language),
    ]  # fmt: skip
    return parts.modal(
        names.CASE_FORM, say.plain("case.intake_form"), blocks,
        pointers=pointers, close=say.plain("common.cancel"), submit=say.plain("case.intake_submit"),
    )  # fmt: skip


def _mine(say: Speaker, living: int) -> list[Json]:
    if not living:
        return []
    return [parts.actions(parts.button(say.plain("case.mine_button", n=living), names.MY_CASES)), parts.divider()]


def _story(say: Speaker, name: str) -> Json:
    first = name == STORY[0]
    label, hint = say.plain(f"case.intake_{name}"), say.plain("case.intake_story_hint") if first else ""
    return parts.input_block(name, label, parts.text_field(multiline=True), hint=hint, optional=not first)


def _select(choices: Sequence[Choice], initial: str | None) -> Json:
    return parts.select([parts.option(one.name[:75], one.key) for one in choices], initial)
