"""Which question comes now: what was planned or chosen for this turn, else one by lot."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.rules import prompts
from bot.usecases.desk import Desk
from bot.usecases.questions.shelf import Candidate, keep_asked, shelf, words_of
from db.models import Circle, Round
from db.queries import questions, reflections


class Picking:
    """Begins rounds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def begin(self, session: Session, circle: Circle, slot: str, now: datetime) -> Round:
        """The round that this circle begins now, in this slot of its plan."""
        picked = self._pick(session, circle, f"{circle.id}:{slot}")
        round_ = Round(
            circle_id=circle.id, slot=slot, posted_at=now,
            prompt=picked.id, theme=picked.theme, has_students=picked.has_students,
            author_id=picked.own.member_id if picked.own and picked.own.is_named else None,
        )  # fmt: skip
        session.add(round_)
        session.flush()
        if picked.own:
            keep_asked(self._desk, round_, words_of(self._desk, picked.own))
        return round_

    def _pick(self, session: Session, circle: Circle, seed: str) -> Candidate:
        every, without = shelf(session, self._desk, circle), questions.retired(session, circle)
        asked = [one for one in every if one.id not in without]
        # A circle that retired everything there is, is still asked something.
        return prompts.choose(asked or every, reflections.used_prompts(session, circle), seed)
