"""The pages about the project name files that are there, and commands that the Makefile has."""

import re
from pathlib import Path

import pytest

from bot.digest.rules import CASES, PEOPLE
from bot.intervision.rules.retention import CASE_RETENTION
from bot.library.reading import load_library
from bot.reflection.rules import FEWEST_MEMBERS

ROOT = Path(__file__).parents[2]
LIBRARY = load_library()
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", *(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")))
NAMED = re.compile(r"`((?:app|bot|benchmarks|cli|db|demo|handlers|playground|schedules|tests)/[\w./-]+)`")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    named = NAMED.findall((ROOT / page).read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_page_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_make_command_is_in_the_makefile(page: str) -> None:
    there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = re.findall(r"`make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert set(named) - there == set()


# In each language the words for the numbers that pages say in prose.
WORDS = {
    "en": {3: "three", 5: "five", 12: "twelve", 24: "twenty-four", 30: "thirty", 80: "eighty"},
    "nl": {3: "drie", 5: "vijf", 12: "twaalf", 24: "vierentwintig", 30: "dertig", 80: "tachtig"},
    "fr": {3: "trois", 5: "cinq", 12: "douze", 24: "vingt-quatre", 30: "trente", 80: "quatre-vingts"},
}


@pytest.mark.parametrize("language", WORDS)
def test_the_members_page_says_the_numbers_of_the_code(language: str) -> None:
    """The days a case is kept, the methods, and from how many people on something is shared or counted."""
    page = (ROOT / f"docs/members.{language}.md").read_text(encoding="utf-8").lower()
    numbers = (CASE_RETENTION.days, len(LIBRARY.protocols), FEWEST_MEMBERS, PEOPLE, CASES)
    assert [number for number in numbers if WORDS[language][number] not in page] == []


def test_the_readme_says_the_numbers_of_the_code() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8").lower()
    numbers = (CASE_RETENTION.days, len(LIBRARY.protocols), len(LIBRARY.prompts), PEOPLE, CASES)
    assert [number for number in numbers if WORDS["en"][number] not in page] == []
