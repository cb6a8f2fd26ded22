"""How the bot is put together: the one place that knows every part of it, and decides nothing."""

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from threading import Event
from typing import Any

from sqlalchemy.orm import Session

from bot.bot import Bot
from bot.circles import places as circle_places
from bot.circles.delivery_failures import DeliveryFailures
from bot.circles.languages import Languages
from bot.circles.places import CirclePlaces
from bot.consent.objections import Objections
from bot.consent.proposals import Proposals
from bot.core.clocks import CalendarClock, steady_clock
from bot.core.clocks import elapsed as real_time
from bot.core.providers import HomeProvider, MessageProvider
from bot.core.services import Services
from bot.crypto.key_check import open_vault
from bot.digest.digests import Digests
from bot.home.home import Home
from bot.home.message_shortcut import MessageShortcut
from bot.home.unopened import UnopenedForms
from bot.intervision import home as intervision_home
from bot.intervision import message_shortcut as intervision_shortcut
from bot.intervision.cases import Cases
from bot.intervision.digest import method_name
from bot.intervision.message_shortcut import open_intake_with_story
from bot.intervision.reveals import repost_where_no_edit_is_taken
from bot.journal import home as journal_home
from bot.journal.case_insights import CaseInsights
from bot.journal.export import JournalExport
from bot.journal.insights import Insights
from bot.journal.journal import Journal
from bot.journal.retention import JournalRetention
from bot.library.reading import load_library
from bot.listening.catching_up import CatchingUp
from bot.listening.threads import Threads
from bot.outbox.failures import DeliveryListeners
from bot.outbox.queue import Clock, Outbox
from bot.outbox.timeouts import TIMEOUTS, Timeouts
from bot.outbox.unfinished import UnfinishedJobs
from bot.outbox.worker import OutboxWorker
from bot.people.people import PeopleDirectory
from bot.people.places import Places
from bot.questions import home as questions_home
from bot.questions.questions import Questions
from bot.reflection import home as reflection_home
from bot.reflection import message_shortcut as reflection_shortcut
from bot.reflection.answer_visibility import AnswerVisibility
from bot.reflection.answers import Answers
from bot.reflection.digest import asked_text
from bot.reflection.invitations import Invitations
from bot.reflection.looking_back import LookingBack
from bot.reflection.message_shortcut import open_case_form_from
from bot.reflection.nameless import NamelessAnswers
from bot.reflection.replies import Replies
from bot.reflection.round_cards import refresh_round_card
from bot.reflection.rounds import Rounds
from bot.rhythm import home as rhythm_home
from bot.rhythm.change_rhythm import RhythmProposals
from bot.rhythm.far_plans import FarPlans
from bot.rhythm.inactive_circle import InactiveCircles
from bot.rhythm.new_moderator import NewModerator
from bot.rhythm.planning import RoundPlanning
from bot.rhythm.proposal_types import FirstRhythm, OtherRhythm, Rest
from bot.rhythm.rhythm_page import RhythmPage
from bot.rhythm.set_up import CircleSetUp, greet_channel, take_back_greeting
from bot.settings.metrics import Metrics
from bot.settings.settings import Settings
from bot.slack.answers import SlackAnswers
from bot.slack.client import INTERACTIVE_SECONDS, SlackClient
from bot.slack.clock_watch import ClockWatch
from bot.words import Speakers
from db.clock import database_clock, process_clock
from db.models import OutboxTarget
from db.session import Database


def build_bot(
    settings: Settings,
    *,
    slack: SlackClient,
    interactive_slack: SlackClient,
    calendar: Clock,
    elapsed: Clock,
    executor: Executor,
    on_commit: Callable[[], None] | None = None,
    timeouts: Timeouts = TIMEOUTS,
) -> Bot:
    """Put the bot together. The calls of `interactive_slack` time out before Slack's three seconds are over."""
    services = _services(settings, Database(settings.database_url, on_commit=on_commit), elapsed)
    planning, home_providers = RoundPlanning(services), _home_providers(services)
    rounds, proposals, home = Rounds(services, planning), _proposals(services, planning), Home(services, home_providers)
    cases, questions = Cases(services, home.refresh_homes), Questions(services, partial(refresh_round_card, services))
    answers, answer_visibility, insights = Answers(services), AnswerVisibility(services), Insights(services)
    places = _places(services, cases, home)
    people = PeopleDirectory(services, slack, cases, places, partial(greet_channel, services))
    replies, failures = Replies(services), DeliveryFailures(services, places, calendar)
    deletions = {"reflection": answer_visibility.on_post_deleted, "insight": insights.on_post_deleted}
    threads = Threads(services, {"round": replies.receive_reply, "case": cases.receive_remark}, deletions)
    clock_watch = ClockWatch(slack.answers)
    catching_up = CatchingUp(services, slack, threads, people.look_up_person, elapsed, clock_watch.is_usable)
    listeners = _delivery_listeners(services, failures, threads, catching_up, calendar)
    outbox_worker, unfinished_jobs = _sending(services, slack, steady_clock(elapsed), listeners, timeouts)
    return Bot(
        settings=settings,
        services=services,
        calendar=calendar,
        elapsed=elapsed,
        interactive_slack=interactive_slack,
        slack_answers=slack.answers,
        clock_watch=clock_watch,
        outbox_worker=outbox_worker,
        unfinished_jobs=unfinished_jobs,
        metrics=Metrics(),
        submit=executor.submit,
        people=people,
        places=places,
        rounds=rounds,
        proposals=proposals,
        answers=answers,
        answer_visibility=answer_visibility,
        insights=insights,
        journal_retention=JournalRetention(services, answer_visibility, insights),
        replies=replies,
        questions=questions,
        cases=cases,
        threads=threads,
        catching_up=catching_up,
        digests=Digests(services, partial(asked_text, services), partial(method_name, services)),
        home=home,
        message_shortcut=MessageShortcut(services, _message_providers(services, answers, cases), home_providers),
        open_case_form_from=partial(open_case_form_from, services, partial(open_intake_with_story, cases)),
        delivery_failures=failures,
        **_rhythm_services(services, planning, proposals, rounds),
        **{name: make(services) for name, make in _NEEDING_NOTHING_ELSE.items()},
    )


