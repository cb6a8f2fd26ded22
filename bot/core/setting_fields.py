"""The fields of a form of settings, as one table that its handler, its check and its view read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from bot.core import parts
from bot.core.parts import Json
from bot.words import Speaker

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

S = TypeVar("S", bound="DataclassInstance")


@dataclass(frozen=True)
class SettingField:
    """One field of a form. `name` is the id of its block and the attribute of the form's settings.

    `read` makes a value of whatever Slack sends, valid or not; `is_valid` refuses a bad value, with the text at
    `error`. `element` shows a value. `hint` gives the key of the text below the field, for all settings.
    """

    name: str
    label: str
    element: Callable[[Speaker, Any], Json]
    read: Callable[[Any], Any] = lambda sent: str(sent or "")
    is_valid: Callable[[Any], bool] = lambda _: True
    error: str = ""
    hint: Callable[[Any], str] = lambda _: ""
    is_optional: bool = False

    def block(self, speaker: Speaker, settings: object) -> Json:
        """The field with its value in these settings."""
        label, hint = speaker.plain(self.label), self.hint(settings)
        element, below = self.element(speaker, getattr(settings, self.name)), speaker.plain(hint) if hint else ""
        return parts.input_block(self.name, label, element, hint=below, optional=self.is_optional)


def read_fields(settings: S, fields: Iterable[SettingField], sent: Mapping[str, Any]) -> S:
    """The settings with what a sent form says, by block id.

    A field that is not in the form keeps its value: the form may have been opened before an upgrade that added it.
    """
    return replace(settings, **{one.name: one.read(sent[one.name]) for one in fields if one.name in sent})


def wrong_fields(speaker: Speaker, fields: Iterable[SettingField], settings: object) -> dict[str, str]:
    """For each field with a value that cannot be: why, by block id."""
    return {one.name: speaker.plain(one.error) for one in fields if not one.is_valid(getattr(settings, one.name))}
