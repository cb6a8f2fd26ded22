"""Home knows no wing: it shows what each offers, and each form and button of a message reads itself."""

import pytest

from bot.core import parts
from bot.core.errors import Refusal
from bot.core.home import HomeButton, HomeRow, TodoItem
from bot.core.providers import HomeProvider
from bot.home.home import Home
from bot.home.surfaces import MessageAnswer, MessageForm, PrivateMessage
from bot.words import Mrkdwn
from tests.world import World

pytestmark = pytest.mark.one_database


def of_a_new_wing(channel: str) -> HomeProvider:
    """Something in each place of Home."""
    return HomeProvider(
        todo=lambda _: [
            TodoItem("draft", "reflection.go_on", "new_pressed", "1", channel, question="Een nieuwe vraag")
        ],
        circle_texts=lambda _, __: [Mrkdwn("Deze kring zingt.")],
        circle_buttons=lambda _, __: [HomeButton("Zing mee", "sing_pressed", channel)],
        notices=lambda _: [parts.section(Mrkdwn("Het koor is verkouden"))],
        rows=lambda _: [HomeRow(Mrkdwn("Mijn liederen"), HomeButton("Zing", "songs_pressed"))],
        own_sections=lambda _: [parts.section(Mrkdwn("Mijn toonhoogte"))],
    )


def test_a_new_wing_is_on_home_by_what_it_offers(world: World) -> None:
    world.sets_up()
    home = Home(world.bot.services, [of_a_new_wing(world.circle.id)])
    home.show_home(world.dirk.id, world.calendar())
    world.settles()
    page = world.dirk.visible_text(world.dirk.home)
    offered = ["Een nieuwe vraag", "Het koor is verkouden", "Deze kring zingt.", "Mijn liederen"]
    assert sorted(offered, key=page.index) == offered
    assert "Zing mee" in str(home.pages.open_circles_page(world.dirk.id, world.calendar()))
    assert "Mijn toonhoogte" in str(home.pages.open_own_page(world.dirk.id, world.calendar()))


@pytest.mark.parametrize("value", ["", "C01:1.2", "D01", "D01:één", "D01:1.2:3"])
def test_a_forged_button_of_a_private_message_is_outdated(value: str) -> None:
    with pytest.raises(Refusal, match=r"common\.outdated"):
        PrivateMessage.from_value(value)


def test_a_form_of_a_message_reads_what_it_wrote_and_nothing_forged() -> None:
    form = MessageForm("C01", "1.2")
    assert MessageForm.from_metadata(form.to_metadata()) == form
    with pytest.raises(Refusal):
        MessageForm.from_metadata({"channel": "C01", "ts": "1.2", "form": "mine"})
    assert MessageAnswer.from_fields({"what": "round:1", "text_2": "b", "text_1": "a"}).texts == ("a", "b")
