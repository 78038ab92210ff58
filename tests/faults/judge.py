"""Says of one operation, after whatever happened to it, whether the promises were kept.

The ledger of the emulator knows what really happened; the programs are not asked.
"""

import hashlib
import itertools
import json
import re
import shlex
from dataclasses import dataclass, field

from stage import KEY, LIMIT_SECONDS, wait_until

SECRET = re.compile(rb"xai-[A-Za-z0-9]{60,}")
MEMORY_KIB_MAX = 64 << 10
NOTHING_CHANGED = frozenset({2, 3, 4, 5, 6, 12, 13})
COUNT = re.compile(r"manage_xai: \d+ requests?")
CONSEQUENCE = re.compile(r"; (nothing was sent|nothing was changed|nothing else was changed|the change was made|"
                         r"the change may or may not have been made)(; .+)?$")
numbers = itertools.count(1)


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str  # As the emulator's faults take it.
    commit: str  # As the ledger calls it.
    mints: bool


OPERATIONS = {each.name: each for each in (
    Operation("create", "POST", "/auth/teams/*/api-keys", "createApiKey", True),
    Operation("rotate", "POST", "/auth/api-keys/*/rotate", "rotateApiKey", True),
    Operation("update", "PUT", "/auth/api-keys/*", "updateApiKey", False),
    Operation("delete", "DELETE", "/auth/api-keys/*", "deleteApiKey", False))}


@dataclass
class Problem:
    kind: str  # lost, duplicate, code, message, leak, leftover, memory
    text: str


@dataclass
class Trial:
    """One operation on a stage: the key it is about, and what is known of it beforehand."""

    stage: object
    operation: Operation
    name: str = ""
    key_id: str = ""
    old_secret: str = ""
    before: int = 0
    is_owed: bool = False  # A secret is to come of it, whatever this run changed.
    problems: list = field(default_factory=list)

    def __post_init__(self):
        self.name = f"{self.operation.name} {next(numbers):06}"
        emulator = self.stage.emulator
        if self.operation.name != "create":
            self.key_id, self.old_secret = emulator.make_key(self.name)
        self.before = max((each["sequence"] for each in emulator.commits()), default=0)

    def words(self):
        return {"create": ["create-key", "--name", self.name, "--all-models", "--all-endpoints"],
                "rotate": ["rotate-key", self.key_id],
                "update": ["update-key", self.key_id, "--qps", "77"],
                "delete": ["delete-key", self.key_id]}[self.operation.name]

    def run(self, *more, **options):
        return self.stage.run(*self.words(), *more, **options)

    def start(self, *more, **options):
        return self.stage.start(*self.words(), *more, **options)

    def until_request(self, start, limit_seconds=LIMIT_SECONDS):
        """The run that `start` begins, once its request has come to the emulator."""
        emulator, commit = self.stage.emulator, self.operation.commit
        before = emulator.requests(commit)
        running = start()
        if not wait_until(lambda: emulator.requests(commit) > before, limit_seconds):
            self.found("broken", "the request never came")
        return running

    def add_fault(self, **members):
        self.stage.emulator.add_fault(method=self.operation.method, path=self.operation.path, **members)

    def commits(self):
        """What the operation did, by the ledger."""
        return [each for each in self.stage.emulator.commits(self.before)
                if each["operation"] == self.operation.commit
                and (each["name"] == self.name or each["apiKeyId"] == self.key_id)]

    def found(self, kind, text):
        self.problems.append(Problem(kind, text))

    def opens_its_key(self, secret, key_id):
        """Whether it is used for that key, and does not end with an overlap."""
        return self.stage.emulator.owner_of(secret) == key_id and is_lasting(self.stage, secret)


def is_lasting(stage, secret):
    known = stage.emulator.secrets().get(hashlib.sha256(secret.encode()).hexdigest())
    return known is not None and known["worksUntil"] is None


def secrets_in(*texts):
    return [match.decode() for text in texts for match in SECRET.findall(text)]


def judge(trial, ran, codes, delivered=None, sink=None):
    """The problems of a run. `delivered` is what its sink got, standard output by default; `sink`
    is the one file in which a secret may lie."""
    emulator = trial.stage.emulator
    emulator.clear_faults()
    emulator.settle()
    check_run(trial, ran, codes)
    check_message(trial, ran)
    commits = trial.commits()
    if ran.code in NOTHING_CHANGED and commits:
        trial.found("code", f"exit {ran.code} says that nothing changed, but it did: {ran.err.strip()}")
    if trial.operation.mints:
        judge_minting(trial, ran, commits, delivered)
    else:
        judge_change(trial, ran, commits)
    check_files(trial, sink)
    return trial.problems


def check_run(trial, ran, codes):
    """What can be said of a run alone: its code, its last line, its memory."""
    if ran.code not in codes:
        trial.found("code", f"exit {ran.code} instead of {sorted(codes)}: {ran.err.strip()[-300:]}")
    if ran.memory_kib > MEMORY_KIB_MAX:
        trial.found("memory", f"{ran.memory_kib} KiB")
    if SECRET.search(ran.err.encode()) or KEY in ran.err:
        trial.found("leak", "a secret on standard error")
    if KEY.encode() in ran.out:
        trial.found("leak", "the management key on standard output")


