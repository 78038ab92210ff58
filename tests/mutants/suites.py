"""The tests that a change is tried against, nearest first.

`first` in the table names some to begin with: `workflows` or `workflows:Sink*` for unit tests,
`transcripts:keys/recover`, `faults:create/sinks`, or `faults:durability_test`, which is a script, as are
`script:tls/farm` and `script:keyring/keyring`.
"""

import contextlib
import os
import re
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

# Room → the unit tests that can see it, its own first.
ABOVE = {
    "base": ("base", "json", "http", "wire", "client", "workflows", "cli", "memory"),
    "json": ("json", "wire", "client", "workflows", "cli", "memory"),
    "http": ("http", "client", "workflows", "cli", "memory"),
    "wire": ("wire", "client", "workflows", "cli", "memory"),
    "client": ("client", "workflows", "cli", "memory"),
    "workflows": ("workflows", "cli", "memory"),
    "cli": ("cli", "memory"),
}
# A change may make a test wait for ever; that is noticed, too.
LIMIT_SECONDS = 300
FAULTS_LIMIT_SECONDS = 1800


def ended(words, limit_seconds, **options):
    """Exit code and output; None for the code when it did not end in time. All it began ends with it."""
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", start_new_session=True, **options) as process:
        try:
            output, _ = process.communicate(timeout=limit_seconds)
            return process.returncode, output
        except subprocess.TimeoutExpired:
            kill_session(process.pid)
            return None, process.communicate()[0]


def kill_session(session):
    """All processes of it, in whatever groups: one that is left would keep the output open."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            # Behind the name, which may hold anything: state, parent, group, session.
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                os.kill(int(folder.name), signal.SIGKILL)


@dataclass(frozen=True)
class Unit:
    room: str
    pattern: str = "*"

    def run(self, copy):
        program = copy.build_folder / "tests" / self.room / f"{self.room}_test"
        code, output = ended([program, f"--gtest_filter={self.pattern}", "--gtest_fail_fast"], LIMIT_SECONDS,
                             cwd=program.parent)
        if code == 0:
            return None
        if failed := re.search(r"^\[  FAILED  \] (\S+)", output, re.M):
            return failed[1].rstrip(",")
        last = re.findall(r"^\[ RUN      \] (\S+)", output, re.M)
        return f"{last[-1] if last else self.room} ({'no end' if code is None else f'ended by {code}'})"


@dataclass(frozen=True)
class Transcripts:
    pattern: str = "*/*"

    def run(self, copy):
        folder = copy.tree / "tests/transcripts"
        files = sorted(folder.glob(f"{self.pattern}.txt"))

        def play(file):
            code, _ = ended(["python3", "-B", folder / "run.py", "--programs", copy.programs, file], LIMIT_SECONDS)
            return None if code == 0 else f"transcript {file.relative_to(folder).with_suffix('')}"

        with ThreadPoolExecutor(2) as pool:
            for failure in pool.map(play, files):
                if failure:
                    pool.shutdown(cancel_futures=True)
                    return failure
        return None


@dataclass(frozen=True)
class Faults:
    pattern: str = "*"

    def run(self, copy):
        script, more = "run.py", ["--only", self.pattern]
        if self.pattern.endswith("_test"):
            script, more = f"{self.pattern}.py", ["--failfast"]
        code, output = ended(["python3", "-B", copy.tree / "tests/faults" / script, "--programs", copy.programs,
                              *more], FAULTS_LIMIT_SECONDS)
        if code == 0:
            return None
        failed = re.search(r"--only (\S+)|^(?:FAIL|ERROR): (\w+)", output, re.M)
        return f"fault {failed[1] or failed[2] if failed else self.pattern}"


@dataclass(frozen=True)
class Script:
    pattern: str

    def run(self, copy):
        code, output = ended(["/usr/bin/python3", "-B", copy.tree / "tests" / f"{self.pattern}_test.py"],
                             LIMIT_SECONDS, env=os.environ | {"XAI_PROGRAMS": str(copy.programs)})
        if code == 0:
            return None
        failed = re.search(r"^(?:FAIL|ERROR): (\w+)", output, re.M)
        return f"{self.pattern} {failed[1] if failed else ''}".rstrip()


def named(name):
    suite, _, pattern = name.partition(":")
    kinds = {"transcripts": Transcripts, "faults": Faults, "script": Script}
    make = kinds.get(suite, lambda *pattern: Unit(suite, *pattern))
    return make(pattern) if pattern else make()


def in_order(change):
    yield from map(named, change.first)
    yield from (Unit(room) for room in ABOVE[change.room])
    yield Transcripts()
    yield Faults()


def wanted_by(changes):
    """What must pass with no change on; of the fault table only what is named, since it is long."""
    rooms = {room for change in changes for room in ABOVE[change.room]}
    yield from (Unit(room) for room in ABOVE["base"] if room in rooms)
    yield Transcripts()
    yield from sorted({suite for change in changes for suite in map(named, change.first)
                       if isinstance(suite, Faults | Script)}, key=lambda suite: suite.pattern)
