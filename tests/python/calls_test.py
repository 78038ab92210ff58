"""Every call, against the emulator and against the documented examples."""

import os
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from unittest import mock

import stage
from stage import KEY, TEAM, EmulatorCase, servers
from xai_management import XAIManagement, XAIManagementError, XAIRegion


class AgainstEmulator(EmulatorCase):
    def test_the_team_is_asked_of_the_key(self):
        self.assertEqual(self.client(team_id=None).team_id, TEAM)

    def test_a_team_that_cannot_be_found_is_a_value_error(self):
        with self.assertRaisesRegex(ValueError, r"XAI_TEAM_ID.*HTTP 401"):
            self.client(management_key="xai-token-wrong", team_id=None)

    def test_create_has_its_defaults(self):
        key = self.client().create_api_key("defaults")
        self.assertTrue(key["apiKey"].startswith("xai-"))
        self.assertEqual(len(key["apiKeyId"]), 36)
        self.assertEqual((key["name"], key["qps"], key["qpm"]), ("defaults", 5, 100))
        self.assertNotIn("tpm", key)
        self.assertEqual(set(key["aclStrings"]), {"api-key:model:*", "api-key:endpoint:*"})

    def test_create_takes_what_is_given(self):
        acls = ["api-key:model:grok-3", "api-key:endpoint:chat"]
        key = self.client().create_api_key(name="given", acls=acls, qps=None, qpm=7, tpm=1000)
        self.assertEqual((key.get("qps"), key["qpm"], key["tpm"], key["aclStrings"]), (None, 7, "1000", acls))
        self.assertEqual(self.client().create_api_key("text", tpm="2000")["tpm"], "2000")
        self.assertEqual(self.client().create_api_key("nothing", acls=[])["aclStrings"], [])

    def test_list_is_one_page(self):
        client = self.client()
        made = {client.create_api_key(f"listed {number}")["apiKeyId"] for number in range(3)}
        seen, token = [], ""
        while True:
            page = client.list_api_keys(page_size=2, pagination_token=token)
            self.assertLessEqual(len(page["apiKeys"]), 2)
            seen += [key["apiKeyId"] for key in page["apiKeys"]]
            token = page.get("paginationToken")
            if not token:
                break
        self.assertLessEqual(made, set(seen))
        self.assertEqual(len(client.list_api_keys(None)["apiKeys"]), len(seen))
        self.assertNotIn("apiKey", client.list_api_keys()["apiKeys"][0])

    def test_update_changes_what_the_fields_name(self):
        client = self.client()
        key_id = client.create_api_key("before")["apiKeyId"]
        later = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=9)
        key = client.update_api_key(key_id, {"name": "after", "qpm": 9, "qps": 77, "disabled": True,
                                             "expireTime": later, "aclStrings": ["api-key:model:*"]},
                                    ["name", "qpm", "disabled", "expire_time", "acls"])
        self.assertEqual((key["name"], key["qpm"], key["qps"], key["disabled"]), ("after", 9, 5, True))
        self.assertEqual(key["aclStrings"], ["api-key:model:*"])
        self.assertEqual(datetime.fromisoformat(key["expireTime"]), later)

    def test_update_clears_what_has_no_value(self):
        client = self.client()
        key_id = client.create_api_key("limits", tpm=5)["apiKeyId"]
        key = client.update_api_key(key_id, {"qps": None}, ["qps", "tpm"])
        self.assertEqual((key.get("qps"), key.get("tpm"), key["qpm"]), (None, None, 100))

    def test_update_refuses_what_it_could_not_carry(self):
        with self.assertRaisesRegex(ValueError, "cannot change 'colour'"):
            self.client().update_api_key("id", {"colour": "blue"}, ["colour"])
        with self.assertRaisesRegex(ValueError, "qps"):
            self.client().update_api_key("id", {"qps": "many"}, ["qps"])
        with self.assertRaisesRegex(ValueError, "time zone"):
            self.client().update_api_key("id", {"expireTime": datetime(2030, 1, 1)}, ["expireTime"])

    def test_rotate_gives_a_new_secret(self):
        client = self.client()
        old = client.create_api_key("rotated")
        end = datetime.now(timezone.utc) + timedelta(hours=1)
        new = client.rotate_api_key(old["apiKeyId"], expire_time="2100-01-01", old_secret_expire_time=end)
        self.assertEqual(new["apiKeyId"], old["apiKeyId"])
        self.assertNotEqual(new["apiKey"], old["apiKey"])
        self.assertEqual(new["expireTime"], "2100-01-01T00:00:00Z")
        with self.assertRaisesRegex(ValueError, "expire_time"):
            client.rotate_api_key(old["apiKeyId"], expire_time="soon")

    def test_delete_is_true(self):
        client = self.client()
        key_id = client.create_api_key("short-lived")["apiKeyId"]
        self.assertIs(client.delete_api_key(key_id), True)
        with self.assertRaises(XAIManagementError) as caught:
            client.delete_api_key(key_id)
        self.assertEqual((caught.exception.code, caught.exception.http_status), ("not_found", 404))

    def test_propagation(self):
        client = self.client()
        status = client.check_propagation_status(client.create_api_key("spreading")["apiKeyId"])
        self.assertIn("us-east-1.api.x.ai", status["icPropagation"])
        self.assertIsInstance(status["icPropagation"]["us-east-1.api.x.ai"], bool)

    def test_the_management_key_sees_itself(self):
        key = self.client().validate_management_key()
        self.assertEqual((key["scope"], key["scopeId"]), ("SCOPE_TEAM", TEAM))
        self.assertTrue(key["acls"])

    def test_models_endpoints_and_regions(self):
        client = self.client(region=XAIRegion.US_EAST_1)
        clusters = {each["clusterName"]: each for each in client.list_available_models()["clusterConfigs"]}
        self.assertEqual(clusters["us-east-1"]["languageModels"][0]["maxPromptLength"], 32768)
        self.assertEqual(clusters["us-east-1"]["languageModels"][0]["promptTextTokenPrice"], "20000")
        self.assertIn("api-key:endpoint:chat", [each["acl"] for each in client.list_available_endpoints()["acls"]])
        regions = client.get_available_regions()
        self.assertEqual(list(regions), ["auto", *clusters])
        self.assertEqual(set(regions["auto"]), {model for name in clusters for model in regions[name]})
        self.assertEqual(len(regions["auto"]), len(set(regions["auto"])))
        self.assertIn("trial-voice", regions["cloud9"])

    def test_an_api_key_sees_itself(self):
        inference = self.emulator.address + "/_emulator/clusters/{region}"
        with mock.patch.dict(os.environ, {"XAI_INFERENCE_BASE_URL": inference}):
            client = self.client()
        key = client.create_api_key("mine")
        self.emulator.control("POST", "clock", advance="1h")
        info = client.get_api_key_info(key["apiKey"])
        self.assertEqual((info["name"], info["api_key_id"], info["team_id"]), ("mine", key["apiKeyId"], TEAM))

    def test_unknown_members_and_large_numbers_are_kept(self):
        big = 2**63 + 12345678901234567890
        body = ('{"apiKeys":[{"apiKeyId":"a","disabled":"false","tpm":100000,"acl_strings":["x"],"colour":"blue",'
                '"deep":{"list":[1,null,true,-0.5,1e3,"\\u00e9\\ud83d\\ude00"]},"big":%d}],"hint":7}' % big)
        self.fault(method="GET", status=200, body=body)
        page = self.client().list_api_keys()
        self.assertEqual(page, {"apiKeys": [{
            "apiKeyId": "a", "disabled": False, "tpm": "100000", "aclStrings": ["x"], "colour": "blue",
            "deep": {"list": [1, None, True, -0.5, 1000.0, "é😀"]}, "big": big}], "hint": 7})
        self.assertIsInstance(page["apiKeys"][0]["deep"]["list"][4], float)

    def test_a_value_of_another_type_is_kept(self):
        self.fault(method="GET", status=200, body={"apiKeys": [{"qps": "many", "qpm": "7"}]})
        self.assertEqual(self.client().list_api_keys(), {"apiKeys": [{"qps": "many", "qpm": 7}]})

    def test_arguments_of_the_wrong_type(self):
        client = self.client()
        for call in (lambda: client.create_api_key(5), lambda: client.create_api_key("x", acls="api-key:model:*"),
                     lambda: client.create_api_key("x", qps="5"), lambda: client.delete_api_key(None),
                     lambda: client.update_api_key("id", {}, "name"), lambda: client.rotate_api_key("id", 5)):
            with self.assertRaises(TypeError):
                call()
        with self.assertRaisesRegex(ValueError, "qps must be between"):
            client.create_api_key("x", qps=2**31)
        with self.assertRaises(ValueError):
            client.create_api_key("x\ud800")


