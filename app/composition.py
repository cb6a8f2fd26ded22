"""How the bot is put together: the one place that knows every part of it, and decides nothing."""

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from threading import Event

from bot.bot import Bot
from bot.circles.delivery_failures import DeliveryFailures
from bot.circles.languages import Languages
from bot.consent.objections import Objections
from bot.consent.proposals import Proposals
from bot.core.clocks import elapsed as real_time
from bot.core.services import Services
from bot.crypto.key_check import open_vault
from bot.digest.digests import Digests
from bot.home.home import Home
from bot.home.message_shortcut import MessageShortcut
from bot.intervision.cases import Cases
from bot.journal.insights import Insights
from bot.journal.journal import Journal
from bot.journal.own_words import JournalExport
from bot.library.reading import load_library
from bot.listening.catching_up import CatchingUp
from bot.listening.threads import Threads
from bot.outbox.queue import Clock, Outbox
from bot.outbox.worker import TIMEOUTS, DeliveryListeners, OutboxWorker, Timeouts
from bot.people.people import PeopleDirectory
from bot.questions.questions import Questions
from bot.reflection.answer_visibility import AnswerVisibility
from bot.reflection.answers import Answers
from bot.reflection.invitations import Invitations
from bot.reflection.looking_back import LookingBack
from bot.reflection.nameless import NamelessAnswers
from bot.reflection.replies import Replies
from bot.reflection.round_cards import refresh_round_card
from bot.reflection.rounds import Rounds
from bot.rhythm.change_rhythm import RhythmProposals
from bot.rhythm.greeting import Greeting
from bot.rhythm.inactive_circle import InactiveCircles
from bot.rhythm.planning import RoundPlanning
from bot.rhythm.proposal_types import FirstRhythm, OtherRhythm, Rest
from bot.rhythm.rhythm_page import RhythmPage
from bot.rhythm.set_up import CircleSetUp
from bot.settings.metrics import Metrics
from bot.settings.settings import Settings
from bot.slack.client import INTERACTIVE_SECONDS, SlackClient
from bot.words import Speakers
from db.session import Database


def build_bot(
    settings: Settings,
    *,
    slack: SlackClient,
    interactive_slack: SlackClient,
    calendar: Clock,
    elapsed: Clock,
    executor: Executor,
    on_commit: Callable[[], None] = lambda: None,
    timeouts: Timeouts = TIMEOUTS,
) -> Bot:
    """Put the bot together. The calls of `interactive_slack` time out before a waiting person gives up."""
    database = Database(settings.database_url, on_commit=on_commit)
    services = _services(settings, database, elapsed)
    planning = RoundPlanning(services)
    kinds = {"first": FirstRhythm(planning), "rhythm": OtherRhythm(services, planning), "rest": Rest(planning)}
    rounds, proposals = Rounds(services, planning), Proposals(services, kinds)
    silences = InactiveCircles(services, proposals)
    troubles, circles, home = DeliveryFailures(services), CircleSetUp(services, planning, proposals), Home(services)
    cases = Cases(services, home.refresh_homes)
    questions = Questions(services, partial(refresh_round_card, services))
    answers, settling, insights = Answers(services), AnswerVisibility(services), Insights(services)
    replies, people = Replies(services), PeopleDirectory(services, slack, cases, Greeting(services).greet_channel)
    losers = {"reflection": settling.on_post_deleted, "insight": insights.on_post_deleted}
    threads = Threads(services, {"round": replies.receive_reply, "case": cases.receive_remark}, losers)
    told = DeliveryListeners(troubles.on_failed, troubles.on_not_invited, threads.on_deleted)
    return Bot(
        settings=settings,
        services=services,
        calendar=calendar,
        elapsed=elapsed,
        interactive_slack=interactive_slack,
        outbox_worker=OutboxWorker(database, services.outbox, slack, elapsed, told, timeouts),
        metrics=Metrics(),
        submit=executor.submit,
        people=people,
        languages=Languages(services),
        circle_set_up=circles,
        rounds=rounds,
        rhythm_page=RhythmPage(services, planning, rounds.post_round_in),
        rhythm_proposals=RhythmProposals(services, proposals, silences),
        inactive_circles=silences,
        proposals=proposals,
        objections=Objections(services, proposals),
        answers=answers,
        answer_visibility=settling,
        nameless_answers=NamelessAnswers(services),
        invitations=Invitations(services),
        journal=Journal(services),
        insights=insights,
        journal_export=JournalExport(services, settling, insights),
        replies=replies,
        questions=questions,
        looking_back=LookingBack(services, questions.page),
        cases=cases,
        threads=threads,
        catching_up=CatchingUp(services, slack, threads, people.look_up_person, elapsed),
        digests=Digests(services),
        home=home,
        message_shortcut=MessageShortcut(services, answers, cases),
        delivery_failures=troubles,
    )


def _services(settings: Settings, database: Database, elapsed: Clock) -> Services:
    """What every use case works with."""
    vault = open_vault(database, settings.klankbord_keys, settings.database_url)
    return Services(
        database=database,
        vault=vault,
        outbox=Outbox(vault, elapsed),
        speakers=Speakers.load(),
        library=load_library(settings.protocols_dir, settings.prompts_dir),
        language=settings.language,
        timezone=settings.timezone,
    )


def build_production_bot(
    settings: Settings, jobs_queued: Event, form_executor: Executor, calendar: Clock, timeouts: Timeouts = TIMEOUTS
) -> Bot:
    """The bot in production: Slack over the network, real time, and commits that wake the outbox workers."""
    token, url = settings.slack_bot_token or "", settings.slack_api_url
    return build_bot(
        settings,
        slack=SlackClient.connect(token, url, timeout=timeouts.call.total_seconds()),
        interactive_slack=SlackClient.connect(token, url, timeout=INTERACTIVE_SECONDS),
        calendar=calendar,
        elapsed=real_time,
        executor=form_executor,
        on_commit=jobs_queued.set,
        timeouts=timeouts,
    )
