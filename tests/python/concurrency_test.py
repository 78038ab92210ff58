"""Threads and forks that share one client."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import stage
from stage import KEY, TEAM, EmulatorCase, KeepAliveServer
from xai_management import XAIManagement

NO_KEYS = '{"apiKeys":[]}'


def client_of(server):
    return XAIManagement(KEY, TEAM, base_url=server.address)


class Threads(EmulatorCase):
    def test_many_threads_share_one_client(self):
        client = self.client()
        with ThreadPoolExecutor(8) as threads:
            made = list(threads.map(lambda number: client.create_api_key(f"thread {number}")["apiKeyId"], range(64)))
        self.assertEqual(len(set(made)), 64)
        self.assertLessEqual(set(made), {key["apiKeyId"] for key in client.list_api_keys(None)["apiKeys"]})

    def test_other_threads_run_during_a_call(self):
        arrived, go_on = threading.Event(), threading.Event()

        def answer(_):
            arrived.set()
            return NO_KEYS if go_on.wait(20) else "{}"

        server = KeepAliveServer(answer)
        self.addCleanup(server.stop)
        results = []
        thread = threading.Thread(target=lambda: results.append(client_of(server).list_api_keys()))
        thread.start()
        # With the GIL held for the call, neither the server nor this thread would come this far.
        self.assertTrue(arrived.wait(20))
        go_on.set()
        thread.join()
        self.assertEqual(results, [{"apiKeys": []}])

    def test_a_slow_call_lets_python_count(self):
        self.fault(method="GET", delay="300ms")
        client, counted, ended = self.client(), 0, threading.Event()

        def call():
            client.list_api_keys()
            ended.set()

        thread = threading.Thread(target=call)
        thread.start()
        while not ended.is_set():
            counted += 1
        thread.join()
        self.assertGreater(counted, 1000)

    def interrupt(self, call):
        """What a script of one call on its main thread says when Ctrl-C meets it in that call."""
        arrived, go_on = threading.Event(), threading.Event()

        def answer(*_):
            arrived.set()
            go_on.wait(20)
            return NO_KEYS

        server = KeepAliveServer(answer)
        self.addCleanup(server.stop)
        self.addCleanup(go_on.set)
        script = textwrap.dedent(f"""
            from xai_management import XAIManagement
            client = XAIManagement({KEY!r}, {TEAM!r}, base_url={server.address!r})
            try:
                client.{call}
                print("answered")
            except KeyboardInterrupt:
                print("interrupted")
        """)
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.assertTrue(arrived.wait(20))
        process.send_signal(signal.SIGINT)
        return process, go_on

    def test_ctrl_c_ends_a_read(self):
        # The server answers only after the script has ended.
        process, _ = self.interrupt("list_api_keys()")
        self.assertEqual(process.communicate(timeout=15)[0], "interrupted\n")

    def test_ctrl_c_ends_reads_that_are_made_at_the_same_time(self):
        process, _ = self.interrupt("balance()")
        self.assertEqual(process.communicate(timeout=15)[0], "interrupted\n")

    def test_ctrl_c_ends_the_wait_before_a_repeat(self):
        self.fault(method="GET", status=503, times=9, headers={"Retry-After": "20"})
        client = f"XAIManagement({KEY!r}, {TEAM!r}, base_url={self.emulator.address!r})"
        script = textwrap.dedent(f"""
            import signal, threading
            from xai_management import XAIManagement
            threading.Timer(0.5, signal.raise_signal, [signal.SIGINT]).start()
            try:
                {client}.list_api_keys()
            except KeyboardInterrupt:
                print("interrupted")
        """)
        done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, timeout=15)
        self.assertEqual(done.stdout, "interrupted\n")

    def test_ctrl_c_lets_a_write_that_has_left_come_to_its_end(self):
        process, go_on = self.interrupt("create_api_key('k')")
        with self.assertRaises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        go_on.set()
        self.assertEqual(process.communicate(timeout=15)[0], "interrupted\n")

    def test_a_thread_may_be_left_behind_at_exit(self):
        arrived, go_on = threading.Event(), threading.Event()

        def answer(path):
            if path == "/release":
                go_on.set()
            elif path != "/after":
                arrived.set()
                go_on.wait(20)
            return NO_KEYS

        server = KeepAliveServer(answer)
        self.addCleanup(server.stop)
        script = f"""