class AgainstDocumentedExamples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        address, stop = servers.start("replay")
        cls.addClassCleanup(stop)
        cls.address = address

    def test_every_call(self):
        client = XAIManagement(KEY, base_url=self.address)
        self.assertEqual(client.team_id, "65c1e471-205f-4566-9c5a-07198badf4ce")
        self.assertEqual(client.create_api_key("x")["apiKey"], "xai-YOUR_API_KEY_HERE")
        listed = client.list_api_keys()["apiKeys"][0]
        self.assertEqual((listed["disabled"], listed["tpm"]), (False, "100000"))
        self.assertEqual(client.update_api_key("k", {"name": "My API key"}, ["name"])["name"], "My API key")
        self.assertIn("apiKey", client.rotate_api_key("k"))
        self.assertIs(client.delete_api_key("k"), True)
        self.assertEqual(client.check_propagation_status("k"),
                         {"icPropagation": {"us-east-1.api.x.ai": True, "cloud9.api.x.ai": True}})
        self.assertIn("grok-4-0709", client.get_available_regions()["us-east-1"])
        self.assertEqual(client.list_available_endpoints()["acls"][0]["namespace"], "api-key")

    def test_every_call_about_money_and_who_did_what(self):
        client = XAIManagement(KEY, TEAM, base_url=self.address)
        self.assertEqual(client.get_prepaid_balance()["total"], {"val": "-1000"})
        preview = client.preview_postpaid_invoice()
        self.assertEqual((preview["effectiveSpendingLimit"], preview["coreInvoice"]["prepaidCredits"]),
                         ("20000", {"val": "-4500"}))
        self.assertEqual(client.list_invoices()["invoices"][0]["total"], "0")
        self.assertEqual(client.get_spending_limits()["spendingLimits"]["softSl"], {"val": "20000"})
        self.assertEqual(client.list_payment_methods()["paymentMethods"][0]["cardDetails"]["last4"], "4444")
        self.assertEqual(client.get_billing_info()["billingInfo"]["address"]["city"], "New York")
        usage = client.analyze_usage(date(2025, 10, 1), date(2025, 10, 8), group_by=["description"])
        point = usage["timeSeries"][0]["dataPoints"][0]
        self.assertEqual(Decimal(str(point["values"][0])), Decimal("0.75973725"))
        page = client.list_audit_events()
        self.assertEqual(page["events"][0]["user"]["email"], "admin@example.com")
        events = client.all_audit_events()
        self.assertEqual(next(events), page["events"][0])
        # The example always has a next page, and it is the same one.
        with self.assertRaises(XAIManagementError) as caught:
            list(events)
        self.assertEqual((caught.exception.code, caught.exception.outcome), ("malformed_response", "unanswered"))

    def test_the_example_of_the_predecessor(self):
        run = stage.run_script(stage.HERE / "predecessor_example.py",
                               environment={"XAI_MANAGEMENT_BASE_URL": self.address})
        self.assertEqual((run.stdout, run.stderr), ("Created API key: xai-YOUR_API_KEY_HERE\n", ""))


class ExampleAgainstEmulator(unittest.TestCase):
    def test_the_example_with_a_real_team(self):
        emulator = stage.Emulator("--management-key", "your_management_key", "--team-id", TEAM)
        self.addCleanup(emulator.stop)
        script = (stage.HERE / "predecessor_example.py").read_text().replace("your_team_id", TEAM)
        run = stage.run_script(script, environment={"XAI_MANAGEMENT_BASE_URL": emulator.address})
        self.assertEqual(run.stderr, "")
        self.assertRegex(run.stdout, r"^Created API key: xai-\w{20,}\n$")
        self.assertEqual([commit["name"] for commit in emulator.commits()][-1], "My App")


if __name__ == "__main__":
    unittest.main()
