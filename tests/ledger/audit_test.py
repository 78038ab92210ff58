"""Who did what: keys are made, rotated, changed and deleted, and the log says so."""

import csv
import io
import json
from datetime import timedelta

import case
from case import read_log
from figures import moment, rows

NOW = "2026-11-23T12:00:00Z"


class AuditTest(case.Case):
    def setUp(self):
        self.here = self.enterContext(self.stage("--now", NOW, "--propagation", "0s", "--random-seed", "7"))

    def run_well(self, *words):
        ran = self.here.run(*words)
        self.assertEqual(ran.code, 0, ran.err)
        return ran.out.decode()

    def listed(self, *words):
        return json.loads(self.run_well("list-audit-events", "--output", "json", *words))

    def work_on_a_key(self):
        """What a team does with a key, a minute apart; answers what the log should say of it."""
        work = (("created", "create-key", "--name", "app", "--all-models", "--all-endpoints"),
                ("rotated", "rotate-key", "app"), ("updated", "update-key", "app", "--qps", "7"),
                ("deleted", "delete-key", "app", "--yes"))
        for _, *words in work:
            self.here.emulator.call("POST", "/_emulator/clock", {"advance": "1m"})
            self.run_well(*words)
        begin = moment(NOW)
        return [(begin + timedelta(minutes=place), f"API key 'app' was {done}")
                for place, (done, *_) in enumerate(work, 1)]

    def test_who_did_what_and_when(self):
        done = self.work_on_a_key()
        user = self.here.emulator.call("GET", "/auth/management-keys/validation")[1]["ownerUserId"]
        filed = read_log(self.here.emulator)
        self.assertEqual([(moment(each["eventTime"]), each["description"], each["user"]["userId"])
                          for each in filed[-4:]], [(*each, user) for each in done])
        self.assertEqual(self.listed(), filed[::-1])
        self.assertEqual(self.listed("--oldest-first"), filed)
        newest = filed[::-1]
        self.assertEqual(rows(self.run_well("list-audit-events")), [
            {"TIME": each["eventTime"], "WHO": each["user"]["email"], "WHAT": each["description"],
             "ID": each["eventId"]} for each in newest])
        records = csv.DictReader(io.StringIO(self.run_well("list-audit-events", "--output", "csv")))
        self.assertEqual([dict(record) for record in records], [
            {"eventTime": each["eventTime"], "eventId": each["eventId"], "description": each["description"],
             **{name: each["user"][name] for name in ("userId", "email", "givenName", "familyName")}}
            for each in newest])

    def test_a_part_of_the_log(self):
        self.work_on_a_key()
        filed = read_log(self.here.emulator)[::-1]
        user = filed[0]["user"]["userId"]
        since, until = "2026-11-23T12:02:00Z", "2026-11-23T12:04:00Z"
        for words, is_wanted in {
                ("--user", user): lambda each: each["user"]["userId"] == user,
                ("--query", "APP deleted"): lambda each: each["description"] == "API key 'app' was deleted",
                ("--since", since): lambda each: each["eventTime"] >= since,
                ("--until", until): lambda each: each["eventTime"] < until,
                ("--since", since, "--until", until): lambda each: since <= each["eventTime"] < until,
        }.items():
            with self.subTest(words):
                wanted = [each for each in filed if is_wanted(each)]
                self.assertTrue(0 < len(wanted) < len(filed))
                self.assertEqual(self.listed(*words), wanted)
        self.assertEqual(self.listed("--limit", "3"), filed[:3])


if __name__ == "__main__":
    case.main()
