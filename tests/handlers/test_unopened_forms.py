"""A form that did not open: the person reads so at once, where they pressed, and one press opens it after all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot.core import names
from bot.slack.requirements import SHORTCUT_ANYWHERE, SHORTCUT_ON_MESSAGE
from playground.model import ApiResponse, Json, Message
from playground.people import Person
from tests.forged_payloads import interaction
from tests.reflection.actors import card, question_comes, writes
from tests.world import World

pytestmark = pytest.mark.one_database

LATE, UNSURE, OURS = "het duurde te lang", "Zie je het formulier niet?", "door een fout bij mij"
AGAIN = "Probeer opnieuw"
OPENING = {"views.open", "views.push", "views.update"}

Answer = Callable[[Callable[[], ApiResponse]], ApiResponse]


def refused(error: str) -> Answer:
    return lambda _: ApiResponse(200, {}, {"ok": False, "error": error})


def silent(_: Callable[[], ApiResponse]) -> ApiResponse:
    raise TimeoutError


def done_and_silent(done: Callable[[], ApiResponse]) -> ApiResponse:
    done()
    raise TimeoutError


CAUSES: dict[str, tuple[Answer, str]] = {
    "expired": (refused("expired_trigger_id"), LATE),
    "used": (refused("exchanged_trigger_id"), UNSURE),
    "limited": (lambda _: ApiResponse(429, {"Retry-After": "1"}, {"ok": False, "error": "ratelimited"}), LATE),
    "broken": (lambda _: ApiResponse(500, {}, {}), UNSURE),
    "no answer": (silent, UNSURE),
    "too slow": (done_and_silent, UNSURE),
    "too large": (refused("view_too_large"), OURS),
}


@contextmanager
def slack_answers(world: World, how: Answer, methods: set[str] = OPENING) -> Iterator[None]:
    """Calls of these methods are answered like this."""
    api = world.workspace.api

    def answered(method: str, args: Json, token: str) -> ApiResponse:
        return how(lambda: api(method, args, token)) if method in methods else api(method, args, token)

    world.workspace.api = answered  # type: ignore[method-assign]
    try:
        yield
    finally:
        del world.workspace.api  # type: ignore[method-assign]
    world.settles()


def presses_answer(world: World, anna: Person) -> None:
    anna.presses(card(world), names.ANSWER)


def types_a_command(world: World, anna: Person) -> None:
    anna.commands(world.circle, "/reflectie", "dagboek")


def presses_on_home(_: World, anna: Person) -> None:
    anna.presses(anna.home, names.ANSWER)


def uses_a_shortcut(_: World, anna: Person) -> None:
    anna.shortcut(SHORTCUT_ANYWHERE)


def points_at_a_message(world: World, anna: Person) -> None:
    said = anna.says(world.circle, "Een student zei iets moois.")
    anna.shortcut(SHORTCUT_ON_MESSAGE, said)


def points_at_a_reply(world: World, anna: Person) -> None:
    said = anna.says(world.circle, "Een student zei iets moois.", thread=card(world))
    anna.shortcut(SHORTCUT_ON_MESSAGE, said)


def reads_her_journal(world: World, anna: Person) -> None:
    """There is something in it."""
    writes(anna, card(world), "Ik zweeg.")
    anna.closes()
    types_a_command(world, anna)


def presses_in_a_form(anna: Person) -> None:
    anna.presses(anna.modal, names.JOURNAL_EXPORT)


WAYS = {
    "a button of a message": (presses_answer, "Weekvraag"),
    "a command": (types_a_command, "Mijn dagboek"),
    "a shortcut on a message": (points_at_a_message, "Neem dit bericht mee"),
    "a shortcut on a reply": (points_at_a_reply, "Neem dit bericht mee"),
    "Home": (presses_on_home, "Weekvraag"),
    "a shortcut": (uses_a_shortcut, "Een casus inbrengen"),
}


@pytest.fixture
def anna(world: World) -> Person:
    """She has a Home, and a question to answer."""
    question_comes(world)
    world.anna.opens_home()
    world.settles()
    return world.anna


def told(world: World, anna: Person) -> Message:
    """The newest private word of the bot: where she pressed, or in their own conversation."""
    private = [m for m in anna.messages(world.circle) if m.ephemeral_for == anna.id and "Bewaard" not in m.text]
    return (private or anna.messages(anna.opens_dm(world.workspace.bot)))[-1]


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("way", WAYS)
def test_whoever_sees_no_form_reads_so_and_opens_it_with_one_press(
    world: World, anna: Person, way: str, cause: str
) -> None:
    (asks, _), (answer, words) = WAYS[way], CAUSES[cause]
    with slack_answers(world, answer):
        asks(world, anna)
    assert words in anna.visible_text(told(world, anna))
    while anna.modal:
        anna.closes()
    asks(world, anna)
    first = anna.visible_text(anna.modal)
    anna.closes()
    anna.presses(told(world, anna), AGAIN)
    assert anna.modal is not None and anna.visible_text(anna.modal) == first


@pytest.mark.parametrize("cause", [name for name in CAUSES if name not in {"expired", "used"}])
def test_a_press_in_a_form_is_answered_in_private_and_says_that_the_form_may_still_be_there(
    world: World, anna: Person, cause: str
) -> None:
    reads_her_journal(world, anna)
    answer, words = CAUSES[cause]
    with slack_answers(world, answer):
        presses_in_a_form(anna)
    said = anna.visible_text(told(world, anna))
    assert words in said and "Druk dan daar nog eens" in said
    assert anna.modal is not None
    anna.closes()
    anna.presses(told(world, anna), AGAIN)
    assert anna.modal is not None and "JSON" in anna.visible_text(anna.modal)


def test_where_a_form_was_closed_meanwhile_nothing_is_said(world: World, anna: Person) -> None:
    reads_her_journal(world, anna)
    with slack_answers(world, refused("not_found")):
        presses_in_a_form(anna)
    assert not anna.messages(anna.opens_dm(world.workspace.bot))


def test_a_mistake_of_ours_is_told_and_logged_without_words(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    question_comes(world)

    def fails(*_: object) -> Json:
        raise KeyError("lievelingsgeheim")

    with monkeypatch.context() as broken:
        broken.setattr(world.bot.answers, "open_answer_form", fails)
        presses_answer(world, world.anna)
    assert OURS in world.anna.visible_text(told(world, world.anna))
    assert "a request failed: KeyError at" in caplog.text and "lievelingsgeheim" not in caplog.text
    world.anna.presses(told(world, world.anna), AGAIN)
    assert world.anna.modal is not None


def test_what_was_done_is_not_called_lost_when_only_its_answer_did_not_open(world: World, anna: Person) -> None:
    writes(anna, card(world), "Ik zweeg.")
    with slack_answers(world, CAUSES["broken"][0]):
        anna.presses(anna.modal, names.SHARE_REFLECTION)
    said = anna.visible_text(told(world, anna))
    assert "Je druk op de knop kwam aan" in said and "niets gebeurt twee keer" in said
    assert "Ik zweeg." in anna.visible_text(world.circle)


def test_where_the_answer_does_not_arrive_either_it_comes_in_the_direct_conversation(
    world: World, anna: Person
) -> None:
    respond = world.workspace.respond
    world.workspace.respond = lambda *_: ApiResponse(404, {}, {"ok": False, "error": "expired_url"})  # type: ignore[method-assign]
    with slack_answers(world, CAUSES["expired"][0]):
        presses_answer(world, anna)
    world.workspace.respond = respond  # type: ignore[method-assign]
    [said] = anna.messages(anna.opens_dm(world.workspace.bot))
    assert LATE in anna.visible_text(said)
    anna.presses(said, AGAIN)
    assert anna.modal is not None


def test_a_real_trigger_that_expired(world: World) -> None:
    world.arrives()
    press = interaction(world, world.anna, actions=[{"action_id": names.SET_UP, "value": world.circle.id}])
    world.elapsed.move(timedelta(seconds=4))
    world.workspace.sends_forged(press, by=world.anna)
    world.settles()
    assert LATE in world.anna.visible_text(world.anna.messages(world.anna.opens_dm(world.workspace.bot))[-1])


@pytest.mark.parametrize("value", ["", "-", "{", "[]", "{}", '{"kind":"action"}', '{"kind":"action","name":"no_such"}'])
def test_a_forged_button_to_try_again(world: World, anna: Person, value: str) -> None:
    world.workspace.sends_forged(
        interaction(world, anna, actions=[{"action_id": names.TRY_AGAIN, "value": value}]), by=anna
    )
    assert "Deze knop werkt niet meer." in anna.visible_text(anna.modal)


def test_what_was_typed_behind_a_command_is_in_no_button(world: World, anna: Person) -> None:
    with slack_answers(world, CAUSES["expired"][0]):
        anna.commands(world.circle, "/reflectie", "lievelingsgeheim van een student")
    assert "lievelings" not in str(told(world, anna).blocks)
