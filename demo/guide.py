"""The page of the demo: the workspace's own, with a guide beside it who moves time and asks colleagues to write."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot.core.text import Language
from demo.clock import MORNING, ONE_DAY
from demo.colleagues import Colleagues
from demo.stage import Stage
from playground.guide import Guide, Suggestion
from playground.guide_routes import guide_routes
from playground.page import WEB, page_routes
from playground.people import Person
from playground.workspace import PracticeWorkspace
from schedules.agenda import Agenda

GUIDE: Final = Path(__file__).parent / "guide.html"
_PLACE: Final = '<aside id="guide"></aside>'


class DemoGuide:
    """What the page's guide can do. `stage` is asked for when it is first needed: the page is there before the bot."""

    def __init__(self, stage: Callable[[], Stage], spoken: Language) -> None:
        self._find, self._spoken = stage, spoken

    def for_page(self) -> Guide:
        """As the playground takes it."""
        return Guide(self.next_working_day, self.next_deadline, self.suggestions, self.goes_to)

    def next_working_day(self) -> datetime:
        """The same hour on the next day that people work; within the hours that they do."""
        calendar, now = self._stage.calendar, self._stage.clock()
        here = calendar.local(now)
        day = here.date() + ONE_DAY
        while not calendar.is_working(day):
            day += ONE_DAY
        at = calendar.instant(day, here.time())
        return at if calendar.presentable(at) else calendar.instant(day, MORNING)

    def next_deadline(self) -> datetime | None:
        """When the next question, beginning or end of a step is due; None if none is."""
        return Agenda(self._stage.bot.services).next_deadline()

    def suggestions(self, beside: Person) -> list[Suggestion]:
        """What each colleague of this person could do now."""
        return self._colleagues.suggestions(beside)

    def goes_to(self, moment: datetime) -> None:
        """On to this moment, from one thing that is due to the next, until all that follows has been said."""
        self._stage.until(moment)
        self._stage.settles()

    @property
    def _stage(self) -> Stage:
        return self._find()

    @cached_property
    def _colleagues(self) -> Colleagues:
        return Colleagues(self._stage, self._spoken)


def guided_routes(workspace: PracticeWorkspace, guide: Guide) -> list[BaseRoute]:
    """The routes of the page, where "/" comes with the guide."""

    async def index(_: Request) -> Response:
        return HTMLResponse(guided_page(), headers={"Cache-Control": "no-cache"})

    return [Route("/", index), *guide_routes(workspace, guide), *page_routes(workspace)]


def guided_page() -> str:
    """The page's HTML with the guide in the place it keeps for one."""
    page = (WEB / "index.html").read_text(encoding="utf-8")
    return page.replace(_PLACE, f'<aside id="guide">{GUIDE.read_text(encoding="utf-8")}</aside>')
