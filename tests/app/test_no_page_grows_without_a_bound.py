"""Where hundreds of things are kept, each page still opens: it shows a part, says so, and leads to the rest."""

import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.crypto import places
from db.models import (
    CaseRow,
    Channel,
    ChannelMember,
    Circle,
    Member,
    Moderator,
    OwnQuestion,
    Participation,
    Reflection,
    Round,
)
from playground.model import Message
from playground.people import Person
from tests.reflection.actors import card, question_comes
from tests.world import World

pytestmark = pytest.mark.one_database
MANY = 200
LONG = "Welke vraag van een student bleef bij jou hangen, en wat deed je er toen mee? " * 5


@pytest.fixture
def lived(world: World) -> World:
    """A circle that was asked its first question."""
    question_comes(world)
    return world


def add(world: World, make: Callable[[Session, Circle, Member], Iterator[object]]) -> None:
    """Write straight into the tables what hundreds of weeks would bring to Anna and her circle."""
    with world.bot.services.database.writing() as session:
        circle = session.scalars(select(Circle).order_by(Circle.id).limit(1)).one()
        anna = session.scalars(select(Member).where(Member.slack == world.anna.id)).one()
        for row in make(session, circle, anna):
            session.add(row)
            session.flush()


def rounds(world: World, number: int = MANY, slot: str = "past") -> None:
    """So many questions of members were asked, one a day, the last one a day ago."""

    def make(session: Session, circle: Circle, anna: Member) -> Iterator[object]:
        for ago in range(number, 0, -1):
            at = world.calendar() - timedelta(days=ago)
            one = Round(circle_id=circle.id, slot=f"{slot}-{ago}", prompt=f"own:{ago}", theme="dialogue", posted_at=at)
            yield one
            one.words = world.bot.services.seal(LONG, places.place(places.ASKED_QUESTION, one.id))
            fresh = secrets.token_hex(12)
            words = world.bot.services.seal(
                f"Wat ik {ago} dagen geleden schreef.", places.place("reflection.words", fresh)
            )
            yield Reflection(
                id=fresh, round_id=one.id, member_id=anna.id, state="kept", source="form", words=words, written_at=at
            )

    add(world, make)


def own_questions(world: World, state: str) -> None:
    """So many questions of members are in this state, all of one theme."""

    def make(session: Session, circle: Circle, anna: Member) -> Iterator[object]:
        bram = session.scalars(select(Member).where(Member.slack == world.bram.id)).one()
        for number in range(MANY):
            fresh = secrets.token_hex(12)
            yield OwnQuestion(
                id=fresh, circle_id=circle.id, member_id=bram.id, form_token=fresh, state=state, theme="dialogue",
                has_students=False, is_named=True, proposed_at=world.calendar() + timedelta(seconds=number),
                words=world.bot.services.seal(LONG, places.place(places.OWN_QUESTION, fresh)),
            )  # fmt: skip

    add(world, make)


def circles(world: World, *, lost: bool = False) -> None:
    """Anna is in so many more circles, each with a question; or in so many whose channel is archived."""

    def make(session: Session, circle: Circle, anna: Member) -> Iterator[object]:
        for number in range(MANY):
            yield (channel := Channel(slack=f"C0MANY{number}", kind="public"))
            if lost:
                channel.left_at, channel.away_reason = world.calendar(), "archived"
            yield ChannelMember(channel_id=channel.id, member_id=anna.id)
            yield (one := _like(circle, channel.id))
            yield Round(circle_id=one.id, slot="first", prompt="p001", theme="dialogue", posted_at=world.calendar())

    add(world, make)


def _like(circle: Circle, channel: int) -> Circle:
    copied = {column.key: getattr(circle, column.key) for column in Circle.__table__.columns}
    return Circle(**{**copied, "id": None, "channel_id": channel})


def cases(world: World) -> None:
    """Anna has so many cases of her own."""

    def make(session: Session, circle: Circle, anna: Member) -> Iterator[object]:
        body = world.bot.services.library.protocols["vijf_stappen"].model_dump_json()
        for _ in range(MANY):
            fresh = secrets.token_hex(8)
            yield CaseRow(
                id=fresh, circle_id=circle.id, owner_id=anna.id, form_token=fresh, protocol_key="vijf_stappen",
                protocol=body, theme="dialogue", state="inviting", steps=[], asked_at=world.calendar(),
            )  # fmt: skip
            yield Participation(case_id=fresh, member_id=anna.id, role="owner", number=1)

    add(world, make)


def length(message: Message) -> int:
    """How many characters Slack counts in a message; it takes some 13,000."""
    return sum(len(block["text"]["text"]) for block in message.blocks or [] if "text" in block)


