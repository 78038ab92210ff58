"""Every argument of every call, given wrongly: each is a TypeError or a ValueError that names it, shows
nothing of it, and sends nothing."""

import asyncio
import inspect
import json
import os
import unittest
from datetime import date, datetime, time, timedelta, timezone
from unittest import mock

import stage
from stage import KEY, TEAM
from xai_management import AsyncXAIManagement, InvalidArgumentError, SecretFile, XAIManagement, XAIManagementError

CANARY = "xai-in-the-wrong-place"
BYTES = CANARY.encode()
NO_TEXT = CANARY + "\ud800"
NAIVE = datetime(2100, 1, 1)
PAST = datetime(2020, 1, 1, tzinfo=timezone.utc)
NAN = float("nan")


class Wrong:
    """Values of wrong types, and wrong values of the right one."""

    def __init__(self, types, values=()):
        self.types, self.values = list(types), list(values)

    def but_none(self):
        """Where None is right."""
        return Wrong([each for each in self.types if each is not None], self.values)


ROUND = []
ROUND.append(ROUND)
TEXT = Wrong([5, 0, True, BYTES, [CANARY], {CANARY: 1}, object(), None], [NO_TEXT])
FILLED = Wrong(TEXT.types, [*TEXT.values, ""])
TEXTS = Wrong([5, CANARY, BYTES, {CANARY: 1}, [5], [BYTES], (CANARY, None), None], [[NO_TEXT]])
TEXTS_OR_ONE = Wrong([5, BYTES, {CANARY: 1}, [5], [BYTES], None], [NO_TEXT, [NO_TEXT]])
FLAG = Wrong([0, 1, None, CANARY, [], object()])
COUNT = Wrong([CANARY, BYTES, 1.5, True, [], object()], [2**31, -(2**31) - 1])
TOKENS = Wrong([BYTES, 1.5, NAN, True, [], object()], [CANARY, "1.5", 2**63])
TIME = Wrong([5, True, BYTES, [], time(1), timedelta(1), object()], ["", CANARY, "2100-13-01", NAIVE, NO_TEXT])
EXPIRY = Wrong([5, 1.5, True, BYTES, [], time(1), object()],
               ["", CANARY, NAIVE, NO_TEXT, "2020-01-01", "2020-01-01T00:00:00Z", date(2020, 1, 1), PAST, timedelta(0),
                timedelta(seconds=-5), timedelta(days=-1), timedelta.min, timedelta.max])
SPAN = Wrong([CANARY, BYTES, None, True, [], object()], [-1, -0.5, NAN, float("inf"), 2**31, timedelta(-1)])
FILE = Wrong([5, BYTES, [CANARY], object(), None], ["", "a\0b"])
MONTH = Wrong([5, 0, 202511, BYTES, [], time(1), object()], [CANARY, "2026-13", "2026-00", "0000-01", "2026-1", "2026"])
LOCAL = Wrong([5, None, BYTES, [], time(1), timedelta(1)], ["", CANARY, "2025-10-32", PAST])
PAIRS = Wrong([5, None, "usd", BYTES, {"usd": "AGGREGATION_SUM"}, [5], ["usd"], [("usd", 5)], [(None, "x")]],
              [[("usd",)], [("usd", "a", "b")], [()]])
UPDATES = Wrong([5, None, CANARY, BYTES, [], {5: 1}, {"qps": object()}, {"qps": BYTES}, {"qps": {1}}, {"name": [time]}],
                [{"qps": NAN}, {"qps": CANARY}, {"aclStrings": ROUND}, {"qps": 2**40},
                 {"expireTime": NAIVE}, {"expireTime": CANARY}, {"expireTime": timedelta(-1)}, {"expireTime": PAST},
                 {"expire_time": "2020-01-01"}])
SINCE = Wrong([5, True, BYTES, [], time(1), object()],
              ["", CANARY, NAIVE, timedelta(0), timedelta(-7), timedelta(days=10**8), timedelta.max])
