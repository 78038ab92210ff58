"""Programs that break the promises, each in one way: the judge has to see it."""

import argparse
import base64
import contextlib
import signal
import sys
import tempfile
import unittest
import urllib.parse
from pathlib import Path

sys.dont_write_bytecode = True

import calls  # noqa: E402
import cells  # noqa: E402
import leaks  # noqa: E402
from judge import OPERATIONS, Trial, judge  # noqa: E402
from stage import KEY, Workshop  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = ROOT / "build/release/bin"
# The operation, whether its answer is lost, the kind of problem, and what a script does in place
# of the program, which it may call as $REAL.
BREACHES = {
    "forgets_its_record": ("create", True, "lost", '"$REAL" "$@"; code=$?; rm -rf "$XDG_STATE_HOME"; exit $code'),
    "forgets_a_rotation": ("rotate", True, "lost", '"$REAL" "$@"; code=$?; rm -rf "$XDG_STATE_HOME"; exit $code'),
    "sends_twice": ("create", True, "duplicate", '"$REAL" "$@" > /dev/null 2>&1; rm -rf "$XDG_STATE_HOME"; exec "$REAL" "$@"'),
    "shows_its_key": ("create", True, "leak", f'echo "manage_xai: {KEY}" >&2; exec "$REAL" "$@"'),
    "shows_a_secret": ("rotate", False, "leak", '"$REAL" "$@" > out; cat out >&2; exec cat out'),
    "leaves_a_copy": ("create", False, "leftover", '"$REAL" "$@" > out; code=$?; cat out; exit $code'),
    "says_it_went_well": ("create", True, "code", '"$REAL" "$@"; exit 0'),
    "says_nothing_changed": ("update", False, "code", '"$REAL" "$@"; exit 12'),
    "says_nothing": ("rotate", True, "message", 'exec "$REAL" "$@" 2> /dev/null'),
}

# The same for the checks that a row has of its own: the cell, and a script that plays all runs of it.
REST = 'exec "$REAL" "$@"'
RECORDS = '"$XDG_STATE_HOME"/xai-management/pending/*.jsonl'
ROW_BREACHES = {
    "takes_an_empty_value": ("create/values/empty-secret-file", "leak", f"""
        for word; do shift; case $word in --secret-file|--secret-file=|"") ;; *) set -- "$@" "$word" ;; esac; done
        {REST}"""),
    "looks_up_first": ("update/values/empty-name", "code", f'"$REAL" list-keys > /dev/null; {REST}'),
    "does_not_name_the_option": ("delete/values/empty-team-id", "message", f'"$REAL" "$@" 2> /dev/null; code=$?; '
                                 'echo "manage_xai: no; nothing was sent; see the help" >&2; exit $code'),
    "begins_too_late": ("create/clocks/after:+0:later:0:ours:+0", "lost", f"""
        "$REAL" "$@"; code=$?; [ "$1" != create-key ] ||
            sed -i -E 's/("serviceStartTime":").{{4}}/\\12099/' {RECORDS}; exit $code"""),
    "begins_too_early": ("create/clocks/before:+0:later:0:ours:+0", "duplicate", f"""
        "$REAL" "$@"; code=$?; [ "$1" != create-key ] ||
            sed -i -E 's/("serviceStartTime":").{{4}}/\\12001/' {RECORDS}; exit $code"""),
    "forgets_too_early": ("rotate/clocks/overlap:+3456000", "lost", f"""
        [ "$1" != rotate-key ] || set -- "$@" --end-overlap; {REST}"""),
    "creates_again": ("create/again/lost-after-plain", "duplicate", f"""
        [ "$1" != create-key ] || rm -rf "$XDG_STATE_HOME"/*; {REST}"""),
    "rotates_again": ("rotate/again/lost-after-hour", "lost", f"""
        [ "$1" != rotate-key ] || rm -rf "$XDG_STATE_HOME"/*; {REST}"""),
    "clears_up_too_much": ("update/records/run:state:open", "lost", f"""
        [ "$1" != update-key ] || rm -f {RECORDS}; {REST}"""),
    "lists_nothing_beside_a_bad_one": ("create/records/recover:record:fifo", "lost", """
        "$REAL" "$@" > out; code=$?; [ $code = 12 ] || cat out; rm out; exit $code"""),
    "writes_through_a_link": ("create/paths/link", "leak", f"""
        case $* in *--secret-file*) echo x > app.key ;; esac; {REST}"""),
    "replaces_what_was_there": ("rotate/paths/device", "leftover", f"""
        case $* in *--secret-file*) rm app.key; : > app.key ;; esac; {REST}"""),
}


