"""Jobs of several requests, against the emulator."""

import os
import stat
import tempfile
import unittest
import warnings
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from unittest import mock

import stage
from stage import KEY, TEAM, EmulatorCase
from xai_management import (
    AlreadyExistsError,
    FailedPreconditionError,
    InvalidArgumentError,
    NotFoundError,
    SecretFile,
    UnavailableError,
    XAIManagement,
    XAIManagementError,
    XAIManagementWarning,
)


class WorkflowCase(EmulatorCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.events = []

    def client(self, **changes):
        inference = self.emulator.address + "/_emulator/clusters/{region}"
        with mock.patch.dict(os.environ, {"XAI_INFERENCE_BASE_URL": inference}):
            return super().client(**{"state_folder": self.folder / "state", "on_event": self.events.append, **changes})

    def told(self):
        return [event["event"] for event in self.events if event["event"] != "Attempt"]


class Money(WorkflowCase):
    def test_balance(self):
        balance = self.client().balance()
        preview = self.client().preview_postpaid_invoice()
        invoice = preview["coreInvoice"]
        cents = int(invoice["prepaidCreditsUsed"]["val"]) - int(invoice["prepaidCredits"]["val"])
        self.assertEqual(balance["liveCredit"], Decimal(cents) / 100)
        cycle = preview["billingCycle"]
        self.assertEqual(balance["billingCycle"], f"{cycle['year']}-{cycle['month']:02}")
        runway = balance["runway"]
        self.assertEqual(runway["state"], "known")
        self.assertGreater(runway["days"], 0)
        self.assertIs(type(runway["until"]), date)
        self.assertAlmostEqual(runway["burnPerDay"] * runway["usedInDays"], runway["usedUsd"], delta=Decimal("0.2"))

    def test_a_balance_without_its_usage_warns(self):
        self.fault(path="/v1/billing/*/usage", status=403, times=0, body={"code": 7, "message": "no right"})
        with self.assertWarnsRegex(XAIManagementWarning, "usage could not be read: .*no right") as caught:
            balance = self.client().balance()
        self.assertEqual(caught.filename, __file__)
        self.assertIsInstance(balance["liveCredit"], Decimal)
        runway = balance["runway"]
        self.assertEqual(runway, {**dict.fromkeys(runway), "state": "usage_unreadable"})

    def test_usage_sums_up_what_the_service_answers(self):
        client = self.client()
        days = client.usage(timedelta(days=3))
        self.assertEqual(len(days["buckets"]), 3)
        self.assertEqual(days["buckets"][1] - days["buckets"][0], timedelta(days=1))
        self.assertEqual(days["buckets"][0].tzinfo, timezone.utc)
        self.assertEqual(sum(days["sums"]), days["total"])
        first = days["buckets"][0].date()
        raw = client.analyze_usage(first, first + timedelta(days=3))["timeSeries"][0]["dataPoints"]
        self.assertEqual(days["sums"], [Decimal(str(point["values"][0])) for point in raw])

    def test_usage_by_key_over_days_of_a_zone(self):
        today = datetime.now(timezone.utc).date()
        report = self.client().usage(today - timedelta(days=5), today - timedelta(days=4), "Europe/Paris", "hour",
                                     "api_key")
        self.assertEqual(len(report["buckets"]), 48)
        self.assertEqual(sum(series["total"] for series in report["series"]), report["total"])
        self.assertIn("storefront", [series["label"] for series in report["series"]])
        self.assertFalse(report["isPartial"])
        self.assertIn("PageRead", self.told())

    def test_windows_that_are_none(self):
        client = self.client()
        for arguments, reason in (({"timezone": "Mars/Olympus"}, "unknown_zone"),
                                  ({"since": "2025-02-02", "until": "2025-02-01"}, "empty_window")):
            with self.assertRaises(InvalidArgumentError) as caught:
                client.usage(**arguments)
            self.assertEqual((caught.exception.reason, caught.exception.outcome), (reason, "not_sent"))
        for arguments, text in (({"every": "fortnight"}, "every must be one of quarter_hour, hour"),
                                ({"since": timedelta(0)}, "more than 0"), ({"since": "soon"}, "since must be a date"),
                                ({"since": datetime(2025, 1, 1)}, "tzinfo"),
                                ({"since": timedelta(1), "until": "2025-01-01"}, "a span ends now")):
            with self.assertRaisesRegex(ValueError, text):
                client.usage(**arguments)
        with self.assertRaises(TypeError):
            client.usage(30)


class Keys(WorkflowCase):
    def test_a_secret_goes_to_its_file(self):
        client = self.client()
        file = self.folder / "key"
        key = client.create_api_key("filed", expires=timedelta(days=90), secret_file=file)
        self.assertNotIn("apiKey", key)
        self.assertEqual(key["name"], "filed")
        self.assertTrue(file.read_text().startswith("xai-"))
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        left = datetime.fromisoformat(key["expireTime"]) - datetime.now(timezone.utc)
        self.assertLess(abs(left - timedelta(days=90)), timedelta(minutes=5))
        self.assertEqual(client.unfinished(), [])
        self.emulator.control("POST", "clock", advance="1h")
        self.assertEqual(client.verify_secret(file.read_text().strip(), key["apiKeyId"])["state"], "live")

    def test_a_rotated_secret_replaces_the_file(self):
        client = self.client()
        file = self.folder / "environment"
        key = client.create_api_key("turned", secret_file=SecretFile(file, variable="XAI_API_KEY"))
        old = file.read_text()
        self.assertRegex(old, r"^XAI_API_KEY=xai-\w+\n$")
        with self.assertRaises(AlreadyExistsError) as caught:
            client.rotate_api_key(key["apiKeyId"], secret_file=file)
        self.assertEqual((caught.exception.reason, caught.exception.outcome), ("local_trouble", "not_sent"))
        self.assertNotIn("apiKey", client.rotate_api_key(key["apiKeyId"], secret_file=SecretFile(file, True)))
        self.assertRegex(file.read_text(), r"^xai-\w+\n?$")
        self.assertNotIn(file.read_text().strip(), old)

    def test_members_that_are_not_known_are_kept(self):
        self.fault(method="POST", status=200, body={"apiKeyId": "some", "apiKey": "xai-secret", "colour": "blue"})
        key = self.client().create_api_key("coloured", secret_file=self.folder / "key")
        self.assertEqual(key, {"apiKeyId": "some", "colour": "blue"})
        self.assertEqual((self.folder / "key").read_text().strip(), "xai-secret")

    def test_a_place_for_the_record_is_wanted_first(self):
        (self.folder / "state").write_text("no folder")
        with self.assertRaises(XAIManagementError) as caught:
            self.client().create_api_key("nowhere", secret_file=self.folder / "key")
        self.assertEqual((caught.exception.reason, caught.exception.outcome), ("no_place_for_record", "not_sent"))
        self.assertNotIn("nowhere", [commit["name"] for commit in self.emulator.commits()])

    def test_waiting_until_a_key_is_ready(self):
        client = self.client()
        key_id = client.create_api_key("spreading")["apiKeyId"]
        before = client.wait_until_ready(key_id, wait=0)
        self.assertFalse(before["isComplete"])
        self.assertEqual(set(before["lagging"]), set(before["icPropagation"]))
        self.emulator.control("POST", "clock", advance="1h")
        self.assertTrue(client.wait_until_ready(key_id)["isComplete"])
        self.assertEqual(self.told(), ["ClustersAsked"] * 2)
        self.assertEqual(self.events[-1]["known"], self.events[-1]["all"])
        with self.assertRaises(NotFoundError):
            client.wait_until_ready("faf5f6c2-5322-4793-9b74-23129addca0c")

    def test_a_secret_that_is_not_live(self):
        client = self.client()
        unknown = client.verify_secret("xai-nobody", wait=0)
        self.assertEqual((unknown["state"], unknown["httpStatus"]), ("not_known", 400))
        key = client.create_api_key("other")
        self.emulator.control("POST", "clock", advance="1h")
        verdict = client.verify_secret(key["apiKey"], "faf5f6c2-5322-4793-9b74-23129addca0c")
        self.assertEqual((verdict["state"], verdict["apiKeyId"]), ("other_key", key["apiKeyId"]))

    def test_finding_a_key(self):
        client = self.client()
        made = client.create_api_key("the only one")
        client.create_api_key("twin")
        client.create_api_key("twin")
        for wanted in ("the only one", made["apiKeyId"]):
            found = client.find_key(wanted)
            self.assertEqual(found["apiKeyId"], made["apiKeyId"])
            self.assertNotIn("apiKey", found)
        with self.assertRaises(NotFoundError) as caught:
            client.find_key("the only on")
        self.assertEqual(caught.exception.reason, "key_not_found")
        self.assertIn("the only one", caught.exception.next)
        with self.assertRaises(FailedPreconditionError) as caught:
            client.find_key("twin")
        self.assertEqual(caught.exception.reason, "ambiguous_name")

    def test_grants_are_checked_and_made_canonical(self):
        client = self.client()
        self.assertEqual(client.check_grants(["grok-4"], ["chat"]),
                         ["api-key:model:grok-4-0709", "api-key:endpoint:chat"])
        self.assertIn({"event": "AliasResolved", "alias": "grok-4", "name": "grok-4-0709"}, self.events)
        self.assertEqual(client.check_grants(), ["api-key:model:*", "api-key:endpoint:*"])
        with self.assertRaises(FailedPreconditionError) as caught:
            client.check_grants(["grok-44"])
        self.assertEqual(caught.exception.reason, "unknown_model")
        with self.assertRaises(TypeError):
            client.check_grants("grok-4")

    def test_filters_of_lists(self):
        client = self.client()
        acl = "api-key:model:grok-3"
        one = client.create_api_key("granted", [acl, "api-key:endpoint:chat"])["apiKeyId"]
        self.assertEqual([key["apiKeyId"] for key in client.all_api_keys(acls=[acl])], [one])
        self.assertEqual(client.list_api_keys(acls=[acl])["apiKeys"][0]["apiKeyId"], one)
        gone = client.create_api_key("short", expires=timedelta(hours=1))["apiKeyId"]
        self.emulator.control("POST", "clock", advance="48h")
        active = {key["apiKeyId"] for key in client.all_api_keys(active_only=True)}
        self.assertEqual({key["apiKeyId"] for key in client.all_api_keys()} - active, {gone})

    def test_regions_are_all_whatever_the_clients_is(self):
        regions = self.client(region="us-east-1").get_available_regions()
        self.assertEqual(next(iter(regions)), "auto")
        self.assertIn("eu-west-1", regions)


class Unfinished(WorkflowCase):
    def lose_a_create(self, client, name):
        self.fault(method="POST", when="after", reset=True)
        with self.assertRaises(UnavailableError) as caught:
            client.create_api_key(name, secret_file=self.folder / "never")
        self.assertEqual(caught.exception.outcome, "unknown")
        [left] = client.unfinished()
        self.assertEqual((left["kind"], left["state"], left["subject"]), ("creates_key", "unknown", {"name": name}))
        self.assertEqual(len(left["apiKeyIds"]), 1)
        self.assertIsInstance(left["start"], datetime)
        return left

    def test_a_lost_create_gets_a_new_secret(self):
        client = self.client()
        left = self.lose_a_create(client, "lost and rotated")
        key = client.rotate_unfinished(left["id"], self.folder / "key")
        self.assertEqual([key["apiKeyId"]], left["apiKeyIds"])
        self.assertNotIn("apiKey", key)
        self.assertTrue((self.folder / "key").read_text().startswith("xai-"))
        self.assertEqual(client.unfinished(), [])

    def test_a_lost_create_is_deleted(self):
        client = self.client()
        left = self.lose_a_create(client, "lost and deleted")
        client.delete_unfinished(left["id"])
        self.assertEqual(client.unfinished(), [])
        self.assertNotIn("lost and deleted", [key["name"] for key in client.all_api_keys()])

    def test_a_lost_create_is_forgotten(self):
        client = self.client()
        left = self.lose_a_create(client, "lost and forgotten")
        client.forget_unfinished(left["id"])
        self.assertEqual(client.unfinished(), [])
        with self.assertRaises(NotFoundError):
            client.forget_unfinished(left["id"])

    def test_a_record_that_cannot_be_read_says_why(self):
        client = self.client()
        self.lose_a_create(client, "beside it")
        [folder] = self.folder.rglob("pending")
        (folder / "abcdefgh.jsonl").write_text("no record\n")
        (folder / "abcdefgh.jsonl").chmod(0o600)
        [unreadable] = [left for left in client.unfinished() if left["state"] == "unreadable"]
        self.assertEqual(unreadable["id"], "abcdefgh.jsonl")
        self.assertEqual(unreadable["lookError"].reason, "local_trouble")
        self.assertTrue(str(unreadable["lookError"]))

    def test_a_secret_that_was_not_delivered_is_kept(self):
        file = self.folder / "key"

        def get_in_the_way(line):
            if line.startswith("POST"):
                file.write_text("somebody's")

        with self.assertRaises(XAIManagementError) as caught:
            self.client(log=get_in_the_way).create_api_key("kept", secret_file=file)
        self.assertEqual((caught.exception.reason, file.read_text()), ("secret_undelivered", "somebody's"))
        client = self.client()
        [left] = client.unfinished()
        self.assertEqual(left["state"], "minted")
        self.assertIn(left["id"], caught.exception.next)
        client.deliver_unfinished(left["id"], self.folder / "elsewhere")
        self.assertTrue((self.folder / "elsewhere").read_text().startswith("xai-"))
        self.assertEqual(client.unfinished(), [])

    def test_records_of_the_command_line_are_the_same(self):
        with mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(self.folder)}):
            client = self.client(state_folder=None)
        left = self.lose_a_create(client, "of both")
        records = list((self.folder / "xai-management" / "pending").iterdir())
        self.assertIn(left["id"], "".join(str(path) for path in records))


class Warnings(unittest.TestCase):
    def test_every_kind_has_its_words(self):
        from xai_management import _core, _events

        self.assertEqual(set(_events._WORDS), set(_core.warning_kinds))
        for kind in _core.warning_kinds:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                _events.warn(kind, "{subject}", "%detail")
            self.assertNotIn("{detail}", str(caught[0].message))


if __name__ == "__main__":
    unittest.main()
