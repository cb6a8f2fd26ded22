"""Lets chance be the same in every run of one seed: also what the bot itself takes from chance, such as ids."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from unittest.mock import patch


@contextmanager
def seeded(seed: int | str) -> Iterator[None]:
    """Ids of the bot come from `seed`. Keys and what seals words stay as they are: no run depends on them."""
    chance = Random(f"ids of {seed}")

    def token_hex(size: int = 32) -> str:
        return chance.randbytes(size).hex()

    with patch.object(secrets, "token_hex", token_hex):
        yield
