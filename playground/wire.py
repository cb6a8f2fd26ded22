"""HTTP as Slack's Web API reads it: form, multipart or JSON bodies, and the token in a header or a field."""

from __future__ import annotations

import json
from email import policy
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

from playground.model import Json


def arguments(content_type: str, body: bytes, query: str = "") -> Json:
    """The arguments of a call, from the query string and whatever kind of body came."""
    return dict(parse_qsl(query, keep_blank_values=True)) | _body(content_type, body)


def _body(content_type: str, body: bytes) -> Json:
    if not body:
        return {}
    if content_type.startswith("application/json"):
        given = json.loads(body)
        return given if isinstance(given, dict) else {}
    if content_type.startswith("multipart/form-data"):
        return _multipart(content_type, body)
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _multipart(content_type: str, body: bytes) -> Json:
    message = BytesParser(policy=policy.HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    fields: dict[str, Any] = {}
    for part in message.iter_parts():  # type: ignore[attr-defined]
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        fields[name] = content if part.get_filename() else content.decode()
    return fields


def token(authorization: str, args: Json) -> str:
    """The bearer token, or the `token` argument."""
    kind, _, value = authorization.partition(" ")
    return value.strip() if kind.lower() == "bearer" else str(args.get("token") or "")
