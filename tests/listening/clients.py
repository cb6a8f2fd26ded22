"""Ways to Slack on which reading is hard: small pages, cursors that are good no more, answers that say nothing."""

import json
from collections.abc import Callable, Sequence
from http.client import HTTPMessage
from typing import Any

from bot.slack.client import SlackClient
from playground.inprocess import InProcessClient
from playground.model import Json
from tests.world import World

# What happens to a call that reads: the name of an error, a status of HTTP, or nothing.
Happens = Callable[[str, Json], str | int | None]


class ReadingClient(InProcessClient):
    """Pages of at most `limit` messages, with `adds` at the end of each; before each, `happens(method, arguments)`."""

    def __init__(self, world: World, limit: int, adds: Sequence[Any], happens: Happens) -> None:
        super().__init__(world.workspace, world.workspace.bot_token)
        self._limit, self._adds, self._happens = limit, list(adds), happens
        self.asked: list[tuple[str, Json]] = []
        # By `ts`, what no page shows though it is there.
        self.hidden: set[str] = set()
        self._fault: str | int | None = None

    def conversations_replies(self, **given: Any) -> Any:
        """A page of a thread."""
        return self._page("conversations.replies", super().conversations_replies, given)

    def conversations_history(self, **given: Any) -> Any:
        """A page of a channel."""
        return self._page("conversations.history", super().conversations_history, given)

    def _page(self, method: str, ask: Callable[..., Any], given: Json) -> Any:
        given = given | {"limit": min(self._limit, given.get("limit", self._limit))}
        self.asked.append((method, given))
        self._fault = self._happens(method, given)
        try:
            answer = ask(**given)
        finally:
            self._fault = None
        shown = [message for message in answer.data["messages"] if message["ts"] not in self.hidden]
        answer.data["messages"] = shown + self._adds
        return answer

    def _perform_urllib_http_request_internal(self, url: str, req: Any) -> dict[str, Any]:
        if self._fault is None:
            return super()._perform_urllib_http_request_internal(url, req)
        if isinstance(self._fault, int):
            return {"status": self._fault, "headers": HTTPMessage(), "body": "<html>"}
        return {"status": 200, "headers": HTTPMessage(), "body": json.dumps({"ok": False, "error": self._fault})}


def reads_through(
    world: World, *, limit: int = 200, adds: Sequence[Any] = (), happens: Happens = lambda _, __: None
) -> ReadingClient:
    """The bot catches up in such a way from now on."""
    client = ReadingClient(world, limit, adds, happens)
    world.bot.catching_up._slack = SlackClient(client, world.bot.slack_answers)
    return client
