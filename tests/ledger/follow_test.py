"""The audit log is followed while thousands of events are filed: each comes once, in order."""

import collections
import itertools
import json
import os
import signal

import case
from case import EVENTS, read_log, whole_lines
from makers import Makers
from stage import wait_until

NOW = "2026-11-23T12:00:00Z"
EVENTS_MADE = 10_000
EVENTS_MADE_UNDER_FAULTS = 4_000
# So few that the clock stays within the minute that the follower reads again.
EVENTS_MADE_LATE = 500
# By the request for a page that it hits. Three refusals in a row end a poll.
FAULTS = {3: {"status": 429}, 7: {"status": 503}, 11: {"reset": True}, 15: {"cutAt": 700},
          19: {"cutAt": 700, "reset": True}, 23: {"page": "duplicate"}, 27: {"status": 503, "times": 3},
          33: {"status": 429, "headers": {"Retry-After": "1"}}, 37: {"cutAt": 0}}


def polls_of(trace):
    """What the follower read, out of its trace: a list of polls, each one of pages; a page is the
    emulator's time and the events. Answers that are no page are left out."""
    polls, targets = [], {}
    for line in trace.read_text().splitlines():
        entry = json.loads(line)
        if entry["event"] == "request":
            targets[entry["number"]] = entry["url"]
        elif entry["event"] == "answer" and "events" in (entry.get("body") or {}):
            if "pageToken" not in targets[entry["number"]]:
                polls.append([])
            polls[-1].append((entry["headers"]["date"], entry["body"]["events"]))
    return polls


def borders_of_equal_time(polls):
    """How many pages end with an event of the time with which the next one goes on."""
    return sum(before[1][-1]["eventTime"] == after[1][0]["eventTime"]
               and before[1][-1]["eventId"] != after[1][0]["eventId"]
               for pages in polls for before, after in itertools.pairwise(pages)
               if before[1] and after[1])


def polls_that_grew(polls):
    """How many polls of several pages met a later moment of the emulator on a later page."""
    return sum(len(pages) > 1 and pages[0][0] != pages[-1][0] for pages in polls)


class Follower:
    def __init__(self, stage, *words):
        self.path = stage.work / "events.jsonl"
        self.trace = stage.work / "trace.jsonl"
        with self.path.open("ab") as out:
            self.running = stage.start(
                "list-audit-events", "--follow", "--interval", "1s", "--output", "jsonl",
                "--trace-file", str(self.trace), *words, out=out)

    def printed(self):
        return whole_lines(self.path.read_bytes())

    def has_printed(self, count):
        return wait_until(lambda: self.path.read_bytes().count(b"\n") >= count, 20)

    def begun_polls(self):
        return sum(b'"event":"request"' in line and b"pageToken" not in line
                   for line in self.trace.read_bytes().split(b"\n"))

    def end(self, wanted):
        """Lets it poll until it has printed as many, and twice more; then it is ended."""
        self.has_printed(wanted)
        polls = self.begun_polls()
        wait_until(lambda: self.begun_polls() >= polls + 2, 10)
        os.kill(self.running.pid, signal.SIGTERM)
        return self.running.wait()


class FollowTest(case.Case):
    def judge(self, follower, emulator, ran):
        """0 missed, 0 twice; answers what was printed."""
        emulator.clear_faults()
        filed = [event["eventId"] for event in read_log(emulator)]
        printed = follower.printed()
        times = collections.Counter(event["eventId"] for event in printed)
        missed = [each for each in filed if not times[each]]
        twice = [each for each, count in times.items() if count > 1]
        verdict = f"{len(filed)} events: {len(missed)} missed, {len(twice)} twice; {ran.err!r}"
        self.assertEqual((len(missed), len(twice)), (0, 0), verdict)
        self.assertEqual(len(printed), len(filed), "events that were never filed")
        self.assertEqual(ran.code, 143, ran.err)
        return printed, filed

    def assert_in_order(self, printed, filed):
        moments = [event["eventTime"] for event in printed]
        self.assertEqual(moments, sorted(moments))
        self.assertEqual([event["eventId"] for event in printed], filed)

    def test_none_missed_none_twice_while_thousands_are_filed(self):
        with self.stage("--now", NOW, "--propagation", "0s", "--random-seed", "7") as stage:
            emulator = stage.emulator
            # Pages take their time, so that events are filed between them.
            emulator.add_fault(path=EVENTS, times=0, delay="5ms")
            follower = Follower(stage)
            begun = len(read_log(emulator))
            self.assertTrue(follower.has_printed(begun))
            makers = Makers(emulator, EVENTS_MADE, pause=0.004)
            makers.wait()
            ran = follower.end(begun + EVENTS_MADE)
            printed, filed = self.judge(follower, emulator, ran)
            self.assert_in_order(printed, filed)
            self.assertGreaterEqual(len(filed), EVENTS_MADE)
            self.assertEqual(ran.err, "")
            polls = polls_of(follower.trace)
            self.assertGreater(borders_of_equal_time(polls), 10)
            self.assertGreater(polls_that_grew(polls), 1)

    def test_the_same_when_answers_are_refused_and_broken(self):
        with self.stage("--now", NOW, "--propagation", "0s", "--random-seed", "7") as stage:
            emulator = stage.emulator
            for nth, fault in FAULTS.items():
                emulator.add_fault(path=EVENTS, nth=nth, **fault)
            emulator.add_fault(path=EVENTS, times=0, delay="5ms")
            follower = Follower(stage, "--since", "2026-01-01")
            makers = Makers(emulator, EVENTS_MADE_UNDER_FAULTS, pause=0.006)
            makers.wait()
            ran = follower.end(EVENTS_MADE_UNDER_FAULTS)
            for fault in emulator.call("GET", "/_emulator/faults")[1]["faults"]:
                self.assertGreaterEqual(fault["seen"] + 1, fault["nth"] + fault["times"], fault)
            self.assert_in_order(*self.judge(follower, emulator, ran))
            self.assertIn("no new events for now", ran.err)

    def test_none_missed_that_is_filed_late(self):
        with self.stage("--now", NOW, "--propagation", "0s", "--random-seed", "7") as stage:
            follower = Follower(stage, "--since", "2026-01-01")
            makers = Makers(stage.emulator, EVENTS_MADE_LATE, pause=0.04, late_by=20)
            makers.wait()
            ran = follower.end(EVENTS_MADE_LATE)
            printed, _ = self.judge(follower, stage.emulator, ran)
            moments = [event["eventTime"] for event in printed]
            self.assertNotEqual(moments, sorted(moments), "nothing was filed late")


if __name__ == "__main__":
    case.main()
