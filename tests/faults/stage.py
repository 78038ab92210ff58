"""Where a cell plays: an emulator, folders of its own, and runs of the real programs."""

import contextlib
import http.client
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

# Signs that look different in a URL, so that such a form of it would show.
KEY = "xai-token-canary+management/7c1e4a90b2d6"
TEAM = "c9a0c990-53e6-491e-8df7-b9f18e6983ac"
LIMIT_SECONDS = 60
KEYS = f"/auth/teams/{TEAM}/api-keys"


def wait_until(condition, limit_seconds=LIMIT_SECONDS):
    """Whether the condition came true in time; looks every few milliseconds."""
    never = threading.Event()
    for _ in range(int(limit_seconds / 0.005)):
        if condition():
            return True
        never.wait(0.005)
    return False


def connections_of(port):
    """Ends of connections to a port of this machine that are not yet closed: (our port, theirs)."""
    listening_or_over = {"0A", "06"}
    with open("/proc/net/tcp", encoding="ascii") as table:
        for line in table.readlines()[1:]:
            here, there, state = line.split()[1:4]
            ends = int(here.split(":")[1], 16), int(there.split(":")[1], 16)
            if port in ends and state not in listening_or_over:
                yield ends


class Emulator:
    """One xai_emulator, and calls to it over a connection that is kept."""

    def __init__(self, programs, *options):
        command = [f"{programs}/xai_emulator", "--port", "0", "--management-key", KEY,
                   "--team-id", TEAM, *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()
        if not self.address.startswith("http"):
            raise RuntimeError(f"the emulator did not start: {self.address!r}")
        self.port = int(self.address.rsplit(":", 1)[1])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LIMIT_SECONDS)

    def call(self, method, target, body=None, key=KEY):
        """Status and JSON of one call."""
        headers = {"Authorization": f"Bearer {key}"}
        text = None if body is None else json.dumps(body)
        try:
            self.connection.request(method, target, text, headers)
            answer = self.connection.getresponse()
        except (http.client.HTTPException, ConnectionError):
            self.connection.close()
            self.connection.request(method, target, text, headers)
            answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")

    def ledger(self):
        return self.call("GET", "/_emulator/ledger")[1]

    def commits(self, after=0):
        return [commit for commit in self.ledger()["commits"] if commit["sequence"] > after]

    def requests(self, operation):
        return self.ledger()["requests"].get(operation, 0)

    def add_fault(self, **members):
        status, answer = self.call("POST", "/_emulator/faults", members)
        if status != 200:
            raise RuntimeError(f"no such fault: {answer}")

    def clear_faults(self):
        self.call("DELETE", "/_emulator/faults")

    def make_key(self, name):
        """Id and secret of a new key, made past the tools."""
        status, key = self.call("POST", KEYS, {
            "name": name, "acls": ["api-key:model:*", "api-key:endpoint:*"], "qps": 5})
        if status != 200:
            raise RuntimeError(f"no key could be made: {key}")
        return key["apiKeyId"], key["apiKey"]

    def keys(self):
        """Every key, by id."""
        found, token = {}, ""
        while True:
            _, page = self.call("GET", f"{KEYS}?pageSize=100&paginationToken={token}")
            found |= {key["apiKeyId"]: key for key in page.get("apiKeys", [])}
            token = page.get("paginationToken") or ""
            if not token:
                return found

    def owner_of(self, secret):
        """The id of the key that a secret opens; None when it opens none."""
        status, info = self.call("GET", "/v1/api-key", key=secret)
        return info.get("api_key_id") if status == 200 else None

    def secrets(self):
        """What became of every secret, by its SHA-256."""
        return {each["sha256"]: each for each in self.call("GET", "/_emulator/secrets")[1]["secrets"]}

    def settle(self):
        """Waits until the emulator has done with everybody but us."""
        def is_alone():
            ours = self.connection.sock.getsockname()[1] if self.connection.sock else 0
            return all(ours in ends for ends in connections_of(self.port))
        if not wait_until(is_alone):
            raise RuntimeError("the emulator still talks to somebody")

    def close(self):
        self.connection.close()
        self.process.terminate()
        self.process.wait(LIMIT_SECONDS)
        self.process.stdout.close()


