"""What Slack answers where it does nothing, and what becomes of an answer on its way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from playground.faults.kinds import Fault
from playground.faults.plan import FaultRule
from playground.model import AnswerWay, ApiResponse, Json

_ERRORS = {
    Fault.UNKNOWN_ERROR: "an_error_of_tomorrow",
    Fault.INVALID_AUTH: "invalid_auth",
    Fault.TOKEN_REVOKED: "token_revoked",
    Fault.MISSING_SCOPE: "missing_scope",
    Fault.CHANNEL_NOT_FOUND: "channel_not_found",
    Fault.THREAD_NOT_FOUND: "thread_not_found",
    Fault.INVALID_CURSOR: "invalid_cursor",
    Fault.EDIT_WINDOW_CLOSED: "edit_window_closed",
    Fault.RESTRICTED_ACTION: "restricted_action",
    Fault.CANT_INVITE: "cant_invite",
    Fault.TRIGGER_EXPIRED: "expired_trigger_id",
    Fault.VIEW_TOO_LARGE: "view_too_large",
    Fault.CONNECTIONS_REFUSED: "internal_error",
}
_RETRY_AFTER: dict[Fault, Callable[[FaultRule, datetime], str | None]] = {
    Fault.LIMITED: lambda rule, _: f"{rule.how_long:g}",
    Fault.CONNECTIONS_LIMITED: lambda rule, _: f"{rule.how_long:g}",
    Fault.LIMITED_ZERO: lambda *_: "0",
    Fault.LIMITED_DATE: lambda rule, now: http_date(now + timedelta(seconds=rule.how_long)),
    Fault.LIMITED_NONSENSE: lambda *_: "in a while",
    Fault.LIMITED_UNSAID: lambda *_: None,
}
_WAYS: dict[Fault, AnswerWay] = {Fault.CUT: "cut", Fault.SILENT: "silent", Fault.RESET: "reset", Fault.SLOW: "slow"}


def http_date(moment: datetime) -> str:
    """A moment as HTTP headers write it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def refusal(rule: FaultRule, now: datetime, scopes: set[str]) -> ApiResponse | None:
    """What is answered in place of doing what was asked; None where it is done."""
    kind = rule.kind
    if kind in _RETRY_AFTER:
        return limited(_RETRY_AFTER[kind](rule, now))
    if kind in _NOTHING:
        return _NOTHING[kind](rule)
    if kind is Fault.MISSING_SCOPE:
        provided = ",".join(sorted(scopes - {rule.value}))
        return _refused("missing_scope", needed=rule.value, provided=provided)
    if kind is Fault.REFUSED:
        return _refused(rule.value)
    return _refused(_ERRORS[kind]) if kind in _ERRORS else None


def limited(retry_after: str | None) -> ApiResponse:
    """Too many calls."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return ApiResponse(429, headers, {"ok": False, "error": "ratelimited"})


def _refused(error: str, **more: str) -> ApiResponse:
    return ApiResponse(200, {}, {"ok": False, "error": error, **more})


def spoiled(rule: FaultRule, answer: ApiResponse) -> ApiResponse:
    """What arrives of Slack's own answer once it did what was asked."""
    kind = rule.kind
    if kind in _WAYS:
        return replace(answer, way=_WAYS[kind], seconds=rule.how_long)
    if kind is Fault.BROKEN_AFTER:
        return _broken(rule)
    if kind is Fault.HTML:
        return replace(answer, raw=_page(rule).raw)
    if kind is Fault.GARBLED:
        return replace(answer, raw=json.dumps(answer.body).removesuffix("}").encode())
    is_replaced = kind in _BODIES and answer.body.get("ok")
    return replace(answer, body=_BODIES[kind]) if is_replaced else answer


_BODIES: dict[Fault, Json] = {
    Fault.FATAL_ERROR: {"ok": False, "error": "fatal_error"},
    Fault.FIELDS_MISSING: {"ok": True},
}


def _page(rule: FaultRule) -> ApiResponse:
    page = f"<!doctype html><title>Slack</title><p>One moment. {rule.value}</p>"
    return ApiResponse(200, {}, {}, raw=page.encode())


def _broken(_: FaultRule) -> ApiResponse:
    return ApiResponse(500, {}, {})


_NOTHING: dict[Fault, Callable[[FaultRule], ApiResponse]] = {
    Fault.CUT_BEFORE: lambda _: ApiResponse(200, {}, {}, way="cut"),
    Fault.SILENT_BEFORE: lambda _: ApiResponse(200, {}, {}, way="silent"),
    Fault.RESET_BEFORE: lambda _: ApiResponse(200, {}, {}, way="reset"),
    Fault.BROKEN_BEFORE: _broken,
    Fault.HTML_BEFORE: _page,
}
