"""The page of the demo: the workspace's own, with a guide beside it."""

from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from playground.page import WEB, page_routes
from playground.workspace import Workspace

GUIDE: Final = Path(__file__).parent / "guide.html"
_PLACE: Final = '<aside id="guide"></aside>'


def guided_routes(workspace: Workspace) -> list[BaseRoute]:
    """The routes of the page, where "/" comes with the guide."""

    async def index(_: Request) -> Response:
        return HTMLResponse(guided_page(), headers={"Cache-Control": "no-cache"})

    return [Route("/", index), *page_routes(workspace)]


def guided_page() -> str:
    """The page's HTML with the guide in the place it keeps for one."""
    page = (WEB / "index.html").read_text(encoding="utf-8")
    return page.replace(_PLACE, f'<aside id="guide">{GUIDE.read_text(encoding="utf-8")}</aside>')
