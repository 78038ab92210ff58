"""What is sent for the calls about money and audit."""

import itertools
import json
import unittest
from datetime import date, datetime, timezone

import stage
from stage import KEY, TEAM
from xai_management import MalformedResponseError, XAIManagement


class Requests(unittest.TestCase):
    def setUp(self):
        self.asked = []
        self.tokens = iter(["", "second", ""])
        server = stage.KeepAliveServer(self.answer)
        self.addCleanup(server.stop)
        self.client = XAIManagement(KEY, TEAM, base_url=server.address)

    def client_of(self, answer):
        server = stage.KeepAliveServer(answer)
        self.addCleanup(server.stop)
        return XAIManagement(KEY, TEAM, base_url=server.address)

    def answer(self, path, body=b""):
        self.asked.append(path)
        self.body = json.loads(body or "null")
        token = next(self.tokens)
        return json.dumps({"events": [{"eventId": f"before {token}"}], "nextPageToken": token})

    def test_invoices_of_a_month_or_by_id(self):
        path = f"/v1/billing/teams/{TEAM}/invoices"
        self.client.list_invoices(billing_cycle="2025-02")
        self.client.list_invoices(since=date(2025, 12, 31))
        self.client.list_invoices(invoice_ids=["a=", "b"])
        self.assertEqual(self.asked, [f"{path}?billingCycle.year=2025&billingCycle.month=2",
                                      f"{path}?since.year=2025&since.month=12",
                                      f"{path}?invoiceIds.invoiceIds=a%3D&invoiceIds.invoiceIds=b"])

    def test_invoices_take_one_filter(self):
        with self.assertRaisesRegex(ValueError, "one of"):
            self.client.list_invoices("2025-02", invoice_ids=["a"])
        for month in ("2025", "2025-2", "25-02", "2025-02-01", "2025-13", "x"):
            with self.assertRaisesRegex(ValueError, "since must be"):
                self.client.list_invoices(since=month)
        with self.assertRaises(TypeError):
            self.client.list_invoices(invoice_ids="a")
        self.assertEqual(self.asked, [])

    def test_usage(self):
        self.client.analyze_usage("2025-10-01 00:00:00", datetime(2025, 10, 8, 12, 30, 5, 7), "Europe/Paris",
                                  "TIME_UNIT_HOUR", [("usd", "AGGREGATION_MAX")], ["description"], ["NOT a:b"])
        self.assertEqual(self.asked, [f"/v1/billing/teams/{TEAM}/usage"])
        self.assertEqual(self.body, {"analyticsRequest": {
            "timeRange": {"startTime": "2025-10-01 00:00:00", "endTime": "2025-10-08 12:30:05",
                          "timezone": "Europe/Paris"},
            "timeUnit": "TIME_UNIT_HOUR", "values": [{"name": "usd", "aggregation": "AGGREGATION_MAX"}],
            "groupBy": ["description"], "filters": ["NOT a:b"]}})

    def test_usage_has_its_defaults(self):
        self.client.analyze_usage(date(2025, 10, 1), date(2025, 10, 8))
        request = self.body["analyticsRequest"]
        self.assertEqual(request["timeRange"], {"startTime": "2025-10-01 00:00:00",
                                                "endTime": "2025-10-08 00:00:00", "timezone": "Etc/GMT"})
        self.assertEqual((request["timeUnit"], request["values"], request["groupBy"], request["filters"]),
                         ("TIME_UNIT_DAY", [{"name": "usd", "aggregation": "AGGREGATION_SUM"}], [], []))

    def test_usage_wants_local_times(self):
        with self.assertRaisesRegex(ValueError, "tzinfo"):
            self.client.analyze_usage(datetime(2025, 10, 1, tzinfo=timezone.utc), date(2025, 10, 8))
        for wrong in ("soon", "2025-10-32", ""):
            with self.assertRaisesRegex(ValueError, "start_time must be"):
                self.client.analyze_usage(wrong, date(2025, 10, 8))
        with self.assertRaisesRegex(TypeError, "end_time must be"):
            self.client.analyze_usage("2025-10-01", 8)
        self.assertEqual(self.asked, [])

    def test_usage_takes_strings_where_they_are_typed(self):
        self.client.analyze_usage("2025-10-01", "2025-10-08T12:30:05", group_by="description", filters="a:b")
        request = self.body["analyticsRequest"]
        self.assertEqual((request["timeRange"]["startTime"], request["timeRange"]["endTime"]),
                         ("2025-10-01 00:00:00", "2025-10-08 12:30:05"))
        self.assertEqual((request["groupBy"], request["filters"]), (["description"], ["a:b"]))

    def test_audit_events(self):
        self.client.list_audit_events(None, "t", "u", "key made", "e", "2025-01-01",
                                      datetime(2025, 2, 1, tzinfo=timezone.utc), "TIME_ASCENDING")
        self.client.list_audit_events()
        path = f"/audit/teams/{TEAM}/events"
        self.assertEqual(self.asked, [
            f"{path}?pageToken=t&eventFilter.userId=u&eventFilter.query=key%20made&eventFilter.eventId=e"
            "&eventTimeFrom=2025-01-01T00%3A00%3A00Z&eventTimeTo=2025-02-01T00%3A00%3A00Z&orderBy=TIME_ASCENDING",
            f"{path}?pageSize=50"])

    def test_all_audit_events_walks_the_pages(self):
        self.tokens = iter(["first", "second", ""])
        events = self.client.all_audit_events(query="q")
        self.assertEqual(self.asked, [])
        self.assertEqual([each["eventId"] for each in events], ["before first", "before second", "before "])
        path = f"/audit/teams/{TEAM}/events"
        self.assertEqual(self.asked, [f"{path}?pageSize=100&eventFilter.query=q",
                                      f"{path}?pageSize=100&pageToken=first&eventFilter.query=q",
                                      f"{path}?pageSize=100&pageToken=second&eventFilter.query=q"])

    def test_a_page_that_comes_again_is_shown_once(self):
        pages = {"": ("a", "1"), "1": ("a", "2"), "2": ("b", "3"), "3": ("b", "")}
        token = ""

        def answer(path, _=b""):
            nonlocal token
            event, token = pages[token]
            return json.dumps({"events": [{"eventId": event}], "nextPageToken": token})

        client = self.client_of(answer)
        self.assertEqual([each["eventId"] for each in client.all_audit_events()], ["a", "b"])

    def test_a_list_that_goes_round_ends(self):
        tokens = map(str, itertools.count())
        client = self.client_of(lambda _: json.dumps({"apiKeys": [{"apiKeyId": "a"}, {"apiKeyId": "b"}],
                                                      "paginationToken": next(tokens)}))
        ids = []
        with self.assertRaisesRegex(MalformedResponseError, "does not end"):
            for key in client.all_api_keys():
                ids.append(key["apiKeyId"])
        self.assertEqual(ids, ["a", "b"])

    def test_usage_that_lacks_a_figure_is_no_zero(self):
        for points in ([{"timestamp": "2026-11-29T00:00:00Z", "values": []}],
                       [{"timestamp": "2026-11-29T00:00:00Z", "values": [1]}, {"values": [12.5]}]):
            body = json.dumps({"timeSeries": [{"group": [], "dataPoints": points}]})
            with self.assertRaisesRegex(MalformedResponseError, "missing"):
                self.client_of(lambda *_, body=body: body).usage()


if __name__ == "__main__":
    unittest.main()
