"""Settings kept in `.env`, and secrets kept in files of their own."""

import os
from pathlib import Path

import pytest

from bot.settings.settings import BadSetting, load_settings


def dotenv(folder: Path, *lines: str) -> Path:
    file = folder / ".env"
    file.write_text("\n".join(lines), "utf-8")
    return file


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = dotenv(tmp_path, "LANGUAGE=fr", 'TIMEZONE="Europe/Paris"  # where we are', "PORT=4000")
    given = load_settings({"PORT": "5000"}, file)
    assert (given.language, given.timezone, given.port) == ("fr", "Europe/Paris", 5000)


def test_a_desktops_language_does_not_beat_the_file(tmp_path: Path) -> None:
    assert load_settings({"LANGUAGE": "en_GB"}, dotenv(tmp_path, "LANGUAGE=fr")).language == "fr"


def test_an_empty_variable_does_not_beat_the_file_except_the_port(tmp_path: Path) -> None:
    file = dotenv(tmp_path, "LANGUAGE=fr", "PORT=4000")
    given = load_settings({"LANGUAGE": "", "PORT": ""}, file)
    assert (given.language, given.port) == ("fr", None)


def test_dollar_signs_are_taken_as_they_stand(tmp_path: Path) -> None:
    file = dotenv(tmp_path, "SLACK_SIGNING_SECRET=pa$HOME")
    assert load_settings({}, file).slack_signing_secret == "pa$HOME"


def test_no_file_is_no_trouble(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path / ".env") == load_settings({}, None)


def test_a_line_without_a_value_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"TIMEZONE in .*\.env has no value: write TIMEZONE="):
        load_settings({}, dotenv(tmp_path, "TIMEZONE"))


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"LANGUAGE=\xff\xfe")
    with pytest.raises(BadSetting, match="cannot be read"):
        load_settings({}, file)


def test_the_process_is_where_settings_come_from_when_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEZONE", "Europe/Lisbon")
    assert load_settings(dotenv_path=None).timezone == "Europe/Lisbon"


def test_a_secret_can_lie_in_a_file(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("xoxb-from-a-file\n")
    assert load_settings({"SLACK_BOT_TOKEN_FILE": str(token)}, None).slack_bot_token == "xoxb-from-a-file"


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set"):
        load_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_BOT_TOKEN_FILE": str(tmp_path / "token")}, None)


@pytest.mark.parametrize(
    ("content", "problem"), [(None, "cannot be read"), (b"", "is empty"), (b"\xff\xfe", "is not a text file")]
)
def test_a_secret_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None, problem: str) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadSetting, match=problem) as refused:
        load_settings({"KLANKBORD_KEY_FILE": str(file)}, None)
    assert str(refused.value).startswith(f"KLANKBORD_KEY_FILE names {file}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_secret_file_of_somebody_else_is_named(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hush")
    file.chmod(0)
    with pytest.raises(BadSetting, match="Permission denied"):
        load_settings({"KLANKBORD_KEY_FILE": str(file)}, None)


def test_a_wrong_secret_in_a_file_is_still_named_plainly(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("c2hvcnQ=")
    with pytest.raises(BadSetting, match="KLANKBORD_KEY holds 5 bytes"):
        load_settings({"KLANKBORD_KEY_FILE": str(file)}, None)
