"""Worlds for the torture, on the databases of the other stories."""

from collections.abc import Iterator

import pytest

from benchmarks.torture.beginnings import Databases, databases


@pytest.fixture(scope="module")
def makes(request: pytest.FixtureRequest) -> Iterator[Databases]:
    with databases(server=lambda: request.getfixturevalue("postgres_databases")) as found:
        yield found
