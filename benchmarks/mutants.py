"""Breaks what the promises stand on, one thing at a time, in a copy of the project, and says which test notices.

`python -m benchmarks.mutants` tries all twelve, `python -m benchmarks.mutants lease look-up` some. It ends with status
1 if a mutant survives, or if a text that a mutant replaces is no longer there.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

ROOT = Path(__file__).parents[1]
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "build", "var", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info", "images"
)
# Long enough for a slow machine; a mutant may make a story wait for ever.
_PATIENCE = 120.0


@dataclass(frozen=True)
class Mutant:
    """In `file` the text `right` becomes `wrong`; one of `tests` has to fail then."""

    name: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...]


MUTANTS = (
    Mutant(
        "dedupe",
        "bot/reflection/replies.py",
        "kept = queries.find_reflection_by_message(session, event.channel, event.ts)",
        "kept: Reflection | None = None",
        ("tests/reflection/test_replies.py",),
    ),
    Mutant(
        "acknowledged-before-commit",
        "handlers/bolt_app.py",
        "process_before_response=True",
        "process_before_response=False",
        ("tests/handlers/test_telling_again.py",),
    ),
    Mutant(
        "look-up",
        "bot/outbox/calls.py",
        "if job.uncertain and (ts := self._find(job, channel)):",
        "if job.is_deleted and (ts := self._find(job, channel)):",
        ("tests/outbox/test_sending.py", "tests/outbox/test_uncertain.py"),
    ),
    Mutant(
        "lease",
        "bot/outbox/claims.py",
        "if job.lease_until is None or job.lease_until <= now:",
        "if job.lease_until is None:",
        ("tests/outbox/test_doubt.py",),
    ),
    Mutant(
        "surplus",
        "bot/outbox/verification.py",
        "            self._calls.slack.delete_message(channel, ts)\n",
        "            pass\n",
        ("tests/outbox/test_doubt.py",),
    ),
    Mutant(
        "verification",
        "bot/outbox/outcomes.py",
        "target.verify_at = now + self._timeouts.verify[0]",
        "target.verify_at = None",
        ("tests/outbox/test_verified.py",),
    ),
    Mutant(
        "queue-order",
        "bot/outbox/sendable.py",
        "        ~and_(_is_new_post(), new_posts.exists()),\n",
        "",
        ("tests/outbox/test_sending.py", "tests/outbox/test_several_workers.py"),
    ),
    Mutant(
        "retry-after",
        "bot/slack/meanings.py",
        "return min(max(seconds, LEAST_PAUSE), LONGEST_PAUSE) if -inf < seconds < inf else LEAST_PAUSE",
        "return LEAST_PAUSE",
        ("tests/slack/test_retry_after.py",),
    ),
    Mutant(
        "escaping",
        "bot/words/escaping.py",
        'return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")',
        "return text",
        ("tests/reflection/test_answers.py", "tests/intervision/test_writing.py"),
    ),
    Mutant(
        "meaning",
        "bot/slack/meanings.py",
        'if response.status_code >= 500 or data.get("ok") is not False or name is None or name in _AMBIGUOUS:',
        "if name in _AMBIGUOUS:",
        ("tests/slack/test_meanings.py",),
    ),
    Mutant(
        "cursor",
        "bot/listening/catching_up.py",
        "progress = ReadingProgress.parse(claim.progress)",
        "progress = ReadingProgress()",
        ("tests/listening/test_reading_on.py",),
    ),
    Mutant(
        "thread-not-found",
        "bot/listening/reading.py",
        "return SURE_AFTER_FOR_THREADS if self.lacks_thread or lacks_ours else SURE_AFTER",
        "return timedelta()",
        ("tests/listening/test_gone.py",),
    ),
)


class TextGone(Exception):
    """What a mutant replaces is not in its file once: the code changed, and the mutant has to follow it."""


class Specimen:
    """A copy of the project in `folder`, in which one thing at a time is broken."""

    def __init__(self, folder: Path) -> None:
        self._root = folder / "project"
        shutil.copytree(ROOT, self._root, ignore=_LEFT_OUT)

    def failing(self, *tests: str) -> list[str]:
        """The first of these tests that fails, if one does."""
        command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-x", "-p", "no:cacheprovider", *tests]
        result = self._run([*command, "-m", "not postgres and not browser"])
        if result is None:
            return ["a test that waited for ever"]
        failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", result.stdout, re.MULTILINE)
        return failed or ([] if result.returncode == 0 else [result.stdout[-500:] + result.stderr[-500:]])

    def failing_when_broken(self, mutant: Mutant) -> list[str]:
        """The test that notices this mutant, if one does. Raises `TextGone`."""
        file = self._root / mutant.file
        right = file.read_text(encoding="utf-8")
        if right.count(mutant.right) != 1:
            raise TextGone(f"{mutant.name}: {mutant.file} does not say once: {mutant.right.strip()}")
        wrong = right.replace(mutant.right, mutant.wrong)
        compile(wrong, mutant.file, "exec")  # What is no program proves nothing.
        file.write_text(wrong, encoding="utf-8")
        try:
            return self.failing(*mutant.tests)
        finally:
            file.write_text(right, encoding="utf-8")

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str] | None:
        path = os.pathsep.join(map(str, (self._root, self._root / "playground" / "src")))
        settings = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            return subprocess.run(  # noqa: S603 (our own tests)
                command, cwd=self._root, env=settings, capture_output=True, text=True, timeout=_PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return None


def main(chosen: list[str]) -> int:
    """Try the `chosen` mutants, or all; returns the exit status."""
    if unknown := set(chosen) - {one.name for one in MUTANTS}:
        print(f"There is no mutant {', '.join(sorted(unknown))}: there is {', '.join(one.name for one in MUTANTS)}")
        return 2
    mutants = [one for one in MUTANTS if not chosen or one.name in chosen]
    with TemporaryDirectory(prefix="klankbord-mutants-") as folder:
        specimen = Specimen(Path(folder))
        if failing := specimen.failing(*dict.fromkeys(test for one in mutants for test in one.tests)):
            print(f"Unbroken, this fails already: {failing[0]}")
            return 1
        survivors = [one.name for one in mutants if not _is_noticed(specimen, one)]
    print(f"{len(mutants) - len(survivors)} of {len(mutants)} mutants noticed")
    return 1 if survivors else 0


def _is_noticed(specimen: Specimen, mutant: Mutant) -> bool:
    began = monotonic()
    try:
        noticed = specimen.failing_when_broken(mutant)
    except TextGone as gone:
        print(gone, flush=True)
        return False
    says = noticed[0] if noticed else "SURVIVES"
    print(f"{mutant.name:26} {monotonic() - began:4.0f} s  {says}", flush=True)
    return bool(noticed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
