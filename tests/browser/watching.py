"""What pages say where nobody looks: their errors, their console, and what they asked of the server last."""

import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, WebError

# Enough to see what somebody pressed before a story came to a halt.
LAST = 30


class Watched:
    """Every page of every context that a browser opens from now on."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.asked: deque[str] = deque(maxlen=LAST)

    def context(self, context: BrowserContext) -> None:
        """Listen to all its pages, those that a page opens itself too."""
        context.on("weberror", self._error)
        context.on("console", self._console)
        context.on("response", lambda response: self._answered(response.request, str(response.status)))
        context.on("requestfailed", lambda request: self._answered(request, str(request.failure)))

    def _error(self, raised: WebError) -> None:
        self.errors.append(f"{raised.page.url if raised.page else ''}: {raised.error}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.location['url']}: {message.text}")

    def _answered(self, request: Request, how: str) -> None:
        if request.method == "POST":
            self.asked.append(f"{request.url} {request.post_data}: {how}")


@contextmanager
def pages_without_errors(browser: Browser) -> Iterator[None]:
    """AssertionError for what a page complained of meanwhile. What pages asked last is told with a failure."""
    watched = Watched()
    browser.on("context", watched.context)
    try:
        yield
    finally:
        browser.remove_listener("context", watched.context)
        sys.stdout.write("\n".join(watched.asked))
    assert not watched.errors, "\n".join(watched.errors)