# By name, for calls in which the argument is what it mostly is; `call.name` where it is not.
ARGUMENTS = {
    "name": FILLED, "id_or_name": FILLED, "api_key_id": FILLED, "unfinished_id": FILLED, "api_key": FILLED,
    "acls": TEXTS, "fields": TEXTS, "invoice_ids": TEXTS, "models": TEXTS.but_none(), "endpoints": TEXTS.but_none(),
    "group_by": TEXTS_OR_ONE, "filters": TEXTS_OR_ONE,
    "qps": COUNT, "qpm": COUNT, "page_size": COUNT, "tpm": TOKENS,
    "again": FLAG, "ends_overlap": FLAG, "active_only": FLAG,
    "expires": EXPIRY, "expire_time": EXPIRY, "old_secret_expire_time": EXPIRY,
    "event_time_from": TIME, "event_time_to": TIME, "wait": SPAN,
    "secret_file": FILE, "updates": UPDATES,
    "pagination_token": TEXT, "page_token": TEXT, "user_id": TEXT, "query": TEXT, "event_id": TEXT, "order_by": TEXT,
    "timezone": TEXT, "time_unit": TEXT, "values": PAIRS, "start_time": LOCAL, "end_time": LOCAL,
    "billing_cycle": MONTH, "since": MONTH,
    "usage.since": SINCE, "usage.timezone": Wrong(TEXT.types, [*TEXT.values, "", CANARY, "Mars/Olympus"]),
    "usage.until": Wrong(TIME.types, [*TIME.values, date(9999, 12, 31)]),
    "usage.every": Wrong(TEXT.types, ["", CANARY]), "usage.by": Wrong(TEXT.types, ["", CANARY]),
    "create_api_key.acls": TEXTS.but_none(), "create_api_key.secret_file": FILE.but_none(),
    "rotate_api_key.secret_file": FILE.but_none(), "verify_secret.api_key_id": TEXT,
    "rotate_unfinished.api_key_id": TEXT, "delete_unfinished.api_key_id": TEXT,
}
# What has to be given for the argument to be looked at.
BESIDE = {"usage.until": {"since": "2025-01-01"}, "update_api_key.updates": {"fields": ["qps", "expireTime"]}}
RIGHT = {
    "name": "app", "id_or_name": "app", "api_key_id": "id", "unfinished_id": "id", "api_key": "xai-1",
    "updates": {"qps": 1}, "fields": ["qps"], "secret_file": "never-written.key",
    "start_time": "2025-10-01", "end_time": "2025-10-02",
}
CLIENT = {
    "management_key": Wrong(TEXT.but_none().types, [*TEXT.values, "'quoted'", "two words"]), "team_id": TEXT.but_none(),
    "region": Wrong(TEXT.but_none().types, [*TEXT.values, "eu/west"]),
    "base_url": Wrong(TEXT.but_none().types, [*TEXT.values, "nonsense", "ftp://x", "http://evil.example", "https://a b"]),
    "timeout": Wrong(SPAN.but_none().types, [*SPAN.values, 0]),
    "max_retries": Wrong([None, "2", 1.5, True, []], [-1, 101]),
    "ca_file": Wrong([5, 0, BYTES, []], ["a\0b"]), "state_folder": Wrong([5, 0, BYTES, []], ["a\0b"]),
    "log": Wrong([5, CANARY, []]), "trace": Wrong([5, CANARY, []]), "on_event": Wrong([5, CANARY, []]),
}
FILE_PARTS = {"path": Wrong(FILE.types, FILE.values), "replaces": FLAG, "variable": Wrong(TEXT.types)}


def calls():
    for a_class in XAIManagement.__bases__:
        for name, function in vars(a_class).items():
            if a_class.__name__ != "Connection" and not name.startswith("_"):
                yield name, function


