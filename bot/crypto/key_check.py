"""Checks that our keys fit a database: every key that ever sealed in it left a mark, which it must open.

Without this check, a new key file would silently replace a lost one, and nobody would notice until somebody reads old
words.
"""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.crypto import places
from bot.crypto.vault import BadKey, BrokenSeal, Vault, WrongKey, key_file_beside
from db.models import KeyMark
from db.session import Database

_WORD = "klankbord"


def open_vault(database: Database, given: tuple[bytes, ...], database_url: str) -> Vault:
    """The vault of this database (which has its tables), with the `given` keys or with the key file beside it.

    The first start makes the key file. Raises `BadKey` for missing keys, and `WrongKey` for keys that do not open what
    was sealed before.
    """
    _require_key_file(database, given, database_url)
    vault = Vault(Vault.keys_from(given, database_url))
    _open_marks(database, vault)
    try:
        _add_mark(database, vault)
    except IntegrityError:
        # Another process that started now wrote its mark first. With another key, this raises.
        _open_marks(database, vault)
    return vault


def verify_keys(database: Database | None, given: tuple[bytes, ...], database_url: str) -> None:
    """Check the keys like `open_vault`, and write nothing. `database` is None while it has no tables."""
    if database:
        _require_key_file(database, given, database_url)
    file = key_file_beside(database_url)
    if given or file is None or file.exists():
        vault = Vault(Vault.keys_from(given, database_url))
        if database:
            _open_marks(database, vault)


def _open_marks(database: Database, vault: Vault) -> None:
    """Open every mark. Raises `WrongKey` for the first that does not open."""
    for mark in _marks(database):
        try:
            vault.open(mark.sealed, place=_place_of_mark(mark.key))
        except BrokenSeal:
            raise WrongKey(f"The mark of key {mark.key} in this database was changed: put back a backup") from None


def _require_key_file(database: Database, given: tuple[bytes, ...], database_url: str) -> None:
    file = key_file_beside(database_url)
    if not given and file and not file.exists() and _marks(database):
        raise BadKey(
            f"The key of this database is gone: put {file} back, or put what was in it in KLANKBORD_KEY "
            "(without it nothing that was kept can be read)"
        )


def _add_mark(database: Database, vault: Vault) -> None:
    key = vault.sealing_key_id
    with database.writing() as session:
        if session.get(KeyMark, key) is None:
            session.add(KeyMark(key=key, sealed=vault.seal(_WORD, place=_place_of_mark(key))))


def _marks(database: Database) -> list[KeyMark]:
    with database.reading() as session:
        return list(session.scalars(select(KeyMark)))


def _place_of_mark(key: str) -> str:
    return places.place(places.KEY_MARK, key)
