"""All that can be done about the questions of a circle."""

from bot.core.services import Services
from bot.questions.library_page import LibraryPages
from bot.questions.page import QuestionsPage
from bot.questions.proposing import QuestionProposals, RefreshCard
from bot.questions.volunteering import Volunteering
from bot.questions.wording import SuggestedWording


class Questions:
    """The page, and what its buttons do."""

    def __init__(self, desk: Services, refresh_card: RefreshCard) -> None:
        self.page = QuestionsPage(desk)
        self.proposing = QuestionProposals(desk, self.page, refresh_card)
        self.wording = SuggestedWording(desk, self.page)
        self.library = LibraryPages(desk)
        self.turns = Volunteering(desk, self.page, self.library)