def arguments_of(name, function):
    """Each argument, what is wrong for it, and right ones for the others."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    needed = {each.name: RIGHT[each.name] for each in parameters if each.default is each.empty}
    for each in parameters:
        place = f"{name}.{each.name}"
        yield each.name, ARGUMENTS.get(place) or ARGUMENTS[each.name], {**needed, **BESIDE.get(place, {})}


class Arguments(unittest.TestCase):
    def setUp(self):
        self.sent = []
        server = stage.KeepAliveServer(self.answer)
        self.addCleanup(server.stop)
        inference = mock.patch.dict(os.environ, {"XAI_INFERENCE_BASE_URL": server.address})
        self.enterContext(inference)
        self.reach = {"management_key": KEY, "team_id": TEAM, "base_url": server.address, "state_folder": ""}

    def answer(self, path, _=b""):
        self.sent.append(path)
        return json.dumps({})

    def refuses(self, kind, value, name, call):
        # What differs is shown by type alone: a message of a test is no place for a surrogate.
        with self.subTest(argument=name, wrong=ascii(value)):
            try:
                call()
            except kind as error:
                self.assertIn(name.replace("_", " "), str(error).replace("_", " "))
                self.assertNotIn(CANARY, str(error))
                if isinstance(error, XAIManagementError):
                    self.assertEqual((error.code, error.outcome), ("invalid_argument", "not_sent"))
            else:
                self.fail(f"no {kind.__name__}")
            finally:
                self.assertEqual(self.sent, [])
                self.sent.clear()

    def refuses_all(self, name, wrong, call):
        for kind, values in ((TypeError, wrong.types), (ValueError, wrong.values)):
            for value in values:
                self.refuses(kind, value, name, lambda value=value: call(value))

    def test_of_every_call(self):
        client = XAIManagement(**self.reach)
        for method, function in calls():
            for name, wrong, others in arguments_of(method, function):
                def call(value, method=method, name=name, others=others):
                    answer = getattr(client, method)(**{**others, name: value})
                    return list(answer) if inspect.isgenerator(answer) else answer

                with self.subTest(call=method):
                    self.refuses_all(name, wrong, call)

    def test_of_every_call_that_is_awaited(self):
        async def outcome(function, arguments):
            answer = function(**arguments)
            return [each async for each in answer] if inspect.isasyncgen(answer) else await answer

        async def run(method, arguments):
            async with AsyncXAIManagement(**self.reach) as client:
                return await outcome(getattr(client, method), arguments)

        for method, function in calls():
            for name, wrong, others in arguments_of(method, function):
                # The checks are those of the calls that are not awaited; one of each kind shows that.
                few = Wrong(wrong.types[:1], wrong.values[:1])
                with self.subTest(call=method):
                    self.refuses_all(name, few, lambda value, method=method, name=name, others=others:
                                     asyncio.run(run(method, {**others, name: value})))

    def test_of_a_client(self):
        for name, wrong in CLIENT.items():
            self.refuses_all(name, wrong, lambda value, name=name: XAIManagement(**{**self.reach, name: value}))
        names = set(inspect.signature(XAIManagement).parameters)
        self.assertEqual(set(CLIENT), names)

    def test_of_a_secret_file(self):
        for name, wrong in FILE_PARTS.items():
            self.refuses_all(name, wrong, lambda value, name=name: SecretFile(**{"path": "a", name: value}))

    def test_of_a_secret_file_that_was_changed(self):
        client = XAIManagement(**self.reach)
        file = SecretFile("a")
        file.path = 5
        self.refuses(TypeError, 5, "path", lambda: client.create_api_key("app", secret_file=file))

    def test_right_ones_are_sent(self):
        client = XAIManagement(**self.reach)
        for method, function in calls():
            if method == "unfinished" or "unfinished_id" in inspect.signature(function).parameters:
                continue
            arguments = next((others for _, _, others in arguments_of(method, function)), {})
            if method == "check_grants":
                arguments = {"models": ["grok-4"]}
            if method == "wait_until_ready":
                arguments = {**arguments, "wait": 0}
            with self.subTest(method):
                try:
                    answer = getattr(client, method)(**arguments)
                    list(answer if inspect.isgenerator(answer) else ())
                except XAIManagementError as error:
                    self.assertNotIsInstance(error, ValueError)
                self.assertTrue(self.sent)
                self.sent.clear()


class Kinds(unittest.TestCase):
    def test_what_the_service_refuses_is_no_value_error(self):
        from xai_management._errors import error_of

        for status, outcome, is_ours in ((None, "not_sent", True), (400, "refused", False)):
            error = error_of("no", "invalid_argument", status, outcome)
            self.assertIsInstance(error, InvalidArgumentError)
            self.assertEqual(isinstance(error, ValueError), is_ours)
            self.assertEqual(type(error).__name__, "InvalidArgumentError")
        self.assertNotIsInstance(error_of("no", "unavailable", None, "not_sent"), ValueError)


if __name__ == "__main__":
    unittest.main()
