"""HTTP as Slack's Web API reads it: form, multipart or JSON bodies, and the token in a header or a field."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from python_multipart import parse_form
from python_multipart.multipart import Field, File

from playground.model import Json


def read_arguments(content_type: str, body: bytes, query: str = "") -> Json:
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
    """Text fields as text; files as bytes."""
    fields: dict[str, Any] = {}

    def take_field(field: Field) -> None:
        fields[(field.field_name or b"").decode()] = (field.value or b"").decode()

    def take_file(file: File) -> None:
        file.file_object.seek(0)
        fields[(file.field_name or b"file").decode()] = file.file_object.read()

    headers = {"Content-Type": content_type.encode(), "Content-Length": str(len(body)).encode()}
    parse_form(headers, BytesIO(body), take_field, take_file)
    return fields


def read_token(authorization: str, args: Json) -> str:
    """The bearer token, or the `token` argument."""
    kind, _, value = authorization.partition(" ")
    return value.strip() if kind.lower() == "bearer" else str(args.get("token") or "")
