"""A protocol as a page in one language: the same page in Slack, in a terminal and in the docs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, groupby
from string import ascii_lowercase

from babel.units import format_unit

from bot.core.text import Language, Text
from bot.core.window import Window
from bot.library import page_words as words
from bot.library.example import Example, ExampleLine
from bot.library.protocol import FormField, Protocol, Step

_UNITS = tuple((name, timedelta(**{f"{name}s": 1})) for name in ("week", "day", "hour", "minute", "second"))


@dataclass(frozen=True)
class Heading:
    """A title; `level` 1 is the title of the page."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A text, after a `label` in bold, if there is one."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Points:
    """Short lines that belong together."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """An example of what somebody could write."""

    label: str
    text: str


Piece = Heading | Paragraph | Points | Sample


def protocol_page(
    protocol: Protocol,
    language: Language,
    known: Mapping[str, Protocol] | None = None,
    *,
    with_dialogue: bool = True,
) -> Iterator[Piece]:
    """The whole protocol: when to choose it, each step with its examples, and a dialogue unless it is left out.

    `known` are the protocols by key: a variant shows the name of its protocol if that is known, else the key.
    """
    yield Heading(1, protocol.name.in_(language))
    yield from _introduction(protocol, language, known or {})
    yield Heading(2, words.STEPS.in_(language))
    yield from _steps(protocol, language)
    if protocol.example and with_dialogue:
        yield from _dialogue(protocol, protocol.example, language)


def protocol_summary(protocol: Protocol, language: Language, known: Mapping[str, Protocol] | None = None) -> str:
    """One line: size, length, what the method needs, its variant: "4 to 8 people · at most 8 working days"."""
    facts = dict(_facts(protocol, language, known or {}))
    parts = [facts[label] for label in (words.GROUP, words.SERIES, words.TIME) if label in facts]
    parts += [_labelled(label, facts[label], language) for label in (words.NEEDS, words.VARIANT) if label in facts]
    return " · ".join(parts)


def protocol_name(protocol: Protocol, language: Language, known: Mapping[str, Protocol]) -> str:
    """Its name, and what it is a variant of: "Incident with an empty chair (Variant of: Incident method)"."""
    name, variant = protocol.name.in_(language), _variant_of(protocol, language, known)
    return f"{name} ({_labelled(words.VARIANT, variant, language)})" if variant else name


def _introduction(protocol: Protocol, language: Language, known: Mapping[str, Protocol]) -> Iterator[Piece]:
    yield Paragraph(protocol.choose_when.in_(language), words.CHOOSE_WHEN.in_(language))
    if protocol.avoid_when:
        yield Paragraph(protocol.avoid_when.in_(language), words.AVOID_WHEN.in_(language))
    yield Points(tuple(_labelled(label, value, language) for label, value in _facts(protocol, language, known)))


def _facts(protocol: Protocol, language: Language, known: Mapping[str, Protocol]) -> Iterator[tuple[Text, str]]:
    fewest, most = protocol.group.min, protocol.group.max
    people = (words.EXACTLY_PEOPLE if fewest == most else words.PEOPLE).in_(language).format(min=fewest, max=most)
    yield words.GROUP, f"{people} · {words.FACILITATION[protocol.facilitator].in_(language)}"
    if protocol.series:
        yield words.SERIES, words.EVERYBODY_BRINGS.in_(language).format(at_once=protocol.series.at_once)
    yield words.TIME, words.WORKING_DAYS.in_(language).format(days=_number(protocol.working_days, language))
    if protocol.needs:
        yield words.NEEDS, ", ".join(words.NEEDED[need].in_(language) for need in protocol.needs)
    if variant := _variant_of(protocol, language, known):
        yield words.VARIANT, variant
    for field in protocol.fields:
        yield words.ASKED, _field_label(protocol, field, language)
    for each in protocol.exempt:
        yield words.EXEMPT[each.rule], f"{each.reason.in_(language)} ({each.source})"
    yield words.CREDIT, f"{protocol.origin.credit_in(language)} ({protocol.origin.licence})"
    if protocol.origin.notes:
        yield words.NOTES, protocol.origin.notes.in_(language)
    yield words.VERSION, words.KEEPS_VERSION.in_(language).format(version=protocol.version)


def _variant_of(protocol: Protocol, language: Language, known: Mapping[str, Protocol]) -> str:
    """The name of the protocol that this is a variant of, or its key if it is not known; empty if it is no variant."""
    variant = known.get(protocol.variant_of or "")
    return variant.name.in_(language) if variant else protocol.variant_of or ""


def _field_label(protocol: Protocol, field: FormField, language: Language) -> str:
    label = field.label.in_(language)
    if field.withheld_until is None:
        return label
    step = _number_of(protocol, protocol.step(field.withheld_until))
    return f"{label} ({words.WITHHELD.in_(language).format(step=step)})"


def _number_of(protocol: Protocol, step: Step) -> str:
    """The number of a step as people count: "2a" is the first part of the second step."""
    for number, parts in enumerate(protocol.numbered(), start=1):
        if step in parts:
            return f"{number}{ascii_lowercase[parts.index(step)]}" if len(parts) > 1 else str(number)
    raise LookupError(f"step {step.key!r} is no part of this method")


def _steps(protocol: Protocol, language: Language) -> Iterator[Piece]:
    for step in chain.from_iterable(protocol.numbered()):
        yield Heading(3, f"{_number_of(protocol, step)}. {step.name.in_(language)}")
        yield Paragraph(step.ask.in_(language))
        yield Points(tuple(_rules(protocol, step, language)))
        yield from _examples(step, language)


def _rules(protocol: Protocol, step: Step, language: Language) -> Iterator[str]:
    who = ", ".join(words.ROLES[role].in_(language) for role in step.who) or words.READING.in_(language)
    yield _labelled(words.WHO, who, language)
    if step.fields:
        labels = " · ".join(field.label.in_(language) for field in step.fields)
        yield _labelled(words.FIELDS, labels, language)
    if step.who:
        yield _labelled(words.HOW_MANY, _how_many(step, language), language)
        yield _labelled(words.SEEN, words.REVEALS[step.reveal].in_(language), language)
    if protocol.window_of(step) != Window():
        yield _labelled(words.OPEN, _how_long(protocol.window_of(step), language), language)
    if step.together_with:
        other = _number_of(protocol, protocol.step(step.together_with))
        yield words.TOGETHER.in_(language).format(step=other)
    asides = [words.OWNERS[step.owner], words.CLOSINGS[step.closes], words.SOURCES[step.source]]
    asides += [words.SILENCE] if protocol.is_talk(step) else []
    asides += [words.OPTIONAL] if step.optional else []
    yield from (aside.in_(language) for aside in asides if aside)
    if step.keep:
        yield words.KEPT.in_(language).format(time=_how_long(step.keep, language))


def _how_many(step: Step, language: Language) -> str:
    fewest, most = step.per_person.min, step.per_person.max
    if most is None:
        return words.EACH_ANSWER.in_(language)
    return (words.EXACTLY if fewest == most else words.EACH).in_(language).format(min=fewest, max=most)


def _how_long(window: Window, language: Language) -> str:
    return _days(window.working_days, language) if window.plain is None else _plain_time(window.plain, language)


def _examples(step: Step, language: Language) -> Iterator[Piece]:
    if step.good:
        yield Sample(words.GOOD.in_(language), step.good.in_(language))
    if step.poor:
        yield Sample(words.POOR.in_(language), step.poor.in_(language))


def _dialogue(protocol: Protocol, example: Example, language: Language) -> Iterator[Piece]:
    intake = example.intake
    yield Heading(2, words.EXAMPLE.in_(language))
    yield Heading(3, _labelled(example.people.owner, intake.title.in_(language), language))
    yield Paragraph(intake.situation.in_(language))
    yield Paragraph(intake.question.in_(language), f"{words.QUESTION.in_(language)}.")
    for field in protocol.fields:
        yield Paragraph(intake.fields[field.key].in_(language), _field_label(protocol, field, language))
    # The lines of two steps that are open together may alternate.
    for key, lines in groupby(example.lines, key=lambda line: line.in_):
        yield Heading(4, protocol.step(key).name.in_(language))
        step = protocol.step(key)
        yield Points(tuple(_labelled(line.by, _line_text(line, step, example, language), language) for line in lines))


def _labelled(label: Text | str, value: str, language: Language) -> str:
    word = label if isinstance(label, str) else label.in_(language)
    return words.LABELLED.in_(language).format(label=word, value=value)


def _line_text(line: ExampleLine, step: Step, example: Example, language: Language) -> str:
    text = (words.RATINGS[line.rating] if line.rating else line.text or words.PASS).in_(language)
    if line.fields:
        text = " · ".join(_field_text(line, field, language) for field in step.fields if field.key in line.fields)
    text = f"({text})" if line.does else text
    about = next((each for each in example.lines if line.about and each.id == line.about), None)
    return f"(→ {about.by}) {text}" if about else text


def _field_text(line: ExampleLine, field: FormField, language: Language) -> str:
    answer, scale = line.fields[field.key], words.ON_SCALE.in_(language)
    text = scale.format(number=answer, highest=field.scale) if isinstance(answer, int) else answer.in_(language)
    return _labelled(field.label.in_(language), text, language)


def _plain_time(time: timedelta, language: Language) -> str:
    """A length in the largest unit that divides it: "6 weken", "90 minuten"."""
    unit, size = next((name, size) for name, size in _UNITS if time % size == timedelta())
    return format_unit(time // size, f"duration-{unit}", locale=language)


def _days(days: float, language: Language) -> str:
    """Working days: in English only one is singular, in Dutch and French everything below two."""
    singular = days == 1 if language == "en" else days < 2
    return (words.DAY if singular else words.DAYS).in_(language).format(days=_number(days, language))


def _number(days: float, language: Language) -> str:
    return f"{days:g}" if language == "en" else f"{days:g}".replace(".", ",")
