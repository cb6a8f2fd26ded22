"""What each command does for whoever runs the bot, once all is well."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.slack.manifest import manifest
from bot.slack.requirements import bot_scopes
from playground.__main__ import sample_workspace
from playground.server import serve
from playground.workspace import PracticeWorkspace
from tests.cli.conftest import KEY, Types
from tests.world import World


@pytest.fixture
def circle(sqlite_url: str) -> Iterator[World]:
    """A circle that is set up, for every Monday at nine; nobody objected."""
    world = World(sqlite_url)
    world.sets_up()
    world.calendar.move(timedelta(days=4, hours=3))
    world.settles()
    yield world
    world.stops()


def of(world: World) -> dict[str, str]:
    """The settings that lead to its database."""
    key = base64.b64encode(world.settings.klankbord_keys[0]).decode()
    return {"DATABASE_URL": world.settings.database_url, "KLANKBORD_KEY": key}


@pytest.fixture
def slack() -> Iterator[tuple[PracticeWorkspace, dict[str, str]]]:
    """A served workspace, and the settings that lead to it."""
    workspace = sample_workspace(manifest())
    server = serve(workspace, page_routes=())
    yield (
        workspace,
        {
            "SLACK_API_URL": f"{server.url}/api/",
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_APP_TOKEN": workspace.app_token,
        },
    )
    server.stop()


def test_check_before_the_first_start_says_what_will_happen_and_makes_nothing(types: Types, tmp_path: Path):
    said = types("check")
    assert said.status == 0
    assert "database: var/klankbord.db will be made at the first start" in said.out
    assert "key: var/klankbord.key will be made at the first start; better give one of your own" in said.out
    assert "Slack: not looked at, as SLACK_BOT_TOKEN is not set" in said.out
    assert list(tmp_path.iterdir()) == []


def test_check_after_it_says_where_the_key_lies_and_to_keep_it_elsewhere(types: Types):
    assert types("migrate").out == "The database has this version's tables.\n"
    assert types("tick").status == 0
    said = types("check")
    assert "database: answers, and has this version's tables" in said.out
    assert "key: in var/klankbord.key; better kept elsewhere: put what is in it in KLANKBORD_KEY" in said.out


@pytest.mark.sockets
def test_check_with_tokens_tries_connection_socket_and_scopes(types: Types, slack):
    _, settings = slack
    said = types("check", KLANKBORD_KEY=KEY, **settings)
    assert said.status == 0, said
    assert "Slack: answers, and the app has every scope it needs" in said.out
    assert "Slack: the socket opens" in said.out
    assert "key: given in KLANKBORD_KEY; keep a copy apart" in said.out
    assert all(line.startswith("ok ") for line in said.out.splitlines())


@pytest.mark.sockets
def test_check_names_a_scope_that_was_not_given_and_a_token_that_is_refused(types: Types, slack):
    workspace, settings = slack
    workspace.scopes.discard("im:write")
    said = types("check", **settings)
    assert said.status == 1
    assert "NO  Slack: the app lacks im:write: update its manifest (python main.py manifest)" in said.out
    said = types("check", **settings | {"SLACK_BOT_TOKEN": "xoxb-of-yesterday"})
    assert "NO  Slack: SLACK_BOT_TOKEN is refused (invalid_auth): copy it again" in said.out
    workspace.scopes.update(bot_scopes())
    said = types("check", **settings | {"SLACK_APP_TOKEN": "xapp-of-yesterday"})
    assert "NO  Slack: SLACK_APP_TOKEN is refused (invalid_auth): copy it again" in said.out


def test_check_says_when_slack_is_away(types: Types):
    said = types("check", SLACK_API_URL="http://127.0.0.1:1/api/", SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    assert said.status == 1
    assert "NO  Slack: http://127.0.0.1:1/api/ does not answer: see SLACK_API_URL and the network" in said.out


def test_check_stops_at_a_setting_it_cannot_read(types: Types):
    said = types("check", TIMEZONE="Mars/Olympus")
    assert said.status == 1 and said.out.startswith("NO  TIMEZONE is")


def test_manifest_in_three_languages_and_for_http(types: Types):
    commands = {language: _commands(types(f"manifest --language {language}").out) for language in ("nl", "en", "fr")}
    assert "/reflectie" in commands["nl"] and "/reflect" in commands["en"] and "/reflexion" in commands["fr"]
    over_http = json.loads(types("manifest --mode http --url https://bot.example.org").out)
    assert over_http["settings"]["event_subscriptions"]["request_url"] == "https://bot.example.org/slack/events"


def _commands(manifest: str) -> set[str]:
    return {command["command"] for command in json.loads(manifest)["features"]["slash_commands"]}


def test_prompts_are_listed_and_checked(types: Types):
    ours = Path(__file__).parents[2] / "bot" / "prompts" / "dialogue.yaml"
    assert "p001 (Studenten coachen): Denk aan een gesprek" in types("prompts list").out
    assert types(f"prompts check {ours}").out == f"{ours}: 8 can be used\n"
    assert "weg.yaml" in types("prompts check weg.yaml").complaint


def test_protocols_are_listed_shown_and_checked(types: Types):
    ours = Path(__file__).parents[2] / "bot" / "protocols" / "vijf_stappen.yaml"
    assert "vijf_stappen: Vijfstappenmethode" in types("protocols list").out
    assert "vijf_stappen: Five-step method" in types("protocols list", LANGUAGE="en").out
    assert "Vijfstappenmethode" in types("protocols show vijf_stappen").out
    said = types("protocols show zes_stappen").complaint
    assert said.startswith('There is no method "zes_stappen": choose one of ') and "vijf_stappen" in said
    assert types(f"protocols check {ours}").out == f"{ours}: vijf_stappen can be used\n"
    assert "weg.yaml" in types("protocols check weg.yaml").complaint


def test_a_tick_can_be_run_by_hand_and_what_it_queues_waits(types: Types, circle: World):
    assert types("tick --at 2026-11-16T08:59", **of(circle)).out == "0 things were due.\n"
    assert types("outbox list", **of(circle)).out == ""
    assert types("tick --at 2026-11-16T09:00", **of(circle)).out == "1 things were due.\n"
    assert types("tick --at 2026-11-16T09:00", **of(circle)).out == "0 things were due.\n"
    heads, waiting = types("outbox list", **of(circle)).out.splitlines()
    assert heads.startswith("number\tjob\tstate") and waiting.split("\t")[1:3] == ["post", "waiting"]
    circle.settles()
    assert types("outbox list", **of(circle)).out == ""


def test_what_slack_refused_is_listed_with_its_reason_and_tried_again_or_dropped(types: Types, circle: World):
    circle.workspace.channel("coaching-en-co").is_archived = True
    types("tick --at 2026-11-16T09:00", **of(circle))
    types("tick --at 2026-11-23T09:00", **of(circle))
    circle.settles()
    _heads, first, second = types("outbox list", **of(circle)).out.splitlines()
    number, job, state, _since, where, why, _next_try, waits_for, behind = first.split("\t")
    assert (job, state, where, behind) == ("post", "failed", circle.circle.id, "1")
    assert why == "is_archived (chat.postMessage)" and not waits_for
    assert second.split("\t")[7] == number, "the next question waits for it"
    for command in ("retry", "drop"):
        assert "There is no job 999 that waits or failed" in types(f"outbox {command} 999", **of(circle)).complaint
    assert types(f"outbox retry {number}", **of(circle)).out == "1 job will be tried again at once.\n"
    circle.settles()
    assert types("outbox drop", **of(circle)).out == "1 job will not be done.\n"
    (waiting,) = types("outbox list", **of(circle)).out.splitlines()[1:]
    assert types(f"outbox drop {waiting.partition(chr(9))[0]}", **of(circle)).out == "1 job will not be done.\n"


def test_a_digest_is_printed_or_written_in_every_format(types: Types, circle: World, tmp_path: Path):
    where = f"digest --circle {circle.circle.id} --period 2026-11"
    types("tick --at 2026-11-16T09:00", **of(circle))
    assert types(where, **of(circle)).out.startswith("# ")
    assert json.loads(types(f"{where} --format json", **of(circle)).out)
    assert types(f"{where} --format csv --out {tmp_path / 'nov.csv'}", **of(circle)).out.startswith("Written to ")
    assert (tmp_path / "nov.csv").read_text()
    assert "<html" in types(f"{where} --format html --language fr", **of(circle)).out
    assert "cannot be written" in types(f"{where} --out /dev/null/nov.md", **of(circle)).complaint


@pytest.mark.parametrize("wrong", ["--circle C0NERGENS --period 2026-11", "--circle 1 --period ooit"])
def test_a_digest_of_what_is_not_there_says_so(types: Types, circle: World, wrong: str):
    assert types(f"digest {wrong}", **of(circle)).complaint


def test_help_names_every_command(types: Types):
    said = types("--help")
    assert said.status == 0
    commands = ("run", "schedules", "migrate", "check", "manifest", "protocols", "prompts", "digest", "tick", "outbox")
    for command in commands:
        assert command in said.out
