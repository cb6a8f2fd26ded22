"""What is installed is locked, whole, and the same for who tries, who tests and who runs."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("run", "demo", "dev", "uv")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[.*?\])?==(?P<version>[^ ;\\]+)", re.MULTILINE)


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def pins(name: str) -> dict[str, str]:
    return {found["name"]: found["version"] for found in PIN.finditer(lock(name))}


def asked_for(group: list[object]) -> set[str]:
    """Names in a list of requirements, written as package indexes write them."""
    named = [re.split(r"[\[<>=!~; ]", item)[0] for item in group if isinstance(item, str)]
    return {re.sub(r"[-_.]+", "-", name).lower() for name in named}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes(name: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", lock(name).strip())
    assert len(entries) == len(PIN.findall(lock(name)))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_server(name: str) -> None:
    assert not re.search(r"://|--index|--find-links|--trusted", lock(name))


def test_who_tests_has_what_who_tries_has_and_who_tries_has_what_who_runs_has() -> None:
    assert pins("run").items() <= pins("demo").items() <= pins("dev").items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    assert asked_for(project["project"]["dependencies"]) <= pins("run").keys()
    assert asked_for(groups["playground"]) <= pins("demo").keys()
    assert asked_for(groups["dev"]) <= pins("dev").keys()


def test_running_needs_no_playground() -> None:
    assert not pins("run").keys() & {"starlette", "uvicorn", "pytest", "playwright"}


def test_the_makefile_locks_the_uv_it_installs() -> None:
    assert f"UV := uv=={pins('uv')['uv']}" in (ROOT / "Makefile").read_text()