class JudgeTest(unittest.TestCase):
    def problems(self, operation, is_lost, script=""):
        with contextlib.closing(Workshop(PROGRAMS)) as workshop, workshop.stage() as stage:
            trial = Trial(stage, OPERATIONS[operation])
            if is_lost:
                trial.add_fault(when="after", reset=True)
            # Only the run that is judged is false; recover is the real program.
            prefix = ("sh", "-c", f"shift; {script}", "sh") if script else ()
            ran = trial.run(environment={"REAL": f"{PROGRAMS}/manage_xai"}, prefix=prefix)
            codes = {8} if is_lost and trial.operation.mints else {0}
            return {problem.kind for problem in judge(trial, ran, codes)}

    def test_finds_no_fault_with_the_program(self):
        for name in OPERATIONS:
            with self.subTest(name):
                self.assertEqual(self.problems(name, False) | self.problems(name, True), set())


class KillTest(unittest.TestCase):
    def test_ends_a_run_at_each_call_that_was_listed(self):
        operation = OPERATIONS["create"]
        with contextlib.closing(Workshop(PROGRAMS)) as workshop:
            listed = [n for call, n in calls.enumerate_calls(workshop, operation, "file") if call == "fsync"]
            for n in listed:
                with workshop.stage() as stage:
                    rule = calls.injecting(f"fsync:signal=KILL:when={n}")
                    ran, _ = calls.run_traced(Trial(stage, operation), operation, "file", rule)
                self.assertEqual(ran.code, -signal.SIGKILL, n)
        self.assertGreaterEqual(len(listed), 3)


class LookTest(unittest.TestCase):
    def test_sees_every_form_of_a_secret(self):
        raw = KEY.encode()
        for text in (raw, raw.hex().encode(), b"key=" + urllib.parse.quote(KEY, safe="").encode(),
                     *(base64.b64encode(b"Bearer "[:length] + raw) for length in range(7))):
            problems = []
            trial = Trial.__new__(Trial)
            trial.problems = problems
            leaks.look(trial, "a file", b"before " + text + b" after", [KEY])
            self.assertEqual([problem.kind for problem in problems], ["leak"], text)


class RowTest(unittest.TestCase):
    def problems(self, name, script):
        """The kinds of problem of one cell, played with the script as the program."""
        with tempfile.TemporaryDirectory(prefix="xai-faults-") as folder:
            program = Path(folder) / "manage_xai"
            program.write_text(f"#!/bin/sh\nREAL='{PROGRAMS}/manage_xai'\n{script}\n")
            program.chmod(0o700)
            (Path(folder) / "xai_emulator").symlink_to(PROGRAMS / "xai_emulator")
            [cell] = cells.cells(PROGRAMS, True, [name])
            with contextlib.closing(Workshop(folder)) as workshop:
                return {problem.kind for problem in cell.play(workshop)}


def add_row_breach(name, cell, kind, script):
    def test(self):
        self.assertNotIn(kind, self.problems(cell, REST))
        self.assertIn(kind, self.problems(cell, script))
    setattr(RowTest, f"test_sees_one_that_{name}", test)


def add_breach(name, operation, is_lost, kind, script):
    def test(self):
        self.assertIn(kind, self.problems(operation, is_lost, script))
    setattr(JudgeTest, f"test_sees_one_that_{name}", test)


for breach in BREACHES.items():
    add_breach(breach[0], *breach[1])

for breach in ROW_BREACHES.items():
    add_row_breach(breach[0], *breach[1])

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=Path, default=PROGRAMS)
    known, rest = parser.parse_known_args()
    PROGRAMS = known.programs.resolve()
    unittest.main(argv=[sys.argv[0], *rest])
