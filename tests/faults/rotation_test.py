"""A secret is rotated while a client uses it: not one of the client's requests may fail."""

import argparse
import contextlib
import http.client
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

from stage import Emulator, Stage, wait_until  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
CALLS_PER_SECOND = 2
PROGRAMS = ROOT / "build/release/bin"


class Client:
    """Reads its secret from the file before each call, and asks one cluster who it is."""

    def __init__(self, emulator, file, cluster, key_id):
        self.port = emulator.port
        self.file, self.target, self.key_id = file, f"/_emulator/clusters/{cluster}/v1/api-key", key_id
        self.answers = []
        self.used = set()
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.work)
        self.thread.start()

    def work(self):
        while not self.is_over.wait(1 / CALLS_PER_SECOND):
            secret = self.file.read_text()
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            with contextlib.closing(connection):
                connection.request("GET", self.target, headers={"Authorization": f"Bearer {secret}"})
                answer = connection.getresponse()
                is_known = answer.status == 200 and self.key_id.encode() in answer.read()
            self.answers.append(is_known)
            self.used.add(secret)

    def end(self):
        self.is_over.set()
        self.thread.join(30)


def wait_for_calls(clients, count):
    """Waits until each client has called so often more."""
    wanted = {client: len(client.answers) + count for client in clients}
    wait_until(lambda: all(len(client.answers) >= calls or not client.thread.is_alive()
                           for client, calls in wanted.items()))


class RotationTest(unittest.TestCase):
    def rotate(self, stage, key, *more):
        ran = stage.run("rotate-key", key, "--secret-file", "app.key", "--force", "--end-overlap", *more)
        self.assertEqual(ran.code, 0, ran.err)

    def play(self, *wait):
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
            emulator = stack.enter_context(contextlib.closing(Emulator(PROGRAMS, "--propagation", "2s")))
            stage = Stage(PROGRAMS, emulator, folder)
            file = stage.work / "app.key"
            ran = stage.run("create-key", "--name", "app", "--all-models", "--all-endpoints",
                            "--wait", "--secret-file", "app.key")
            self.assertEqual(ran.code, 0, ran.err)
            key_id = next(iter(key for key, value in emulator.keys().items() if value["name"] == "app"))
            clusters = emulator.call("GET", f"/auth/api-keys/{key_id}/propagation")[1]["icPropagation"]
            self.assertGreater(len(clusters), 1)
            clients = [Client(emulator, file, host.split(".")[0], key_id) for host in clusters]
            try:
                for overlap in ((), ("--overlap", "1h")):
                    wait_for_calls(clients, 2)
                    self.rotate(stage, "app", *wait, *overlap)
                # The secret before the last one is past its time soon; the last one is not.
                emulator.call("POST", "/_emulator/clock", {"advance": "25h"})
                wait_for_calls(clients, 3)
            finally:
                for client in clients:
                    client.end()
            return clients, sum(each["refused"] for each in emulator.secrets().values())

    def test_costs_a_client_no_request(self):
        clients, refused = self.play("--wait")
        self.assertEqual(refused, 0)
        for client in clients:
            self.assertEqual(len(client.used), 3)
            self.assertGreaterEqual(len(client.answers), 7)
            self.assertEqual(client.answers.count(False), 0)

    def test_shows_when_nobody_waits(self):
        # Without --wait the new secret is used before the clusters know it: the test can fail.
        clients, refused = self.play()
        self.assertGreater(refused, 0)
        self.assertIn(False, [answer for client in clients for answer in client.answers])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=Path, default=PROGRAMS)
    known, rest = parser.parse_known_args()
    PROGRAMS = known.programs.resolve()
    unittest.main(argv=[sys.argv[0], *rest])
