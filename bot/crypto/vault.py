"""Seals what people write before it is stored, and opens it only where it is shown.

Words are sealed with AES-256-GCM and bound to their place (see `places`), so that sealed words that are copied to
another row or column do not open there. The envelope names its version and its key. So keys can be replaced: the first
key seals, every key opens.

    version (1 byte) | key id (4 bytes) | nonce (12 bytes) | the words, encrypted by AES-GCM, with its tag
"""

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.settings.paths import database_file, is_in_memory

VERSION = 1
KEY_BYTES = 32
_ID = slice(1, 5)
_NONCE = slice(5, 17)
_SEALED = slice(17, None)
HOW_TO_MAKE_A_KEY = "make one with: openssl rand -base64 32"


class BadKey(ValueError):
    """A key that cannot be used; the message is one plain line and does not show the key."""


class CannotOpen(Exception):
    """Sealed words that do not open; the message is one plain line."""


class WrongKey(CannotOpen):
    """The words were sealed with a key that we do not have."""


class BrokenSeal(CannotOpen):
    """We have the key, but the words were changed, or sealed for another place."""


class PrivateText:
    """What somebody wrote. It is never shown by accident: not in a log, a traceback or a format string."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the place where it is shown."""
        return self._text

    def __repr__(self) -> str:
        return "<sealed words>"

    def __format__(self, _spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, PrivateText) else NotImplemented

    def __hash__(self) -> int:
        return hash(("words", self._text))

    def __len__(self) -> int:
        return len(self._text)

    def __copy__(self) -> "PrivateText":
        return self

    def __deepcopy__(self, _memo: object) -> "PrivateText":
        return self

    def __reduce__(self) -> str:
        raise TypeError("Words are not pickled: reveal them where they are shown, or seal them in the vault")


class Vault:
    """Seals and opens words. The first key seals, all keys open."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """`keys` are 32 bytes each, newest first. Raises `BadKey` for no key, or one of another length."""
        if not keys:
            raise BadKey(f"The vault has no key: {HOW_TO_MAKE_A_KEY}")
        self._ciphers = {_key_id(_checked(key)): AESGCM(key) for key in keys}
        self._sealing_id = _key_id(keys[0])

    def __repr__(self) -> str:
        return f"<vault with {len(self._ciphers)} keys>"

    def seal(self, text: str | PrivateText, *, place: str) -> bytes:
        """The text in an envelope that opens only at `place`, such as "reflection.words:17"."""
        words = text.reveal() if isinstance(text, PrivateText) else text
        header = bytes([VERSION]) + self._sealing_id
        nonce = os.urandom(12)
        # surrogatepass: Slack's JSON may hold half an emoji, and we keep what a member wrote unchanged.
        plain, cipher = words.encode("utf-8", "surrogatepass"), self._ciphers[self._sealing_id]
        return header + nonce + cipher.encrypt(nonce, plain, header + place.encode())

    def open(self, blob: bytes, *, place: str) -> PrivateText:
        """The words sealed for `place`. Raises `WrongKey` or `BrokenSeal`."""
        try:
            text = self._cipher_of(blob).decrypt(blob[_NONCE], blob[_SEALED], blob[:5] + place.encode())
        except (InvalidTag, ValueError) as damage:
            raise BrokenSeal(f"The words at {place} do not open: they were changed, or moved there") from damage
        return PrivateText(text.decode("utf-8", "surrogatepass"))

    def seal_json(self, value: Any, *, place: str) -> bytes:
        """Like `seal`, for anything JSON can hold."""
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), place=place)

    def open_json(self, blob: bytes, *, place: str) -> Any:
        """Like `open`, for what `seal_json` sealed. The value is not protected like a `PrivateText`."""
        return json.loads(self.open(blob, place=place).reveal())

    @property
    def sealing_key_id(self) -> str:
        """The id of the key that seals, as error messages name it."""
        return self._sealing_id.hex()

    def _cipher_of(self, blob: bytes) -> AESGCM:
        if len(blob) < 33 or blob[0] != VERSION:
            raise BrokenSeal("These are not words sealed by Klankbord, or by a newer Klankbord than this one")
        cipher = self._ciphers.get(bytes(blob[_ID]))
        if cipher is None:
            raise WrongKey(
                f"The words in this database were sealed with another key (number {blob[_ID].hex()}): "
                "put that key in KLANKBORD_KEY, after a comma if there is a newer one"
            )
        return cipher

    @staticmethod
    def keys_from(given: Sequence[bytes], database_url: str) -> tuple[bytes, ...]:
        """The keys for this database: those `given`, else the key file beside it, which the first start makes.

        A database in memory gets a key that is lost with it. A database on a server has no key file: `BadKey` is
        raised if no key is given.
        """
        if given:
            return tuple(given)
        if is_in_memory(database_url):
            return (new_key(),)
        key_file = key_file_beside(database_url)
        if key_file is None:
            raise BadKey(f"KLANKBORD_KEY is needed with a database on a server: {HOW_TO_MAKE_A_KEY}")
        return _read_or_make_key_file(key_file)


def key_file_beside(database_url: str) -> Path | None:
    """The path of the key file that Klankbord makes itself; None for a database without a file."""
    database = database_file(database_url)
    return database.with_name("klankbord.key") if database else None


def new_key() -> bytes:
    """A fresh random key."""
    return os.urandom(KEY_BYTES)


def read_keys(text: str) -> tuple[bytes, ...]:
    """The keys in a text: base64, separated by commas or line ends, newest first. Raises `BadKey`."""
    keys = tuple(_read_key(part) for part in text.replace("\n", ",").split(",") if part.strip())
    if not keys:
        raise BadKey(f"holds no key: {HOW_TO_MAKE_A_KEY}")
    return keys


def _read_key(text: str) -> bytes:
    try:
        # Both alphabets of base64: tools differ.
        key = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise BadKey(f"is not written in base64: {HOW_TO_MAKE_A_KEY}") from problem
    return _checked(key)


def _checked(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise BadKey(f"holds {len(key)} bytes and a key has {KEY_BYTES}: {HOW_TO_MAKE_A_KEY}")
    return key


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"klankbord key id" + key).digest()[:4]


def _read_or_make_key_file(key_file: Path) -> tuple[bytes, ...]:
    try:
        if not key_file.exists():
            _make_key_file(key_file)
        return read_keys(key_file.read_text("ascii"))
    except OSError as problem:
        raise BadKey(f"The key file {key_file} cannot be used ({problem.strerror}): set KLANKBORD_KEY") from problem
    except ValueError as problem:
        raise BadKey(f"The key file {key_file} is damaged: put back the key this database was made with") from problem


def _make_key_file(key_file: Path) -> None:
    """Two processes may start at once: each writes a file of its own, and the first that links it wins."""
    key_file.parent.mkdir(parents=True, exist_ok=True)
    draft = key_file.with_name(f"{key_file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(base64.b64encode(new_key()) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, key_file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
