"""The container and the example of settings agree with what the bot reads."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings.settings import PLAIN, SECRETS, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_the_example_names_every_setting_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == set(SECRETS + PLAIN)


def test_the_example_as_it_stands_is_as_nothing_set() -> None:
    assert load_settings({}, ROOT / ".env.example") == load_settings({}, None)


def test_the_example_shows_the_answers_that_hold_when_nothing_is_set(tmp_path: Path) -> None:
    uncommented = re.sub(r"^#([A-Z_]+=)", r"\1", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    (tmp_path / ".env").write_text(uncommented)
    assert load_settings({}, tmp_path / ".env") == load_settings({}, None)


def test_the_image_is_whole_and_nothing_secret_goes_in() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    sources = re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE)
    copied = {name.split("/")[0] for line in sources for name in line.split()}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == allowed
    assert copied == {"LICENSE", "main.py", "app", "bot", "cli", "db", "handlers", "schedules", "requirements"}
    assert not {".env", "var", ".git"} & copied


def test_the_image_runs_as_nobody_special_and_keeps_its_data_apart() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    last = dockerfile.split("FROM ${BASE}")[-1]
    assert "USER klankbord" in last
    assert "VOLUME /data" in last
    assert "/health/ready" in last
    environment = dict(re.findall(r"\b([A-Z_]+)=(\S+)", last))
    given = load_settings({name: environment[name] for name in ("DATABASE_URL", "HOST", "PORT")}, None)
    assert given.database_url == "sqlite:////data/klankbord.db"


@pytest.mark.parametrize(("service", "database"), [("klankbord", "postgresql+psycopg"), ("klankbord-sqlite", "sqlite")])
def test_compose_gives_each_bot_settings_it_can_read(compose: dict[str, Any], service: str, database: str) -> None:
    environment = compose["services"][service]["environment"]
    assert load_settings(environment, None).database_url.startswith(f"{database}://")


def test_sqlite_is_a_profile_and_postgresql_the_ordinary_way(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["klankbord-sqlite"]["profiles"] == ["sqlite"]
    assert "profiles" not in services["klankbord"]
    assert services["klankbord"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert services["klankbord-sqlite"]["volumes"] == ["data:/data"]
