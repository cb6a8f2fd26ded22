"""What happened in a circle, written straight into the tables: months of it in no time."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.models import CaseRow, Circle, Member, Participation, Reflection, Round
from db.queries import people
from db.queries.circles import circle_at
from playground.people import Person
from tests.world import World


class History:
    """The past of the world's circle; call it after `world.sets_up()`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._services = world.bot.services
        self._asked = 0

    def asks(
        self, on: datetime, prompt: str = "p065", *, shared: Iterable[Person] = (), **others: Iterable[Person]
    ) -> None:
        """A question was asked; these people shared a reflection, others have one in the state that names them."""
        self._asked += 1
        theme = next(one.theme for one in self._services.library.prompts if one.id == prompt)
        with self._services.database.writing() as session:
            round_ = Round(
                circle_id=self._circle(session).id, slot=f"past-{self._asked}", prompt=prompt, theme=theme, posted_at=on
            )
            session.add(round_)
            session.flush()
            for state, writers in {"shared": shared, **others}.items():
                for writer in writers:
                    session.add(self._reflection(session, round_, writer, state))

    def closes(
        self, on: datetime, owner: Person, peers: Iterable[Person], state: str = "closed", method: str = "vijf_stappen"
    ) -> None:
        """A case that began two weeks before came to this end."""
        with self._services.database.writing() as session:
            body = self._services.library.protocols["vijf_stappen"].model_dump_json()
            case = CaseRow(
                id=secrets.token_hex(8),
                circle_id=self._circle(session).id,
                owner_id=self._member(session, owner).id,
                form_token=secrets.token_hex(8),
                protocol_key=method,
                protocol=body,
                theme="dialogue",
                state=state,
                steps=[],
                asked_at=on - timedelta(days=15),
                started_at=on - timedelta(days=14),
                ended_at=on if state in {"closed", "stopped"} else None,
            )
            session.add(case)
            session.flush()
            for role, person in [("owner", owner), *(("peer", peer) for peer in peers)]:
                member = self._member(session, person).id
                session.add(Participation(case_id=case.id, member_id=member, role=role, number=member))

    def _reflection(self, session: Session, round_: Round, writer: Person, state: str) -> Reflection:
        own = secrets.token_hex(8)
        return Reflection(
            id=own,
            round_id=round_.id,
            member_id=self._member(session, writer).id,
            state=state,
            source="form",
            form_token=own,
            words=self._services.seal(f"geheim van {writer.name}", f"reflection.words:{own}"),
            written_at=round_.posted_at,
        )

    def _circle(self, session: Session) -> Circle:
        circle = circle_at(session, self._world.circle.id)
        assert circle, "the circle is set up first"
        return circle

    def _member(self, session: Session, person: Person) -> Member:
        member = people.find_member(session, person.id)
        assert member, f"nobody looked {person.name} up"
        return member
