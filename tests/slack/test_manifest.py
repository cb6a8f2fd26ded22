"""The manifest that an administrator pastes: whole, within Slack's limits, and asking for nothing without a use."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from bot.slack.manifest import manifest
from bot.slack.requirements import COMMANDS, EVENTS, bot_scopes, spellings

SCHEMAS = Path(__file__).parents[3] / "shared" / "platform" / "slack-samples" / "manifest-schema"
LANGUAGES = ("nl", "en", "fr")
MODES = (("socket", None), ("http", "https://klankbord.example.org"))

each_manifest = pytest.mark.parametrize(
    "made", [manifest(language, mode, url) for language in LANGUAGES for mode, url in MODES]
)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    if not SCHEMAS.is_dir():
        pytest.skip(f"Slack's manifest schema is not at {SCHEMAS}")
    bodies = [json.loads(file.read_text()) for file in sorted(SCHEMAS.glob("manifest.schema*.json"))]
    # Slack's own file refers to its parts by the address of a release.
    released = "https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/"
    parts = [(released + file.name, file) for file in SCHEMAS.glob("manifest.schema.*.json")]
    registry: Registry[Any] = Registry().with_resources(
        [(address, Resource.from_contents(json.loads(file.read_text()))) for address, file in parts]
    )
    whole = next(body for body in bodies if "oneOf" in body)
    return jsonschema.Draft7Validator(whole, registry=registry)


@each_manifest
def test_slack_would_take_it(made: dict[str, Any], validator: jsonschema.Draft7Validator) -> None:
    assert [error.message for error in validator.iter_errors(made)] == []


def test_the_schema_would_notice(validator: jsonschema.Draft7Validator) -> None:
    broken = manifest()
    broken["display_information"]["name"] = "K" * 36
    assert not validator.is_valid(broken)


@each_manifest
def test_texts_keep_within_slacks_limits(made: dict[str, Any]) -> None:
    shown, features = made["display_information"], made["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert all(len(shortcut["name"]) <= 24 for shortcut in features["shortcuts"])
    assert all(len(shortcut["description"]) <= 150 for shortcut in features["shortcuts"])
    assert all(len(command["command"]) <= 32 and command["command"].isascii() for command in features["slash_commands"])


@pytest.mark.parametrize(
    ("language", "commands"),
    [
        ("nl", ["/klankbord", "/reflectie", "/intervisie", "/overzicht"]),
        ("en", ["/klankbord", "/reflect", "/intervision", "/digest"]),
        ("fr", ["/klankbord", "/reflexion", "/intervision", "/synthese"]),
    ],
)
def test_commands_in_the_communitys_language_come_first_and_everybodys_are_there(
    language: str, commands: list[str]
) -> None:
    listed = [command["command"] for command in manifest(language)["features"]["slash_commands"]]
    assert listed[: len(commands)] == commands
    assert set(listed) == {spelling for command in COMMANDS for spelling in spellings(command)}


def test_over_a_socket_slack_needs_no_address() -> None:
    made = manifest("nl", "socket")
    assert made["settings"]["socket_mode_enabled"] is True
    assert "http" not in json.dumps(made)


@pytest.mark.parametrize(
    "url", ["https://bot.example.org", "https://bot.example.org/", "https://bot.example.org/slack/events"]
)
def test_over_http_everything_goes_to_one_address(url: str) -> None:
    made = manifest("nl", "http", url)
    address = "https://bot.example.org/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("de", "socket", None), "choose nl, en, fr"),
        (("nl", "carrier pigeon", None), "choose socket or http"),
        (("nl", "http", None), "--url https://"),
        (("nl", "http", "bot.example.org"), "--url https://"),
    ],
)
def test_what_cannot_be_made_says_what_can(arguments: tuple[str, str, str | None], remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        manifest(*arguments)


@each_manifest
def test_people_can_write_to_the_bot(made: dict[str, Any]) -> None:
    home = made["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


@each_manifest
def test_it_asks_for_the_scopes_and_events_of_the_tables(made: dict[str, Any]) -> None:
    assert made["oauth_config"]["scopes"]["bot"] == list(bot_scopes())
    assert made["settings"]["event_subscriptions"]["bot_events"] == sorted(event.name for event in EVENTS)
