"""What somebody reads when a form or page did not open for them."""

import secrets
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.exc import SQLAlchemyError

from bot.circles.api import circle_at, circles_of
from bot.core.parts import Json
from bot.core.services import Service
from bot.home.views import unopened as views
from bot.people.api import find_member
from bot.words import Speaker


class Cause(StrEnum):
    """Why it did not open: it came too late, nobody knows whether it did, or we made a mistake."""

    LATE = "late"
    UNCERTAIN = "uncertain"
    OURS = "ours"


@dataclass(frozen=True)
class AgainButton:
    """What the button to try again does: the id of its action, and its value."""

    action: str
    value: str


class UnopenedForms(Service):
    """Tells people that what they asked for did not open."""

    def notice(
        self, user: str, channel: str, cause: Cause, again: AgainButton | None, *, is_in_form: bool, was_done: bool
    ) -> Json:
        """The private message: why, that nothing is lost, and the button to try again.

        `is_in_form`: they pressed in a form, which may still be open. `was_done`: what they pressed for was done, and
        only its answer did not open.
        """
        key = "unopened.done" if was_done else f"unopened.{cause}"
        button = (again.action, again.value) if again else None
        return views.unopened_notice(self._speaker(user, channel), key, button, is_in_form=is_in_form)

    def send(self, user: str, body: Json) -> None:
        """Queue this message for the direct conversation with this person."""
        with self._services.database.writing() as session:
            at = self._services.outbox.open_dm(session, user)
            self._services.outbox.post_once(session, f"unopened:{secrets.token_hex(8)}", body, at)

    def _speaker(self, user: str, channel: str) -> Speaker:
        """In the language of the person; in ours where the database does not answer: that may be why nothing opened."""
        try:
            with self._services.database.reading() as session:
                member = find_member(session, user)
                circles = circles_of(session, member) if member else ()
                circle = circle_at(session, channel) if channel else None
                return self._services.speaker_for(circle or next(iter(circles), None), member)
        except SQLAlchemyError:
            return self._services.speaker_for(None)