@dataclass
class Ran:
    """A run that has ended; `code` is negative for a signal, None when it had to be ended."""

    words: list
    code: int | None
    out: bytes
    err: str
    memory_kib: int


class Running:
    """A run under way; its output goes to files, so that it never waits for us."""

    def __init__(self, words, environment, folder, out=None, prefix=(), **options):
        self.words = words
        self.out = tempfile.TemporaryFile()
        self.err = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [*prefix, *words], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
            stdout=self.out if out is None else out, stderr=self.err, **options)
        self.pid = self.process.pid

    def end(self):
        """Ends a run that a cell gave up before it had ended."""
        if self.process.returncode is None:
            self.process.kill()
            self.wait()

    def wait(self, limit_seconds=LIMIT_SECONDS):
        watched = os.pidfd_open(self.pid)
        in_time = bool(select.select([watched], [], [], limit_seconds)[0])
        os.close(watched)
        if not in_time:
            # Popen.kill would look first, and so take the end of a run that ended just now.
            os.kill(self.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (self.out, self.err):
            file.seek(0)
            texts.append(file.read())
            file.close()
        return Ran(self.words[1:], self.process.returncode if in_time else None, texts[0],
                   texts[1].decode("utf-8", "backslashreplace"), usage.ru_maxrss)


class Stage:
    """The folders and the surroundings of one cell."""

    def __init__(self, programs, emulator, folder):
        self.programs = programs
        self.emulator = emulator
        self.address = emulator.address
        self.more_environment = {}
        self.started = []
        self.folder = Path(folder)
        self.work = self.folder / "work"
        self.state = self.folder / "state"
        self.work.mkdir()
        self.state.mkdir()

    @property
    def pending(self):
        return self.state / "xai-management" / "pending"

    def records(self):
        return sorted(self.pending.glob("*.jsonl")) if self.pending.is_dir() else []

    def environment(self, **more):
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
                "TMPDIR": str(self.work), "XDG_STATE_HOME": str(self.state),
                "XAI_MANAGEMENT_KEY": KEY, "XAI_TEAM_ID": TEAM,
                "XAI_MANAGEMENT_BASE_URL": self.address,
                "XAI_INFERENCE_BASE_URL": self.emulator.address + "/_emulator/clusters/{region}",
                **self.more_environment, **more}

    def start(self, *words, environment=None, **options):
        running = Running([f"{self.programs}/manage_xai", *words],
                          self.environment(**(environment or {})), self.work, **options)
        self.started.append(running)
        return running

    def run(self, *words, limit_seconds=LIMIT_SECONDS, **options):
        return self.start(*words, **options).wait(limit_seconds)


class Workshop:
    """What one worker keeps from cell to cell: an emulator, replaced before its lists grow."""

    cells_per_emulator = 25

    def __init__(self, programs):
        self.programs = programs
        self.emulator = None
        self.cells = 0

    @contextlib.contextmanager
    def stage(self, *options):
        """A stage for one cell; with options, around an emulator of its own."""
        folder = tempfile.mkdtemp(prefix="xai-faults-")
        emulator = Emulator(self.programs, *options) if options else self.shared()
        stage = Stage(self.programs, emulator, folder)
        try:
            yield stage
        finally:
            for running in stage.started:
                running.end()
            if options:
                emulator.close()
            else:
                emulator.clear_faults()
            shutil.rmtree(folder, ignore_errors=True)

    def shared(self):
        is_used_up = self.cells >= self.cells_per_emulator
        if self.emulator and (is_used_up or self.emulator.process.poll() is not None):
            self.close()
        if not self.emulator:
            self.emulator = Emulator(self.programs, "--propagation", "0s")
            self.cells = 0
        self.cells += 1
        return self.emulator

    def close(self):
        if self.emulator:
            self.emulator.close()
        self.emulator = None
