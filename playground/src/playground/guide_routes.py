"""The endpoints of the page for a guide: moving time, and letting colleagues write."""

from __future__ import annotations

import json
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.guide import AppObserver, Guide, could_do
from playground.model import Json
from playground.people import Person
from playground.workspace import PracticeWorkspace


def guide_routes(workspace: PracticeWorkspace, guide: Guide) -> list[BaseRoute]:
    """Routes to add to those of the page."""
    endpoints = _GuideEndpoints(workspace, guide)
    return [
        Route("/page/guide", endpoints.looks),
        Route("/page/time", endpoints.moves, methods=["POST"]),
        Route("/page/colleague", endpoints.asks, methods=["POST"]),
        Route("/page/language", endpoints.speaks, methods=["POST"]),
    ]


class _GuideEndpoints:
    def __init__(self, workspace: PracticeWorkspace, guide: Guide) -> None:
        self._workspace, self._guide = workspace, guide
        # Two windows may ask at once; time goes one step after the other.
        self._one_at_a_time = Lock()

    async def looks(self, request: Request) -> Response:
        """What could be done now."""
        person, place = self._person(request), request.query_params.get("place", "")
        return JSONResponse(await run_in_threadpool(could_do, self._workspace, self._guide, person, place))

    async def moves(self, request: Request) -> Response:
        """Move time to what the body names; the answer says what happened meanwhile. 400 for nonsense."""
        to, place = await _wanted(request, "to", "place")
        return await run_in_threadpool(self._move, self._person(request), to, place)

    async def asks(self, request: Request) -> Response:
        """Let one colleague (by id), or everybody who can ("all"), do what they could do now."""
        who, place = await _wanted(request, "who", "place")
        return await run_in_threadpool(self._ask, self._person(request), who, place)

    async def speaks(self, request: Request) -> Response:
        """Speak the language that the body names with this person; the answer says in which channel it is spoken."""
        (language,) = await _wanted(request, "language")
        return await run_in_threadpool(self._speak, self._person(request), language)

    def _speak(self, person: Person, language: str) -> Response:
        with self._one_at_a_time:
            place = self._guide.speak(person, language)
        with self._workspace.changing():
            self._workspace.affects(None)
        return JSONResponse({"place": place, "language": self._guide.language_of(person)})

    def _move(self, person: Person, wanted: str, place: str) -> Response:
        with self._one_at_a_time:
            try:
                moment = self._guide.moment(wanted, self._workspace.calendar())
            except KeyError:
                return JSONResponse({"error": "Time can go on by an hour, a working day, or to a deadline."}, 400)
            observer = AppObserver(person)
            if moment is not None:
                self._guide.goes_to(moment)
            return self._told(person, place, observer, [])

    def _ask(self, person: Person, who: str, place: str) -> Response:
        with self._one_at_a_time:
            observer, done = AppObserver(person), []
            # They answer what was said, not what is still being said.
            self._guide.goes_to(self._workspace.calendar())
            for one in self._guide.suggestions(person, place):
                if who in ("all", one.who.id):
                    one.act()
                    done.append({"name": one.who.real_name, "does": one.does})
            self._guide.goes_to(self._workspace.calendar())
            return self._told(person, place, observer, done)

    def _told(self, person: Person, place: str, observer: AppObserver, done: list[Json]) -> Response:
        with self._workspace.changing():
            self._workspace.affects(None)
        told = {"done": done, "happened": observer.events_since()}
        return JSONResponse(told | could_do(self._workspace, self._guide, person, place))

    def _person(self, request: Request) -> Person:
        person = self._workspace.someone(request.query_params.get("as", ""))
        return person.at_window(request.query_params.get("window", ""))


async def _wanted(request: Request, *keys: str) -> list[str]:
    """What the body says under these keys; "" for nonsense."""
    try:
        body = await request.json()
    except json.JSONDecodeError:
        body = {}
    return [str(body.get(key, "")) if isinstance(body, dict) else "" for key in keys]
