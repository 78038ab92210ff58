"""The calls of a client, awaited."""

import asyncio
import json
import os
import tempfile
import threading
import time
import traceback
import unittest
from decimal import Decimal
from pathlib import Path
from unittest import mock

from stage import KEY, TEAM, EmulatorCase, KeepAliveServer
from xai_management import AsyncXAIManagement, NotFoundError, XAIManagement

NO_KEYS = '{"apiKeys":[]}'


class HeldServer(KeepAliveServer):
    """Answers nothing until it is told to go on."""

    def __init__(self, case):
        self.arrived, self.go_on = threading.Event(), threading.Event()
        self.asked = []
        super().__init__(self.hold)
        case.addCleanup(self.stop)
        case.addCleanup(self.go_on.set)

    def hold(self, path, _=b""):
        self.asked.append(path)
        self.arrived.set()
        self.go_on.wait(20)
        return NO_KEYS

    async def has_arrived(self):
        await asyncio.get_running_loop().run_in_executor(None, self.arrived.wait, 20)


def client_of(server, **changes):
    return AsyncXAIManagement(KEY, TEAM, base_url=server.address, **changes)


class Calls(EmulatorCase):
    def test_calls_are_those_of_the_other_client(self):
        async def use():
            async with AsyncXAIManagement(KEY, TEAM, base_url=self.emulator.address) as client:
                key = await client.create_api_key("awaited", qps=7)
                self.assertEqual((key["name"], key["qps"]), ("awaited", 7))
                self.assertIn("awaited", [each["name"] async for each in client.all_api_keys()])
                self.assertIsInstance((await client.balance())["liveCredit"], Decimal)
                self.assertIs(await client.delete_api_key(key["apiKeyId"]), True)
                with self.assertRaises(NotFoundError):
                    await client.find_key("awaited")
            with self.assertRaisesRegex(RuntimeError, "this client is closed"):
                await client.list_api_keys()

        asyncio.run(use())

    def test_a_secret_goes_to_its_file(self):
        async def use(folder):
            client = AsyncXAIManagement(KEY, TEAM, base_url=self.emulator.address, state_folder=folder / "state")
            key = await client.create_api_key("filed", secret_file=folder / "key")
            client.close()
            return key

        with tempfile.TemporaryDirectory() as folder:
            self.assertNotIn("apiKey", asyncio.run(use(Path(folder))))
            self.assertTrue(Path(folder, "key").read_text().startswith("xai-"))

    def test_the_team_is_asked_by_the_first_call(self):
        async def use():
            client = AsyncXAIManagement(KEY, base_url=self.emulator.address)
            before = client.team_id
            await asyncio.gather(*(client.list_api_keys() for _ in range(4)))
            return before, client.team_id

        self.assertEqual(asyncio.run(use()), ("", TEAM))

    def test_many_calls_run_at_the_same_time(self):
        self.fault(method="GET", delay="300ms", times=0)

        async def use():
            client = AsyncXAIManagement(KEY, TEAM, base_url=self.emulator.address)
            began = time.monotonic()
            await asyncio.gather(*(client.list_api_keys() for _ in range(16)))
            return time.monotonic() - began

        self.assertLess(asyncio.run(use()), 16 * 0.3 / 2)

    def test_progress_comes_while_a_call_runs(self):
        events = []

        async def use():
            client = AsyncXAIManagement(KEY, TEAM, base_url=self.emulator.address, on_event=events.append)
            key = await client.create_api_key("watched")
            waiting = asyncio.create_task(client.wait_until_ready(key["apiKeyId"], wait=20))
            while not any(event["event"] == "ClustersAsked" for event in events):
                await asyncio.sleep(0.01)
            self.assertFalse(waiting.done())
            self.emulator.control("POST", "clock", advance="1h")
            return await waiting

        self.assertTrue(asyncio.run(use())["isComplete"])
        self.assertEqual({event["event"] for event in events}, {"Attempt", "ClustersAsked"})

    def test_no_secret_in_the_frames_of_a_call(self):
        async def use(call):
            client = AsyncXAIManagement(KEY, TEAM, base_url=self.emulator.address)
            await call(client)

        inference = self.emulator.address + "/_emulator/clusters/{region}"
        for call in (lambda client: client.get_api_key_info("xai-canary\nkey"),
                     lambda client: client.get_api_key_info("xai-canary-nobody")):
            with mock.patch.dict(os.environ, {"XAI_INFERENCE_BASE_URL": inference}):
                try:
                    asyncio.run(use(call))
                except Exception as error:
                    told = traceback.TracebackException.from_exception(error, capture_locals=True)
            frames = "".join(str(frame.locals) for frame in told.stack if "xai_management" in frame.filename)
            self.assertIn("cancellation", frames)
            self.assertNotIn("canary", frames + str(told))


