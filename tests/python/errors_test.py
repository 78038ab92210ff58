"""What a call raises, and who catches it."""

import pickle
import socket
import sys
import traceback
import unittest

import xai_management
from stage import EmulatorCase, run_script, servers
from xai_management import XAIManagement, XAIManagementError
from xai_management._errors import error_of


def raised_by(call):
    try:
        call()
    except XAIManagementError as error:
        return error
    raise AssertionError("nothing was raised")


class AnswersOfTheService(EmulatorCase):
    def raised_after(self, **fault):
        self.fault(**fault)
        return raised_by(self.client().list_api_keys)

    def test_401(self):
        error = raised_by(self.client(management_key="xai-token-wrong").list_api_keys)
        self.assertEqual((error.http_status, error.code, error.outcome), (401, "unauthenticated", "refused"))

    def test_403(self):
        error = self.raised_after(status=403, body={"code": 7, "message": "no right"})
        self.assertEqual((error.http_status, error.code, error.outcome), (403, "permission_denied", "refused"))
        self.assertIn("HTTP 403", str(error))
        self.assertIn("no right", str(error))
        self.assertIn("ListApiKeys", error.next)

    def test_404(self):
        error = raised_by(lambda: self.client().delete_api_key("faf5f6c2-5322-4793-9b74-23129addca0c"))
        self.assertEqual((error.http_status, error.code), (404, "not_found"))
        self.assertIn("Cannot find API key", str(error))

    def test_429(self):
        error = self.raised_after(status=429, times=0, headers={"Retry-After": "3600"},
                                  body={"code": 8, "message": "slow down"})
        self.assertEqual((error.http_status, error.code, error.outcome), (429, "resource_exhausted", "throttled"))
        self.assertIsInstance(error, xai_management.ResourceExhaustedError)
        self.assertEqual(error.retry_after, 3600)

    def test_500(self):
        error = self.raised_after(status=500, body="broken <b>", headers={"X-Request-Id": "req-17"})
        self.assertEqual((error.http_status, error.code, error.outcome), (500, "internal", "unanswered"))
        self.assertEqual(error.request_id, "req-17")

    def test_a_write_that_met_500_may_have_happened(self):
        self.fault(method="POST", when="after", status=500)
        error = raised_by(lambda: self.client().create_api_key("perhaps"))
        self.assertEqual(error.outcome, "unknown")
        self.assertEqual([each["name"] for each in self.emulator.commits()].count("perhaps"), 1)

    def test_a_lost_answer(self):
        self.fault(method="POST", when="after", reset=True)
        error = raised_by(lambda: self.client().create_api_key("lost"))
        self.assertEqual((error.http_status, error.outcome), (None, "unknown"))
        self.assertEqual([each["name"] for each in self.emulator.commits()].count("lost"), 1)

    def test_a_read_that_answers_no_object(self):
        error = self.raised_after(status=200, body="[1,2]")
        self.assertEqual((error.code, error.outcome, error.http_status), ("malformed_response", "unanswered", 200))

    def test_refused_arguments_are_not_sent(self):
        error = raised_by(lambda: self.client().delete_api_key(".."))
        self.assertEqual((error.code, error.outcome, error.http_status), ("invalid_argument", "not_sent", None))


class NoAnswer(unittest.TestCase):
    def raised_at(self, address):
        return raised_by(lambda: XAIManagement("xai-token-x", "team", base_url=address).create_api_key("x"))

    def test_unreachable(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        error = self.raised_at(address)
        self.assertEqual((error.code, error.outcome, error.http_status), ("unavailable", "not_sent", None))

    def test_cut_and_nonsense(self):
        for name, code in (("cut", "unavailable"), ("html", "malformed_response"), ("empty", "malformed_response"),
                           ("not-an-object", "malformed_response"), ("redirect", "malformed_response")):
            with self.subTest(name):
                address, stop = servers.start(name)
                self.addCleanup(stop)
                error = self.raised_at(address)
                self.assertEqual(error.code, code)

    def test_plain_http_to_another_machine(self):
        error = self.raised_at("http://192.0.2.1")
        self.assertEqual((error.code, error.outcome), ("invalid_argument", "not_sent"))


class TheException(unittest.TestCase):
    VALUES = ("what failed (HTTP 404)", "not_found", 404, "refused", "req-1", "look", "key_not_found", 7)

    def test_members_and_text(self):
        error = XAIManagementError(*self.VALUES)
        self.assertEqual((error.message, error.code, error.http_status, error.outcome, error.request_id, error.next,
                          error.reason, error.retry_after), self.VALUES)
        self.assertEqual(str(error), "what failed (HTTP 404); look")
        self.assertEqual(str(XAIManagementError("alone")), "alone")

    def test_every_kind_has_its_class(self):
        for kind in xai_management._core.error_kinds:
            name = "".join(word.capitalize() for word in kind.split("_")) + "Error"
            made = error_of("text", kind)
            self.assertIs(type(made), getattr(xai_management, name))
            self.assertIsInstance(made, XAIManagementError)
        self.assertIs(type(error_of("text", "a kind of later")), XAIManagementError)

    def test_survives_pickling(self):
        error = pickle.loads(pickle.dumps(XAIManagementError(*self.VALUES)))
        self.assertEqual(vars(error), vars(XAIManagementError(*self.VALUES)))

    def test_prints_its_public_name(self):
        line = traceback.format_exception_only(XAIManagementError("text"))[0]
        self.assertEqual(line, "xai_management.XAIManagementError: text\n")


FAILS = """
import pickle, sys
{before}
import xai_management
{after}
client = xai_management.XAIManagement("xai-token-x", "team", base_url="http://127.0.0.1:1", max_retries=0)
"""


class WhoCatches(unittest.TestCase):
    def output(self, script, before="", after=""):
        run = run_script(FAILS.format(before=before, after=after) + script)
        self.assertEqual(run.stderr, "")
        return run.stdout

    def test_requests_when_the_script_has_it(self):
        script = """
for _ in range(2):
    try:
        client.delete_api_key("..")
    except requests.exceptions.RequestException as error:
        again = pickle.loads(pickle.dumps(error))
        print(type(error).__name__, error.code, error.response, isinstance(error, xai_management.XAIManagementError),
              isinstance(error, ValueError), type(again) is type(error))
"""
        expected = "InvalidArgumentError invalid_argument None True True True\n" * 2
        self.assertEqual(self.output(script, before="import requests"), expected)
        self.assertEqual(self.output(script, after="import requests"), expected)

    def test_the_text_stays_ours(self):
        script = """
try:
    client.delete_api_key("..")
except Exception as error:
    print(error, error.args)
"""
        text = self.output(script, before="import requests")
        self.assertIn("consists of dots", text)
        self.assertEqual(text, self.output(script))

    def test_requests_is_never_imported_by_us(self):
        script = """
try:
    client.list_api_keys()
except Exception as error:
    print(type(error) is xai_management.UnavailableError, "requests" in sys.modules)
"""
        self.assertEqual(self.output(script), "True False\n")


if __name__ == "__main__":
    unittest.main()
