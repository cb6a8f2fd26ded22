"""The page of the demo: the page of the workspace with a guide, which moves time and asks colleagues to act."""

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
from demo.intake_example import values_of_example
from demo.other_circles import VisitorsLanguages
from demo.world import DemoWorld
from playground.guide import Guide, Suggestion
from playground.guide_routes import guide_routes
from playground.model import View
from playground.page import WEB, page_routes
from playground.people import Person
from playground.workspace import PracticeWorkspace
from schedules import agenda

GUIDE: Final = Path(__file__).parent / "guide.html"
_PLACEHOLDER: Final = '<aside id="guide"></aside>'


class DemoGuide:
    """What the guide can do. `world` returns the world when it is first needed, since the page opens before the bot."""

    def __init__(self, world: Callable[[], DemoWorld], spoken: Language) -> None:
        self._find_world, self.visitors = world, VisitorsLanguages(world, spoken)

    def page_guide(self) -> Guide:
        """The guide for the page of the playground."""
        return Guide(
            self.next_working_day,
            self.next_deadline,
            self.suggestions,
            self.move_to,
            example_for=self.example_for,
            language_of=self.visitors.language_of,
            speak=self.visitors.speak,
        )

    def next_working_day(self) -> datetime:
        """The next working day: at the same hour, or in the morning if nobody works at that hour."""
        calendar, now = self._world.calendar, self._world.clock()
        here = calendar.local(now)
        day = here.date() + ONE_DAY
        while not calendar.is_working(day):
            day += ONE_DAY
        at = calendar.instant(day, here.time())
        return at if calendar.presentable(at) else calendar.instant(day, MORNING)

    def next_deadline(self) -> datetime | None:
        """When the next question, begin of a case or end of a step is due; None if none is."""
        return agenda.next_deadline(self._world.bot.services)

    def suggestions(self, beside: Person, place: str = "") -> list[Suggestion]:
        """What each colleague of this person could do now, first where the person looks."""
        return self._colleagues.suggestions(beside, place)

    def example_for(self, person: Person, form: View) -> dict[str, str]:
        """What fills the form of a new case, in the language in which the bot speaks to this person."""
        bot = self._world.bot
        language = bot.languages.speaker_for(person.id).language
        return values_of_example(form, bot.services.library.protocols, language)

    def move_to(self, moment: datetime) -> None:
        """Move time to this moment, through everything that is due before, and finish everything."""
        self._world.move_to(moment)
        self._world.finish_all()

    @property
    def _world(self) -> DemoWorld:
        return self._find_world()

    @cached_property
    def _colleagues(self) -> Colleagues:
        return Colleagues(self._world)


def guided_routes(workspace: PracticeWorkspace, guide: Guide) -> list[BaseRoute]:
    """The routes of the page; "/" has the guide."""

    async def index(_: Request) -> Response:
        return HTMLResponse(guided_page(), headers={"Cache-Control": "no-cache"})

    return [Route("/", index), *guide_routes(workspace, guide), *page_routes(workspace)]


def guided_page() -> str:
    """The HTML of the page with the guide in it."""
    page = (WEB / "index.html").read_text(encoding="utf-8")
    return page.replace(_PLACEHOLDER, f'<aside id="guide">{GUIDE.read_text(encoding="utf-8")}</aside>')