def check_message(trial, ran):
    """The last word of a failure: what failed, what changed or did not, and what to do next."""
    is_failure = ran.code is not None and ran.code > 0 and ran.code not in (7, 11, 141)
    if "json" in ran.words:
        return check_json_message(trial, ran, is_failure)
    lines = ran.err.splitlines()
    # A command of the user's may say what it likes before our last line.
    for line in lines[-1:] if "--secret-command" in ran.words else lines:
        if not line.startswith("manage_xai: "):
            trial.found("message", f"not a line of the program: {line!r}")
    if not is_failure or (ran.code in (130, 143) and (not lines or lines[-1].endswith(("is done", "is still pending")))):
        return
    # With --verbose the last line counts the requests.
    last = next((line for line in reversed(lines) if not COUNT.fullmatch(line)), "")
    told = CONSEQUENCE.search(last)
    if not told:
        trial.found("message", f"exit {ran.code}, and the last line does not say what changed: {last!r}")
    elif ran.code in (8, 9) and "manage_xai " not in last:
        trial.found("message", f"exit {ran.code}, and no command that tells is named: {last!r}")
    elif not told[2] and ran.code not in (130, 143):
        trial.found("message", f"exit {ran.code}, and the last line does not say what to do: {last!r}")


def check_json_message(trial, ran, is_failure):
    text = "".join(line for line in ran.err.splitlines() if not line.startswith("manage_xai: "))
    try:
        error = json.loads(text)["error"] if text or is_failure else None
    except (ValueError, KeyError):
        error = {} if is_failure else None
    if error is not None and is_failure and not {"code", "message", "outcome", "next"} <= error.keys():
        trial.found("message", f"exit {ran.code}, and standard error is no whole error: {ran.err!r}")


def judge_minting(trial, ran, commits, delivered):
    key_id = trial.key_id or (commits[0]["apiKeyId"] if commits else "")
    if len(commits) > 1:
        trial.found("duplicate", f"{len(commits)} commits of one run")
    if delivered is not None and secrets_in(ran.out):
        trial.found("leak", "a secret on standard output beside its sink")
    got = secrets_in(ran.out if delivered is None else delivered)
    is_delivered = any(trial.opens_its_key(secret, key_id) for secret in got)
    if ran.code in (0, 11) and not is_delivered and "--delete" not in ran.words:
        trial.found("lost", f"exit {ran.code} without the secret")
    if (ran.code == 0 or ran.code in NOTHING_CHANGED) and trial.stage.records():
        trial.found("leftover", f"exit {ran.code}, and a record stays")
    recovered = recover(trial)
    is_gone = "--delete" in ran.words and key_id not in trial.stage.emulator.keys()
    if (commits or trial.is_owed) and not (is_delivered or is_gone) and not any(
            trial.opens_its_key(secret, key_id) for secret in recovered):
        trial.found("lost", "neither delivered nor recovered")
    if trial.stage.records():
        trial.found("leftover", "a record stays after recover")


def judge_change(trial, ran, commits):
    key = trial.stage.emulator.keys().get(trial.key_id)
    is_made = key is None if trial.operation.name == "delete" else (key or {}).get("qps") == 77
    if ran.code == 0 and not is_made:
        trial.found("code", "exit 0, but the change was not made")
    if is_made and not commits:
        trial.found("duplicate", "a change without a commit")
    if trial.stage.records():
        trial.found("leftover", "a record of something that mints nothing")


def recover(trial):
    """Does what `recover` proposes until nothing is unfinished; the secrets that came of it."""
    got = []
    for _ in range(20):
        listed = trial.stage.run("recover", "--output", "json")
        if listed.code != 0:
            trial.found("code", f"recover: exit {listed.code}: {listed.err.strip()}")
            break
        findings = json.loads(listed.out)
        if not findings:
            break
        # One at a time: what is done about one may change what is known of the others.
        problems = len(trial.problems)
        got += settle(trial, findings[0])
        if len(trial.problems) > problems:
            break
    return got


def settle(trial, finding):
    words = shlex.split(finding["next"].split(", or")[0])[1:]
    if words in ([], ["recover"]):  # To look again later; here later is now.
        words = ["recover", finding["record"], "--forget"]
    if "--forget" in words and {each["apiKeyId"] for each in trial.commits()} & (
            trial.stage.emulator.keys().keys() - remembered(trial.stage)):
        trial.found("lost", f"recover does not find a key that was made: {finding}")
    if "ID" in words:
        words[words.index("ID")] = finding["apiKeyIds"][0]
    ran = trial.stage.run(*words, "--output", "json")
    if ran.code != 0:
        trial.found("code", f"{' '.join(words)}: exit {ran.code}: {ran.err.strip()}")
    return secrets_in(ran.out)


def remembered(stage):
    """Keys whose secret a run of this user got."""
    file = stage.state / "xai-management" / "minted"
    return set(file.read_text().split()) if file.exists() else set()


def check_files(trial, sink):
    """No file but the sink may hold a secret in the end."""
    for path in trial.stage.folder.rglob("*"):
        if not path.is_file() or path == sink:
            continue
        content = path.read_bytes()
        if SECRET.search(content) or KEY.encode() in content:
            trial.found("leftover", f"a secret in {path.relative_to(trial.stage.folder)}")