class Cancellation(unittest.TestCase):
    def test_a_read_ends_at_once(self):
        for call in (AsyncXAIManagement.list_api_keys, AsyncXAIManagement.balance):
            self.check_that_it_ends_at_once(call)

    def check_that_it_ends_at_once(self, method):
        server = HeldServer(self)

        async def use():
            call = asyncio.create_task(method(client_of(server)))
            await server.has_arrived()
            began = time.monotonic()
            call.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await call
            return time.monotonic() - began

        # The server has not answered yet.
        self.assertLess(asyncio.run(use()), 5)

    def test_a_limit_of_the_loop_ends_a_wait(self):
        server = KeepAliveServer(lambda _: json.dumps({"icPropagation": {"us-east-1.api.x.ai": False}}))
        self.addCleanup(server.stop)

        async def use():
            began = time.monotonic()
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(client_of(server).wait_until_ready("id", wait=60), 0.5)
            return time.monotonic() - began

        self.assertLess(asyncio.run(use()), 10)

    def test_others_go_on(self):
        server = HeldServer(self)

        async def use():
            client = client_of(server)
            first, second = (asyncio.create_task(client.list_api_keys()) for _ in range(2))
            await server.has_arrived()
            first.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await first
            server.go_on.set()
            return await second, await client.list_api_keys()

        self.assertEqual(asyncio.run(use()), ({"apiKeys": []}, {"apiKeys": []}))

    def test_a_write_that_has_been_sent_comes_to_its_end(self):
        server = HeldServer(self)

        async def use():
            call = asyncio.create_task(client_of(server).create_api_key("k"))
            await server.has_arrived()
            call.cancel()
            done, _ = await asyncio.wait([call], timeout=1)
            self.assertEqual(done, set())
            server.go_on.set()
            with self.assertRaises(asyncio.CancelledError):
                await call

        asyncio.run(use())

    def test_a_call_that_has_not_begun_is_not_sent(self):
        server = HeldServer(self)

        async def use():
            client = client_of(server)
            running = [asyncio.create_task(client.list_api_keys()) for _ in range(32)]
            await server.has_arrived()
            late = asyncio.create_task(client.list_invoices())
            await asyncio.sleep(0)
            late.cancel()
            await asyncio.wait([late], timeout=0.1)
            server.go_on.set()
            with self.assertRaises(asyncio.CancelledError):
                await late
            await asyncio.gather(*running)

        asyncio.run(use())
        self.assertFalse([path for path in server.asked if "invoices" in path])


class Names(unittest.TestCase):
    def test_asyncio_comes_with_its_client(self):
        self.assertEqual(AsyncXAIManagement.list_api_keys.__doc__, XAIManagement.list_api_keys.__doc__)
        self.assertEqual(repr(AsyncXAIManagement(KEY, TEAM, base_url="http://127.0.0.1:9")),
                         f"AsyncXAIManagement(team_id={TEAM!r}, base_url='http://127.0.0.1:9')")


if __name__ == "__main__":
    unittest.main()
