"""Who gives no key gets one, beside the database, once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.crypto.vault import BadKey, Vault, key_file_beside, new_key


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/var/klankbord.db"
    keys = Vault.keys_from((), url)
    file = tmp_path / "var" / "klankbord.key"
    assert key_file_beside(url) == file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Vault.keys_from((), url) == keys
    assert [path.name for path in file.parent.iterdir()] == ["klankbord.key"]


def test_two_copies_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/klankbord.db"
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: Vault.keys_from((), url), range(32)))
    assert len(set(keys)) == 1


def test_a_given_key_is_used_and_none_is_made(tmp_path: Path) -> None:
    given = (new_key(), new_key())
    assert Vault.keys_from(given, f"sqlite:///{tmp_path}/klankbord.db") == given
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_memory_has_a_key_that_goes_with_it() -> None:
    assert Vault.keys_from((), "sqlite://") != Vault.keys_from((), "sqlite://")


def test_a_database_on_a_server_asks_for_a_key() -> None:
    with pytest.raises(BadKey, match="KLANKBORD_KEY is needed"):
        Vault.keys_from((), "postgresql+psycopg://bot@db/klankbord")


@pytest.mark.parametrize("content", ["", "garbage", "c2hvcnQ=", "é"], ids=["empty", "garbage", "short", "not ascii"])
def test_a_damaged_key_file_is_never_replaced(tmp_path: Path, content: str) -> None:
    file = tmp_path / "klankbord.key"
    file.write_text(content, "utf-8")
    with pytest.raises(BadKey, match="put back the key"):
        Vault.keys_from((), f"sqlite:///{tmp_path}/klankbord.db")
    assert file.read_text("utf-8") == content


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    with pytest.raises(BadKey, match=r"klankbord\.key cannot be used"):
        Vault.keys_from((), f"sqlite:///{tmp_path}/var/klankbord.db")
