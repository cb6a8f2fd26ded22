"""response_urls: five answers within thirty minutes to one interaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.interaction import PendingInteraction
from playground.model import ApiError, Clock

LIFETIME = timedelta(minutes=30)
USES = 5


@dataclass
class ResponseUrl:
    interaction: PendingInteraction
    made: datetime
    uses: int = 0


class ResponseUrls:
    """Gives out response_urls and counts their uses."""

    def __init__(self, elapsed: Clock) -> None:
        self._elapsed = elapsed
        self._urls: dict[str, ResponseUrl] = {}

    def new_path(self, family: str, team_id: str, interaction: PendingInteraction) -> str:
        """The path of a fresh address; `family` is `commands`, `actions` or `app`, as in Slack's own."""
        path = f"/{family}/{team_id}/{len(self._urls) + 1}/{secrets.token_urlsafe(18)}"
        self._urls[path] = ResponseUrl(interaction, self._elapsed())
        return path

    def use_path(self, path: str) -> PendingInteraction:
        """The interaction it belongs to. Raises `invalid_url`, `expired_url` or `used_url`."""
        url = self._urls.get(path)
        if url is None:
            raise ApiError("invalid_url", status=404)
        if self._elapsed() - url.made > LIFETIME:
            raise ApiError("expired_url", status=404)
        if url.uses >= USES:
            raise ApiError("used_url", status=404)
        url.uses += 1
        return url.interaction
