"""One call of the Web API, with what strikes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from playground.faults.kinds import ANSWERS, MOMENTS, Fault
from playground.faults.plan import FaultRule
from playground.faults.refusals import http_date, limited, refusal, spoiled
from playground.model import ApiCall, ApiResponse, Json
from playground.state import WorkspaceState

# What stores a message: only these can be stored later, or never.
_STORING = ("chat.postMessage", "chat.update", "chat.delete", "files.completeUploadExternal")
PAGE_OF_15, A_MINUTE = 15, timedelta(minutes=1)
_SCOPES = "x-oauth-scopes"
Does = Callable[[Json], ApiResponse]


def answer_call(workspace: WorkspaceState, method: str, args: Json, does: Does) -> ApiResponse:
    """What whoever asked gets: Slack's own answer, or what the faults make of it. Every answer has a Date."""
    faults = workspace.faults
    faults.meet_due()
    struck = faults.meet((method,), _channel_of(workspace, args), lambda kind: _is_apt(kind, method, args))
    for one in struck:
        if one.kind in MOMENTS:
            faults.happens(one)
    if struck:
        _show(workspace)
    rules = tuple(one.rule for one in struck if one.kind not in MOMENTS)
    return _with_headers(workspace, rules, _answer(workspace, method, args, does, rules))


def _show(workspace: WorkspaceState) -> None:
    """The page of everybody shows what struck."""
    with workspace.changing():
        workspace.affects(None)


def _channel_of(workspace: WorkspaceState, args: Json) -> tuple[str, ...]:
    given = str(args.get("channel") or "")
    found = workspace.channels.get(given)
    return (given, found.name) if found else (given,) if given else ()


def _is_apt(kind: Fault, method: str, args: Json) -> bool:
    """Whether a fault of this kind makes sense for this call."""
    if kind not in ANSWERS:
        return False
    if kind in (Fault.NEVER_STORED, Fault.STORED_LATER):
        return method in _STORING
    if kind is Fault.INVALID_CURSOR:
        return bool(args.get("cursor"))
    if kind is Fault.CHANNEL_NOT_FOUND:
        return bool(args.get("channel"))
    if kind is Fault.THREAD_NOT_FOUND:
        return method == "conversations.replies" or bool(args.get("thread_ts"))
    return True


def _answer(
    workspace: WorkspaceState, method: str, args: Json, does: Does, rules: tuple[FaultRule, ...]
) -> ApiResponse:
    for rule in rules:
        refused = refusal(rule, workspace.elapsed(), workspace.scopes) or _too_soon(workspace, rule, method)
        if refused is not None:
            given = {key: value for key, value in args.items() if key != "token"}
            workspace.calls.append(ApiCall(method, given, refused.body.get("error") or "no_answer"))
            return refused
    answer = _carried_out(workspace, rules, _fewer(rules, args), does)
    for rule in rules:
        answer = spoiled(rule, answer)
        if rule.kind is Fault.RECONNECT:
            workspace.faults.happening(Fault.SOCKET_REFRESH, "", "")
    return answer


def _carried_out(workspace: WorkspaceState, rules: tuple[FaultRule, ...], args: Json, does: Does) -> ApiResponse:
    if not rules:
        return does(args)
    with workspace.changing():
        workspace.faults.striking_now = rules
        try:
            return does(args)
        finally:
            workspace.faults.striking_now = ()


def _fewer(rules: tuple[FaultRule, ...], args: Json) -> Json:
    if not any(rule.kind is Fault.PAGES_OF_15 for rule in rules):
        return args
    asked = str(args.get("limit") or PAGE_OF_15)
    return args | {"limit": min(int(asked), PAGE_OF_15)} if asked.isdigit() else args


def _too_soon(workspace: WorkspaceState, rule: FaultRule, method: str) -> ApiResponse | None:
    """Slack's limit for reading history by apps that are not its own: one call a minute."""
    if rule.kind is not Fault.PAGES_OF_15:
        return None
    wait = workspace.faults.next_page_in(method, A_MINUTE)
    return limited(str(max(1, round(wait.total_seconds())))) if wait else None


def _with_headers(workspace: WorkspaceState, rules: tuple[FaultRule, ...], answer: ApiResponse) -> ApiResponse:
    headers, moment = dict(answer.headers), workspace.elapsed()
    for rule in rules:
        if rule.kind is Fault.CLOCK_SKEWED:
            moment += timedelta(seconds=rule.how_long)
        elif rule.kind is Fault.NO_SCOPES_HEADER:
            headers.pop(_SCOPES, None)
    if _SCOPES in headers and (lacking := workspace.faults.lacking_scopes):
        headers[_SCOPES] = ",".join(one for one in headers[_SCOPES].split(",") if one not in lacking)
    return replace(answer, headers=headers | {"Date": http_date(moment)})
