"""Who may do what in a case, and who may read what. The views ask before they show a button, `decide` before it acts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.rules.case import Case, Contribution, CaseState, StepPhase, held_for_owner
from bot.rules.protocol import Step
from bot.rules.vocabulary import Closes, Facilitation, Kind, Reveal, Role


class Action(StrEnum):
    """What a person can ask of a case; `may` answers for each."""

    JOIN = "join"
    START = "start"
    WRITE = "write"
    CHANGE = "change"
    PASS = "pass"
    CLOSE_STEP = "close_step"
    READY = "ready"
    STOP = "stop"


class Reason(StrEnum):
    """Why something may not be; the words for it stand in the catalogues."""

    NOT_IN_CASE = "not_in_case"
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOURS = "not_yours"
    NOT_RUNNING = "not_running"
    ALREADY_STARTED = "already_started"
    ALREADY_IN = "already_in"
    STEP_NOT_OPEN = "step_not_open"
    STEP_NOT_CLOSED = "step_not_closed"
    NOT_BEFORE_ITS_TIME = "not_before_its_time"
    KIND_NOT_ALLOWED = "kind_not_allowed"
    TOO_MANY = "too_many"
    ABOUT_MISSING = "about_missing"
    ABOUT_UNKNOWN = "about_unknown"
    ALREADY_ANSWERED = "already_answered"
    ALREADY_WROTE = "already_wrote"
    STORY_NEEDED = "story_needed"
    GROUP_TOO_SMALL = "group_too_small"
    GROUP_TOO_LARGE = "group_too_large"
    NO_FACILITATOR_HERE = "no_facilitator_here"
    FACILITATOR_TAKEN = "facilitator_taken"
    ONLY_OWNER = "only_owner"
    ONLY_FACILITATOR = "only_facilitator"


class Refused(Exception):
    """Something may not be; nothing changed. `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
