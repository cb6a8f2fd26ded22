"""The world of the tests with one running case and copies of it, and a sent form of that case."""

import json
import secrets
from copy import deepcopy
from datetime import datetime, timedelta
from itertools import islice

from slack_bolt import BoltRequest

from benchmarks.case_copies import activate_copy, copy_case
from db.models import CaseRow
from playground.model import Envelope, Json
from schedules import ticks
from tests.databases import migrated
from tests.intervision.actors import Table, shown
from tests.world import World


class CaseBench:
    """Klankbord on `url` with `cases` open cases: one that was played, and copies of it."""

    def __init__(self, url: str, cases: int) -> None:
        migrated(url)
        self.world = World(url)
        self.world.sets_up()
        self._table = Table(self.world)
        self._table.begins()
        self._first = self._table.case
        self._copies = iter(copy_case(url, self._first, cases - 1))
        with self.world.bot.services.database.reading() as session:
            self._closes = session.get_one(CaseRow, self._first).due_at
        self._postpone_all()

    def close(self) -> None:
        """Close the database."""
        self.world.stops()

    def sent_forms(self, count: int) -> list[BoltRequest]:
        """So many sent forms, each with one question of Bram, for another case each."""
        payload = self._form_of_bram()
        return [_for_another_case(payload, copy) for copy in self._activated_copies(count, None)]

    def closing_moments(self, count: int, due: int) -> list[datetime]:
        """So many moments; at each, a step closes in `due` cases."""
        assert self._closes is not None, "an open step has an end"
        moments = [self._closes + timedelta(minutes=number) for number in range(count)]
        for moment in moments:
            self._activated_copies(due, moment)
        return moments

    def tick(self, moment: datetime, due: int) -> None:
        """Run the ticks. Raises `ValueError` if less than `due` was due; threads that are read again count too."""
        if (done := ticks.run_due(self.world.bot, moment)) < due:
            raise ValueError(f"{done} things were due at {moment}, not {due}")

    def _activated_copies(self, count: int, due: datetime | None) -> list[str]:
        services, copies = self.world.bot.services, list(islice(self._copies, count))
        with services.database.writing() as session:
            for copy in copies:
                activate_copy(session, services, self._first, copy, due or self._closes)
        return copies

    def _postpone_all(self) -> None:
        """Let every case be due long after the measuring."""
        assert self._closes is not None, "an open step has an end"
        later = self._closes + timedelta(days=30)
        with self.world.bot.services.database.writing() as session:
            session.query(CaseRow).update({CaseRow.due_at: later})

    def _form_of_bram(self) -> Json:
        sent: list[Envelope] = []
        form = self._table.opens(self._table.bram)
        self._table.bram.fills(form, {"text:new-1:0": "Wie beslist wat er op het lijstje komt?"})
        workspace = self.world.workspace
        workspace.disconnect(self.world._sink)
        workspace.connect(sent.append)
        self._table.bram.submits(shown(self._table.bram))
        return sent[-1].payload


def _for_another_case(payload: Json, case: str) -> BoltRequest:
    form = deepcopy(payload)
    pointers = {**json.loads(form["view"]["private_metadata"]), "case": case, "form": secrets.token_hex(8)}
    form["view"]["private_metadata"] = json.dumps(pointers)
    return BoltRequest(mode="socket_mode", body=form)
