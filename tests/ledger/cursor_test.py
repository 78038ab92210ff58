"""Runs with one cursor file, some of them killed: each event comes out at least once."""

import collections
import os
import random
import re
import signal

import case
from case import EVENTS, read_log, whole_lines
from makers import Makers

OPTIONS = ("--now", "2026-11-23T12:00:00Z", "--propagation", "0s", "--random-seed", "7")
EVENTS_MADE = 4_000
EVENTS_MADE_BEFORE = 240
KILL_WITHIN_SECONDS = 0.12
# What a run does with its output and its cursor.
CALLS = ("write", "openat", "fsync", "rename", "unlink", "close")
CALL = re.compile(r"^(\w+)\(", re.MULTILINE)


def kill_points(log):
    """(call, n): the n-th call of that name, for those from the first connection on."""
    counts = collections.Counter()
    for call in CALL.findall(log):
        counts[call] += 1
        if counts["connect"] and call in CALLS:
            yield call, counts[call]


class CursorTest(case.Case):
    def run_once(self, stage, cursor="audit.cursor", limit_seconds=60, prefix=()):
        """A run, which is killed at the limit, and the events that came out whole."""
        path = stage.work / "once"
        with path.open("wb") as out:
            running = stage.start("list-audit-events", "--cursor", cursor, "--output", "jsonl",
                                  out=out, prefix=prefix)
        return running.wait(limit_seconds), whole_lines(path.read_bytes())

    def judge(self, emulator, printed):
        """Nothing missed; answers how many events came more than once."""
        emulator.clear_faults()
        times = collections.Counter(event["eventId"] for event in printed)
        filed = {event["eventId"] for event in read_log(emulator)}
        missed = filed - set(times)
        self.assertFalse(missed, f"{len(missed)} of {len(filed)} missed")
        self.assertEqual(set(times), filed)
        return sum(count > 1 for count in times.values())

    def play(self, kill_share):
        """Runs again and again while events are made. Answers how many runs there were, how many
        of them were killed, and how many events came more than once."""
        chance = random.Random(20261123)
        with self.stage(*OPTIONS) as stage:
            stage.emulator.add_fault(path=EVENTS, times=0, delay="2ms")
            makers = Makers(stage.emulator, EVENTS_MADE, pause=0.008)
            printed, runs, killed = [], 0, 0
            is_last = False
            while not is_last:
                is_last = makers.is_done()
                is_hit = not is_last and chance.random() < kill_share
                limit_seconds = chance.uniform(0, KILL_WITHIN_SECONDS) if is_hit else 60
                ran, events = self.run_once(stage, limit_seconds=limit_seconds)
                self.assertIn(ran.code, (0, None) if is_hit else (0,), ran.err)
                printed += events
                runs += 1
                killed += ran.code is None
            makers.wait()
            return runs, killed, self.judge(stage.emulator, printed)

    def test_none_missed_none_twice(self):
        runs, _, twice = self.play(kill_share=0)
        self.assertGreater(runs, 5)
        self.assertEqual(twice, 0)

    def test_none_missed_when_runs_are_killed_at_random(self):
        runs, killed, twice = self.play(kill_share=0.7)
        self.assertGreater(killed, 5)
        print(f"{killed} of {runs} runs killed: 0 events missed, {twice} came twice")

    def test_none_missed_none_twice_when_following_is_ended_and_begun_again(self):
        chance = random.Random(20261123)
        with self.stage(*OPTIONS) as stage:
            stage.emulator.add_fault(path=EVENTS, times=0, delay="2ms")
            makers = Makers(stage.emulator, EVENTS_MADE, pause=0.008)
            path, runs = stage.work / "out", 0
            while not makers.is_done():
                with path.open("ab") as out:
                    following = stage.start("list-audit-events", "--follow", "--cursor", "audit.cursor",
                                            "--interval", "1s", "--output", "jsonl", out=out)
                makers.is_over.wait(chance.uniform(0.01, 0.5))
                os.kill(following.pid, signal.SIGTERM)
                ran = following.wait()
                self.assertIn(ran.code, (143, -15), ran.err)
                runs += 1
            makers.wait()
            _, rest = self.run_once(stage)
            self.assertEqual(self.judge(stage.emulator, whole_lines(path.read_bytes()) + rest), 0)
            self.assertGreater(runs, 5)

    def test_none_missed_when_killed_at_any_call(self):
        with self.stage(*OPTIONS) as stage:
            Makers(stage.emulator, EVENTS_MADE_BEFORE).wait()
            log = stage.folder / "calls"
            strace = ("strace", "-qq", "-o", str(log))
            ran, events = self.run_once(stage, "whole.cursor", prefix=strace)
            self.assertEqual((ran.code, self.judge(stage.emulator, events)), (0, 0), ran.err)
            codes = collections.Counter()
            for call, nth in kill_points(log.read_text(errors="replace")):
                rule = f"inject={call}:signal=KILL:when={nth}"
                cursor = f"{call}-{nth}.cursor"
                ran, first = self.run_once(stage, cursor, prefix=(*strace, "-e", rule))
                again, rest = self.run_once(stage, cursor)
                with self.subTest(rule):
                    self.assertEqual(again.code, 0, again.err)
                    # No more than the page that was out but not yet in the cursor.
                    self.assertLessEqual(self.judge(stage.emulator, first + rest), 100)
                codes[ran.code] += 1
            self.assertGreater(codes[-9], 20, codes)


if __name__ == "__main__":
    case.main()
