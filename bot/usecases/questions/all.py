"""All that can be done about the questions of a circle."""

from bot.reflection.looking_back import LookingBack
from bot.usecases.desk import Desk
from bot.usecases.questions.library import Library
from bot.usecases.questions.page import Page
from bot.usecases.questions.proposing import Proposing
from bot.usecases.questions.turns import Turns
from bot.usecases.questions.wording import Wording


class Questions:
    """The page, and what its buttons do."""

    def __init__(self, desk: Desk) -> None:
        self.page = Page(desk)
        self.proposing = Proposing(desk, self.page)
        self.wording = Wording(desk, self.page)
        self.library = Library(desk)
        self.turns = Turns(desk, self.page, self.library)
        self.looking_back = LookingBack(desk, self.page)
