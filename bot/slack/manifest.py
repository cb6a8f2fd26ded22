"""The app manifest: what an administrator pastes at api.slack.com/apps to make the app."""

from typing import Any

from bot.slack.manifest_texts import TEXTS, ManifestTexts
from bot.slack.requirements import COMMANDS, EVENTS, SHORTCUT_ANYWHERE, SHORTCUT_ON_MESSAGE, bot_scopes

Json = dict[str, Any]
EVENTS_PATH = "/slack/events"
BLUE = "#1f4e5f"


def manifest(language: str = "nl", mode: str = "socket", url: str | None = None) -> Json:
    """The manifest in `language` (nl, en, fr) for `mode` (socket, http).

    `url` is the address of the bot over HTTP, without a path. Raises `ValueError` with one plain line for an unknown
    language or mode, and for HTTP without a `url`.
    """
    if language not in TEXTS:
        raise ValueError(f'There is no manifest in "{language}": choose {", ".join(TEXTS)}')
    texts, request_url = TEXTS[language], _request_url(mode, url)
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": _display(texts),
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "klankbord", "always_online": True},
            "shortcuts": _shortcuts(texts),
            "slash_commands": _commands(language, request_url),
        },
        "oauth_config": {"scopes": {"bot": list(bot_scopes())}},
        "settings": _settings(request_url),
    }


def _request_url(mode: str, url: str | None) -> Json:
    """The address that Slack calls, for every part of the manifest that has one; empty over a socket."""
    if mode == "socket":
        return {}
    if mode != "http":
        raise ValueError(f'There is no mode "{mode}": choose socket or http')
    if not url or not url.startswith(("https://", "http://")):
        raise ValueError("In HTTP mode the manifest needs the address of the bot: --url https://bot.example.org")
    return {"request_url": url.rstrip("/").removesuffix(EVENTS_PATH) + EVENTS_PATH}


def _display(texts: ManifestTexts) -> Json:
    return {
        "name": "Klankbord",
        "description": texts.description,
        "long_description": texts.long_description,
        "background_color": BLUE,
    }


def _shortcuts(texts: ManifestTexts) -> list[Json]:
    offered = (("global", SHORTCUT_ANYWHERE, texts.bring_case), ("message", SHORTCUT_ON_MESSAGE, texts.take_up))
    return [
        {"name": name, "type": kind, "callback_id": callback, "description": description}
        for kind, callback, (name, description) in offered
    ]


def _commands(language: str, request_url: Json) -> list[Json]:
    """Every spelling of every command, described in its own language; those of `language` come first.

    Slack knows only the commands of the manifest, and the bot names commands in the language of the person.
    """
    where = {"url": request_url["request_url"]} if request_url else {}
    found: dict[str, Json] = {}
    for spoken in (language, *(other for other in TEXTS if other != language)):
        for spelling, (description, hint) in zip(COMMANDS.values(), TEXTS[spoken].commands, strict=True):
            command = {"command": spelling[spoken], **where, "description": description, "usage_hint": hint}
            found.setdefault(spelling[spoken], {**command, "should_escape": True})
    return list(found.values())


def _settings(request_url: Json) -> Json:
    return {
        "event_subscriptions": {**request_url, "bot_events": sorted(event.name for event in EVENTS)},
        "interactivity": {"is_enabled": True, **request_url},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not request_url,
        "token_rotation_enabled": False,
    }
