"""What the tests of the Python module talk to, and how they start scripts of their own."""

import json
import os
import ssl
import subprocess
import sys
import threading
import unittest
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = Path(os.environ["XAI_BUILD"])
KEY = "xai-token-canary-4f1d9c27b05e"
TEAM = "c9a0c990-53e6-491e-8df7-b9f18e6983ac"

sys.path.insert(0, str(HERE.parent / "transcripts"))
import servers  # noqa: E402

for name in [name for name in os.environ if name.startswith("XAI_") and name not in ("XAI_BUILD", "XAI_CMAKE")]:
    del os.environ[name]


class Emulator:
    """The real program, on a port that the system picks."""

    def __init__(self, *options):
        command = [BUILD / "bin" / "xai_emulator", "--port", "0", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.address = self.process.stdout.readline().decode().strip()
        if not self.address.startswith("http"):
            raise RuntimeError("the emulator does not start")

    def control(self, verb, name, /, **members):
        request = urllib.request.Request(f"{self.address}/_emulator/{name}", json.dumps(members).encode(), method=verb)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def commits(self):
        with urllib.request.urlopen(f"{self.address}/_emulator/ledger") as answer:
            return json.load(answer)["commits"]

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class EmulatorCase(unittest.TestCase):
    """Tests that share one emulator; each begins without faults."""

    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator("--management-key", KEY, "--team-id", TEAM)
        cls.addClassCleanup(cls.emulator.stop)

    def setUp(self):
        self.emulator.control("DELETE", "faults")

    def client(self, **changes):
        from xai_management import XAIManagement

        return XAIManagement(**{"management_key": KEY, "team_id": TEAM, "base_url": self.emulator.address, **changes})

    def fault(self, **members):
        self.emulator.control("POST", "faults", **members)


class KeepAliveServer:
    """Answers in this process, on connections that stay. `answer(path)` makes each body, and
    `answer(path, body)` that of a POST; `calls` has the number of the connection of each call."""

    def __init__(self, answer, certificate=None):
        outer = self
        self.calls = []
        self.connections = 0
        self.lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are two writes, and the second one must not wait for the peer.
            disable_nagle_algorithm = True

            def setup(self):
                super().setup()
                with outer.lock:
                    outer.connections += 1
                    self.number = outer.connections

            def do_GET(self):
                self.reply(answer(self.path))

            def do_POST(self):
                self.reply(answer(self.path, self.rfile.read(int(self.headers["Content-Length"]))))

            def reply(self, text):
                with outer.lock:
                    outer.calls.append(self.number)
                    call = len(outer.calls)
                body = text.encode()
                self.send_response(200)
                self.send_header("X-Request-Id", f"call-{call}")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *request):
                # Callers that hang up are what some tests are about.
                if not isinstance(sys.exc_info()[1], ConnectionError):
                    super().handle_error(*request)

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.address = f"{'https' if certificate else 'http'}://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def make_certificate(folder):
    """A file with a key and its certificate for this machine."""
    file = f"{folder}/server.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", file, "-out", f"{folder}/certificate", "-subj", "/CN=test", "-days", "2",
                    "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    with open(file, "a") as whole, open(f"{folder}/certificate") as certificate:
        whole.write(certificate.read())
    return file


def run_script(script, *arguments, environment=None, **options):
    """Runs a file, or with -c its text, in a Python of its own."""
    command = [sys.executable, "-B", *([script] if isinstance(script, Path) else ["-c", script]), *arguments]
    return subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, text=True,
                          timeout=100, **options)


def at_emulator(emulator):
    """The environment of somebody who works with this emulator."""
    return {"XAI_MANAGEMENT_KEY": KEY, "XAI_TEAM_ID": TEAM, "XAI_MANAGEMENT_BASE_URL": emulator.address,
            "XAI_INFERENCE_BASE_URL": emulator.address + "/_emulator/clusters/{region}"}
