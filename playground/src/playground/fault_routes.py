"""What the page asks about faults: which there are, starting one, and stopping."""

from __future__ import annotations

import json

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.dispatch import METHODS
from playground.fault_snapshot import faults_json
from playground.faults import Fault, FaultRule
from playground.faults.offered import DOINGS, GROUPS, needs_of, offered_faults
from playground.model import Json
from playground.workspace import PracticeWorkspace

MOST_SECONDS = 24 * 3600
NONSENSE = "The page asked for a fault that makes no sense."


def fault_routes(workspace: PracticeWorkspace) -> list[BaseRoute]:
    """Routes to add to those of the page."""
    endpoints = _FaultEndpoints(workspace)
    return [
        Route("/page/faults", endpoints.offers),
        Route("/page/faults/start", endpoints.starts, methods=["POST"]),
        Route("/page/faults/stop", endpoints.stops, methods=["POST"]),
    ]


class _FaultEndpoints:
    def __init__(self, workspace: PracticeWorkspace) -> None:
        self._workspace = workspace

    async def offers(self, _: Request) -> Response:
        """The faults to choose from."""
        return JSONResponse(offered_faults())

    async def starts(self, request: Request) -> Response:
        """Start one kind, for what the body names. 400 for nonsense."""
        try:
            rule = rule_of(await request.json())
        except (ValueError, TypeError, KeyError, AttributeError):
            return JSONResponse({"error": NONSENSE}, 400)
        await run_in_threadpool(self._workspace.faults.adds, rule)
        return await self._told(request)

    async def stops(self, request: Request) -> Response:
        """Stop the fault of this number and kind, or all of them where the body names none."""
        try:
            wanted = await request.json()
        except json.JSONDecodeError:
            return JSONResponse({"error": NONSENSE}, 400)
        await run_in_threadpool(self._stop, wanted if isinstance(wanted, dict) else {})
        return await self._told(request)

    def _stop(self, wanted: Json) -> None:
        faults = self._workspace.faults
        if "kind" not in wanted:
            faults.stop()
            return
        for number, rule in enumerate(faults.rules):
            if (number, rule.kind.name) == (wanted.get("number"), wanted["kind"]):
                faults.ends(rule)

    async def _told(self, request: Request) -> Response:
        def tell() -> Json:
            person = self._workspace.someone(request.query_params.get("as", ""))
            with self._workspace.changing():
                self._workspace.affects(None)
            return faults_json(self._workspace, person)

        return JSONResponse(await run_in_threadpool(tell))


# What the page calls that which a kind needs, where it has another name.
_KEYS = {"place": "channel", "times": "once"}


def rule_of(wanted: Json) -> FaultRule:
    """The rule that the page asks for. Raises ValueError, TypeError or KeyError for what no page would send."""
    kind = Fault[str(wanted["kind"])]
    if not any(kind in kinds for kinds in GROUPS.values()):
        raise ValueError(kind)
    given = {_KEYS.get(need, need): wanted.get(_KEYS.get(need, need)) for need in needs_of(kind)}
    asked = given.get("seconds")
    seconds = None if asked is None else float(asked)
    if seconds is not None and not -MOST_SECONDS <= seconds <= MOST_SECONDS:
        raise ValueError(seconds)
    methods = DOINGS[str(given.get("doing") or "anything")]
    channel, times = str(given.get("channel") or ""), 1 if given.get("once") else None
    value = _scope_of(methods) if kind is Fault.MISSING_SCOPE else str(given.get("person") or "")
    return FaultRule(kind, methods, (channel,) if channel else (), times=times, seconds=seconds, value=value)


def _scope_of(methods: tuple[str, ...]) -> str:
    """The scope that these methods need, such as Slack names it."""
    scopes = (METHODS[name].scope for name in methods if name in METHODS)
    return (next((scope for scope in scopes if scope), None) or "chat:write").replace("*:", "channels:")
