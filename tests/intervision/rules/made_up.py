"""Made-up methods for play by chance: any order of steps, any reveal, any window, as long as the shape is right.

They are wilder than what `protocols check` lets in: what the machine promises, it promises in all of these.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bot.library.protocol import Protocol
from tests.intervision.rules.actors import CLOSING, STORY, WORDS, method, step

PEOPLE = ("peer", "peer", "peer", "owner", "owner peer", "owner facilitator peer", "observer", "facilitator")
WINDOWS = ("P0.5D", "P1D", "P2D", "PT1H", "PT30H")
FIELDS = [{"key": "what", "label": WORDS}, {"key": "how_sure", "label": WORDS, "scale": 10, "required": False}]


@st.composite
def steps_of(draw: st.DrawFn, key: str, before: tuple[str, ...]) -> dict[str, Any]:
    """One step, perhaps about or together with an earlier one."""
    who = draw(st.sampled_from(PEOPLE))
    least = draw(st.integers(0, 2))
    more: dict[str, Any] = {
        "reveal": draw(st.sampled_from(["immediate", "simultaneous", "simultaneous", "owner_only", "private"])),
        "names": draw(st.sampled_from(["shown", "shown", "hidden"])),
        "closes": draw(st.sampled_from(["early", "early", "window", "facilitator"])),
        "owner": "speaks" if "owner" in who else draw(st.sampled_from(["listens", "listens", "away"])),
        "optional": draw(st.sampled_from(["", "", "included", "left_out"])) or False,
        "order": draw(st.sampled_from(["any", "any", "turns"])),
        "window": draw(st.sampled_from(WINDOWS)),
        "per_person": {"min": least, "max": max(1, least) + draw(st.integers(0, 1))},
        "fields": draw(st.sampled_from([[], [], FIELDS[:1], FIELDS])),
    }
    if draw(st.booleans()) and before:
        more["about"] = {"steps": [draw(st.sampled_from(before))]}
    if draw(st.integers(0, 3)) == 0 and before:
        more[draw(st.sampled_from(["together_with", "part_of"]))] = draw(st.sampled_from(before))
    return step(key, who, "advice answer", **more)


@st.composite
def rated_of(draw: st.DrawFn, key: str) -> list[dict[str, Any]]:
    """Questions, what each did to the owner, and answers to those that did most; hidden names or none."""
    names = draw(st.sampled_from(["shown", "hidden"]))
    warmth = step(f"{key}_warmth", "owner", "rating", about={"steps": [key]}, window=draw(st.sampled_from(WINDOWS)))
    about = {"steps": [key], "rated": draw(st.sampled_from([["warm"], ["warm", "lukewarm"]]))}
    who, reveal = draw(
        st.sampled_from([("owner", "immediate"), ("owner", "simultaneous"), ("peer owner", "immediate")])
    )
    return [
        step(key, "peer observer", "clarifying_question", names=names, per_person={"min": 1, "max": 2}),
        warmth,
        step(f"{key}_warm", who, "answer", about=about, reveal=reveal),
    ]


@st.composite
def methods(draw: st.DrawFn) -> Protocol:
    """A story, up to five rounds by chance, and the owner's last word; what is asked beforehand comes out somewhere."""
    made: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 5))):
        earlier = tuple(each["key"] for each in made)
        made += draw(rounds(f"step_{number}", earlier))
    fit = [each["key"] for each in (*made, CLOSING) if comes_out(each)]
    until = draw(st.lists(st.sampled_from(fit), max_size=2))
    fields = [{"key": f"field_{n}", "label": WORDS, "withheld_until": key} for n, key in enumerate(until)]
    leads = draw(st.sampled_from(["also_peer", "also_peer", "only", "none"]))
    return method(STORY, *made, CLOSING, fields=fields, facilitator=leads)


@st.composite
def rounds(draw: st.DrawFn, key: str, before: tuple[str, ...]) -> list[dict[str, Any]]:
    """Now and then something to read, or questions that are rated; mostly one step of writing."""
    what = draw(st.integers(0, 7))
    if what == 0:
        return [step(key, "", window="P0D")]
    return draw(rated_of(key)) if what <= 2 else [draw(steps_of(key, before))]


def comes_out(step: dict[str, Any]) -> bool:
    """Whether what is withheld until this step is sure to come out there."""
    kept_in = not step.get("optional") and "about" not in step and step.get("names") != "hidden"
    return kept_in and (not step["who"] or "owner" in step["who"])
