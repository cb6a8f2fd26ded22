"""What the providers of the wings put on Home: where one fails, its part is left out, and the rest is shown."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.core.providers import HomeProvider
from bot.settings.log import code_place

_log = logging.getLogger(__name__)
Part = TypeVar("Part")


class ProvidedParts:
    """Asks all providers for one page; `is_whole` as long as none of them failed.

    `logged` are the failures that the log has named already, by their place in the code.
    """

    def __init__(self, providers: Sequence[HomeProvider], logged: set[str]) -> None:
        self._providers, self._logged = providers, logged
        self.is_whole = True

    def gather(self, ask: Callable[[HomeProvider], Iterable[Part]]) -> list[Part]:
        """What all providers give, in their order."""
        return [part for provider in self._providers for part in self._asked(provider, ask)]

    def _asked(self, provider: HomeProvider, ask: Callable[[HomeProvider], Iterable[Part]]) -> list[Part]:
        try:
            return list(ask(provider))
        except SQLAlchemyError:
            # What somebody sent may be at stake in this transaction: it fails as a whole, and Slack sends it again.
            raise
        except Exception as error:  # noqa: BLE001 (a page never fails what somebody sent)
            self.is_whole = False
            self._log_once(code_place(error))
            return []

    def _log_once(self, place: str) -> None:
        if place not in self._logged:
            self._logged.add(place)
            _log.error("a part of Home is left out: %s", place)
