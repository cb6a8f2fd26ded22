"""The words that a protocol file may use; the values are the words in the file."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """The part of a person in one case."""

    OWNER = "owner"
    FACILITATOR = "facilitator"
    PEER = "peer"
    OBSERVER = "observer"


class Kind(StrEnum):
    """What kind of contribution it is."""

    CASE_STORY = "case_story"
    CLARIFYING_QUESTION = "clarifying_question"
    PROBING_QUESTION = "probing_question"
    ANSWER = "answer"
    RATING = "rating"
    HYPOTHESIS = "hypothesis"
    REFRAME = "reframe"
    ASSOCIATION = "association"
    POSITION = "position"
    ADVICE = "advice"
    APPRECIATION = "appreciation"
    REACTION = "reaction"
    COMMITMENT = "commitment"
    TAKE_AWAY = "take_away"
    META_EVALUATION = "meta_evaluation"
    CHOICE = "choice"
    REFLECTION = "reflection"
    RECOGNITION = "recognition"
    SUMMARY = "summary"
    SILENCE = "silence"


QUESTIONS: Final = frozenset({Kind.CLARIFYING_QUESTION, Kind.PROBING_QUESTION})


class Rating(StrEnum):
    """The effect of a question on the owner: "warm" means that it touches, not that it is a good question."""

    WARM = "warm"
    LUKEWARM = "lukewarm"
    COLD = "cold"


class Reveal(StrEnum):
    """When a contribution appears, and for whom."""

    IMMEDIATE = "immediate"
    SIMULTANEOUS = "simultaneous"
    OWNER_ONLY = "owner_only"
    PRIVATE = "private"


class Names(StrEnum):
    """Whether contributions show the name of their author."""

    SHOWN = "shown"
    HIDDEN = "hidden"


class Order(StrEnum):
    """Whether people write when they want, or one after another."""

    ANY = "any"
    TURNS = "turns"


class Closes(StrEnum):
    """What closes a step."""

    EARLY = "early"
    WINDOW = "window"
    FACILITATOR = "facilitator"


class OwnerMode(StrEnum):
    """What the owner does while a step is open."""

    SPEAKS = "speaks"
    LISTENS = "listens"
    AWAY = "away"


class Addressing(StrEnum):
    """How peers speak to, or about, the owner."""

    SECOND_PERSON = "second_person"
    THIRD_PERSON = "third_person"
    FIRST_PERSON_AS_OWNER = "first_person_as_owner"


class Optional(StrEnum):
    """The default of a step that a group may leave out."""

    INCLUDED = "included"
    LEFT_OUT = "left_out"


class Source(StrEnum):
    """How sure we are that the method itself has this step."""

    ATTESTED = "attested"
    OWN_JUDGEMENT = "own_judgement"
    DISPUTED = "disputed"


class OurRule(StrEnum):
    """Our rules for every method. A method whose sources break one may declare an exemption."""

    QUESTIONS_BEFORE_ADVICE = "questions_before_advice"
    FLOOR_AFTER_SILENCE = "floor_after_silence"
    OWNER_HAS_LAST_WORD = "owner_has_last_word"


class Need(StrEnum):
    """What a group needs before it chooses this protocol."""

    SAFE_GROUP = "safe_group"
    TRAINED_LEADER = "trained_leader"


class Facilitation(StrEnum):
    """Whether there is a facilitator, and whether the facilitator contributes too."""

    ALSO_PEER = "also_peer"
    ONLY = "only"
    NONE = "none"


class CasePlace(StrEnum):
    """Where a case takes place."""

    CHANNEL = "channel"
    DIRECT = "direct"
