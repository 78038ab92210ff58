"""People at work: several connections that make, change and delete keys, so that events are filed."""

import contextlib
import http.client
import json
import threading

from stage import KEY, KEYS

CONNECTIONS = 4
ROUNDS_PER_SECOND = 5
ROUNDS_BETWEEN_LATE = 10


class Makers:
    """Makes `count` events or a few more. The emulator's clock stands, and is moved on by a second
    after some rounds, so that many events have one time.

    `late_by` seconds is how much earlier than its turn an event is filed now and then. `pause`
    is how long each connection rests after a round, in seconds.
    """

    def __init__(self, emulator, count, pause=0.0, late_by=0):
        self.port = emulator.port
        self.rounds = -(-count // (3 * CONNECTIONS))
        self.pause, self.late_by = pause, late_by
        self.is_over = threading.Event()
        self.failures = []
        self.clock = threading.Lock()
        self.threads = [threading.Thread(target=self.work, args=(number,))
                        for number in range(CONNECTIONS)]
        for thread in self.threads:
            thread.start()

    def work(self, number):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            try:
                for done in range(self.rounds):
                    if self.is_over.wait(self.pause):
                        return
                    self.make_round(connection, f"app-{number}-{done}")
                    if done % ROUNDS_PER_SECOND == 0:
                        self.move_clock(connection)
                    if self.late_by and (done + 1) % ROUNDS_BETWEEN_LATE == 0:
                        self.make_late(connection, f"late-{number}-{done}")
            except (AssertionError, OSError, http.client.HTTPException) as failure:
                self.failures.append(failure)

    @staticmethod
    def call(connection, method, target, body):
        connection.request(method, target, json.dumps(body), {"Authorization": f"Bearer {KEY}"})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{method} {target}: {answer.status} {text}")
        return json.loads(text or b"{}")

    def make_round(self, connection, name):
        key = self.call(connection, "POST", KEYS, {"name": name})["apiKeyId"]
        self.call(connection, "PUT", f"/auth/api-keys/{key}",
                  {"apiKey": {"qps": 7}, "fieldMask": "qps"})
        self.call(connection, "DELETE", f"/auth/api-keys/{key}", {})

    def move_clock(self, connection, seconds=1):
        with self.clock:
            self.call(connection, "POST", "/_emulator/clock", {"advance": f"{seconds}s"})

    def make_late(self, connection, name):
        """A round whose events bear an earlier time than others that are in the log by then."""
        with self.clock:
            now = self.call(connection, "GET", "/_emulator/clock", None)["now"]
            minute, second = now[:17], int(now[17:19])
            self.call(connection, "POST", "/_emulator/clock",
                      {"now": f"{minute}{max(second - self.late_by, 0):02}Z"})
            self.make_round(connection, name)
            self.call(connection, "POST", "/_emulator/clock", {"now": now})

    def is_done(self):
        return not any(thread.is_alive() for thread in self.threads)

    def wait(self):
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def stop(self):
        self.is_over.set()
        self.wait()
