"""The keys of one database, proven: every key that ever sealed in it has left a mark there, and still opens it.

Without this, a lost key file would be replaced by a fresh one in silence, and nobody would know until somebody looks
for old words.
"""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.crypto import places
from bot.crypto.vault import BadKey, BrokenSeal, Vault, WrongKey, key_file_beside
from db.models import KeyMark
from db.session import Database

_WORD = "klankbord"


def open_vault(database: Database, given: tuple[bytes, ...], database_url: str) -> Vault:
    """The vault of this database (which has its tables), with the keys given or the one that lies beside it.

    Makes that one at the first start. Raises `BadKey` for keys that are not there, and `WrongKey` for keys that cannot
    open what was sealed before.
    """
    _require_key_file(database, given, database_url)
    vault = Vault(Vault.keys_from(given, database_url))
    _prove(database, vault)
    try:
        _mark(database, vault)
    except IntegrityError:
        # Another copy that started with us marked first; with another key, this notices.
        _prove(database, vault)
    return vault


def verify_keys(database: Database | None, given: tuple[bytes, ...], database_url: str) -> None:
    """As `open_vault`, making and marking nothing; `database` is None while it has no tables."""
    if database:
        _require_key_file(database, given, database_url)
    file = key_file_beside(database_url)
    if given or file is None or file.exists():
        vault = Vault(Vault.keys_from(given, database_url))
        if database:
            _prove(database, vault)


def _prove(database: Database, vault: Vault) -> None:
    """Open every mark. Raises `WrongKey` for the first that does not open."""
    for mark in _marks(database):
        try:
            vault.open(mark.sealed, place=_seat(mark.key))
        except BrokenSeal:
            raise WrongKey(f"The mark of key {mark.key} in this database was changed: put back a backup") from None


def _require_key_file(database: Database, given: tuple[bytes, ...], database_url: str) -> None:
    file = key_file_beside(database_url)
    if not given and file and not file.exists() and _marks(database):
        raise BadKey(
            f"The key of this database is gone: put {file} back, or put what was in it in KLANKBORD_KEY "
            "(without it nothing that was kept can be read)"
        )


def _mark(database: Database, vault: Vault) -> None:
    key = vault.newest
    with database.writing() as session:
        if session.get(KeyMark, key) is None:
            session.add(KeyMark(key=key, sealed=vault.seal(_WORD, place=_seat(key))))


def _marks(database: Database) -> list[KeyMark]:
    with database.reading() as session:
        return list(session.scalars(select(KeyMark)))


def _seat(key: str) -> str:
    return places.place(places.KEY_MARK, key)