import socket, sys, threading
from xai_management import XAIManagement
client = XAIManagement("xai-token-x", "team", base_url="{server.address}")
threading.Thread(target=client.list_api_keys, daemon=True).start()
class Late:
    # Runs while the interpreter ends, and has the thread come back from its call just then.
    def __del__(self, make=socket.socket):
        connection = make()
        connection.connect(("127.0.0.1", {server.server.server_port}))
        for path in (b"/release", b"/after", b"/after"):
            connection.sendall(b"GET " + path + b" HTTP/1.1\\r\\n\\r\\n")
            connection.recv(4096)
late = Late()
sys.stdin.readline()
"""
        process = subprocess.Popen([sys.executable, "-B", "-c", script], stdin=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.assertTrue(arrived.wait(20))
        _, errors = process.communicate("\n", timeout=60)
        self.assertEqual((process.returncode, errors), (0, ""))
        self.assertTrue(go_on.is_set())


class Forks(unittest.TestCase):
    def in_child(self, work):
        """Runs `work` in a fork; what it returned, or raised, as text."""
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                text = str(work())
            except BaseException as error:
                text = repr(error)
            os.write(writer, text.encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            text = pipe.read()
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        return text

    def test_a_child_uses_a_connection_of_its_own(self):
        self.check_connections(KeepAliveServer(lambda _: NO_KEYS))

    def test_a_child_leaves_the_parents_tls_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            certificate = stage.make_certificate(folder)
            with mock.patch.dict(os.environ, {"CURL_CA_BUNDLE": certificate, "SSL_CERT_FILE": certificate}):
                self.check_connections(KeepAliveServer(lambda _: NO_KEYS, certificate))

    def check_connections(self, server):
        self.addCleanup(server.stop)
        holder = [client_of(server)]

        def work():
            answer = holder[0].list_api_keys()
            holder.clear()
            return answer

        holder[0].list_api_keys()
        self.assertEqual(self.in_child(work), "{'apiKeys': []}")
        # A child that calls nothing must not end the parent's connection either.
        self.assertEqual(self.in_child(lambda: holder.clear()), "None")
        holder[0].list_api_keys()
        self.assertEqual(server.calls, [1, 2, 1])

    def test_a_fork_in_the_middle_of_a_call(self):
        arrived, go_on = threading.Event(), threading.Event()

        def answer(_):
            if not arrived.is_set():
                arrived.set()
                go_on.wait(20)
            return NO_KEYS

        server = KeepAliveServer(answer)
        self.addCleanup(server.stop)
        client = client_of(server)
        with ThreadPoolExecutor(1) as threads:
            slow = threads.submit(client.list_api_keys)
            self.assertTrue(arrived.wait(20))
            self.assertEqual(self.in_child(client.list_api_keys), "{'apiKeys': []}")
            go_on.set()
            self.assertEqual(slow.result(), {"apiKeys": []})

    def test_the_team_is_not_asked_again(self):
        emulator = stage.Emulator("--management-key", KEY, "--team-id", TEAM)
        self.addCleanup(emulator.stop)
        client = XAIManagement(KEY, base_url=emulator.address)
        self.assertEqual(self.in_child(lambda: (client.team_id, client.delete_api_key(
            client.create_api_key("of a child")["apiKeyId"]))), str((TEAM, True)))
        asked = emulator.control("GET", "ledger")["requests"]["validateManagementKey"]
        self.assertEqual(asked, 1)


if __name__ == "__main__":
    unittest.main()
