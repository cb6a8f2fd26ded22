"""Arguments of a Web API call: JSON or form-encoded, read the same way."""

from __future__ import annotations

import json
from typing import Any

from playground.model import ApiError, Json


class ApiArguments:
    """Reads arguments by type; what is missing or malformed is refused as Slack refuses it."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def has(self, name: str) -> bool:
        return self.given.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.given.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        """A required string."""
        if not self.has(name):
            raise missing(name)
        return self.text(name)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.given.get(name)
        return default if value in (None, "") else str(value).lower() in ("1", "true", "yes")

    def number(self, name: str, default: int) -> int:
        value = self.text(name)
        if not value:
            return default
        if not value.lstrip("-").isdigit():
            raise ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] `{name}` must be a number"]})
        return int(value)

    def names(self, name: str) -> list[str]:
        """A list given as such or with commas."""
        value = self.given.get(name)
        parts = value if isinstance(value, list) else str(value or "").split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """A structure given as such or as a JSON string; None when absent."""
        value = self.given.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise ApiError(error) from None


def missing(name: str) -> ApiError:
    return ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})
