"""What a client is made with, what it tells, and how it ends."""

import io
import json
import os
import tempfile
import threading
import time
import unittest
from contextlib import redirect_stderr
from datetime import timedelta
from pathlib import Path

import stage
from stage import KEY, TEAM, EmulatorCase, KeepAliveServer
from xai_management import DeadlineExceededError, UnavailableError, XAIManagement, XAIManagementError

NO_KEYS = '{"apiKeys":[]}'


class Options(EmulatorCase):
    def test_the_time_limit(self):
        go_on = threading.Event()
        server = KeepAliveServer(lambda _: NO_KEYS if go_on.wait(20) else NO_KEYS)
        self.addCleanup(server.stop)
        self.addCleanup(go_on.set)
        began = time.monotonic()
        with self.assertRaises(DeadlineExceededError):
            XAIManagement(KEY, TEAM, base_url=server.address, timeout=0.3).list_api_keys()
        self.assertLess(time.monotonic() - began, 10)

    def test_repeats(self):
        for retries in (0, 1):
            self.emulator.control("DELETE", "faults")
            self.fault(method="GET", status=503, times=9)
            lines = []
            with self.assertRaises(UnavailableError):
                self.client(max_retries=retries, log=lines.append).list_api_keys()
            self.assertEqual(len([line for line in lines if "status 503" in line]), 1 + retries, lines)

    def test_trusted_certificates(self):
        with tempfile.TemporaryDirectory() as folder:
            certificate = stage.make_certificate(folder)
            server = KeepAliveServer(lambda _: NO_KEYS, certificate)
            self.addCleanup(server.stop)
            with self.assertRaises(XAIManagementError):
                XAIManagement(KEY, TEAM, base_url=server.address, max_retries=0).list_api_keys()
            client = XAIManagement(KEY, TEAM, base_url=server.address, ca_file=Path(certificate))
            self.assertEqual(client.list_api_keys(), {"apiKeys": []})

    def test_values_that_are_none(self):
        for changes, error in (({"timeout": 0}, ValueError), ({"timeout": -1}, ValueError),
                               ({"timeout": float("nan")}, ValueError), ({"timeout": "5"}, TypeError),
                               ({"max_retries": -1}, ValueError), ({"max_retries": True}, TypeError),
                               ({"log": "file"}, TypeError), ({"on_event": 5}, TypeError),
                               ({"ca_file": 5}, TypeError)):
            with self.subTest(changes), self.assertRaises(error):
                self.client(**changes)


class Hooks(EmulatorCase):
    def test_log_and_trace(self):
        lines, trace = [], []
        client = self.client(log=lines.append, trace=trace.append)
        key = client.create_api_key("logged")
        self.assertEqual(len(lines), 1)
        self.assertRegex(lines[0], "^POST /auth/teams/.*status 200")
        text = "".join(trace)
        self.assertIn('"logged"', text)
        for secret in (KEY, key["apiKey"]):
            self.assertNotIn(secret, text + "".join(lines))

    def test_attempts_are_told(self):
        events = []
        client = self.client(on_event=events.append)
        self.fault(method="GET", status=503, times=1)
        client.list_api_keys()
        second = events[1]
        self.assertEqual([(each["event"], each["operation"], each["number"], each["httpStatus"]) for each in events],
                         [("Attempt", "listApiKeys", 1, 503), ("Attempt", "listApiKeys", 2, 200)])
        self.assertGreaterEqual(second["duration"], timedelta())
        self.assertEqual((second["method"], second["error"]), ("GET", None))
        self.assertGreater(second["bodyBytes"], 0)
        list(client.all_api_keys())
        self.assertEqual(events[-1]["operation"], "listApiKeys")
        client.balance()
        self.assertEqual([each["operation"] for each in events[-3:]],
                         ["previewPostpaidInvoice", "getPrepaidBalance", "analyzeUsage"])

    def test_the_request_id_of_a_success(self):
        server = KeepAliveServer(lambda _: NO_KEYS)
        self.addCleanup(server.stop)
        events = []
        XAIManagement(KEY, TEAM, base_url=server.address, on_event=events.append).list_api_keys()
        self.assertEqual([each["requestId"] for each in events], ["call-1"])

    def test_attempts_without_an_answer_are_told_with_their_error(self):
        events = []
        client = XAIManagement(KEY, TEAM, base_url="http://127.0.0.1:1", max_retries=0,
                               on_event=events.append)
        with self.assertRaises(UnavailableError):
            client.list_api_keys()
        self.assertEqual((events[0]["httpStatus"], events[0]["requestId"]), (None, ""))
        self.assertIsInstance(events[0]["error"], UnavailableError)

    def test_what_a_hook_raises_costs_no_answer(self):
        def fail(_):
            raise RuntimeError("no log today")

        with redirect_stderr(io.StringIO()) as errors:
            key = self.client(log=fail).create_api_key("unlogged")
        self.assertTrue(key["apiKey"])
        self.assertIn("no log today", errors.getvalue())

    def test_a_hook_may_call(self):
        seen = []
        other = self.client()

        def look(_):
            seen.append(len(other.list_api_keys(None)["apiKeys"]))

        client = self.client(log=look)
        client.create_api_key("seen at once")
        client.list_api_keys()
        self.assertEqual(len(seen), 2)

    def test_threads_are_told_too(self):
        for daemon in (False, True):
            lines, threads = [], []

            def take(line):
                lines.append(line)
                threads.append(threading.current_thread())

            client = self.client(log=take)
            thread = threading.Thread(target=client.list_api_keys, daemon=daemon)
            thread.start()
            thread.join()
            self.assertEqual((len(lines), threads), (1, [thread]))

    def test_a_hook_that_stops_the_script(self):
        script = f"""
from xai_management import XAIManagement
def stop(_):
    raise KeyboardInterrupt
try:
    XAIManagement({KEY!r}, {TEAM!r}, base_url={self.emulator.address!r}, log=stop).balance()
except KeyboardInterrupt:
    print("interrupted")
"""
        run = stage.run_script(script)
        self.assertEqual((run.stdout, run.stderr), ("interrupted\n", ""))


