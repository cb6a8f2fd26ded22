"""Which question comes now: what was planned or chosen for this turn, else one by lot."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core.periods import season_ends
from bot.core.services import Desk
from bot.journal.rules import asked_again
from bot.library import prompts
from bot.questions import rules
from bot.questions.candidates import Candidate, keep_asked, shelf, words_of
from bot.questions.turn_state import free, seat_of
from bot.reflection.answer_modal import place_of
from bot.reflection.answer_posts import Sharing
from db.models import Circle, Member, Reflection, Round, Turn
from db.queries import people, questions
from db.queries import reflection as reflections


class Picking:
    """Begins rounds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sharing = Sharing(desk)

    def begin(self, session: Session, circle: Circle, slot: str, now: datetime) -> Round:
        """The round that this circle begins now, in this slot of its plan."""
        turn = self._turn(session, circle)
        picked = self._pick(session, circle, turn, f"{circle.id}:{slot}")
        round_ = Round(
            circle_id=circle.id, slot=slot, posted_at=now,
            prompt=picked.id, theme=picked.theme, has_students=picked.has_students,
            author_id=picked.own.member_id if picked.own and picked.own.is_named else None,
            chooser_id=turn.member_id if turn and turn.is_named and turn.prompt == picked.id else None,
        )  # fmt: skip
        session.add(round_)
        circle.look_back_at = circle.look_back_at or season_ends(now, circle.timezone)
        session.flush()
        if picked.own:
            keep_asked(self._desk, round_, words_of(self._desk, picked.own))
        return round_

    def answer_first(self, session: Session, circle: Circle, round_: Round, now: datetime) -> None:
        """Share what the volunteer wrote with the question they chose; the card has to be queued by now.

        If that question is gone and another came, it is kept for its writer alone.
        """
        turn = questions.turn_of(session, round_)
        if turn is None:
            return
        text = self._desk.read(turn.words, seat_of(turn))
        if text and turn.member_id:
            member = session.get_one(Member, turn.member_id)
            kept = self._kept(session, round_, member, text, now)
            if turn.prompt == round_.prompt:
                kept.state = "shared"
                self._sharing.follow(session, circle, member, kept, text)
        session.delete(turn)

    def _kept(self, session: Session, round_: Round, member: Member, text: str, now: datetime) -> Reflection:
        fresh = secrets.token_hex(12)
        reflection = Reflection(
            id=fresh, round_id=round_.id, member_id=member.id, state="kept", source="form",
            words=self._desk.seal(text, place_of(fresh)), written_at=now,
        )  # fmt: skip
        session.add(reflection)
        member.journal_ask_at = member.journal_ask_at or asked_again(now)
        session.flush()
        return reflection

    def _turn(self, session: Session, circle: Circle) -> Turn | None:
        """What was planned or chosen for now; who is no longer there has chosen nothing."""
        turn = questions.turns(session, circle).get(questions.next_number(session, circle))
        if turn is None or turn.member_id is None:
            return turn
        member = session.get_one(Member, turn.member_id)
        if member.is_deactivated or not people.is_in(session, circle.channel, member):
            free(session, turn)
            return turn if turn.theme else None
        return turn

    def _pick(self, session: Session, circle: Circle, turn: Turn | None, seed: str) -> Candidate:
        every, without = shelf(session, self._desk, circle), questions.retired(session, circle)
        # A circle that retired everything there is, is still asked something.
        asked = [one for one in every if one.id not in without] or every
        # What a volunteer chose comes, also where it was retired meanwhile.
        chosen = [one for one in every if turn and turn.member_id and one.id == turn.prompt]
        planned = chosen or rules.planned(asked, turn.prompt if turn else None, turn.theme if turn else None)
        return prompts.choose(planned, reflections.used_prompts(session, circle), seed)