def reads(person: Person) -> str:
    """What is on the page in front of somebody."""
    assert person.modal is not None, "a page opened"
    return person.visible_text(person.modal)


def types(world: World, *command: str) -> str:
    """Anna types a command; what she reads."""
    world.anna.commands(world.circle, *command)
    return reads(world.anna)


def test_a_journal_of_hundreds(lived: World) -> None:
    rounds(lived)
    assert "Wat ik 1 dagen geleden schreef." in types(lived, "/reflectie", "dagboek")
    lived.anna.presses(lived.anna.modal, "Ouder")
    assert "Wat ik 6 dagen geleden schreef." in reads(lived.anna)


def test_hundreds_of_proposals(lived: World) -> None:
    own_questions(lived, "proposed")
    assert "Meer voorstellen →" in types(lived, "/reflectie", "vragen")
    lived.anna.presses(lived.anna.modal, "Meer voorstellen →")
    assert "← Vorige" in reads(lived.anna)


def test_a_library_with_hundreds_of_questions_of_one_theme(lived: World) -> None:
    own_questions(lived, "adopted")
    types(lived, "/reflectie", "vragen")
    lived.anna.presses(lived.anna.modal, "Bibliotheek")
    lived.anna.presses(lived.anna.modal, "theme_pressed", value="dialogue")
    assert "Meer vragen →" in reads(lived.anna)
    lived.anna.presses(lived.anna.modal, "Meer vragen →")
    assert "← Vorige" in reads(lived.anna)


def test_hundreds_of_cases_of_ones_own(lived: World) -> None:
    cases(lived)
    assert "Meer casussen" in types(lived, "/intervisie", "mijn")
    lived.anna.presses(lived.anna.modal, "Meer casussen →")
    assert "← Vorige" in reads(lived.anna)


def test_a_digest_of_hundreds_of_questions_as_page_and_as_message(lived: World) -> None:
    rounds(lived)
    shown = types(lived, "/overzicht", "2026-2027")
    assert "eerdere vragen" in shown
    lived.anna.presses(lived.anna.modal, "Deel in het kanaal")
    lived.settles()
    (shared,) = (one for one in lived.bram.messages(lived.circle) if "academiejaar" in one.text)
    assert length(shared) < 12_000 and "eerdere vragen" in lived.bram.visible_text(shared)


def test_home_of_somebody_in_hundreds_of_circles_and_cases(lived: World) -> None:
    circles(lived)
    cases(lived)
    lived.anna.opens_home()
    lived.settles()
    assert lived.anna.home and lived.anna.visible_text(lived.anna.home)


def test_home_of_somebody_whose_hundreds_of_circles_wait(lived: World) -> None:
    circles(lived, lost=True)
    lived.anna.opens_home()
    lived.settles()
    assert lived.anna.home and "wachten op hun kanaal" in lived.anna.visible_text(lived.anna.home)
    assert "gearchiveerd" in lived.anna.visible_text(lived.anna.home)


def test_a_circle_with_hundreds_of_moderators(lived: World) -> None:
    def make(session: Session, circle: Circle, anna: Member) -> Iterator[object]:
        for number in range(MANY):
            yield (one := Member(slack=f"U0MANY{number}", timezone="Europe/Brussels", seen_at=lived.calendar()))
            yield ChannelMember(channel_id=circle.channel_id, member_id=one.id)
            yield Moderator(circle_id=circle.id, member_id=one.id)

    add(lived, make)
    assert "Kring instellen" in types(lived, "/klankbord")
    lived.bram.commands(lived.circle, "/klankbord")
    assert "en nog 181 anderen" in reads(lived.bram)


def test_what_can_be_made_of_a_message_in_private_by_somebody_in_hundreds_of_circles(lived: World) -> None:
    circles(lived)
    typed = lived.anna.says(lived.anna.opens_dm(lived.workspace.bot), "Stilte helpt.")
    lived.settles()
    lived.anna.shortcut("take_up", typed)
    assert "Stilte helpt." in reads(lived.anna)


def test_looking_back_on_a_season_of_hundreds_of_questions(lived: World) -> None:
    rounds(lived)
    types(lived, "/reflectie", "vragen")
    lived.anna.presses(lived.anna.modal, "Nodig uit om terug te blikken")
    lived.settles()
    invitation = next(one for one in lived.bram.messages(lived.circle) if "looking_back_pressed" in str(one.blocks))
    lived.bram.presses(invitation, "looking_back_pressed")
    lived.settles()
    assert "wat zie je dat je toen niet zag" in lived.bram.visible_text(card(lived))
    assert length(card(lived)) < 12_000 and "eerdere: zie" in lived.bram.visible_text(card(lived))
