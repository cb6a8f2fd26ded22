"""All that can be done about the questions of a circle."""

from bot.core.services import Desk
from bot.questions.library_page import Library
from bot.questions.page import Page
from bot.questions.proposing import Proposing, RefreshCard
from bot.questions.volunteering import Turns
from bot.questions.wording import Wording


class Questions:
    """The page, and what its buttons do."""

    def __init__(self, desk: Desk, refresh_card: RefreshCard) -> None:
        self.page = Page(desk)
        self.proposing = Proposing(desk, self.page, refresh_card)
        self.wording = Wording(desk, self.page)
        self.library = Library(desk)
        self.turns = Turns(desk, self.page, self.library)
