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
from bot.outbox.worker import TIMEOUTS, OutboxWorker, Timeouts, DeliveryListeners
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
from bot.slack.client import HURRIED_SECONDS, SlackClient
from bot.words import Speakers
from db.session import Database


def build_bot(
    settings: Settings,
    *,
    slack: SlackClient,
    hurried: SlackClient,
    calendar: Clock,
    elapsed: Clock,
    executor: Executor,
    on_commit: Callable[[], None] = lambda: None,
    patience: Timeouts = TIMEOUTS,
) -> Bot:
    """Put the bot together. `hurried` is a gateway whose calls give up before Slack does."""
    database = Database(settings.database_url, on_commit=on_commit)
    desk = _desk(settings, database, elapsed)
    planning = RoundPlanning(desk)
    kinds = {"first": FirstRhythm(planning), "rhythm": OtherRhythm(desk, planning), "rest": Rest(planning)}
    rounds, proposals = Rounds(desk, planning), Proposals(desk, kinds)
    silences = InactiveCircles(desk, proposals)
    troubles, circles, home = DeliveryFailures(desk), CircleSetUp(desk, planning, proposals), Home(desk)
    cases = Cases(desk, home.refresh_homes)
    questions = Questions(desk, partial(refresh_round_card, desk))
    answers, settling, insights = Answers(desk), AnswerVisibility(desk), Insights(desk)
    replies, people = Replies(desk), PeopleDirectory(desk, slack, cases, Greeting(desk).greet_channel)
    losers = {"reflection": settling.on_post_deleted, "insight": insights.on_post_deleted}
    threads = Threads(desk, {"round": replies.receive_reply, "case": cases.receive_remark}, losers)
    told = DeliveryListeners(troubles.on_failed, troubles.on_not_invited, threads.on_deleted)
    return Bot(
        settings=settings,
        services=desk,
        calendar=calendar,
        elapsed=elapsed,
        interactive_slack=hurried,
        outbox_worker=OutboxWorker(database, desk.outbox, slack, elapsed, told, patience),
        metrics=Metrics(),
        submit=executor.submit,
        people=people,
        languages=Languages(desk),
        circle_set_up=circles,
        rounds=rounds,
        rhythm_page=RhythmPage(desk, planning, rounds.post_round_in),
        rhythm_proposals=RhythmProposals(desk, proposals, silences),
        inactive_circles=silences,
        proposals=proposals,
        objections=Objections(desk, proposals),
        answers=answers,
        answer_visibility=settling,
        nameless_answers=NamelessAnswers(desk),
        invitations=Invitations(desk),
        journal=Journal(desk),
        insights=insights,
        journal_export=JournalExport(desk, settling, insights),
        replies=replies,
        questions=questions,
        looking_back=LookingBack(desk, questions.page),
        cases=cases,
        threads=threads,
        catching_up=CatchingUp(desk, slack, threads, people.look_up_person, elapsed),
        digests=Digests(desk),
        home=home,
        message_shortcut=MessageShortcut(desk, answers, cases),
        delivery_failures=troubles,
    )


def _desk(settings: Settings, database: Database, elapsed: Clock) -> Services:
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


def build_production_bot(settings: Settings, wake: Event, beside: Executor, calendar: Clock, patience: Timeouts = TIMEOUTS) -> Bot:
    """The bot for real: Slack over the network, real time, a commit that wakes the outbox."""
    token, url = settings.slack_bot_token or "", settings.slack_api_url
    return build_bot(
        settings,
        slack=SlackClient.connect(token, url, timeout=patience.call.total_seconds()),
        hurried=SlackClient.connect(token, url, timeout=HURRIED_SECONDS),
        calendar=calendar,
        elapsed=real_time,
        executor=beside,
        on_commit=wake.set,
        patience=patience,
    )