# The services that work with `Services` alone, by their name in `Bot`.
_NEEDING_NOTHING_ELSE: dict[str, Callable[[Services], Any]] = {
    "case_insights": CaseInsights,
    "invitations": Invitations,
    "journal": Journal,
    "journal_export": JournalExport,
    "languages": Languages,
    "looking_back": LookingBack,
    "nameless_answers": NamelessAnswers,
    "new_moderator": NewModerator,
    "unopened_forms": UnopenedForms,
}


def _rhythm_services(
    services: Services, planning: RoundPlanning, proposals: Proposals, rounds: Rounds
) -> dict[str, Any]:
    """The services of how a circle works and agrees on it, by their name in `Bot`."""
    inactive_circles = InactiveCircles(services, proposals)
    return {
        "inactive_circles": inactive_circles,
        "circle_set_up": CircleSetUp(services, planning, proposals),
        "rhythm_page": RhythmPage(services, planning, rounds.post_round_in),
        "rhythm_proposals": RhythmProposals(services, proposals, inactive_circles),
        "far_plans": FarPlans(services, planning),
        "objections": Objections(services, proposals),
    }


def _places(services: Services, cases: Cases, home: Home) -> Places:
    """What comes and goes, and what waits for it."""
    waiting = (CirclePlaces(services), cases.waiting, home)
    return Places(services, waiting, partial(take_back_greeting, services))


def _delivery_listeners(
    services: Services, failures: DeliveryFailures, threads: Threads, catching_up: CatchingUp, calendar: Clock
) -> DeliveryListeners:
    """Who hears of what is not delivered, or was deleted, or is there twice."""

    def read_under_surplus(channel: str, surplus: str, kept: str) -> None:
        catching_up.read_replies_under(channel, surplus, kept, calendar())

    def on_failed(session: Session, post: OutboxTarget, operation: str, error: str) -> bool:
        is_reposted = repost_where_no_edit_is_taken(services, session, post, error)
        return is_reposted or failures.on_failed(session, post, operation, error)

    return DeliveryListeners(on_failed, failures.on_not_invited, threads.on_deleted, read_under_surplus)


def _sending(
    services: Services, slack: SlackClient, steady: Clock, listeners: DeliveryListeners, timeouts: Timeouts
) -> tuple[OutboxWorker, UnfinishedJobs]:
    """What sends the outbox, and what an operator does with it."""
    database, outbox = services.database, services.outbox
    worker = OutboxWorker(database, outbox, slack, steady, listeners, timeouts)
    return worker, UnfinishedJobs(database, outbox.clock)


def _proposals(services: Services, planning: RoundPlanning) -> Proposals:
    """What can be proposed for a circle. The keys are kept in the database."""
    types = {"first": FirstRhythm(planning), "rhythm": OtherRhythm(services, planning), "rest": Rest(planning)}
    return Proposals(services, types)


def _home_providers(services: Services) -> list[HomeProvider]:
    """What the wings put on Home. The order is that of the buttons at a circle, and of what is their own."""
    return [
        circle_places.home_provider(),
        journal_home.home_provider(),
        reflection_home.home_provider(services),
        intervision_home.home_provider(services),
        questions_home.home_provider(),
        rhythm_home.home_provider(),
    ]


def _message_providers(services: Services, answers: Answers, cases: Cases) -> list[MessageProvider]:
    """What the wings make of a message, in the order in which its author reads the choices."""
    return [
        reflection_shortcut.message_provider(services, answers),
        intervision_shortcut.message_provider(services, cases),
        journal_home.message_provider(),
    ]


def _services(settings: Settings, database: Database, elapsed: Clock) -> Services:
    """What every service works with. Time that is moved by hand moves the leases of the outbox too."""
    vault = open_vault(database, settings.klankbord_keys, settings.database_url)
    clock = (database_clock if elapsed is real_time else process_clock)(database, elapsed)
    return Services(
        database=database,
        vault=vault,
        outbox=Outbox(vault, clock),
        speakers=Speakers.load(),
        library=load_library(settings.protocols_dir, settings.prompts_dir),
        language=settings.language,
        timezone=settings.timezone,
    )


def build_production_bot(
    settings: Settings,
    jobs_queued: Event,
    form_executor: Executor,
    calendar: Clock | None = None,
    timeouts: Timeouts = TIMEOUTS,
) -> Bot:
    """The bot in production: Slack over the network, real time (or `calendar`), a commit that wakes the outbox."""
    token, url, answers = settings.slack_bot_token or "", settings.slack_api_url, SlackAnswers()
    return build_bot(
        settings,
        slack=SlackClient.connect(token, url, timeout=timeouts.call.total_seconds(), answers=answers),
        interactive_slack=SlackClient.connect(token, url, timeout=INTERACTIVE_SECONDS, answers=answers),
        calendar=calendar or CalendarClock(slacks_time=answers.slacks_time),
        elapsed=real_time,
        executor=form_executor,
        on_commit=jobs_queued.set,
        timeouts=timeouts,
    )
