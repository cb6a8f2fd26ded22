"""Whatever events of a thread Slack sends, in whatever order and how often: in the end we keep what is in the thread.

People write, change and delete under a weekly question; every event of it is held up, and arrives, arrives again, or
never does. `KLANKBORD_DELIVERIES=500` looks that many times instead of a few.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.words.escaping import unescape
from db.models import Circle, Member, Reflection
from playground import messages
from playground.model import Envelope, Message
from playground.people import Person
from tests.databases import SqliteFiles
from tests.listening.clients import reads_through
from tests.reflection.actors import question_comes
from tests.world import World

EXAMPLES = int(os.environ.get("KLANKBORD_DELIVERIES", "5"))
WORDS = st.sampled_from(["Bij mij ook", "Vaak & <soms>", "Zie https://voorbeeld.be", "Dank je @Anna", "Toch niet"])
SELDOM = st.sampled_from([False, False, False, True])
WHICH = st.integers(0, 30)
# Slack's history lags, and what one reading lacks is not taken for deleted: only after a while is it certain; where the
# question itself is gone, only after hours.
UNTIL_CERTAIN = timedelta(minutes=2), timedelta(minutes=11), timedelta(hours=3)
FAULTS = st.sampled_from(["ratelimited", "invalid_cursor", "internal_error", "thread_not_found", "odd_error", 502])


T = TypeVar("T")


class Thread:
    """The thread of one question in a world whose events are held up, and what is to be kept of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.question = question_comes(world)
        self.fatma: Person | None = None
        self.gust = world.workspace.add_person("Gust", external_team="T0ANDERS")
        world.anna.invites(world.circle, self.gust)
        # Slack calls a channel shared with others only where another organisation is in it.
        world.circle.is_external = False
        world.passes(minutes=2)
        world.anna.user.is_admin = True
        self.out: set[str] = set()
        self.since: dict[str, str] = {}
        self.told: list[Envelope] = []
        self.on_its_way: list[Envelope] = []
        self.is_any_lost = False
        world.workspace.disconnect(world._sink)
        world.workspace.connect(self._hold)
        self.faults: list[str | int] = []
        reads_through(world, limit=4, happens=lambda _, said: self.faults.pop() if self.faults else None)

    def _hold(self, envelope: Envelope) -> None:
        if not envelope.payload["event"].get("bot_id"):
            self.told.append(envelope)
            self.on_its_way.append(envelope)

    def said(self) -> list[Message]:
        """The messages under the question, by anybody."""
        everything = self.world.circle.messages.values()
        return [one for one in everything if one.thread_ts == self.question.ts and one.ts != self.question.ts]

    def truth(self) -> dict[str, tuple[str, int]]:
        """By `ts`, the words that are to be kept, and how many files stood with them."""
        return {one.ts: (unescape(one.text), len(one.files)) for one in self.said() if self._is_kept_of(one)}

    def kept(self) -> dict[str, tuple[str, int]]:
        """By `ts`, the words that are kept, and how many files stood with them."""
        services = self.world.bot.services
        with services.database.reading() as session:
            rows = session.scalars(select(Reflection).where(Reflection.state == "shared"))
            return {
                row.ts or "": (services.open_text(row.words, f"reflection.words:{row.id}"), row.files) for row in rows
            }

    def known(self) -> set[str]:
        """Of whom anything at all is noted, be it where words stood that are gone."""
        with self.world.bot.services.database.reading() as session:
            return set(session.scalars(select(Member.slack).join(Reflection, Reflection.member_id == Member.id)))

    def arrives(self, envelope: Envelope) -> None:
        """Slack sends this event; one that is not accepted will be sent again."""
        self.world._sink(envelope)
        self.world.settles()
        refused = any(envelope.envelope_id in one.envelope_ids for one in self.world.workspace.delivery.waiting)
        if not refused:
            self.on_its_way = [one for one in self.on_its_way if one.envelope_id != envelope.envelope_id]

    def reads_again(self) -> None:
        """The bot reads everything where it listens."""
        self.world.bot.catching_up.plan_all(self.world.calendar())
        self.world.settles()

    def passes(self, time: timedelta) -> None:
        """Time goes by, and nothing else."""
        self.world.calendar.move(time)
        self.world.elapsed.move(time)

    def _is_kept_of(self, message: Message) -> bool:
        writer = message.user
        return writer not in (self.gust.id, *self.out) and message.ts > self.since.get(writer, "")


