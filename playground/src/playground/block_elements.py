"""Block Kit elements the playground knows, with Slack's limits (docs.slack.dev/reference/block-kit/block-elements)."""

from __future__ import annotations

from collections.abc import Iterator

from playground.block_rules import (
    BlockField,
    Problem,
    Rule,
    any_value,
    boolean,
    clock_time,
    followed_by,
    identifier,
    integer,
    iso_date,
    list_of,
    object_with,
    one_of,
    optional,
    plain_text_object,
    problem,
    required,
    string_of,
    text_object,
)
from playground.model import Json

CONFIRM = object_with(
    {
        "title": required(plain_text_object(100)),
        "text": required(text_object(300)),
        "confirm": required(plain_text_object(30)),
        "deny": required(plain_text_object(30)),
        "style": optional(one_of("primary", "danger")),
    }
)
PLACEHOLDER = optional(plain_text_object(150))
_DISPATCH = object_with(
    {"trigger_actions_on": optional(list_of(one_of("on_enter_pressed", "on_character_entered"), 1, 2))}
)


def _option(*, with_markup: bool = False, with_url: bool = False) -> Rule:
    words = text_object if with_markup else plain_text_object
    fields: dict[str, BlockField] = {
        "text": required(words(75)),
        "value": required(string_of(150, 1)),
        "description": optional(words(75)),
    }
    return object_with(fields | ({"url": optional(string_of(3000))} if with_url else {}))


OPTION = _option()
MARKED_OPTION = _option(with_markup=True)
GROUP = object_with({"label": required(plain_text_object(75)), "options": required(list_of(OPTION, 1, 100))})


def _element(fields: dict[str, BlockField]) -> Rule:
    return object_with({"action_id": optional(identifier)} | fields)


def _menu(fields: dict[str, BlockField]) -> Rule:
    common = {"placeholder": PLACEHOLDER, "confirm": optional(CONFIRM), "focus_on_load": optional(boolean)}
    return _element(common | fields)


def _options_or_groups(element: Json, at: str) -> Iterator[Problem]:
    if ("options" in element) == ("option_groups" in element):
        yield problem("either options or option_groups is needed, and not both", at)


def _initial_is_offered(element: Json, at: str) -> Iterator[Problem]:
    groups = element.get("option_groups") or [{"options": element.get("options", [])}]
    offered = [option for group in groups for option in group["options"]]
    initial = element.get("initial_options") or [element.get("initial_option")]
    if any(chosen is not None and chosen not in offered for chosen in initial):
        yield problem("initial option must match exactly one of the options", at)


def _initial_fits(element: Json, at: str) -> Iterator[Problem]:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if least > most:
        yield problem("min_length must not exceed max_length", at)
    if len(element.get("initial_value") or "") > most:
        yield problem(f"must be less than {most + 1} characters", f"{at}/initial_value")


_STATIC: dict[str, BlockField] = {
    "options": optional(list_of(OPTION, 1, 100)),
    "option_groups": optional(list_of(GROUP, 1, 100)),
}
_MOST_SELECTED = {"max_selected_items": optional(integer(1, 100))}
_FILTER = object_with(
    {
        "include": optional(list_of(one_of("im", "mpim", "private", "public"), 1, 4)),
        "exclude_external_shared_channels": optional(boolean),
        "exclude_bot_users": optional(boolean),
    }
)
_CONFIRM_AND_FOCUS: dict[str, BlockField] = {"confirm": optional(CONFIRM), "focus_on_load": optional(boolean)}

BUTTON = _element(
    {
        "text": required(plain_text_object(75)),
        "value": optional(string_of(2000)),
        "url": optional(string_of(3000)),
        "style": optional(one_of("primary", "danger")),
        "confirm": optional(CONFIRM),
        "accessibility_label": optional(string_of(75)),
    }
)
IMAGE = object_with({"image_url": required(string_of(3000, 1)), "alt_text": required(string_of(2000, 1))})
PLAIN_TEXT_INPUT = followed_by(
    _element(
        {
            "placeholder": PLACEHOLDER,
            "initial_value": optional(string_of(3000)),
            "multiline": optional(boolean),
            "min_length": optional(integer(0, 3000)),
            "max_length": optional(integer(1, 3000)),
            "dispatch_action_config": optional(_DISPATCH),
            "focus_on_load": optional(boolean),
        }
    ),
    _initial_fits,
)
STATIC_SELECT = followed_by(
    _menu(_STATIC | {"initial_option": optional(any_value)}), _options_or_groups, _initial_is_offered
)
MULTI_STATIC_SELECT = followed_by(
    _menu(_STATIC | _MOST_SELECTED | {"initial_options": optional(list_of(any_value, 1, 100))}),
    _options_or_groups,
    _initial_is_offered,
)
USERS_SELECT = _menu({"initial_user": optional(string_of(255, 1))})
MULTI_USERS_SELECT = _menu(_MOST_SELECTED | {"initial_users": optional(list_of(string_of(255, 1), 0, 100))})
CONVERSATIONS_SELECT = _menu(
    {
        "initial_conversation": optional(string_of(255, 1)),
        "default_to_current_conversation": optional(boolean),
        "response_url_enabled": optional(boolean),
        "filter": optional(_FILTER),
    }
)
CHANNELS_SELECT = _menu({"initial_channel": optional(string_of(255, 1)), "response_url_enabled": optional(boolean)})
RADIO_BUTTONS = followed_by(
    _element(
        _CONFIRM_AND_FOCUS | {"options": required(list_of(MARKED_OPTION, 1, 10)), "initial_option": optional(any_value)}
    ),
    _initial_is_offered,
)
CHECKBOXES = followed_by(
    _element(
        _CONFIRM_AND_FOCUS
        | {"options": required(list_of(MARKED_OPTION, 1, 10)), "initial_options": optional(list_of(any_value, 1, 10))}
    ),
    _initial_is_offered,
)
OVERFLOW = _element({"options": required(list_of(_option(with_url=True), 1, 5)), "confirm": optional(CONFIRM)})
DATEPICKER = _menu({"initial_date": optional(iso_date)})
TIMEPICKER = _menu({"initial_time": optional(clock_time), "timezone": optional(string_of(100, 1))})

ELEMENTS: dict[str, Rule] = {
    "button": BUTTON,
    "static_select": STATIC_SELECT,
    "multi_static_select": MULTI_STATIC_SELECT,
    "users_select": USERS_SELECT,
    "multi_users_select": MULTI_USERS_SELECT,
    "conversations_select": CONVERSATIONS_SELECT,
    "channels_select": CHANNELS_SELECT,
    "radio_buttons": RADIO_BUTTONS,
    "checkboxes": CHECKBOXES,
    "overflow": OVERFLOW,
    "datepicker": DATEPICKER,
    "timepicker": TIMEPICKER,
    "plain_text_input": PLAIN_TEXT_INPUT,
    "image": IMAGE,
}


def elements(*, without: tuple[str, ...]) -> dict[str, Rule]:
    """All elements but those that do not fit a kind of block."""
    return {kind: rule for kind, rule in ELEMENTS.items() if kind not in without}
