"""The bot as a whole: the services of every wing, and what handlers and schedules need besides."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.circles.delivery_failures import DeliveryFailures
from bot.circles.languages import Languages
from bot.consent.objections import Objections
from bot.consent.proposals import Proposals
from bot.core.parts import Json
from bot.core.services import Services
from bot.digest.digests import Digests
from bot.home.home import Home
from bot.home.message_shortcut import MessageShortcut
from bot.home.unopened import UnopenedForms
from bot.intervision.cases import Cases
from bot.journal.case_insights import CaseInsights
from bot.journal.export import JournalExport
from bot.journal.insights import Insights
from bot.journal.journal import Journal
from bot.journal.retention import JournalRetention
from bot.listening.catching_up import CatchingUp
from bot.listening.threads import Threads
from bot.outbox.queue import Clock
from bot.outbox.unfinished import UnfinishedJobs
from bot.outbox.worker import OutboxWorker
from bot.people.people import PeopleDirectory
from bot.people.places import Places
from bot.questions.questions import Questions
from bot.reflection.answer_visibility import AnswerVisibility
from bot.reflection.answers import Answers
from bot.reflection.invitations import Invitations
from bot.reflection.looking_back import LookingBack
from bot.reflection.nameless import NamelessAnswers
from bot.reflection.replies import Replies
from bot.reflection.rounds import Rounds
from bot.rhythm.change_rhythm import RhythmProposals
from bot.rhythm.far_plans import FarPlans
from bot.rhythm.inactive_circle import InactiveCircles
from bot.rhythm.new_moderator import NewModerator
from bot.rhythm.rhythm_page import RhythmPage
from bot.rhythm.set_up import CircleSetUp
from bot.settings.metrics import Metrics
from bot.settings.settings import Settings
from bot.slack.answers import SlackAnswers
from bot.slack.client import SlackClient
from bot.slack.clock_watch import ClockWatch


@dataclass(frozen=True)
class Bot:
    """Everything that handlers, schedules and the command line may call.

    `calendar` and `elapsed` are the two clocks (DESIGN: Time); `submit` runs a call beside the request. The calls of
    `interactive_slack` give up before Slack does: its answers are worth nothing later. `slack_answers` is
    what Slack last answered, and `clock_watch` what that tells of our clock.
    """

    settings: Settings
    services: Services
    calendar: Clock
    elapsed: Clock
    interactive_slack: SlackClient
    slack_answers: SlackAnswers
    clock_watch: ClockWatch
    outbox_worker: OutboxWorker
    unfinished_jobs: UnfinishedJobs
    metrics: Metrics
    submit: Callable[[Callable[[], None]], object]
    people: PeopleDirectory
    places: Places
    languages: Languages
    circle_set_up: CircleSetUp
    rounds: Rounds
    rhythm_page: RhythmPage
    rhythm_proposals: RhythmProposals
    proposals: Proposals
    objections: Objections
    inactive_circles: InactiveCircles
    far_plans: FarPlans
    new_moderator: NewModerator
    answers: Answers
    answer_visibility: AnswerVisibility
    nameless_answers: NamelessAnswers
    invitations: Invitations
    journal: Journal
    insights: Insights
    case_insights: CaseInsights
    journal_export: JournalExport
    journal_retention: JournalRetention
    replies: Replies
    questions: Questions
    looking_back: LookingBack
    cases: Cases
    threads: Threads
    catching_up: CatchingUp
    digests: Digests
    home: Home
    unopened_forms: UnopenedForms
    message_shortcut: MessageShortcut
    open_case_form_from: Callable[[str, str, datetime], Json]
    delivery_failures: DeliveryFailures