class Deliveries(RuleBasedStateMachine):
    """One thread, whatever happens to it."""

    fresh: Callable[[], World]

    def __init__(self) -> None:
        super().__init__()
        self.thread = Thread(type(self).fresh())
        self.world, self.workspace = self.thread.world, self.thread.world.workspace

    @initialize(seed=st.integers(0, 99))
    def the_rest_comes_in_some_order(self, seed: int) -> None:
        self.chance = Random(seed)

    # --------------------------------------------------------------------------------------- what people do

    def writers(self) -> list[Person]:
        newcomer = [self.thread.fatma] if self.thread.fatma else []
        return [self.world.bram, self.world.celine, self.world.bram, self.thread.gust, *newcomer]

    @rule(who=WHICH, text=WORDS, file=st.booleans(), also_in_channel=st.booleans())
    def somebody_says(self, who: int, text: str, file: bool, also_in_channel: bool) -> None:
        if self.thread.question.is_deleted:
            return
        files = [("schema.png", b"png")] if file else []
        one_of(self.writers(), who).says(
            self.world.circle, text, thread=self.thread.question, files=files, also_in_channel=also_in_channel
        )

    @rule(who=WHICH)
    def somebody_sends_only_a_file(self, who: int) -> None:
        if not self.thread.question.is_deleted:
            files = [("zonder.png", b"png")]
            one_of(self.writers(), who).says(self.world.circle, "", thread=self.thread.question, files=files)

    @precondition(lambda self: self.thread.said())
    @rule(which=WHICH, text=WORDS, blank=st.booleans())
    def somebody_changes(self, which: int, text: str, blank: bool) -> None:
        message = one_of(self.thread.said(), which)
        self._writer(message).edits(message, "" if blank and message.files else text)

    @precondition(lambda self: self.thread.said())
    @rule(which=WHICH)
    def somebody_deletes(self, which: int) -> None:
        message = one_of(self.thread.said(), which)
        self._writer(message).deletes(message)

    @precondition(lambda self: self.thread.said())
    @rule(which=WHICH)
    def a_preview_comes(self, which: int) -> None:
        with self.workspace.changing():
            messages.preview_link(self.workspace, one_of(self.thread.said(), which), "Een pagina")

    @precondition(lambda self: self.thread.question.subtype is None and not self.thread.question.is_deleted)
    @rule(really=SELDOM)
    def the_question_is_deleted(self, really: bool) -> None:
        if really:
            self.world.anna.deletes(self.thread.question)

    @precondition(lambda self: self.thread.fatma is None)
    @rule()
    def somebody_new_joins(self) -> None:
        self.thread.fatma = self.workspace.add_person("Fatma")
        self.thread.fatma.joins(self.world.circle)

    @rule(really=SELDOM)
    def celine_opts_out_or_in(self, really: bool) -> None:
        if not really:
            return
        user, bot = self.world.celine.id, self.world.bot
        with bot.services.database.reading() as session:
            circle = session.scalars(select(Circle.id)).one()
        self.thread.passes(timedelta(seconds=1))
        if user in self.thread.out:
            bot.replies.opt_in(user, circle, self.world.calendar())
            self.thread.out.discard(user)
            self.thread.since[user] = f"{self.world.calendar().timestamp():.6f}"
        else:
            bot.replies.opt_out(user, circle)
            self.thread.out.add(user)
        self.thread.passes(timedelta(seconds=1))

    # ----------------------------------------------------------------------------------- what Slack does with it

    @precondition(lambda self: self.thread.told)
    @rule(which=WHICH, other_id=st.booleans())
    def something_arrives(self, which: int, other_id: bool) -> None:
        envelope = one_of(self.thread.told, which)
        payload = {**envelope.payload, "event_id": f"Ev{which}"} if other_id else envelope.payload
        self.thread.arrives(replace(envelope, payload=payload))

    @precondition(lambda self: self.thread.on_its_way)
    @rule(which=WHICH)
    def what_is_on_its_way_arrives(self, which: int) -> None:
        self.thread.arrives(one_of(self.thread.on_its_way, which))

    @precondition(lambda self: self.thread.on_its_way)
    @rule(which=WHICH)
    def something_never_arrives(self, which: int) -> None:
        lost = one_of(self.thread.on_its_way, which)
        for all_of_them in (self.thread.told, self.thread.on_its_way):
            all_of_them.remove(lost)
        self.thread.is_any_lost = True

    @rule(seconds=st.sampled_from([0, 0, 1, 30, 70]))
    def the_bot_reads_again(self, seconds: int) -> None:
        self.thread.passes(timedelta(seconds=seconds))
        self.thread.reads_again()

    @rule(fault=FAULTS, number=st.integers(1, 3))
    def the_next_readings_fail(self, fault: str | int, number: int) -> None:
        self.thread.faults += [fault] * number
        self.thread.reads_again()

    # -------------------------------------------------------------------------------------------- at the end

    def teardown(self) -> None:
        try:
            self._in_the_end()
        finally:
            self.world.stops()

    def _in_the_end(self) -> None:
        while self.thread.on_its_way:
            for envelope in self.chance.sample(self.thread.on_its_way, len(self.thread.on_its_way)):
                self.thread.arrives(envelope)
        if not self.thread.is_any_lost:
            assert self.thread.kept() == self.thread.truth(), "everything was told"
        self.thread.faults.clear()
        for time in UNTIL_CERTAIN:
            self.thread.passes(time)
            self.thread.reads_again()
        assert self.thread.kept() == self.thread.truth(), "everything was read again"
        assert not self.thread.known() & {self.thread.gust.id, *self.thread.out}

    def _writer(self, message: Message) -> Person:
        return next(one for one in self.workspace.people if one.id == message.user)


def one_of(some: Sequence[T], which: int) -> T:
    """One of these, the latest first."""
    return some[-1 - which % len(some)]


def test_what_is_kept_is_what_is_in_the_thread(sqlite_files: SqliteFiles, tmp_path: Path):
    numbers = count(1)

    class Here(Deliveries):
        @staticmethod
        def fresh() -> World:
            return World(sqlite_files.copy_to(tmp_path / f"{next(numbers)}.db"))

    # What it finds is short enough to read; making it shorter takes minutes.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    checks = list(HealthCheck)
    how = settings(
        max_examples=EXAMPLES, stateful_step_count=30, deadline=None, suppress_health_check=checks, phases=phases
    )
    run_state_machine_as_test(Here, settings=how)