class End(EmulatorCase):
    def test_a_closed_client_refuses(self):
        client = self.client()
        pages = client.all_api_keys()
        client.create_api_key("before the end")
        next(pages)
        client.close()
        client.close()
        for call in (client.list_api_keys, client.balance, client.unfinished, lambda: list(client.all_api_keys()),
                     lambda: client.management_key, lambda: client.headers):
            with self.assertRaisesRegex(RuntimeError, "this client is closed"):
                call()
        self.assertEqual(client.team_id, TEAM)
        self.assertIn(TEAM, repr(client))

    def test_a_context_ends_with_its_client(self):
        with self.client() as client:
            client.list_api_keys()
        with self.assertRaisesRegex(RuntimeError, "closed"):
            client.list_api_keys()

    def test_connections_are_closed(self):
        server = KeepAliveServer(lambda _: NO_KEYS)
        self.addCleanup(server.stop)
        for _ in range(2):
            with XAIManagement(KEY, TEAM, base_url=server.address) as client:
                client.list_api_keys()
                client.list_api_keys()
        self.assertEqual(server.calls, [1, 1, 2, 2])

    def test_a_call_under_way_comes_to_its_end(self):
        arrived, go_on = threading.Event(), threading.Event()

        def answer(_):
            arrived.set()
            go_on.wait(20)
            return NO_KEYS

        server = KeepAliveServer(answer)
        self.addCleanup(server.stop)
        client, answers = XAIManagement(KEY, TEAM, base_url=server.address), []
        thread = threading.Thread(target=lambda: answers.append(client.list_api_keys()))
        thread.start()
        self.assertTrue(arrived.wait(20))
        client.close()
        go_on.set()
        thread.join()
        self.assertEqual(answers, [{"apiKeys": []}])


class Pages(unittest.TestCase):
    def setUp(self):
        self.asked = []
        self.tokens = ["one", "two", ""]
        server = KeepAliveServer(self.answer)
        self.addCleanup(server.stop)
        self.client = XAIManagement(KEY, TEAM, base_url=server.address)

    def answer(self, path):
        self.asked.append(path.rpartition("?")[2])
        token = self.tokens[len(self.asked) - 1]
        return json.dumps({"apiKeys": [{"name": f"before {token}", "colour": "blue"}], "paginationToken": token})

    def test_all_keys_are_fetched_page_by_page(self):
        keys = self.client.all_api_keys()
        self.assertEqual(self.asked, [])
        self.assertEqual(next(keys), {"name": "before one", "colour": "blue"})
        self.assertEqual(self.asked, ["pageSize=100"])
        self.assertEqual([key["name"] for key in keys], ["before two", "before "])
        self.assertEqual(self.asked[1:], ["pageSize=100&paginationToken=one", "pageSize=100&paginationToken=two"])

    def test_a_list_that_does_not_end(self):
        self.tokens = ["one", "two", "one"]
        keys = self.client.all_api_keys()
        self.assertEqual([next(keys)["name"] for _ in range(2)], ["before one", "before two"])
        with self.assertRaises(XAIManagementError) as caught:
            next(keys)
        self.assertEqual((caught.exception.code, caught.exception.outcome), ("malformed_response", "unanswered"))

    def test_a_child_goes_on_with_a_connection_of_its_own(self):
        keys = self.client.all_api_keys()
        next(keys)
        child = os.fork()
        if child == 0:
            try:
                os._exit(0 if [key["name"] for key in keys] == ["before two", "before "] else 1)
            except BaseException:
                os._exit(2)
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.asked, self.tokens = [], ["two", ""]
        self.assertEqual([key["name"] for key in keys], ["before two", "before "])


if __name__ == "__main__":
    unittest.main()
