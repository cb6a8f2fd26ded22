"""All services of the circle's questions together."""

from bot.core.services import Services
from bot.questions.library_page import LibraryPages
from bot.questions.page import QuestionsPage
from bot.questions.proposing import QuestionProposals, RefreshCard
from bot.questions.volunteering import Volunteering
from bot.questions.wording import SuggestedWording


class Questions:
    """The page, and the services that its buttons use."""

    def __init__(self, services: Services, refresh_card: RefreshCard) -> None:
        self.page = QuestionsPage(services)
        self.proposing = QuestionProposals(services, refresh_card)
        self.wording = SuggestedWording(services)
        self.library = LibraryPages(services)
        self.turns = Volunteering(services)
